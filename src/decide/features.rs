//! What the rules look at: a sentence as named numbers.
//!
//! The names are the keys of `data/decision.txt`, which `training/rules/fit.py` writes; it learns from the same numbers,
//! dumped by the test in `dump.rs`, so that what is learnt and what is scored cannot differ. Words are not put together to
//! names here: nearly every instruction of the rules would go into that. A name without a sign in
//! front is a word of the writer's or two ("of course"); `@` goes before a word that attributes, `*` before a word
//! whoever's it is, `=` before everything else. Names of people, places and parties are left out: what counts is the language, not whom it is about.

use std::ops::Range;

use super::voice::Voice;
use crate::{
    analysis::SignalKind,
    quotes::QuotationKind,
    reasons::{Candidate, Words},
    span::Span,
    text::{Document, Token, TokenKind, lower::Word},
};

/// A sentence with all that its features are read from.
pub(super) struct Seen<'a> {
    pub(super) document: &'a Document,
    pub(super) index: usize,
    pub(super) words: &'a Words<'a>,
    pub(super) voice: &'a Voice,
    /// Everything that may be a signal, in anybody's voice.
    pub(super) candidates: &'a [Candidate],
}

/// Whose word a token is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The writer's.
    Own,
    /// A source or a cue.
    Frame,
    /// Somebody else's.
    Others,
}

/// What is seen in a sentence.
#[derive(Clone, Copy)]
pub(super) enum Feature<'a> {
    /// A word, and whose: `*word`, and `word` or `@word`.
    Word(Word<'a>, Role),
    /// Two words in a row, and whether both are the writer's: `*two words`, and `two words`.
    Pair(Word<'a>, Word<'a>, bool),
    /// Anything else: `=name`.
    Named(&'static str),
}

/// Hands every feature of the sentence and its value to `to`.
pub(super) fn each(seen: &Seen<'_>, to: &mut impl FnMut(Feature<'_>, f32)) {
    let roles = roles(seen, &seen.voice.others);
    each_word(seen, &roles, &mut |feature, _| to(feature, 1.0));
    let to = &mut |name, value| to(Feature::Named(name), value);
    signals(seen, &roles, to);
    voice(seen, &roles, to);
    shape(seen, &roles, to);
}

/// The role of each token of the sentence, where `others` are the words of others.
pub(super) fn roles(seen: &Seen<'_>, others: &[Span]) -> Vec<Role> {
    // The spans are sorted and disjoint: one pass over tokens and spans together.
    let within = |spans: &[Span], next: &mut usize, token: Span| {
        while spans.get(*next).is_some_and(|span| span.end <= token.start) {
            *next += 1;
        }
        spans.get(*next).is_some_and(|span| span.overlaps(token))
    };
    let (mut other, mut frame) = (0, 0);
    let role = |token: &Token| {
        if within(others, &mut other, token.span) {
            Role::Others
        } else if within(&seen.voice.frame, &mut frame, token.span) {
            Role::Frame
        } else {
            Role::Own
        }
    };
    seen.words.tokens.iter().map(role).collect()
}

/// Hands every feature that is made of words to `to`, with the tokens it is made of: each word and each two in a row,
/// once whoever's they are and once as what they are. An attribution found where there is none, or missed, so costs no
/// more than its own features.
pub(super) fn each_word(seen: &Seen<'_>, roles: &[Role], to: &mut impl FnMut(Feature<'_>, Range<usize>)) {
    let words = seen.words;
    let mut before: Option<(usize, Word<'_>, Role)> = None;
    for (at, &role) in roles.iter().enumerate() {
        if !words.is_word(at) || words.is_name(at) {
            before = None;
            continue;
        }
        let word = words.word(at);
        to(Feature::Word(word, role), at..at + 1);
        if let Some((first, its_word, its_role)) = before {
            to(Feature::Pair(its_word, word, (its_role, role) == (Role::Own, Role::Own)), first..at + 1);
        }
        before = Some((at, word, role));
    }
}

fn signals(seen: &Seen<'_>, roles: &[Role], to: &mut impl FnMut(&'static str, f32)) {
    let mut strong = 0;
    for candidate in seen.candidates {
        if candidate.words.clone().any(|at| roles.get(at) != Some(&Role::Own)) {
            continue;
        }
        strong += usize::from(!candidate.weak);
        to(signal_name(candidate.kind, candidate.weak), 1.0);
    }
    match strong {
        0 => {}
        1 => to("=signals 1", 1.0),
        2 => to("=signals 2", 1.0),
        _ => to("=signals 3", 1.0),
    }
}

