//! A sentence as the lists and patterns see it.

use std::ops::Range;

use super::{Candidate, why};
use crate::{
    analysis::SignalKind,
    span::Span,
    text::{Document, Token, TokenKind, lower::Word},
};

/// The tokens of one sentence.
#[derive(Debug)]
pub(crate) struct Words<'a> {
    document: &'a Document,
    pub(crate) tokens: &'a [Token],
    /// Which of the document's tokens is its first.
    start: usize,
    /// Written As a Headline Is: most of the longer words with a capital.
    pub(crate) is_title: bool,
    first_word: usize,
}

impl<'a> Words<'a> {
    pub(crate) fn of(document: &'a Document, index: usize) -> Self {
        let tokens = document.tokens_of(index);
        let start = document.sentences.get(index).map_or(0, |sentence| sentence.tokens.start);
        let is_word = |token: &Token| token.kind == TokenKind::Word;
        let first_word = tokens.iter().position(is_word).unwrap_or(tokens.len());
        let (mut long, mut capital) = (0, 0);
        for (at, _) in tokens.iter().enumerate().filter(|(_, token)| is_word(token) && token.span.len() > 3) {
            long += 1;
            capital += usize::from(document.lower.is_capital(start + at));
        }
        Self { document, tokens, start, is_title: long >= 3 && capital * 4 >= long * 3, first_word }
    }

    /// The word at `at` in small letters, with straight apostrophes; empty outside the sentence.
    pub(crate) fn word(&self, at: usize) -> Word<'a> {
        if at < self.tokens.len() { self.document.lower.word(self.start + at) } else { Word::default() }
    }

    /// The text of [`word`](Self::word).
    pub(crate) fn at(&self, at: usize) -> &'a str {
        self.word(at).text
    }

    /// The word at `at` as it is written.
    pub(crate) fn written(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| self.document.slice(token.span))
    }

    pub(crate) fn is_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word)
    }

    /// Where the first word stands, past quotation marks and bullets.
    pub(crate) const fn first_word(&self) -> usize {
        self.first_word
    }

    /// Whether the token looks like a name: with a capital where a common word has none.
    pub(crate) fn is_name(&self, at: usize) -> bool {
        at != self.first_word
            && !self.is_title
            && at < self.tokens.len()
            && self.document.lower.is_capital(self.start + at)
            && self.at(at) != "i"
            && !self.at(at).starts_with("i'")
    }

    /// The mark that ends the sentence ("?", "!", "."), past closing quotation marks and brackets, and where.
    pub(crate) fn final_mark(&self) -> Option<usize> {
        (0..self.tokens.len()).rev().find(|&at| !matches!(self.at(at), "”" | "\"" | "'" | ")" | "]" | "’"))
    }

    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        match (self.tokens.get(range.start), range.end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
            _ => Span::default(),
        }
    }

    pub(super) fn candidate(&self, words: Range<usize>, kind: SignalKind, weak: bool) -> Candidate {
        Candidate { span: self.span(words.clone()), words, kind, why: why(kind), weak }
    }
}

/// Words that hold a sentence together and say little by themselves; sorted.
const FUNCTION_WORDS: [&str; 216] = [
    "a",
    "about",
    "above",
    "across",
    "after",
    "against",
    "all",
    "along",
    "also",
    "although",
    "am",
    "among",
    "an",
    "and",
    "another",
    "any",
    "are",
    "around",
    "as",
    "at",
    "be",
    "became",
    "because",
    "been",
    "before",
    "behind",
    "being",
    "below",
    "beside",
    "besides",
    "between",
    "beyond",
    "both",
    "but",
    "by",
    "came",
    "can",
    "come",
    "comes",
    "could",
    "did",
    "do",
    "does",
    "doing",
    "done",
    "down",
    "during",
    "each",
    "either",
    "else",
    "enough",
    "even",
    "ever",
    "every",
    "few",
    "for",
    "from",
    "get",
    "gets",
    "getting",
    "go",
    "goes",
    "going",
    "gone",
    "got",
    "had",
    "has",
    "have",
    "having",
    "he",
    "her",
    "here",
    "hers",
    "herself",
    "him",
    "himself",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "inside",
    "instead",
    "into",
    "is",
    "it",
    "its",
    "itself",
    "just",
    "last",
    "least",
    "less",
    "like",
    "made",
    "make",
    "makes",
    "making",
    "many",
    "may",
    "me",
    "might",
    "mine",
    "more",
    "most",
    "much",
    "must",
    "my",
    "myself",
    "near",
    "neither",
    "next",
    "no",
    "nor",
    "not",
    "now",
    "of",
    "off",
    "often",
    "on",
    "once",
    "one",
    "only",
    "onto",
    "or",
    "other",
    "others",
    "our",
    "ours",
    "out",
    "over",
    "own",
    "part",
    "per",
    "put",
    "rather",
    "said",
    "same",
    "say",
    "says",
    "see",
    "seen",
    "shall",
    "she",
    "should",
    "since",
    "so",
    "some",
    "still",
    "such",
    "take",
    "taken",
    "takes",
    "than",
    "that",
    "the",
    "their",
    "theirs",
    "them",
    "themselves",
    "then",
    "there",
    "therefore",
    "these",
    "they",
    "this",
    "those",
    "though",
    "through",
    "thus",
    "till",
    "to",
    "today",
    "together",
    "too",
    "took",
    "toward",
    "towards",
    "two",
    "under",
    "until",
    "up",
    "upon",
    "us",
    "use",
    "used",
    "using",
    "very",
    "was",
    "way",
    "we",
    "well",
    "went",
    "were",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "whom",
    "whose",
    "why",
    "will",
    "with",
    "within",
    "without",
    "would",
    "year",
    "years",
    "yes",
    "yet",
    "you",
    "your",
    "yours",
];

/// Whether `word`, in small letters, would mean nothing to a reader as the reason for a label: "of", "there", "didn't".
pub(crate) fn is_function_word(word: &str) -> bool {
    word.len() < 3 || word.contains('\'') || FUNCTION_WORDS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_searched_by_halves_is_sorted() {
        assert!(FUNCTION_WORDS.is_sorted());
    }
}
