//! Cues that are verbs: "said", "was accused of", "rejected by".

use std::ops::Range;

use super::{
    Finder, Found,
    group::{is_verb_here, verb_group},
};
use crate::attribution::{
    lexicon::{Cue, Follower, Form},
    phrase::{REACH, noun_phrase_after, skip_adjuncts, subject_before},
    words::{
        ADVERB, AUXILIARY, BE, CAPITAL, COLON, COMMA, CONTRACTED, COORDINATOR, DASH, DETERMINER, HAVE, PARTICLE,
        POSSESSIVE, PREPOSITION, QUOTE, RELATIVE, STOP, SUBJECT, SUBORDINATOR, VERB, WH, WORD,
    },
};

impl Finder<'_, '_> {
    /// The attribution whose verb, in this `form`, is token `at`.
    pub(super) fn verb(&self, at: usize, cue: &Cue, form: Form, sentence: Range<usize>) -> Option<Found> {
        let words = self.words;
        let begin = sentence.start.max(at.saturating_sub(REACH));
        let group = verb_group(words, at, begin);
        let before = group.start.checked_sub(1).filter(|&k| k >= begin);
        let auxiliary = (group.start..at).rev().find(|&k| words.is(k, AUXILIARY));
        let passive = form == Form::Past
            && auxiliary.is_some_and(|k| {
                words.is(k, BE) && !words.is(k, HAVE) || words.is(k, CONTRACTED) && !words.is(k, HAVE)
            });
        // "Asked whether it was safe, she said": the asking only frames what is said.
        if form == Form::Past && before.is_none() {
            return None;
        }
        // "is expected to rise": nobody in particular expects it.
        if passive && cue.word == "expect" || !is_verb_here(words, at, form, &group, before) {
            return None;
        }
        // "called for", "pointed out that": the particle belongs to the cue.
        let mut end = at + 1;
        if words.is(end, PARTICLE) && words.at(end) != "on" {
            end += 1;
        }
        let next = skip_adjuncts(words, end, sentence.end);
        if words.at(next) == "by"
            && form == Form::Past
            && (passive || auxiliary.is_none())
            && cue.takes(Follower::Phrase)
        {
            return self.agent(at, next, cue, &group, begin, &sentence);
        }
        let inverted = self.is_inverted(at, &group, before, next, &sentence);
        if inverted && cue.takes(Follower::End) && !passive && cue.word != "tell" {
            return self.inverted(at, end, cue, sentence);
        }
        let (follower, content_start, cue_end) = self.follower(cue, end, next, &sentence)?;
        if !cue.takes(follower) {
            return None;
        }
        let (source, subject_content) = if passive {
            (None, self.said_of(&group, begin))
        } else {
            (self.source(at, form, &group, before, begin), None)
        };
        // “…,” she said waving: what follows a quotation and its cue tells how.
        let quoted = source.as_ref().is_some_and(|source| {
            source.start > sentence.start
                && words.is(source.start - 1, QUOTE)
                && words.quotation(source.start - 1).is_some()
        });
        let manner = quoted && cue.is_speech() && follower == Follower::Phrase && !words.is(content_start - 1, COMMA);
        let content = if follower == Follower::End || manner {
            let start = source.as_ref().map_or(group.start, |source| source.start);
            // "what she said": the content is elsewhere.
            if start > sentence.start && words.at(start - 1) == "what" {
                return None;
            }
            vec![self.content_before(start, &sentence)?]
        } else {
            let after = self.content_after(content_start, cue, follower, &sentence);
            let mut content = Vec::new();
            // “A,” she said, “B.” and A, she said, B.
            if cue.is_speech() && words.is(content_start.wrapping_sub(1), COMMA) && !passive {
                let start = source.as_ref().map_or(group.start, |source| source.start);
                if start > sentence.start && words.is(start - 1, COMMA | QUOTE) {
                    content.extend(self.content_before(start, &sentence));
                }
            }
            content.push(after);
            if let Some(subject) = subject_content {
                content.insert(0, subject);
            }
            content
        };
        if content.iter().all(Range::is_empty) {
            return None;
        }
        let cue_start = (group.start..=at).find(|&k| !words.is(k, CONTRACTED)).unwrap_or(at);
        Some(Found { source, cue: cue_start..cue_end, content })
    }

