//! What kind of source it is: official, expert, witness … and whether it is named.
//!
//! ```text
//! source phrase ─ its words' lists (data/source-KIND.txt), shape, neighbours ─┐
//! what the article says of that name elsewhere ("a professor") ───────────────┴─ a score for each kind
//! scores of all that one source is credited with, added up ─ one kind a source
//! ```
//!
//! The weights are in `data/source-weights.txt`, which `training/sources/fit.py` writes. It learns from the same
//! features, dumped by the test in `source_kind/dump.rs`.

#[cfg(test)]
mod dump;

use std::{collections::HashMap, ops::Range, sync::LazyLock};

use rustc_hash::FxBuildHasher;

use super::{
    lexicon::Lexicon,
    words::{
        AFTER_NOUN, AUXILIARY, CAPITAL, CLOSE_BRACKET, COMMA, DASH, DETERMINER, FIRST_PERSON, MARK, NUMBER,
        OPEN_BRACKET, POSSESSIVE, PREPOSITION, RELATIVE, SUBJECT, WORD, Words,
    },
};
use crate::{
    analysis::SourceKind,
    text::{list::List, lower::Word},
};

/// The lists, in the order of [`LISTED`].
const LISTS: [&str; 7] = [
    include_str!("../data/source-official.txt"),
    include_str!("../data/source-expert.txt"),
    include_str!("../data/source-witness.txt"),
    include_str!("../data/source-participant.txt"),
    include_str!("../data/source-document.txt"),
    include_str!("../data/source-news-report.txt"),
    include_str!("../data/source-group.txt"),
];

/// Hands every word of the lists to `to`, with the list that has it.
pub(super) fn lists(mut to: impl FnMut(&'static str, Listed)) {
    for (list, bit) in LISTS.into_iter().zip(0..) {
        for word in List::new(list).into_entries() {
            to(word, Listed(1 << bit));
        }
    }
}

/// The kinds that have a list.
const LISTED: [SourceKind; 7] = [
    SourceKind::Official,
    SourceKind::Expert,
    SourceKind::Witness,
    SourceKind::Participant,
    SourceKind::Document,
    SourceKind::NewsReport,
    SourceKind::Group,
];

/// The kinds that are learnt, in the order of the weights. That a source is a group is told by its head alone.
const LEARNT: [SourceKind; 7] = [
    SourceKind::Official,
    SourceKind::Expert,
    SourceKind::Witness,
    SourceKind::Participant,
    SourceKind::Document,
    SourceKind::NewsReport,
    SourceKind::Unknown,
];

/// A weight for each of [`LEARNT`].
type Weights = [f32; 7];

/// By feature, whose name is in two: what it is about, and the rest ("head", "governor").
static WEIGHTS: LazyLock<HashMap<(Word<'static>, Word<'static>), Weights, FxBuildHasher>> =
    LazyLock::new(|| include_str!("../data/source-weights.txt").lines().filter_map(weights).collect());

/// A line: seven whole numbers, in hundredths, and the feature.
fn weights(line: &'static str) -> Option<((Word<'static>, Word<'static>), Weights)> {
    let mut parts = line.splitn(8, ' ');
    let mut weights = Weights::default();
    for weight in &mut weights {
        *weight = f32::from(parts.next()?.parse::<i16>().ok()?) / 100.0;
    }
    let name = parts.next()?;
    let (about, rest) = name.split_once(' ').unwrap_or((name, ""));
    Some(((Word::new(about), Word::new(rest)), weights))
}

/// Which lists some words stand in: a bit for each of [`LISTED`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Listed(u8);

impl Listed {
    /// Of the lower-case `word`.
    pub fn of(word: &str) -> Self {
        Lexicon::get().known(Word::new(word.strip_suffix("'s").unwrap_or(word))).listed
    }

    /// Those of either.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a list of people has the word, and none of documents, reports or groups.
    pub fn is_of_people(self) -> bool {
        use SourceKind::{Expert, Official, Participant, Witness};
        self != Self::default() && self.kinds().all(|kind| matches!(kind, Official | Expert | Participant | Witness))
    }

    fn kinds(self) -> impl Iterator<Item = SourceKind> {
        LISTED.into_iter().zip(0..).filter(move |(_, bit)| self.0 >> bit & 1 == 1).map(|(kind, _)| kind)
    }
}

/// What speaks for each kind, of one source phrase or of several.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Evidence {
    scores: Weights,
    /// The head is a plural or a collective that shares a view: "critics".
    group: bool,
    /// It is somebody, so neither a document nor a report.
    person: bool,
}

