//! Who says what: from a document to its attributions.

mod lexicon;
mod link;
mod names;
mod phrase;
mod quotation;
mod roles;
mod speaker;
mod words;

use crate::{
    analysis::{Attribution, AttributionKind},
    span::Span,
    text::Document,
};
use link::{Group, Roles};
use speaker::Speakers;
use words::{QUOTED, Words};

/// Every claim that `document` passes on, by where it begins.
#[must_use]
pub fn find(document: &Document) -> Vec<Attribution> {
    let words = Words::new(document);
    let roles = roles::rules(document, &words);
    from(&words, roles)
}

fn from(words: &Words, roles: Roles) -> Vec<Attribution> {
    let mut groups = roles.groups;
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
            Attribution {
                kind: kind(words, &g),
                speaker,
                source: g.source,
                cue: g.cue,
                content: g.content,
                vague: false,
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
