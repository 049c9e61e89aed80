//! The article in figures.

use crate::analysis::{Attribution, Label, Sentence, Source, Summary};

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
    for name in attributions.iter().filter_map(|attribution| attribution.speaker.as_deref()) {
        match summary.sources.iter_mut().find(|source| source.name == name) {
            Some(source) => source.claims += 1,
            None => summary.sources.push(Source { name: name.to_owned(), claims: 1 }),
        }
    }
    summary.sources.sort_by_key(|source| std::cmp::Reverse(source.claims));
    summary
}
