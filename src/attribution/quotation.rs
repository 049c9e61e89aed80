//! Direct quotations that no cue in their own sentence takes: the rest of what a speaker says, and what is said by who
//! spoke last.
//!
//! ```text
//! “A,” Moss said. “B.”        B goes on: the same attribution, a further span of its content
//! “C.”  (a paragraph)         C has no cue: an attribution of its own, the speaker in play, no source words
//! the “new” plan              a scare quote: nobody's speech
//! ```

use std::ops::Range;

use super::{
    link::Group,
    words::{COMMA, QUOTE, STOP, Words},
};
use crate::{quotes::QuotationKind, span::Span};

/// Adds to `groups`, which are sorted by content, the quotations that none of them has.
pub(super) fn complete(words: &Words, groups: &mut Vec<Group>) {
    let taken = taken(words, groups);
    // By sentence: the last group that has content or a cue there.
    let mut by_sentence: Vec<Option<usize>> = vec![None; words.document.sentences.len()];
    let mark = |by_sentence: &mut Vec<Option<usize>>, index: usize, span: Span| {
        let tokens = words.tokens(span);
        let last = tokens.end.checked_sub(1).map(|last| words.sentence(last));
        if let Some(slot) = last.and_then(|sentence| by_sentence.get_mut(sentence)) {
            *slot = Some(index);
        }
    };
    for (index, group) in groups.iter().enumerate() {
        for &span in group.content.iter().chain(&group.cue) {
            mark(&mut by_sentence, index, span);
        }
    }
    for (index, quotation) in words.document.quotations.iter().enumerate() {
        if taken[index] || quotation.kind != QuotationKind::Speech {
            continue;
        }
        let tokens = words.quotation_tokens(index);
        if tokens.is_empty() || !stands_alone(words, &tokens) {
            continue;
        }
        let sentence = words.sentence(tokens.start);
        let paragraph = |k: usize| words.document.sentences.get(k).map(|s| s.paragraph);
        let before = sentence.checked_sub(1).filter(|&k| paragraph(k) == paragraph(sentence));
        let group = before.and_then(|k| by_sentence[k]).filter(|&k| goes_on(words, &groups[k]));
        let target = match group {
            Some(group) => {
                groups[group].content.push(quotation.span);
                group
            }
            None => {
                groups.push(Group { content: vec![quotation.span], ..Group::default() });
                groups.len() - 1
            }
        };
        mark(&mut by_sentence, target, quotation.span);
    }
}

/// Which quotations have a group: by content, or because its cue or source lies inside.
fn taken(words: &Words, groups: &[Group]) -> Vec<bool> {
    let mut taken = vec![false; words.document.quotations.len()];
    for group in groups {
        for &span in &group.content {
            let tokens: Range<usize> = words.tokens(span);
            let mut at = tokens.start;
            while at < tokens.end {
                if let Some(index) = words.quotation(at) {
                    taken[index] = true;
                    at = words.quotation_tokens(index).end.max(at + 1);
                } else {
                    at += 1;
                }
            }
        }
    }
    taken
}

/// Whether the quotation is a statement by itself rather than part of the writer's sentence.
fn stands_alone(words: &Words, tokens: &Range<usize>) -> bool {
    let first = words.around(tokens.start);
    let last = words.around(tokens.end - 1);
    let opens = tokens.start == first.start || words.is(tokens.start - 1, QUOTE | STOP);
    let closes = tokens.end >= last.end || (tokens.end..last.end).all(|k| words.is(k, STOP | QUOTE | COMMA));
    opens && closes
}

/// Whether what follows in quotation marks can be the same speech.
fn goes_on(words: &Words, group: &Group) -> bool {
    group.content.iter().any(|&span| words.tokens(span).any(|k| words.quotation(k).is_some()))
}
