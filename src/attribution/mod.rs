//! Who says what: from a document to its attributions.
//!
//! ```text
//! Document ─ rules (roles.rs: cues.txt says what may follow each cue) ─┬───────────────────────────────┐
//! token scores ─ the best path through them, the rules voting (decode.rs, edges.rs) ─ Roles ─ linking (link.rs) ─┴─ groups
//!   └─ quotations that no cue took (quotation.rs) ─ who the sources are (speaker.rs, names.rs) ─ Attributions
//! ```
//!
//! [`find`] needs nothing but the text. [`from_scores`] takes what the encoder's token head says of every token,
//! [`from_roles`] the words' roles from anywhere; all that follows is the same.
//!
//! ```
//! use sayswho::{attribution, text::Document};
//!
//! let document = Document::new("Ada Moss, a farmer, arrived late. “We lost the harvest,” she said.");
//! let found = &attribution::find(&document)[0];
//! assert_eq!(found.speaker.as_deref(), Some("Ada Moss"));
//! assert_eq!(document.slice(found.cue[0]), "said");
//! ```

mod cue;
mod decode;
mod edges;
mod lexicon;
mod link;
mod names;
mod phrase;
mod quotation;
mod roles;
mod source_kind;
mod speaker;
mod transcript;
mod vague;
mod words;

use std::collections::HashMap;

use crate::{
    analysis::{Attribution, AttributionKind, SourceKind},
    encoder::TokenScores,
    span::Span,
    text::Document,
};
use decode::Settings;
use link::Group;
use source_kind::Evidence;
use speaker::{Speakers, Who};
use words::{QUOTED, Words};

pub use link::Roles;

/// Every claim that `document` passes on, by where it begins; found by rules alone.
#[must_use]
pub fn find(document: &Document) -> Vec<Attribution> {
    let words = Words::new(document);
    let groups = roles::find(&words);
    finish(&words, groups)
}

/// Every claim that `document` passes on, by where it begins, from what a model says of its tokens: `scores` by the
/// document's tokens, `thresholds` in the order of the model file (source, cue, content, the beginnings of each, signal).
#[must_use]
pub fn from_scores(document: &Document, scores: &[TokenScores], thresholds: &[f32; 7]) -> Vec<Attribution> {
    with_settings(document, scores, thresholds, Settings::fitted())
}

fn with_settings(
    document: &Document,
    scores: &[TokenScores],
    thresholds: &[f32; 7],
    settings: &Settings,
) -> Vec<Attribution> {
    let words = Words::new(document);
    let rules = roles::find(&words);
    let roles = decode::roles(&words, scores, thresholds, &rules, settings);
    let mut groups = link::link(&words, &roles);
    take_sources(&mut groups, rules);
    finish(&words, groups)
}

/// Every claim that `document` passes on, by where it begins, from the roles of its words, wherever they come from.
#[must_use]
pub fn from_roles(document: &Document, roles: &Roles) -> Vec<Attribution> {
    let words = Words::new(document);
    let mut groups = link::link(&words, roles);
    take_sources(&mut groups, roles::find(&words));
    finish(&words, groups)
}

/// Gives each group that has a cue and no source the source that grammar finds for the same cue: a model that is just
/// short of sure about "said a fisherman, Tom Reed" would leave the claim nobody's.
fn take_sources(groups: &mut [Group], rules: Vec<Group>) {
    let by_cue: HashMap<Span, Vec<Span>> =
        rules.into_iter().filter_map(|group| Some((*group.cue.last()?, group.source))).collect();
    for group in groups.iter_mut().filter(|group| group.source.is_empty()) {
        if let Some(source) = group.cue.last().and_then(|cue| by_cue.get(cue)) {
            group.source.clone_from(source);
        }
    }
}