    /// "was rejected by the court", "a plan opposed by farmers": the source follows "by".
    fn agent(
        &self,
        at: usize,
        by: usize,
        cue: &Cue,
        group: &Range<usize>,
        begin: usize,
        sentence: &Range<usize>,
    ) -> Option<Found> {
        let words = self.words;
        let mut end = group.start;
        while end > begin && words.is(end - 1, COMMA) {
            end -= 1;
        }
        let subject = subject_before(words, end, begin)?;
        let source = noun_phrase_after(words, by + 1, sentence.end);
        let stop = (source.start + 1..source.end).find(|&k| words.is(k, PREPOSITION) && words.at(k) != "of");
        let source = source.start..stop.unwrap_or(source.end);
        let rest = self.content_after(source.end, cue, Follower::Phrase, sentence);
        let mut content = vec![subject];
        if !words.is(rest.start, COMMA | STOP) {
            content.push(rest);
        }
        (!source.is_empty()).then_some(Found { source: Some(source), cue: group.start..at + 1, content })
    }

    /// "…,” said Ada Moss", "The plan would fail, said Ada Moss".
    fn is_inverted(
        &self,
        at: usize,
        group: &Range<usize>,
        before: Option<usize>,
        next: usize,
        sentence: &Range<usize>,
    ) -> bool {
        let words = self.words;
        let Some(before) = before else { return false };
        group.start == at
            && words.is(before, COMMA | QUOTE | DASH)
            && !words.at(at).ends_with("ing")
            && next < sentence.end
            // "said he" is old-fashioned; "said he would" is not inverted.
            && !(words.is(next, SUBJECT) && words.is(next + 1, WORD))
            && (words.is(next, CAPITAL | DETERMINER | SUBJECT | POSSESSIVE)
                || words.is(next, WORD)
                    && !words.is(next, PREPOSITION | COORDINATOR | SUBORDINATOR | WH | ADVERB))
            && !matches!(words.at(next), "that" | "to")
            // "Moss, a farmer, said the plan failed": what follows is a clause, not a name.
            && (words.is(before, QUOTE)
                || before > sentence.start && words.is(before - 1, QUOTE)
                || !self.has_verb(next, sentence.end))
    }

    /// Whether a finite verb stands before the next mark.
    fn has_verb(&self, start: usize, limit: usize) -> bool {
        let words = self.words;
        (start + 1..limit.min(start + REACH))
            .take_while(|&k| !words.is(k, COMMA | STOP | COLON | RELATIVE | QUOTE))
            .any(|k| {
                words.is(k, AUXILIARY) || words.is(k, VERB) && !words.is(k - 1, DETERMINER | POSSESSIVE | PREPOSITION)
            })
    }

    /// The attribution of the cue `at..end` with its source behind it.
    fn inverted(&self, at: usize, end: usize, cue: &Cue, sentence: Range<usize>) -> Option<Found> {
        let words = self.words;
        let next = skip_adjuncts(words, end, sentence.end);
        let source = noun_phrase_after(words, next, sentence.end);
        let content = self.content_before(at, &sentence)?;
        let mut content = vec![content];
        let after = skip_adjuncts(words, source.end, sentence.end);
        // “A,” said Moss, “B.”
        if words.is(after, COMMA | COLON) && words.is(after + 1, QUOTE) {
            content.push(self.content_after(after + 1, cue, Follower::Quote, &sentence));
        }
        Some(Found { source: Some(source), cue: at..end, content })
    }

    /// The subject that it is said of, where the verb is passive: "he was accused of".
    fn said_of(&self, group: &Range<usize>, begin: usize) -> Option<Range<usize>> {
        let words = self.words;
        subject_before(words, group.start, begin).filter(|subject| words.at(subject.start) != "it")
    }
}
