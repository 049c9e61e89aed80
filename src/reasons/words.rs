//! A sentence as the lists and patterns see it.

use std::ops::Range;

use super::{Candidate, why};
use crate::{
    analysis::SignalKind,
    span::Span,
    text::{Document, Token, TokenKind},
};

/// The tokens of one sentence, with their words in small letters and straight apostrophes.
#[derive(Debug)]
pub(crate) struct Words<'a> {
    document: &'a Document,
    pub(crate) tokens: &'a [Token],
    pub(crate) lower: Vec<String>,
}

impl<'a> Words<'a> {
    pub(crate) fn of(document: &'a Document, index: usize) -> Self {
        let tokens = document.tokens_of(index);
        let lower = tokens.iter().map(|token| lower(document.slice(token.span))).collect();
        Self { document, tokens, lower }
    }

    /// The word at `at` in small letters; empty outside the sentence.
    pub(crate) fn at(&self, at: usize) -> &str {
        self.lower.get(at).map_or("", String::as_str)
    }

    /// The word at `at` as it is written.
    pub(crate) fn written(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| self.document.slice(token.span))
    }

    pub(crate) fn is_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word)
    }

    /// Where the first word stands, past quotation marks and bullets.
    pub(crate) fn first_word(&self) -> usize {
        (0..self.tokens.len()).find(|&at| self.is_word(at)).unwrap_or(self.tokens.len())
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

fn lower(word: &str) -> String {
    if word.is_ascii() { word.to_ascii_lowercase() } else { word.to_lowercase().replace('’', "'") }
}
