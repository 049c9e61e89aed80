//! What follows a cue: "that", "to", a quotation, the end …, and whom it was told before that.

use std::ops::Range;

use super::Finder;
use crate::attribution::{
    lexicon::{Cue, Follower},
    phrase::skip_adjuncts,
    words::{
        AUXILIARY, COLON, COMMA, COORDINATOR, DASH, DETERMINER, MARK, OBJECT, PREPOSITION, QUOTE, RELATIVE, STOP,
        SUBJECT, SUBORDINATOR, WH, WORD,
    },
};

impl Finder<'_, '_> {
    /// What follows the cue that ends at `end`: which kind, where the content begins, where the cue ends with it.
    pub(super) fn follower(
        &self,
        cue: &Cue,
        end: usize,
        next: usize,
        sentence: &Range<usize>,
    ) -> Option<(Follower, usize, usize)> {
        let words = self.words;
        // "told reporters that": whom it was told stands between.
        let next = if takes_hearer(cue.word) { self.after_hearer(next, sentence.end) } else { next };
        if next >= sentence.end || words.is(next, STOP) {
            return Some((Follower::End, next, end));
        }
        if words.is(next, COMMA) {
            if next + 1 < sentence.end && words.is(next + 1, QUOTE) {
                return Some((Follower::Quote, next + 1, end));
            }
            if cue.is_speech() {
                // "The plan, she said, would fail": what follows goes on with what stood before.
                let goes_on =
                    !words.is(next + 1, COORDINATOR | SUBORDINATOR | RELATIVE) && !words.at(next + 1).ends_with("ing");
                return Some(if goes_on { (Follower::Phrase, next + 1, end) } else { (Follower::End, next, end) });
            }
            return None;
        }
        if words.is(next, COLON) {
            return Some((Follower::Colon, next + 1, end));
        }
        if words.is(next, QUOTE) {
            return Some((Follower::Quote, next, end));
        }
        let word = words.at(next);
        if matches!(word, "that" | "whether" | "if") {
            return Some((Follower::That, next, end));
        }
        if let Some(own) = cue.own(word) {
            let infinitive = word == "to" || word == "it";
            return Some((own, if infinitive { next } else { next + 1 }, if infinitive { end } else { next + 1 }));
        }
        if words.is(next, WH) {
            return Some((Follower::Wh, next, end));
        }
        if words.is(next, PREPOSITION | COORDINATOR) && !words.is(next, DETERMINER)
            || words.is(next, SUBORDINATOR | MARK) && !words.is(next, DETERMINER)
        {
            // "she said after the vote": nothing of the content follows.
            return (cue.is_speech() && words.is(next, PREPOSITION | SUBORDINATOR | DASH)).then_some((
                Follower::End,
                next,
                end,
            ));
        }
        Some((Follower::Phrase, next, end))
    }

    /// The end of the noun phrase that names the hearer, if one begins at `at`.
    fn after_hearer(&self, at: usize, limit: usize) -> usize {
        let words = self.words;
        let limit = limit.min(at + 12);
        if words.is(at, OBJECT | SUBJECT) || words.at(at) == "her" {
            return skip_adjuncts(words, at + 1, limit);
        }
        let mut k = at;
        while k < limit && words.is(k, WORD) && !matches!(words.at(k), "that" | "to" | "if" | "whether") {
            if k > at && words.is(k, SUBJECT | DETERMINER | WH | AUXILIARY) && !words.is(k - 1, PREPOSITION) {
                break;
            }
            k += 1;
        }
        skip_adjuncts(words, k, limit)
    }
}

/// Verbs that name their hearer without a preposition.
fn takes_hearer(word: &str) -> bool {
    matches!(
        word,
        "tell"
            | "assure"
            | "remind"
            | "inform"
            | "warn"
            | "advise"
            | "reassure"
            | "notify"
            | "ask"
            | "persuade"
            | "convince"
            | "promise"
            | "urge"
            | "instruct"
    )
}
