//! The article in figures.

use std::collections::HashMap;

use crate::analysis::{Attribution, Label, Sentence, Source, SourceKind, Summary};

/// Counts the labels and the sources.
pub(crate) fn of(sentences: &[Sentence], attributions: &[Attribution]) -> Summary {
    let mut summary = Summary::default();
    for sentence in sentences {
        *match sentence.label {
            Some(Label::ReportedFact) => &mut summary.reported_fact,
            Some(Label::AttributedClaim) => &mut summary.attributed_claim,
            Some(Label::UnattributedOpinion) => &mut summary.unattributed_opinion,
            None => &mut summary.unlabelled,
        } += 1;
    }
    // Names are resolved by now: one person is one name. Unnamed sources count under their phrase.
    let mut known: HashMap<&str, usize> = HashMap::new();
    for attribution in attributions {
        let kinds = &mut summary.kinds;
        *match attribution.source_kind {
            SourceKind::Official => &mut kinds.official,
            SourceKind::Expert => &mut kinds.expert,
            SourceKind::Witness => &mut kinds.witness,
            SourceKind::Participant => &mut kinds.participant,
            SourceKind::Document => &mut kinds.document,
            SourceKind::NewsReport => &mut kinds.news_report,
            SourceKind::Group => &mut kinds.group,
            SourceKind::Unknown => &mut kinds.unknown,
        } += 1;
        let Some(name) = attribution.speaker.as_deref() else { continue };
        let next = summary.sources.len();
        match summary.sources.get_mut(*known.entry(name).or_insert(next)) {
            Some(source) => {
                source.claims += 1;
                source.named |= attribution.named;
            }
            None => summary.sources.push(Source {
                name: name.to_owned(),
                claims: 1,
                kind: attribution.source_kind,
                named: attribution.named,
            }),
        }
    }
    // A stable sort: equal ones stay in the order of the article.
    summary.sources.sort_by_key(|source| std::cmp::Reverse(source.claims));
    summary
}
