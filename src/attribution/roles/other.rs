//! Cues that are no verbs: "according to", "reportedly", "is confident that", "the claim that".

use std::ops::Range;

use super::{Finder, Found, content::LONGEST, group::verb_group};
use crate::attribution::{
    lexicon::Cue,
    phrase::{REACH, noun_phrase_after, subject_before},
    words::{
        ADVERB, AUXILIARY, BE, CAPITAL, COLON, COMMA, CONTRACTED, COORDINATOR, DASH, DETERMINER, MARK, NEGATION,
        POSSESSIVE, PREPOSITION, RELATIVE, STOP, SUBJECT, VERB, WORD,
    },
};

impl Finder<'_, '_> {
    /// "according to S": the rest of the sentence is the content.
    pub(super) fn according(&self, at: usize, source_start: usize, sentence: Range<usize>) -> Option<Found> {
        let words = self.words;
        if matches!(words.at(source_start), "plan" | "plans" | "schedule") {
            return None;
        }
        let source = noun_phrase_after(words, source_start, sentence.end);
        if source.is_empty() {
            return None;
        }
        let before = at > sentence.start + 1 && !words.is(at - 1, COORDINATOR | STOP);
        let content = if before {
            self.content_before(at, &sentence).or_else(|| {
                let start = sentence.start.max(at.saturating_sub(LONGEST));
                (start < at).then_some(start..at)
            })?
        } else {
            source.end..sentence.end.min(source.end + LONGEST)
        };
        Some(Found { source: Some(source), cue: at..source_start, content: vec![content] })
    }

    /// "reportedly": the clause around it is somebody's, nobody is named.
    pub(super) fn hearsay(&self, at: usize, sentence: Range<usize>) -> Option<Found> {
        let words = self.words;
        let begin = sentence.start.max(at.saturating_sub(REACH));
        let start = (begin..at).rev().find(|&k| words.is(k, COMMA | COLON | DASH)).map_or(begin, |k| k + 1);
        let end = (at..sentence.end.min(at + REACH))
            .find(|&k| words.is(k, COMMA | COLON | DASH) && k > at + 4)
            .unwrap_or(sentence.end.min(at + REACH));
        Some(Found { source: None, cue: at..at + 1, content: vec![start..at, at + 1..end] })
    }

    /// "is confident that".
    pub(super) fn adjective(&self, at: usize, cue: &Cue, sentence: Range<usize>) -> Option<Found> {
        let words = self.words;
        let begin = sentence.start.max(at.saturating_sub(REACH));
        let mut verb = at.checked_sub(1)?;
        while verb > begin && words.is(verb, ADVERB | NEGATION) && !words.is(verb, AUXILIARY) {
            verb -= 1;
        }
        if !(words.is(verb, BE) || matches!(words.at(verb), "seems" | "became" | "feel" | "feels" | "felt"))
            || verb < begin
        {
            return None;
        }
        let group = verb_group(words, verb, begin);
        let (follower, start, end) = self.follower(cue, at + 1, at + 1, &sentence)?;
        if !cue.takes(follower) {
            return None;
        }
        let source = if words.is(group.start, CONTRACTED) {
            group.start..group.start + 1
        } else {
            subject_before(words, group.start, begin).or_else(|| self.main_subject(group.start, begin))?
        };
        let source = (words.at(source.start) != "it").then_some(source);
        let content = self.content_after(start, cue, follower, &sentence);
        (!content.is_empty()).then_some(Found { source, cue: group.start..end, content: vec![content] })
    }

    /// "the claim that", "criticism of": the source is a possessive before or "by X", "from X" after.
    pub(super) fn noun(&self, at: usize, cue: &Cue, sentence: Range<usize>) -> Option<Found> {
        let words = self.words;
        // "a report that found": the verb attributes, and the noun is its source.
        let relative = words.at(at + 1) == "that"
            && (words.is(at + 2, AUXILIARY) || words.verb(at + 2).is_some())
            && !words.is(at + 2, SUBJECT);
        if relative {
            return None;
        }
        let begin = sentence.start.max(at.saturating_sub(REACH));
        let mut end = at + 1;
        let mut source = None;
        // "claims by the company that"
        if matches!(words.at(end), "by" | "from") && cue.own(words.at(end)).is_none() {
            let limit = sentence.end.min(end + 12);
            let stop = (end + 1..limit)
                .find(|&k| words.is(k, MARK | RELATIVE) || words.at(k) == "that" || cue.own(words.at(k)).is_some())?;
            source = Some(end + 1..stop);
            end = stop;
        }
        let (follower, start, cue_end) = self.follower(cue, end, end, &sentence)?;
        if !cue.takes(follower) {
            return None;
        }
        if source.is_none() {
            let floor = begin.max(at.saturating_sub(6));
            let possessive = (floor..at)
                .rev()
                .take_while(|&k| words.is(k, WORD) && !words.is(k, PREPOSITION | VERB))
                .find(|&k| words.is(k, POSSESSIVE));
            source = possessive.map(|k| if words.is(k, DETERMINER) { k..k + 1 } else { self.owner(k, begin) });
        }
        // "Moss rejected the idea that": the nearest that can be said to hold it or speak of it.
        let source = source.or_else(|| {
            let subject = self.main_subject(at, begin)?;
            // Who rejects a claim does not make it.
            let contradicts =
                (subject.end..at).any(|k| words.verb(k).is_some_and(|(verb, _)| CONTRADICTING.contains(&verb.word)));
            (!contradicts).then_some(subject)
        });
        let content = self.content_after(start, cue, follower, &sentence);
        let cue_range = if end == at + 1 { at..cue_end.max(at + 1) } else { at..at + 1 };
        (!content.is_empty()).then_some(Found { source, cue: cue_range, content: vec![content] })
    }

    /// The name or noun phrase that ends in the possessive at `at`.
    fn owner(&self, at: usize, begin: usize) -> Range<usize> {
        let words = self.words;
        let begin = begin.max(at.saturating_sub(5));
        let mut start = at;
        if words.is(at, CAPITAL) {
            while start > begin && words.is(start - 1, CAPITAL) {
                start -= 1;
            }
        } else if let Some(determiner) = (begin..at).rev().find(|&k| words.is(k, DETERMINER)) {
            start = determiner;
        }
        start..at + 1
    }
}

/// Verbs whose subject does not hold what their object says.
const CONTRADICTING: &[&str] =
    &["contradict", "deny", "disavow", "dismiss", "dispute", "question", "rebut", "refute", "reject", "repudiate"];
