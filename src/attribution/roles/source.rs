//! Who says it, where the subject does.

use std::ops::Range;

use super::{Finder, group::verb_group};
use crate::attribution::{
    lexicon::Form,
    phrase::subject_before,
    words::{
        AUXILIARY, COMMA, CONTRACTED, COORDINATOR, DASH, DETERMINER, POSSESSIVE, PREPOSITION, QUOTE, SUBORDINATOR, VERB,
    },
};

impl Finder<'_, '_> {
    /// Who says it, where the verb is active.
    pub(super) fn source(
        &self,
        at: usize,
        form: Form,
        group: &Range<usize>,
        before: Option<usize>,
        begin: usize,
    ) -> Option<Range<usize>> {
        let words = self.words;
        if words.is(group.start, CONTRACTED) {
            return Some(group.start..group.start + 1);
        }
        let shared = || self.main_subject(group.start, begin);
        let before = before?;
        if words.is(before, COORDINATOR) || words.at(before) == "to" {
            return shared();
        }
        if form == Form::Ing
            && group.start == at
            && (words.is(before, COMMA | PREPOSITION | QUOTE | SUBORDINATOR | DASH))
        {
            return shared();
        }
        subject_before(words, group.start, begin).or_else(shared)
    }

    /// The subject that a second verb shares: of the attribution before it, else of the sentence's first verb.
    pub(super) fn main_subject(&self, at: usize, begin: usize) -> Option<Range<usize>> {
        let words = self.words;
        let last = self.groups.last().and_then(|last| last.source.as_ref());
        if let Some(source) = last.filter(|source| source.start >= begin && source.end <= at) {
            return Some(source.clone());
        }
        let verb = (begin..at).find(|&k| {
            words.is(k, AUXILIARY | VERB) && k > begin && !words.is(k - 1, DETERMINER | POSSESSIVE | PREPOSITION)
        })?;
        if words.is(verb, CONTRACTED) {
            return Some(verb..verb + 1);
        }
        let start = verb_group(words, verb, begin).start;
        subject_before(words, start, begin)
    }
}
