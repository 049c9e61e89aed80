//! Tokens: words, numbers and marks.

use super::{Token, TokenKind};
use crate::span::Span;

/// The tokens of `text`.
pub(super) fn find(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = start + c.len_utf8();
        let kind = if c.is_alphanumeric() {
            while let Some(&(at, next)) = rest.peek() {
                let inner = matches!(next, '\'' | '’' | '-' | '.' | ',') && {
                    let after = text[at + next.len_utf8()..].chars().next();
                    let digits = text[..at].ends_with(|c: char| c.is_ascii_digit());
                    match next {
                        ',' => digits && after.is_some_and(|c| c.is_ascii_digit()),
                        '.' => after.is_some_and(char::is_alphanumeric),
                        _ => after.is_some_and(char::is_alphanumeric),
                    }
                };
                if !next.is_alphanumeric() && !inner {
                    break;
                }
                end = at + next.len_utf8();
                rest.next();
            }
            if c.is_numeric() { TokenKind::Number } else { TokenKind::Word }
        } else if c.is_ascii_punctuation() && !matches!(c, '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~')
            || matches!(c, '“' | '”' | '‘' | '’' | '—' | '–' | '…' | '«' | '»' | '„' | '‚')
        {
            TokenKind::Mark
        } else {
            TokenKind::Symbol
        };
        tokens.push(Token { span: Span::new(start, end), kind });
    }
    tokens
}