impl Evidence {
    /// Of the source phrase in `tokens`; `described` is what the article says elsewhere of the name that it means, and
    /// `person` whether that is somebody's.
    pub fn of(words: &Words, tokens: Range<usize>, described: Listed, person: bool) -> Self {
        let mut evidence = Self { person, ..Self::default() };
        let known = &*WEIGHTS;
        features(words, &tokens, described, &mut |about, rest| {
            if let Some(weights) = known.get(&(Word::new(about), rest)) {
                for (score, weight) in evidence.scores.iter_mut().zip(weights) {
                    *score += weight;
                }
            }
        });
        let head = head(words, &tokens);
        // The first word of a sentence is capital for its place.
        let common = !words.is(head, CAPITAL) || head == words.around(head).start;
        evidence.group = common && words.listed(head).kinds().any(|kind| kind == SourceKind::Group);
        evidence
    }

    /// This and `other` of the same source.
    pub fn add(&mut self, other: &Self) {
        for (score, more) in self.scores.iter_mut().zip(other.scores) {
            *score += more;
        }
        self.group |= other.group;
        self.person |= other.person;
    }

    /// The likeliest kind.
    pub fn kind(&self) -> SourceKind {
        let fits = |kind| !self.person || !matches!(kind, SourceKind::Document | SourceKind::NewsReport);
        let scored = LEARNT.into_iter().zip(self.scores).filter(|&(kind, _)| fits(kind));
        let best = scored.max_by(|(_, a), (_, b)| a.total_cmp(b));
        match best.map_or(SourceKind::Unknown, |(kind, _)| kind) {
            SourceKind::Unknown | SourceKind::Participant | SourceKind::Witness if self.group => SourceKind::Group,
            kind => kind,
        }
    }
}

/// The noun that the phrase is about: the last before what only describes it further. "A number of analysts" are analysts.
fn head(words: &Words, tokens: &Range<usize>) -> usize {
    let ends = |k: usize| {
        words.is(k, MARK | PREPOSITION | RELATIVE | AUXILIARY)
            || words.is(k, AFTER_NOUN) && !words.is(k - 1, DETERMINER)
    };
    let end_from = |start: usize| (start + 1..tokens.end).find(|&k| ends(k)).unwrap_or(tokens.end);
    let mut end = end_from(tokens.start);
    if end + 1 < tokens.end && words.at(end) == "of" && MEASURES.contains(&words.at(end - 1)) {
        end = end_from(end + 1);
    }
    end.saturating_sub(1).max(tokens.start)
}

/// What only says how many of them there are.
const MEASURES: [&str; 22] = [
    "bunch",
    "couple",
    "dozens",
    "few",
    "half",
    "handful",
    "host",
    "hundreds",
    "lot",
    "lots",
    "majority",
    "many",
    "minority",
    "most",
    "number",
    "plenty",
    "range",
    "scores",
    "several",
    "some",
    "thousands",
    "variety",
];

