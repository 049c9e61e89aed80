//! Quotation marks, and which way each one faces.

use crate::text::{
    Document, TokenKind,
    characters::{char_at, char_before, is_blank},
};

/// Which marks belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// “ ” " „ and typewriters' `` ''
    Double,
    /// « » ‹ ›
    Angle,
    /// ‘ ’ ' ‚
    Single,
}

/// Which way a mark faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// It opens.
    Open,
    /// It closes.
    Close,
    /// Its neighbours don't tell: it closes what stands open, or else opens.
    Either,
    /// A single mark after a plural's "s", before a small letter: an apostrophe, unless something waits to be closed.
    WeakClose,
}

/// A quotation mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    /// Which of the document's tokens.
    pub(super) token: usize,
    pub(super) family: Family,
    pub(super) side: Side,
}

/// Words that lost their first letters: the mark before them is an apostrophe.
const CLIPPED: [&str; 20] = [
    "Bout", "Cause", "Em", "Til", "Till", "Tis", "Twas", "Twere", "bout", "cause", "coz", "cuz", "em", "n", "nuff",
    "round", "til", "till", "tis", "twas",
];

/// The quotation mark that token `index` is, if it is one.
pub(super) fn of(document: &Document, index: usize) -> Option<Mark> {
    let token = document.tokens.get(index).filter(|token| token.kind == TokenKind::Mark)?;
    let text = document.text.as_str();
    let before = char_before(text, token.span.start);
    let after = char_at(text, token.span.end);
    let free_before = before.is_none_or(|c| is_blank(c) || is_opening(c));
    let free_after = after.is_none_or(|c| is_blank(c) || is_closing(c));
    let neighbours = match (free_before, free_after) {
        (true, false) => Side::Open,
        (false, true) => Side::Close,
        _ => Side::Either,
    };
    let blank_before = before.is_none_or(is_blank);
    let bound_after = after.is_some_and(char::is_alphanumeric);
    let word = document.word(index);
    let (family, side) = match word {
        "\"" | "''" => {
            if is_measure(document, index, word) {
                return None;
            }
            (Family::Double, neighbours)
        }
        "``" | "„" | "‟" => (Family::Double, Side::Open),
        // A mark that faces the wrong way: “so“ and ”so”.
        "“" => (Family::Double, if neighbours == Side::Close { Side::Either } else { Side::Open }),
        "”" => (Family::Double, if blank_before && bound_after { Side::Either } else { Side::Close }),
        "«" | "‹" => (Family::Angle, if neighbours == Side::Close { Side::Either } else { Side::Open }),
        "»" | "›" => (Family::Angle, if blank_before && bound_after { Side::Either } else { Side::Close }),
        "‘" | "‚" | "`" | "'" | "’" => {
            (Family::Single, single(document, index, word, before, after, neighbours)?)
        }
        _ => return None,
    };
    Some(Mark { token: index, family, side })
}

/// Marks that a quotation may begin right after.
const fn is_opening(c: char) -> bool {
    matches!(
        c,
        '(' | '[' | '{' | '—' | '–' | '-' | '/' | '“' | '‘' | '«' | '"' | '\'' | '`' | '¿' | '¡' | '>' | '*' | '='
    )
}

/// Marks that may stand right after a quotation.
const fn is_closing(c: char) -> bool {
    matches!(
        c,
        '.' | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | ')'
            | ']'
            | '}'
            | '—'
            | '–'
            | '-'
            | '/'
            | '”'
            | '’'
            | '»'
            | '"'
            | '\''
            | '…'
            | '<'
            | '*'
    )
}

/// The side of a single mark; `None` for an apostrophe.
fn single(
    document: &Document,
    index: usize,
    word: &str,
    before: Option<char>,
    after: Option<char>,
    neighbours: Side,
) -> Option<Side> {
    let letter_before = before.is_some_and(char::is_alphanumeric);
    let letter_after = after.is_some_and(char::is_alphanumeric);
    if letter_before && letter_after {
        return None;
    }
    if letter_after {
        let next = document.word(index + 1);
        let joined = before.is_some_and(|c| !is_blank(c) && !matches!(c, '(' | '[' | '—' | '–' | '“'));
        let suffix = matches!(next, "s" | "t" | "d" | "m" | "re" | "ve" | "ll");
        let decade = next.len() <= 3 && next.starts_with(|c: char| c.is_ascii_digit());
        if CLIPPED.binary_search(&next).is_ok() || decade || joined && suffix {
            return None;
        }
    }
    match word {
        "‘" | "‚" | "`" => after.is_some_and(|c| !is_blank(c)).then_some(Side::Open),
        "’" if neighbours == Side::Open => None,
        _ if neighbours == Side::Open => Some(Side::Open),
        _ if neighbours == Side::Either && before.is_none_or(is_blank) => None,
        _ => {
            let plural = matches!(before, Some('s' | 'S' | 'n' | 'z' | '0'..='9'));
            let goes_on = document.text.get(document.tokens.get(index)?.span.end..).is_some_and(|rest| {
                let mut rest = rest.chars();
                rest.next() == Some(' ') && rest.next().is_some_and(char::is_lowercase)
            });
            Some(if plural && goes_on { Side::WeakClose } else { Side::Close })
        }
    }
}

/// Whether the double mark at `index` stands for inches: 6' 2".
fn is_measure(document: &Document, index: usize, word: &str) -> bool {
    let back = |n: usize| index.checked_sub(n).map_or("", |index| document.word(index));
    let number = |word: &str| word.bytes().next().is_some_and(|b| b.is_ascii_digit());
    let adjacent = index.checked_sub(1).and_then(|i| document.tokens.get(i)).map(|t| t.span.end)
        == document.tokens.get(index).map(|t| t.span.start);
    word == "\"" && adjacent && number(back(1)) && matches!(back(2), "'" | "’" | "′") && number(back(3))
}