/// What both ways share: quotations that no cue took, the order, who the sources are.
fn finish(words: &Words, mut groups: Vec<Group>) -> Vec<Attribution> {
    cue::complete(words, &mut groups);
    quotation::complete(words, &mut groups);
    groups.retain(|group| !is_nobody(words, group));
    groups.sort_by_key(start);
    let mut speakers = Speakers::new(words);
    let (mut attributions, evidence): (Vec<Attribution>, Vec<Evidence>) =
        groups.into_iter().map(|group| attribution(words, &mut speakers, group)).unzip();
    tell_kinds(&mut attributions, &evidence);
    attributions
}

/// Gives each attribution the kind of its source. A source is of one kind throughout: what its phrases show is added up.
fn tell_kinds(attributions: &mut [Attribution], evidence: &[Evidence]) {
    let mut by_speaker: HashMap<&str, Evidence> = HashMap::new();
    for (attribution, evidence) in attributions.iter().zip(evidence) {
        if let Some(speaker) = attribution.speaker.as_deref() {
            by_speaker.entry(speaker).or_default().add(evidence);
        }
    }
    let kind = |(attribution, evidence): (&Attribution, &Evidence)| match attribution.speaker.as_deref() {
        Some(speaker) => by_speaker.get(speaker).map(Evidence::kind),
        None => (!attribution.source.is_empty()).then(|| evidence.kind()),
    };
    let kinds: Vec<_> = attributions.iter().zip(evidence).map(kind).collect();
    for (attribution, kind) in attributions.iter_mut().zip(kinds) {
        attribution.source_kind = kind.unwrap_or(SourceKind::Unknown);
    }
}

fn attribution(words: &Words, speakers: &mut Speakers, group: Group) -> (Attribution, Evidence) {
    let source = group.source.first().map(|&source| words.tokens(source));
    let content = group.content.first().map(|&content| words.tokens(content).start);
    let who = match &source {
        Some(source) => speakers.of(source.clone()),
        None if group.cue.is_empty() => content.map_or_else(Who::default, |content| speakers.in_play(content)),
        None => Who::default(),
    };
    let evidence =
        source.clone().map_or_else(Evidence::default, |source| Evidence::of(words, source, who.described, who.person));
    // A cue without a source passes on what is going about: "reportedly", "is widely believed".
    // Nobody quotes what is going about word for word.
    let kind = kind(words, &group);
    let unsaid = !group.cue.is_empty() && kind != AttributionKind::Direct;
    let vague = source.map_or(unsaid, |source| vague::is_vague(words, source));
    let attribution = Attribution {
        kind,
        speaker: who.name,
        source_kind: SourceKind::Unknown,
        named: who.named,
        source: group.source,
        cue: group.cue,
        content: group.content,
        vague,
    };
    (attribution, evidence)
}

/// "Nobody believes that": the claim is the writer's, and nobody's else.
fn is_nobody(words: &Words, group: &Group) -> bool {
    group.source.first().map(|&source| words.tokens(source)).is_some_and(|source| {
        matches!(words.at(source.start), "nobody" | "no-one")
            || words.at(source.start) == "no" && words.at(source.start + 1) == "one"
    })
}

/// Where the first of its parts begins.
fn start(group: &Group) -> (usize, usize) {
    let first = |spans: &[Span]| spans.iter().map(|span| span.start).min();
    let parts = [first(&group.source), first(&group.cue), first(&group.content)];
    let begin = parts.into_iter().flatten().min().unwrap_or_default();
    (begin, first(&group.cue).unwrap_or(begin))
}

fn kind(words: &Words, group: &Group) -> AttributionKind {
    let mut quoted = 0;
    let mut plain = 0;
    for &span in &group.content {
        for token in words.tokens(span) {
            if words.is(token, QUOTED) {
                quoted += 1;
            } else if words.is(token, words::WORD) {
                plain += 1;
            }
        }
    }
    match (quoted, plain) {
        (0, _) => AttributionKind::Indirect,
        (_, 0) => AttributionKind::Direct,
        _ => AttributionKind::Mixed,
    }
}