/// Whether the phrase names somebody or something: its head is a name, or a name stands in apposition to it.
pub(super) fn is_named(words: &Words, tokens: &Range<usize>) -> bool {
    // The first word of a sentence is capital for its place: there a listed noun is none.
    let name = |k: usize| {
        words.is(k, CAPITAL)
            && !words.is(k, DETERMINER | SUBJECT | PREPOSITION)
            && (k > words.around(k).start || words.listed(k) == Listed::default())
    };
    let head = head(words, tokens);
    name(head)
        || (head + 1..tokens.end).any(|k| {
            words.is(k, COMMA | DASH | OPEN_BRACKET)
                && name(k + 1)
                && k + 1 < tokens.end
                && !words.is(k + 1, DETERMINER)
        })
}

/// Calls `each` with the name of every feature of the source phrase in `tokens`, in two.
fn features(words: &Words, tokens: &Range<usize>, described: Listed, each: &mut impl FnMut(&'static str, Word<'_>)) {
    let none = Word::new("");
    each("=bias", none);
    if tokens.is_empty() {
        return;
    }
    let head = head(words, tokens);
    let first = tokens.start;
    let lone = tokens.len() == 1;
    let noun = words.at(head);
    let noun = noun.strip_suffix("'s").unwrap_or(noun);
    let listed = Listed::of(noun);
    if lone && words.is(first, SUBJECT) {
        each("=pronoun", none);
    } else {
        each("head", Word::new(noun));
    }
    for kind in listed.kinds() {
        each("=head", Word::new(kind.name()));
    }
    let capitals = tokens.clone().filter(|&k| words.is(k, CAPITAL)).count();
    let nouns = tokens.clone().filter(|&k| words.is(k, WORD)).count();
    match (capitals, nouns) {
        (1, 1) => each("=one", Word::new("name")),
        (2, 2) => each("=two", Word::new("names")),
        (a, b) if a == b => each("=names", none),
        (0, _) => each("=no", Word::new("name")),
        _ => {}
    }
    if words.is(head, CAPITAL) && listed == Listed::default() {
        each("=head", Word::new("name"));
    }
    if noun.ends_with('s') && !words.is(head, CAPITAL) {
        each("=plural", none);
    }
    if words.is(first, DETERMINER | NUMBER) {
        match words.at(first) {
            "the" => each("=the", none),
            "a" | "an" => each("=a", none),
            _ => each("=other", Word::new("determiner")),
        }
    }
    if words.is(first, POSSESSIVE) {
        each("=possessive", none);
    }
    let mut inside = Listed::default();
    for k in tokens.clone().filter(|&k| k != head && words.is(k, WORD)) {
        let listed = words.listed(k);
        inside = inside.and(listed);
        if !words.is(k, CAPITAL) || listed != Listed::default() {
            each("word", words.word(k));
        }
    }
    for kind in inside.kinds() {
        each("=inside", Word::new(kind.name()));
    }
    for kind in described.kinds() {
        each("=described", Word::new(kind.name()));
    }
    // A name says nothing of its bearer, the one thing that it is called all.
    let told = described.and(inside);
    let mut kinds = told.kinds();
    if let (true, Some(kind), None) = (words.is(head, CAPITAL), kinds.next(), kinds.next()) {
        each("=only", Word::new(kind.name()));
    }
    // What the sentence is about, and the word that attributes.
    let around = words.around(first);
    let near = around.start.max(first.saturating_sub(REACH))..around.end.min(tokens.end + REACH);
    let mut about = Listed::default();
    for k in near.filter(|k| !tokens.contains(k)) {
        about = about.and(words.listed(k));
        if words.is(k, FIRST_PERSON) {
            each("=first", Word::new("person"));
        }
    }
    for kind in about.kinds() {
        each("=about", Word::new(kind.name()));
    }
    if let Some(before) = first.checked_sub(1).filter(|&k| k >= around.start) {
        each("before", words.word(before));
        if words.is(before, COMMA | CLOSE_BRACKET) {
            each("=after", Word::new("comma"));
        }
    }
    if tokens.end < around.end {
        each("after", words.word(tokens.end));
    }
}

/// How many tokens of a sentence to each side tell what it is about.
const REACH: usize = 40;
