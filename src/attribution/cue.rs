//! The cue of an attribution whose source and content are known and whose cue no model marked: a model is surer of who and
//! what than of the one word between.
//!
//! ```text
//! A state audit [found] that one bus in five was late.     the last such verb between them
//! The books were false, the audit later [found].           the first behind the source
//! The books were false, [says] a state audit.              the last before the source
//! ```

use std::ops::Range;

use super::{
    link::Group,
    words::{ADVERB, AUXILIARY, QUOTE, STOP, Words},
};

/// How many words may stand between a source and a verb behind it: "the audit itself has since found".
const NEAR: usize = 4;

/// Gives each group that has a source, content and no cue the verb that joins them, where the lexicon has it.
pub(super) fn complete(words: &Words, groups: &mut [Group]) {
    for group in groups.iter_mut().filter(|group| group.cue.is_empty()) {
        let (Some(&source), Some(&content)) = (group.source.last(), group.content.first()) else { continue };
        let (source, content) = (words.tokens(source), words.tokens(content));
        if let Some(verb) = verb(words, &source, &content) {
            group.cue.extend(words.span(verb..verb + 1));
        }
    }
}

/// The verb that joins `source` and `content`.
fn verb(words: &Words, source: &Range<usize>, content: &Range<usize>) -> Option<usize> {
    let attributes = |&k: &usize| words.verb(k).is_some();
    let one_sentence = |range: Range<usize>| {
        let whole = !range.is_empty() && words.sentence(range.start) == words.sentence(range.end - 1);
        whole.then_some(range).filter(|range| words.sentence(range.start) == words.sentence(source.start))
    };
    if source.end <= content.start {
        return one_sentence(source.end..content.start)?.rev().find(attributes);
    }
    if content.end > source.start {
        return None;
    }
    let before = || one_sentence(content.end..source.start)?.rev().find(attributes);
    let behind = source.end..words.around(source.start).end.min(source.end + NEAR);
    let behind = behind.take_while(|&k| !words.is(k, STOP | QUOTE)).find(|&k| !words.is(k, ADVERB | AUXILIARY));
    behind.filter(attributes).or_else(before)
}
