//! Sentences, inside paragraphs.

use super::{Paragraph, SentenceSpan, Token};
use crate::span::Span;

/// Parts each paragraph into sentences.
pub(super) fn find(text: &str, paragraphs: &[Span], tokens: &[Token]) -> (Vec<Paragraph>, Vec<SentenceSpan>) {
    let mut found = Vec::new();
    let mut sentences = Vec::new();
    for &span in paragraphs {
        let first = sentences.len();
        let from = tokens.partition_point(|token| token.span.start < span.start);
        let to = tokens.partition_point(|token| token.span.start < span.end);
        let mut start = from;
        for index in from..to {
            let word = tokens[index].span.of(text);
            let after = tokens.get(index + 1).filter(|_| index + 1 < to);
            let ends = matches!(word, "." | "!" | "?")
                && after.is_none_or(|next| {
                    next.span.start > tokens[index].span.end
                        && next.span.of(text).starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"'))
                })
                || matches!(word, "”" | "\"")
                    && index > start
                    && matches!(tokens[index - 1].span.of(text), "." | "!" | "?")
                    && after.is_none_or(|next| next.span.of(text).starts_with(|c: char| c.is_uppercase() || c == '“'));
            if ends || index + 1 == to {
                sentences.push(SentenceSpan {
                    span: Span::new(tokens[start].span.start, tokens[index].span.end),
                    paragraph: found.len(),
                    tokens: start..index + 1,
                });
                start = index + 1;
            }
        }
        found.push(Paragraph { span, sentences: first..sentences.len() });
    }
    (found, sentences)
}
