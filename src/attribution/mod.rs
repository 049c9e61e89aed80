//! Who says what: from a document to its attributions.

mod lexicon;
mod link;
mod names;
mod phrase;
mod quotation;
mod roles;
mod speaker;
mod vague;
mod words;

use crate::{
    analysis::{Attribution, AttributionKind},
    span::Span,
    text::Document,
};
use link::Group;
use speaker::Speakers;
use words::{QUOTED, Words};

pub use link::Roles;

/// Every claim that `document` passes on, by where it begins; found by rules alone.
#[must_use]
pub fn find(document: &Document) -> Vec<Attribution> {
    let words = Words::new(document);
    let groups = roles::find(&words);
    finish(&words, groups)
}

/// Every claim that `document` passes on, by where it begins, from the roles that a model gave its words.
#[must_use]
pub fn from_roles(document: &Document, roles: &Roles) -> Vec<Attribution> {
    let words = Words::new(document);
    let groups = link::link(&words, roles);
    finish(&words, groups)
}

/// What both ways share: quotations that no cue took, the order, who the sources are.
fn finish(words: &Words, mut groups: Vec<Group>) -> Vec<Attribution> {
    quotation::complete(words, &mut groups);
    groups.sort_by_key(start);
    let mut speakers = Speakers::new(words);
    groups
        .into_iter()
        .map(|g| {
            let speaker = match g.source.first() {
                Some(&source) => speakers.of(words.tokens(source)),
                None if g.cue.is_empty() => {
                    g.content.first().and_then(|&content| speakers.in_play(words.tokens(content).start))
                }
                None => None,
            };
            let (g_source, has_cue) = (g.source.first().copied(), !g.cue.is_empty());
            Attribution {
                kind: kind(words, &g),
                speaker,
                source: g.source,
                cue: g.cue,
                content: g.content,
                vague: match g_source {
                    Some(source) => vague::is_vague(words, words.tokens(source)),
                    None => has_cue,
                },
            }
        })
        .collect()
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
