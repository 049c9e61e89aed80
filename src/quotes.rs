//! Quotations: what stands between quotation marks, also across sentences and paragraphs.

use crate::{span::Span, text::Document};

/// What a [`Quotation`] is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuotationKind {
    /// Somebody's words: a sentence, a clause or a telling part of one.
    Speech,
    /// Scare quotes, titles and terms: a word or a few that nobody need have said.
    Scare,
}

/// A stretch between quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// From the opening mark to the closing one, both inside; to the end of the paragraph where it is never closed.
    pub span: Span,
    /// The words, without marks and white space: one span a paragraph.
    pub content: Vec<Span>,
    /// What it is for.
    pub kind: QuotationKind,
    /// Whether a closing mark was found.
    pub closed: bool,
}

/// The outermost quotations of `document`, in order. Quotations inside quotations are not reported.
#[must_use]
pub fn find(document: &Document) -> Vec<Quotation> {
    let mut found = Vec::new();
    for paragraph in &document.paragraphs {
        let mut open: Option<Span> = None;
        for sentence in &document.sentences[paragraph.sentences.clone()] {
            for token in &document.tokens[sentence.tokens.clone()] {
                match (document.slice(token.span), open) {
                    ("“" | "\"", None) => open = Some(token.span),
                    ("”" | "\"", Some(mark)) => {
                        let inside = Span::new(mark.end, token.span.start).trim(&document.text);
                        let words = document.slice(inside).split_whitespace().count();
                        found.push(Quotation {
                            span: mark.cover(token.span),
                            content: vec![inside],
                            kind: if words > 3 { QuotationKind::Speech } else { QuotationKind::Scare },
                            closed: true,
                        });
                        open = None;
                    }
                    _ => {}
                }
            }
        }
    }
    found
}
