//! What is said: how far it reaches, before a cue and after one.

use std::ops::Range;

use super::Finder;
use crate::attribution::{
    lexicon::{Cue, Follower, Form},
    words::{ADVERB, AUXILIARY, CAPITAL, COLON, COMMA, COORDINATOR, DASH, QUOTE, STOP, VERB},
};

/// A content of more tokens than this is cut, so that a text without a full stop stays cheap.
pub(super) const LONGEST: usize = 150;

impl Finder<'_, '_> {
    /// The clause that ends before `end`, or the quotation that does, over sentences.
    pub(super) fn content_before(&self, end: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
        let words = self.words;
        if end <= sentence.start {
            return None;
        }
        let mut stop = end;
        while stop > sentence.start && words.is(stop - 1, COMMA | DASH) {
            stop -= 1;
        }
        let mut start = sentence.start.max(stop.saturating_sub(LONGEST));
        let last = stop.checked_sub(1)?;
        if let Some(quotation) = words.quotation(last) {
            // Over sentences where it began earlier.
            let quoted = words.quotation_tokens(quotation);
            if quoted.start < sentence.start {
                start = quoted.start;
            }
        } else if stop == end && !words.is(last, QUOTE) && end > sentence.start && !words.is(last, STOP) {
            return None;
        }
        while start < stop && words.is(start, COORDINATOR) {
            start += 1;
        }
        (start < stop).then_some(start..stop)
    }

    /// What is said, from `start` on.
    pub(super) fn content_after(
        &self,
        start: usize,
        cue: &Cue,
        follower: Follower,
        sentence: &Range<usize>,
    ) -> Range<usize> {
        let words = self.words;
        // "He told the crowd:" and the quotation in the next paragraph.
        if start >= sentence.end {
            let quotation = words.quotation(start).filter(|_| follower == Follower::Colon && words.is(start, QUOTE));
            return quotation.map_or(start..start, |quotation| words.quotation_tokens(quotation));
        }
        let limit = sentence.end.min(start + LONGEST);
        let short = cue.is_short() && follower == Follower::Phrase;
        let mut at = start;
        while at < limit {
            if let Some(quotation) = words.quotation(at) {
                // A quotation is never cut; it may run on over sentences.
                let end = words.quotation_tokens(quotation).end;
                if end >= sentence.end {
                    return start..end;
                }
                at = end.max(at + 1);
                continue;
            }
            if words.is(at, STOP) && at + 1 >= sentence.end || words.is(at, COLON) && words.at(at) == ";" {
                break;
            }
            if words.is(at, COMMA) && at > start {
                let next = at + 1;
                if short && !words.is(next, CAPITAL) && !words.is(next, QUOTE)
                    || words.is(next, COORDINATOR) && words.at(next) == "but"
                    || matches!(words.at(next), "while" | "whereas" | "although" | "though" | "according")
                    || words.at(next).ends_with("ing") && words.verb(next).is_some()
                    || words.is(next, COORDINATOR) && self.is_said_anew(next + 1)
                {
                    break;
                }
            }
            if words.is(at, DASH) && short && at > start {
                break;
            }
            // "and said", "and has called"
            if words.is(at, COORDINATOR) && words.at(at) == "and" && at > start && follower != Follower::That {
                let verb = (at + 1..limit.min(at + 4)).find(|&k| !words.is(k, ADVERB | AUXILIARY));
                if verb.is_some_and(|k| words.verb(k).is_some_and(|(_, form)| matches!(form, Form::Past | Form::Third)))
                {
                    break;
                }
            }
            at += 1;
        }
        start..at
    }

    /// "…, and she added": the next attribution begins at `at`.
    fn is_said_anew(&self, at: usize) -> bool {
        let words = self.words;
        (at..at + 5)
            .find(|&k| words.is(k, VERB | AUXILIARY))
            .is_some_and(|k| k > at && words.verb(k).is_some_and(|(cue, form)| cue.is_speech() && form != Form::Base))
    }
}
