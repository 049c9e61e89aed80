//! Tokens: words, numbers and marks.
//!
//! A full stop belongs to the word before it where that word is an abbreviation, so that "Jan." and "U.S." are one
//! token each; whether a sentence ends there as well is for `sentences.rs` to say.

use super::{
    Token, TokenKind,
    abbreviations::{self, Abbreviation},
    characters::{
        JOINER, char_at, char_before, is_apostrophe, is_blank, is_combining, is_flag_half, is_hyphen, is_invisible,
    },
};
use crate::span::Span;

/// The tokens of `text`.
pub(super) fn find(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while let Some(c) = char_at(text, at) {
        let after = at + c.len_utf8();
        if is_blank(c) {
            at = after;
            continue;
        }
        let (end, kind) = if let Some(end) = address(text, at, c) {
            (end, TokenKind::Word)
        } else if c.is_alphanumeric() {
            word(text, at, tokens.last().copied())
        } else if is_mark(c) {
            (mark(text, after, c), TokenKind::Mark)
        } else {
            (symbol(text, after, c), TokenKind::Symbol)
        };
        tokens.push(Token { span: Span::new(at, end), kind });
        at = end;
    }
    tokens
}

/// Marks of punctuation, as against signs like "$" and "%".
const fn is_mark(c: char) -> bool {
    matches!(
        c,
        '!' | '"'
            | '\''
            | '('
            | ')'
            | '*'
            | ','
            | '-'
            | '.'
            | '/'
            | ':'
            | ';'
            | '?'
            | '['
            | '\\'
            | ']'
            | '_'
            | '`'
            | '{'
            | '}'
            | '¡'
            | '«'
            | '»'
            | '¿'
            | '·'
            | '\u{2010}'
            ..='\u{2027}' | '‹' | '›' | '。' | '、' | '「' | '」' | '！' | '，' | '？' | '：' | '；' | '．'
    )
}

/// The end of the mark `c`, whose first character ends at `after`. Runs of stops and hyphens are one mark each, and so
/// are the two halves of typewriter quotation marks.
fn mark(text: &str, after: usize, c: char) -> usize {
    let mut end = after;
    match c {
        '.' | '-' => {
            while text.as_bytes().get(end) == Some(&(c as u8)) {
                end += 1;
            }
        }
        '\'' | '`' if text.as_bytes().get(end) == Some(&(c as u8)) => end += 1,
        _ => {}
    }
    combined(text, end)
}

/// The end of the sign `c`: emoji joined to one picture, flags of two halves, and the marks on them.
fn symbol(text: &str, after: usize, c: char) -> usize {
    let mut end = combined(text, after);
    if is_flag_half(c) && char_at(text, end).is_some_and(is_flag_half) {
        return combined(text, end + c.len_utf8());
    }
    while char_at(text, end) == Some(JOINER) {
        let joined = end + JOINER.len_utf8();
        match char_at(text, joined) {
            Some(next) if !is_blank(next) && !next.is_ascii() => end = combined(text, joined + next.len_utf8()),
            _ => break,
        }
    }
    end
}

/// The end of the combining characters from `at` on.
fn combined(text: &str, mut at: usize) -> usize {
    while let Some(c) = char_at(text, at).filter(|&c| is_combining(c)) {
        at += c.len_utf8();
    }
    at
}

/// The end of the web address, @name or #tag that starts at `at` with `c`.
fn address(text: &str, at: usize, c: char) -> Option<usize> {
    let rest = text.as_bytes().get(at..)?;
    match c {
        'h' | 'H' | 'w' | 'W' => {
            let starts =
                |prefix: &str| rest.get(..prefix.len()).is_some_and(|b| b.eq_ignore_ascii_case(prefix.as_bytes()));
            let scheme = ["http://", "https://", "www."].into_iter().find(|prefix| starts(prefix))?;
            char_at(text, at + scheme.len()).filter(|c| c.is_alphanumeric())?;
            Some(url(text, at + scheme.len()))
        }
        '@' | '#' => {
            let name = at + 1;
            char_at(text, name).filter(|&n| n.is_alphabetic() || c == '@' && (n == '_' || n.is_ascii_digit()))?;
            let mut end = name;
            while let Some(next) = char_at(text, end).filter(|&n| n.is_alphanumeric() || n == '_' || is_combining(n)) {
                end += next.len_utf8();
            }
            Some(end)
        }
        _ => None,
    }
}

