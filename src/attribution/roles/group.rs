//! Verbs and what belongs to them: whether a form is a verb where it stands, and where its group begins.

use std::ops::Range;

use crate::attribution::{
    lexicon::Form,
    words::{
        ADVERB, AUXILIARY, CAPITAL, COMMA, CONTRACTED, COORDINATOR, DETERMINER, MARK, MODAL, NEGATION, POSSESSIVE,
        PREPOSITION, QUOTE, RELATIVE, SUBJECT, WORD, Words,
    },
};

/// From the first auxiliary or adverb to the verb at `at`: "has also repeatedly said".
pub(super) fn verb_group(words: &Words, at: usize, begin: usize) -> Range<usize> {
    let mut start = at;
    while start > begin && start + 6 > at {
        let before = start - 1;
        let inside = words.is(before, AUXILIARY | NEGATION)
            || words.is(before, ADVERB) && !words.is(before, MARK | SUBJECT | DETERMINER);
        if !inside {
            break;
        }
        start = before;
        if words.is(before, CONTRACTED) {
            break;
        }
    }
    // "Meanwhile, …" is outside; so is an adverb that opens the sentence.
    while start < at && start == begin && words.is(start, ADVERB) && !words.is(start, AUXILIARY) {
        start += 1;
    }
    start..at + 1
}

/// Whether the form at `at` is a verb there rather than a noun or an adjective.
pub(super) fn is_verb_here(words: &Words, at: usize, form: Form, group: &Range<usize>, before: Option<usize>) -> bool {
    let auxiliary = (group.start..at).any(|k| words.is(k, AUXILIARY));
    let near = at.checked_sub(1);
    let modal = (group.start..at).any(|k| words.is(k, MODAL));
    let several = |k: usize| matches!(words.at(k), "many" | "some" | "most" | "few" | "both" | "all" | "others");
    if near.is_some_and(|k| {
        !(several(k) && form == Form::Base)
            && words.is(k, DETERMINER | POSSESSIVE)
            && !words.is(k, RELATIVE | AUXILIARY)
            && k >= group.start.saturating_sub(1)
    }) && !matches!(words.at(at), "said" | "says")
    {
        return false;
    }
    match form {
        Form::Base => {
            if modal {
                return true;
            }
            if auxiliary {
                return false;
            }
            let Some(before) = before else { return false };
            if words.at(before) == "to" {
                return true;
            }
            words.is(before, SUBJECT | RELATIVE | COORDINATOR | COMMA)
                || words.at(before).ends_with('s') && !words.is(before, POSSESSIVE)
                || matches!(
                    words.at(before),
                    "people" | "men" | "women" | "police" | "many" | "some" | "most" | "few" | "both" | "all" | "who"
                )
        }
        Form::Third => {
            let Some(before) = before else { return false };
            // "the states", "new rules": nouns more often than verbs.
            if OFTEN_NOUNS.contains(&words.at(at)) && !words.is(before, SUBJECT | RELATIVE | CAPITAL) {
                return false;
            }
            // "Sanders Pledges" in a headline may be either.
            let title = words.is(before, CAPITAL) && words.is(at, CAPITAL) && words.at(at) != "says";
            !auxiliary
                && !title
                && !words.is(before, PREPOSITION | AUXILIARY)
                && (words.is(before, SUBJECT | RELATIVE | CAPITAL | COORDINATOR | COMMA | QUOTE | WORD)
                    || words.is(before, MARK))
        }
        Form::Past => true,
        Form::Ing => before.is_some(),
    }
}

/// Third persons that are plurals of nouns unless a pronoun or a name stands before.
const OFTEN_NOUNS: &[&str] = &[
    "calls",
    "charges",
    "claims",
    "demands",
    "doubts",
    "fears",
    "hopes",
    "labels",
    "lists",
    "names",
    "orders",
    "plans",
    "posts",
    "questions",
    "reports",
    "rules",
    "shows",
    "states",
    "views",
    "wonders",
];