pub(super) const fn signal_name(kind: SignalKind, weak: bool) -> &'static str {
    match (kind, weak) {
        (SignalKind::Evaluation, false) => "=evaluation",
        (SignalKind::LoadedName, false) => "=loaded-name",
        (SignalKind::Prescription, false) => "=prescription",
        (SignalKind::Forecast, false) => "=forecast",
        (SignalKind::MindReading, false) => "=mind-reading",
        (SignalKind::Irony, false) => "=irony",
        (SignalKind::Generalisation, false) => "=generalisation",
        (SignalKind::FirstPerson, false) => "=first-person",
        (SignalKind::Address, false) => "=address",
        (SignalKind::Intensifier, false) => "=intensifier",
        (SignalKind::Evaluation, true) => "=evaluation?",
        (SignalKind::LoadedName, true) => "=loaded-name?",
        (SignalKind::Prescription, true) => "=prescription?",
        (SignalKind::Forecast, true) => "=forecast?",
        (SignalKind::MindReading, true) => "=mind-reading?",
        (SignalKind::Irony, true) => "=irony?",
        (SignalKind::Generalisation, true) => "=generalisation?",
        (SignalKind::FirstPerson, true) => "=first-person?",
        (SignalKind::Address, true) => "=address?",
        (SignalKind::Intensifier, true) => "=intensifier?",
        (SignalKind::LoadedWording, _) => "=loaded-wording",
    }
}

/// Who speaks: how much of the sentence is whose.
fn voice(seen: &Seen<'_>, roles: &[Role], to: &mut impl FnMut(&'static str, f32)) {
    let voice = seen.voice;
    let (mut all, mut others, mut own) = (0_usize, 0_usize, 0_usize);
    for (_, &role) in roles.iter().enumerate().filter(|&(at, _)| seen.words.is_word(at)) {
        all += 1;
        others += usize::from(role == Role::Others);
        own += usize::from(role == Role::Own);
    }
    let share = |part: usize| if all == 0 { 0.0 } else { part as f32 / all as f32 };
    to("=others", share(others));
    to("=own", share(own));
    match (others, own) {
        (0, _) => to("=none of others", 1.0),
        (_, 0) => to("=all of others", 1.0),
        (_, 1..=3) => to("=nearly all of others", 1.0),
        (_, own) if own * 3 < all => to("=most of others", 1.0),
        (others, _) if others * 3 < all => to("=little of others", 1.0),
        _ => to("=half of others", 1.0),
    }
    let has_content = !voice.content.is_empty();
    let quoted_only = !voice.others.is_empty() && !has_content;
    let flags = [
        (has_content, "=content"),
        (voice.cued && has_content, "=content and cue"),
        (voice.cued && voice.sourced && has_content, "=content, cue and source"),
        (voice.cue_only, "=cue without content"),
        (has_content && !voice.cued, "=content without cue"),
        (has_content && !voice.cued && voice.direct, "=direct content without cue"),
        (voice.direct, "=direct"),
        (voice.indirect, "=indirect"),
        (voice.vague, "=vague"),
        (quoted_only, "=quoted, uncredited"),
        (voice.attributions.len() > 1, "=several attributions"),
    ];
    for (_, name) in flags.into_iter().filter(|(holds, _)| *holds) {
        to(name, 1.0);
    }
}

/// Whether there is enough text for a sentence's place to mean something: the first and last sentences of articles are
/// of a kind, those of a pasted line are not.
pub(super) fn is_article(document: &Document) -> bool {
    document.sentences.len() > 3
}

