//! A text in its parts: paragraphs, sentences, tokens and quotations, each with where it stands.

mod abbreviations;
pub(crate) mod characters;
mod lines;
pub(crate) mod list;
pub(crate) mod lower;
mod paragraphs;
mod sentences;
mod tokens;

use std::ops::Range;

use self::lower::Lower;
use crate::{
    quotes::{self, Quotation},
    span::Span,
};

/// A text and its parts. The parts are sorted, disjoint within their kind, on character boundaries; every word lies in
/// exactly one token, one sentence and one paragraph.
///
/// ```
/// use sayswho::text::Document;
///
/// let document = Document::new("Bridge shut\n\nSen. J. D. Moss left at 5 p.m. Monday. “Why?” he asked.");
/// let sentences: Vec<_> = document.sentences.iter().map(|s| document.slice(s.span)).collect();
/// assert_eq!(sentences, ["Bridge shut", "Sen. J. D. Moss left at 5 p.m. Monday.", "“Why?” he asked."]);
/// ```
#[derive(Debug, Clone)]
pub struct Document {
    /// The text, unchanged.
    pub text: String,
    /// What blank lines part, and single line ends where the text is written a paragraph a line.
    pub paragraphs: Vec<Paragraph>,
    /// All sentences, whatever their paragraph.
    pub sentences: Vec<SentenceSpan>,
    /// All tokens, whatever their sentence.
    pub tokens: Vec<Token>,
    /// What stands between quotation marks.
    pub quotations: Vec<Quotation>,
    /// The tokens in small letters.
    pub(crate) lower: Lower,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Without the white space around it.
    pub span: Span,
    /// Its sentences: indices into [`Document::sentences`].
    pub sentences: Range<usize>,
}

/// A sentence before it is labelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentenceSpan {
    /// Without the white space around it, with its closing quotation marks.
    pub span: Span,
    /// Which of [`Document::paragraphs`].
    pub paragraph: usize,
    /// Its tokens: indices into [`Document::tokens`].
    pub tokens: Range<usize>,
}

/// A word, a number, or a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands; never empty.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

/// What a [`Token`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with the apostrophes, hyphens and dots inside: "don’t", "well-known", "U.S.", "Jan.".
    Word,
    /// Digits, with the signs inside: "1,000", "3.5", "2024-25", "5th".
    Number,
    /// A stop, comma, dash, bracket, quotation mark: one mark a token ("..." and "--" are one).
    Mark,
    /// Anything else that is seen: "$", "©", "🙂".
    Symbol,
}

impl Document {
    /// Takes `text` apart.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let text = text.to_owned();
        let tokens = tokens::find(&text);
        let spans = paragraphs::find(&text);
        let (paragraphs, sentences) = sentences::find(&text, &spans, &tokens);
        let lower = Lower::new(&text, &tokens);
        let mut document = Self { text, paragraphs, sentences, tokens, quotations: Vec::new(), lower };
        document.quotations = quotes::find(&document);
        document
    }

    /// The text of `span`.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// The text of token `index`; empty where there is none.
    #[must_use]
    pub fn word(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |token| self.slice(token.span))
    }

    /// The tokens of sentence `index`.
    #[must_use]
    pub fn tokens_of(&self, index: usize) -> &[Token] {
        self.sentences.get(index).and_then(|s| self.tokens.get(s.tokens.clone())).unwrap_or_default()
    }
}
