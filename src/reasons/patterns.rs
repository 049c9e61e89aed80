//! Signals that no word list can hold: they depend on the form of the sentence.

use std::sync::LazyLock;

use super::{Candidate, Words, kinds};
use crate::{
    analysis::SignalKind,
    text::lower::{Word, WordMap},
};

/// Base forms that open an order to the reader. Closed: a sentence may also begin with a noun that looks like a verb.
const ORDERS: [&str; 46] = [
    "add", "ask", "avoid", "be", "beware", "bring", "call", "check", "choose", "click", "compare", "consider", "do",
    "don't", "enjoy", "expect", "find", "follow", "forget", "get", "give", "go", "imagine", "keep", "learn", "leave",
    "let", "look", "make", "never", "note", "notice", "picture", "put", "remember", "see", "stop", "take", "tell",
    "think", "try", "turn", "use", "visit", "watch", "wear",
];

/// People in general.
static PEOPLE: LazyLock<WordMap<()>> = LazyLock::new(|| {
    let people =
        "americans britons citizens consumers europeans families parents people taxpayers viewers voters workers";
    people.split(' ').map(|word| (Word::new(word), ())).collect()
});

/// What such people are said to feel or want.
const FEELINGS: [&str; 20] = [
    "angry",
    "crave",
    "demand",
    "deserve",
    "desperate",
    "exhausted",
    "expect",
    "fed",
    "feel",
    "furious",
    "hate",
    "hungry",
    "know",
    "love",
    "sick",
    "tired",
    "want",
    "weary",
    "yearn",
    "distrust",
];

/// Every pattern in the sentence.
pub(super) fn find(words: &Words<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    found.extend(question_or_exclamation(words));
    found.extend(order(words));
    found.extend(feelings_of_all(words));
    found
}

/// "So who needs it?", "What a waste!": the last clause, with its mark. Weak: it shows where no word says more.
fn question_or_exclamation(words: &Words<'_>) -> Option<Candidate> {
    let end = words.final_mark()?;
    let why = match words.at(end) {
        "?" => kinds::QUESTION,
        "!" => kinds::EXCLAMATION,
        _ => return None,
    };
    let breaks =
        |at: &usize| matches!(words.at(*at), "," | ";" | ":" | "—" | "–" | "--" | "“" | "\"" | "(" | "?" | "!" | ".");
    let start = (0..end).rev().find(breaks).map_or(0, |at| at + 1);
    // "Really, now?": a last clause of a word or two leans on the one before.
    let start = if end - start < 3 { words.first_word().min(end) } else { start };
    Some(Candidate { why, ..words.candidate(start..end + 1, SignalKind::Irony, true) })
}

/// "Consider the cost.", "Don’t miss it."
fn order(words: &Words<'_>) -> Option<Candidate> {
    let first = words.first_word();
    let known = ORDERS.binary_search(&words.at(first)).is_ok();
    // "Call centres closed", "Watch sales rose", "Do they care?": the next word tells a verb from a noun or a question.
    let object = matches!(
        words.at(first + 1),
        "a" | "about"
            | "an"
            | "at"
            | "for"
            | "her"
            | "his"
            | "in"
            | "it"
            | "its"
            | "me"
            | "my"
            | "not"
            | "no"
            | "on"
            | "our"
            | "out"
            | "that"
            | "the"
            | "their"
            | "them"
            | "these"
            | "this"
            | "those"
            | "to"
            | "us"
            | "up"
            | "what"
            | "your"
            | "yourself"
            | "how"
            | "into"
            | "sure"
            | "all"
            | "any"
            | "some"
            | "each"
    );
    let ends = words.final_mark().map_or("", |end| words.at(end));
    (known && object && ends != "?" && first + 2 < words.tokens.len())
        .then(|| Candidate { why: kinds::IMPERATIVE, ..words.candidate(first..first + 1, SignalKind::Address, false) })
}

/// "Americans are tired of", "voters want": a feeling of everybody. A number, an article or "some" before the people
/// makes it one that can be counted.
fn feelings_of_all(words: &Words<'_>) -> Vec<Candidate> {
    let people = &*PEOPLE;
    let mut found = Vec::new();
    for at in 0..words.tokens.len() {
        if !people.contains_key(&words.word(at)) {
            continue;
        }
        let before = at.checked_sub(1).map_or("", |before| words.at(before));
        let counted = matches!(before, "of" | "the" | "some" | "many" | "two" | "three")
            || before.starts_with(|c: char| c.is_numeric());
        let verb = if matches!(words.at(at + 1), "are" | "have" | "do" | "don't") { at + 2 } else { at + 1 };
        if !counted && FEELINGS.contains(&words.at(verb)) {
            found.push(words.candidate(at..verb + 1, SignalKind::Generalisation, false));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_searched_by_halves_is_sorted() {
        assert!(ORDERS.is_sorted());
    }
}