/// The sentence's form and place.
fn shape(seen: &Seen<'_>, roles: &[Role], to: &mut impl FnMut(&'static str, f32)) {
    let (document, words) = (seen.document, seen.words);
    let sentence = &document.sentences[seen.index];
    let paragraph = &document.paragraphs[sentence.paragraph];
    to("=bias", 1.0);
    // One pass over the tokens: what they are, the writer's marks, and the endings of the writer's words.
    let (mut all, mut names, mut numbers) = (0_usize, 0_usize, 0_usize);
    let (mut dash, mut bracket, mut semicolon, mut money) = (false, false, false, false);
    let mut endings = [0_usize; ENDINGS.len()];
    for (at, token) in words.tokens.iter().enumerate() {
        let own = roles.get(at) == Some(&Role::Own);
        match token.kind {
            TokenKind::Word => {
                all += 1;
                names += usize::from(words.is_name(at));
                if let Some(index) = if own { ending(words.at(at)) } else { None } {
                    endings[index] += 1;
                }
            }
            TokenKind::Number => numbers += 1,
            _ if own => match words.at(at) {
                "—" | "–" | "--" => dash = true,
                "(" => bracket = true,
                ";" => semicolon = true,
                "%" | "$" | "£" => money = true,
                _ => {}
            },
            _ => {}
        }
    }
    let (all, names, numbers) = (all as f32, names as f32, numbers as f32);
    let first = words.first_word();
    let share = |part: f32| if all > 0.0 { part / all } else { 0.0 };
    to("=length", (all / 20.0).min(3.0));
    match all as usize {
        0..=3 => to("=length 3", 1.0),
        4..=7 => to("=length 7", 1.0),
        8..=12 => to("=length 12", 1.0),
        _ => {}
    }
    to("=names", share(names));
    to("=numbers", (numbers / 3.0).min(2.0));
    let final_mark = words.final_mark();
    let last_is_own = final_mark.is_some_and(|at| roles.get(at) == Some(&Role::Own));
    let last = final_mark.map_or("", |at| words.at(at));
    let scare = document.quotations.partition_point(|quotation| quotation.span.end <= sentence.span.start);
    let has_scare = document.quotations[scare..]
        .iter()
        .take_while(|quotation| quotation.span.start < sentence.span.end)
        .any(|quotation| quotation.kind == QuotationKind::Scare);
    let long = is_article(document);
    let flags = [
        (last == "?" && last_is_own, "=question"),
        (last == "!" && last_is_own, "=exclamation"),
        (!matches!(last, "?" | "!" | "." | "…" | "..."), "=no stop"),
        (last == ":", "=colon at the end"),
        (words.is_title, "=title"),
        (dash, "=dash"),
        (bracket, "=bracket"),
        (semicolon, "=semicolon"),
        (money, "=money or percent"),
        (has_scare, "=scare quotes"),
        (long && seen.index == 0, "=first"),
        (long && sentence.paragraph == 0, "=first paragraph"),
        (seen.index == paragraph.sentences.start, "=begins paragraph"),
        (paragraph.sentences.len() == 1, "=alone in paragraph"),
        (paragraph.sentences.len() > 4, "=long paragraph"),
        (long && seen.index + 1 == document.sentences.len(), "=last"),
        (
            words.written(first).len() > 1 && words.written(first).chars().all(char::is_uppercase),
            "=capitals at the start",
        ),
    ];
    for (_, name) in flags.into_iter().filter(|(holds, _)| *holds) {
        to(name, 1.0);
    }
    for ((name, _), count) in ENDINGS.into_iter().zip(endings).filter(|&(_, count)| count > 0) {
        to(name, count.min(3) as f32);
    }
}

/// Endings that carry a judgement whatever the stem: "most shameful", "recklessly". No word has two.
const ENDINGS: [(&str, &str); 14] = [
    ("=-ly", "ly"),
    ("=-est", "est"),
    ("=-ism", "ism"),
    ("=-ous", "ous"),
    ("=-ful", "ful"),
    ("=-less", "less"),
    ("=-ing", "ing"),
    ("=-ed", "ed"),
    ("=-able", "able"),
    ("=-ish", "ish"),
    ("=-n't", "n't"),
    ("=-ize", "ize"),
    ("=-ness", "ness"),
    ("=-ive", "ive"),
];

/// Which of [`ENDINGS`] `word` has, more than three letters into it.
fn ending(word: &str) -> Option<usize> {
    let last = word.as_bytes().last().filter(|_| word.len() > 5)?;
    ENDINGS
        .iter()
        .position(|(_, end)| end.as_bytes().last() == Some(last) && word.len() > end.len() + 3 && word.ends_with(end))
}