/// The end of a web address that is known to go on at `at`: without the punctuation after it.
fn url(text: &str, at: usize) -> usize {
    let mut end = at;
    let mut last = at;
    while let Some(c) = char_at(text, end) {
        if is_blank(c)
            || matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»' | '‘' | '’' | '…' | '—' | '|' | '\\' | '^' | '`')
        {
            break;
        }
        end += c.len_utf8();
        if !matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '(' | ')' | '[' | ']' | '{' | '}' | '*' | '_') {
            last = end;
        }
    }
    last
}

/// The end and kind of the word or number that starts at `start`.
fn word(text: &str, start: usize, previous: Option<Token>) -> (usize, TokenKind) {
    let mut end = start;
    // Where the piece since the last hyphen, stop or apostrophe began.
    let mut piece = start;
    // Where the part since the last hyphen began.
    let mut part = start;
    let mut letters_after_hyphen = false;
    // Whether the piece before an "@" and the domain after it still may be an e-mail address.
    let mut mail = true;
    loop {
        // Most of most texts.
        while text.as_bytes().get(end).is_some_and(u8::is_ascii_alphanumeric) {
            end += 1;
        }
        let Some(c) = char_at(text, end) else { break };
        if c.is_alphanumeric() || is_combining(c) {
            end += c.len_utf8();
            continue;
        }
        let width = c.len_utf8();
        let Some(before) = char_before(text, end) else { break };
        let next = char_at(text, end + width);
        let joins = match next {
            Some(n) if is_invisible(c) => n.is_alphanumeric(),
            Some(n) if is_apostrophe(c) => n.is_alphabetic(),
            Some(n) if is_hyphen(c) => {
                letters_after_hyphen |= n.is_alphabetic();
                n.is_alphanumeric()
            }
            Some(n) => match c {
                // "U.S.-led"
                '.' if n == '-' => {
                    char_at(text, end + 2).is_some_and(char::is_alphanumeric)
                        && text.get(part..=end).is_some_and(|part| abbreviations::kind(part).is_some())
                }
                '.' => stop_joins(text, piece, end, before, n),
                ',' => before.is_ascii_digit() && thousands(text, end + 1),
                ':' | '/' | '–' => before.is_ascii_digit() && n.is_ascii_digit(),
                '_' => n.is_alphanumeric() || n == '_',
                '&' => before.is_uppercase() && n.is_uppercase(),
                '@' if mail => {
                    mail = false;
                    match domain(text, end + 1) {
                        Some(end) => return (end, TokenKind::Word),
                        None => false,
                    }
                }
                _ => false,
            },
            None => false,
        };
        if !joins {
            break;
        }
        end += width;
        if !is_invisible(c) {
            piece = end;
        }
        if is_hyphen(c) {
            part = end;
        }
    }
    if let Some(end) = address_after(text, start, end) {
        return (end, TokenKind::Word);
    }
    let number = char_at(text, start).is_some_and(char::is_numeric) && !letters_after_hyphen;
    if !number && char_at(text, end) == Some('.') && keeps_stop(text, start, end, previous) {
        end += 1;
    }
    (end, if number { TokenKind::Number } else { TokenKind::Word })
}

/// Whether the stop at `at`, between `before` and `next`, is inside a word or number: "3.5", "U.S", "example.com"; and
/// no sentence ends there with its space missing: "ended.The next".
fn stop_joins(text: &str, piece: usize, at: usize, before: char, next: char) -> bool {
    if !next.is_alphanumeric() {
        return false;
    }
    if before.is_numeric() {
        return next.is_numeric() || next.is_lowercase();
    }
    let one_letter = piece + before.len_utf8() == at;
    if next.is_numeric() {
        return one_letter && before.is_lowercase() && before != 'p';
    }
    if one_letter || !next.is_uppercase() {
        return true;
    }
    // A capital after a longer piece: "Ph.D", "Lt.Col" and "Node.JS" against "ended.The".
    let second = char_at(text, at + 1 + next.len_utf8());
    let initial = second.is_none_or(|c| !c.is_alphanumeric());
    initial && next != 'I' && next != 'A' && at - piece <= 2
        || second.is_some_and(|c| c.is_uppercase()) && before.is_lowercase() && at - piece <= 4
}

/// Whether three digits, and no fourth, follow at `at`.
fn thousands(text: &str, at: usize) -> bool {
    let digit = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    digit(at) && digit(at + 1) && digit(at + 2) && !digit(at + 3)
}

/// The end of the domain of an e-mail address that starts at `at`.
fn domain(text: &str, at: usize) -> Option<usize> {
    let mut end = at;
    let mut last = None;
    let mut dot = false;
    while let Some(c) = char_at(text, end).filter(|&c| c.is_alphanumeric() || matches!(c, '.' | '-')) {
        if c == '.' {
            dot = true;
        } else if c != '-' && dot {
            last = Some(end + c.len_utf8());
        }
        end += c.len_utf8();
    }
    last.filter(|_| char_at(text, at).is_some_and(char::is_alphanumeric))
}

/// The end of a web address without a scheme whose host is `start..end`: "example.com/news".
fn address_after(text: &str, start: usize, end: usize) -> Option<usize> {
    char_at(text, end).filter(|&c| c == '/')?;
    char_at(text, end + 1).filter(|c| c.is_alphanumeric())?;
    let (_, last) = text.get(start..end)?.rsplit_once('.')?;
    (last.len() >= 2 && last.len() <= 8 && last.bytes().all(|b| b.is_ascii_lowercase())).then(|| url(text, end))
}

/// Whether the stop at `end` belongs to the word `start..end`.
fn keeps_stop(text: &str, start: usize, end: usize, previous: Option<Token>) -> bool {
    // "etc..." has an ellipsis, not an abbreviation's stop and two more.
    if text.as_bytes().get(end + 1) == Some(&b'.') {
        return false;
    }
    let Some(kind) = text.get(start..=end).and_then(abbreviations::kind) else { return false };
    let rest = text.get(end + 1..).unwrap_or_default();
    // What follows on this line or the next, to be the same in hard-wrapped text.
    let following = rest.trim_start();
    let gap = rest.get(..rest.len() - following.len()).unwrap_or_default();
    let next = following.chars().next().filter(|_| gap.matches('\n').count() < 2);
    match kind {
        Abbreviation::Numbered => next.is_some_and(char::is_numeric),
        Abbreviation::Initial => {
            // "and I." ends a sentence, "Robert I. Smith" does not; a letter at the end of its line is none either.
            let named = previous.is_some_and(|token| {
                token.kind == TokenKind::Word
                    && token.span.of(text).starts_with(char::is_uppercase)
                    && token.span.end + 1 == start
            });
            let goes_on = next.is_some_and(|c| if gap.is_empty() { c == ',' } else { c.is_alphanumeric() || c == '(' });
            goes_on && (named || text.get(start..end) != Some("I"))
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tokens of `text`, without their kinds: those have a table of their own.
    fn split(text: &str) -> Vec<&str> {
        find(text).iter().map(|token| token.span.of(text)).collect()
    }

    #[test]
    fn tokens() {
        for (text, expected) in [
            ("He left.", "He|left|."),
            ("U.S. officials", "U.S.|officials"),
            ("on Jan. 6", "on|Jan.|6"),
            ("J. D. Vance", "J.|D.|Vance"),
            ("5 p.m. Monday", "5|p.m.|Monday"),
            ("Don’t, O'Neill!", "Don’t|,|O'Neill|!"),
            ("a well-known man", "a|well-known|man"),
            ("1,000 and 1,0", "1,000|and|1|,|0"),
            ("$3.5m", "$|3.5m"),
            ("the 2024-25 year", "the|2024-25|year"),
            ("2010–2014", "2010–2014"),
            ("Well... no", "Well|...|no"),
            ("one -- two", "one|--|two"),
            ("word—word", "word|—|word"),
            ("no\u{a0}break", "no|break"),
            ("soft\u{ad}hyphen zero\u{200b}width", "soft\u{ad}hyphen|zero\u{200b}width"),
            ("\u{feff}Start", "Start"),
            ("see https://example.com/a?b=c.", "see|https://example.com/a?b=c|."),
            ("(www.example.org)", "(|www.example.org|)"),
            ("pic.example.com/Ab3 now", "pic.example.com/Ab3|now"),
            ("write to ann.lee@example.co.uk.", "write|to|ann.lee@example.co.uk|."),
            ("#MeToo and #1", "#MeToo|and|#|1"),
            (".@ann_lee wrote", ".|@ann_lee|wrote"),
            ("Cafe\u{301} noir", "Cafe\u{301}|noir"),
            ("👩‍👩‍👧 ok 👍🏽", "👩‍👩‍👧|ok|👍🏽"),
            ("🇫🇷🇩🇪", "🇫🇷|🇩🇪"),
            ("ended.The next", "ended|.|The|next"),
            ("Snopes.com said", "Snopes.com|said"),
            ("a Ph.D. student", "a|Ph.D.|student"),
            ("“Yes,” she said", "“|Yes|,|”|she|said"),
            ("``so'' he", "``|so|''|he"),
            ("6' 2\"", "6|'|2|\""),
            ("at 3:45 on 9/11", "at|3:45|on|9/11"),
            ("AT&T and/or Q&A", "AT&T|and|/|or|Q&A"),
            ("the voters’ choice", "the|voters|’|choice"),
            ("No. 5 or no.", "No.|5|or|no|."),
            ("a U.S.-led force", "a|U.S.-led|force"),
            ("etc...", "etc|..."),
            ("Plan B.", "Plan|B|."),
            ("you and I. Then", "you|and|I|.|Then"),
            ("the 1990s, the 5th", "the|1990s|,|the|5th"),
            ("50% off", "50|%|off"),
            ("\0\u{1}x\0", "x"),
            ("a_b __c", "a_b|_|_|c"),
            ("Wait?!", "Wait|?|!"),
        ] {
            assert_eq!(split(text).join("|"), expected, "{text:?}");
        }
    }

    #[test]
    fn kinds() {
        use TokenKind::{Mark, Number, Symbol, Word};
        for (text, expected) in [
            ("don’t", Word),
            ("U.S.", Word),
            ("3.5", Number),
            ("1,000", Number),
            ("5th", Number),
            ("2024-25", Number),
            ("50-year-old", Word),
            ("@name", Word),
            ("#tag", Word),
            ("https://example.com", Word),
            ("--", Mark),
            ("...", Mark),
            ("…", Mark),
            ("‘", Mark),
            ("$", Symbol),
            ("©", Symbol),
            ("🙂", Symbol),
            ("%", Symbol),
        ] {
            let kinds: Vec<_> = find(text).iter().map(|token| token.kind).collect();
            assert_eq!(kinds, [expected], "{text:?}");
        }
    }
}
