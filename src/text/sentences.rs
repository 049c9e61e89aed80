//! Sentences, inside paragraphs.
//!
//! ```text
//! tokens ─ a stop: ". ! ? … Inc." ─ what closes after it: ” ) ─ what comes next: boundary or not
//! ```
//!
//! Unicode's own rules (UAX 29) know no abbreviations and no speech: they part "Sen. J. D. Vance" three times and
//! “Why?” he asked after the question. Here a stop ends a sentence unless the word before it, or what follows, says
//! otherwise.

use std::{collections::HashSet, sync::LazyLock};

use super::{
    Paragraph, SentenceSpan, Token, TokenKind,
    abbreviations::{self, Abbreviation},
    characters::{closes, opens},
    list::List,
};
use crate::span::Span;

static STARTERS: LazyLock<List> = LazyLock::new(|| List::new(include_str!("../data/sentence-starters.txt")));

/// Verbs that credit the exclamation or question in quotation marks before them: “Why?” Lee asked.
const SPEECH: [&str; 24] = [
    "added",
    "admitted",
    "agreed",
    "announced",
    "answered",
    "argued",
    "asked",
    "asks",
    "cried",
    "demanded",
    "exclaimed",
    "explained",
    "insisted",
    "joked",
    "recalled",
    "replied",
    "said",
    "says",
    "shouted",
    "tells",
    "told",
    "tweeted",
    "wondered",
    "wrote",
];

/// Parts each paragraph into sentences.
pub(super) fn find(text: &str, paragraphs: &[Span], tokens: &[Token]) -> (Vec<Paragraph>, Vec<SentenceSpan>) {
    let mut splitter = Splitter { text, tokens, small: None };
    let mut found = Vec::new();
    let mut sentences: Vec<SentenceSpan> = Vec::new();
    let mut from = 0;
    for &span in paragraphs {
        let first = sentences.len();
        while tokens.get(from).is_some_and(|token| token.span.start < span.start) {
            from += 1;
        }
        let mut to = from;
        while tokens.get(to).is_some_and(|token| token.span.start < span.end) {
            to += 1;
        }
        splitter.paragraph(from..to, |start, end| {
            if let (Some(head), Some(tail)) = (tokens.get(start), tokens.get(end - 1)) {
                let span = Span::new(head.span.start, tail.span.end);
                sentences.push(SentenceSpan { span, paragraph: found.len(), tokens: start..end });
            }
        });
        // Blanks of no width are no paragraph.
        if sentences.len() > first {
            found.push(Paragraph { span, sentences: first..sentences.len() });
        }
        from = to;
    }
    (found, sentences)
}

/// What a sentence may end with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// "."
    Full,
    /// "!", "?", also several
    Loud,
    /// "..." and "…"
    Ellipsis,
    /// A word with its own full stop.
    Abbreviation(Abbreviation),
}

struct Splitter<'a> {
    text: &'a str,
    tokens: &'a [Token],
    /// The words that the text writes small somewhere; found when first asked for.
    small: Option<HashSet<&'a str>>,
}

impl<'a> Splitter<'a> {
    /// Calls `sentence` with the token range of each sentence of the paragraph whose tokens are `range`.
    fn paragraph(&mut self, range: std::ops::Range<usize>, mut sentence: impl FnMut(usize, usize)) {
        let mut start = range.start;
        let mut index = range.start;
        // Whether a straight double quotation mark stands open.
        let mut straight_open = false;
        while index < range.end {
            if self.starts(index) == Some(b'"') && self.word(index) == "\"" {
                straight_open = !straight_open;
            }
            let Some(mut stop) = self.stop(index) else {
                index += 1;
                continue;
            };
            let at = index;
            index += 1;
            // "?!", "!!!"; and what closes.
            let mut quoted = false;
            while index < range.end {
                let word = self.word(index);
                let apart = self.apart(index);
                if !apart && !quoted && matches!(word, "!" | "?") {
                    stop = Stop::Loud;
                } else if !apart && !quoted && word == "." && matches!(stop, Stop::Full | Stop::Loud) {
                    // "said.'." closes twice over; a second stop changes nothing.
                } else if self.closing(index, range.end, apart, straight_open) {
                    quoted |= matches!(word, "”" | "’" | "»" | "\"" | "'" | "''");
                    straight_open &= word != "\"";
                } else if !apart && word == "." && quoted {
                    // British style: the stop after the closing mark as well.
                } else if word == "." && matches!(stop, Stop::Full | Stop::Ellipsis) && self.word(index - 1) == "." {
                    // An ellipsis with spaces: ". . ."
                    stop = Stop::Ellipsis;
                } else if let Some(note) = self.note(index, apart) {
                    index += note;
                    continue;
                } else {
                    break;
                }
                index += 1;
            }
            if index == range.end || self.ends(stop, quoted, start, at, index, range.end) {
                sentence(start, index);
                start = index;
            }
        }
        if start < range.end {
            sentence(start, range.end);
        }
    }

    /// The text of token `index`; empty where there is none.
    fn word(&self, index: usize) -> &'a str {
        self.tokens.get(index).map_or("", |token| token.span.of(self.text))
    }

    /// The byte that token `index` starts with.
    fn starts(&self, index: usize) -> Option<u8> {
        self.text.as_bytes().get(self.tokens.get(index)?.span.start).copied()
    }

    /// Whether white space stands before token `index`.
    fn apart(&self, index: usize) -> bool {
        match (index.checked_sub(1).and_then(|before| self.tokens.get(before)), self.tokens.get(index)) {
            (Some(before), Some(token)) => before.span.end < token.span.start,
            _ => true,
        }
    }

    /// What kind of stop token `index` is.
    fn stop(&self, index: usize) -> Option<Stop> {
        let token = self.tokens.get(index)?;
        let last = self.text.as_bytes().get(token.span.end.checked_sub(1)?)?;
        // Quick for nearly all tokens; "…", "。" and "？" end in bytes past ASCII.
        if last.is_ascii_alphanumeric() {
            return None;
        }
        let word = token.span.of(self.text);
        match (token.kind, word) {
            (TokenKind::Mark, "." | "。" | "．") => Some(Stop::Full),
            (TokenKind::Mark, "!" | "?" | "！" | "？" | "‼" | "⁉" | "‽") => Some(Stop::Loud),
            (TokenKind::Mark, "…" | "..." | "..") => Some(Stop::Ellipsis),
            // Four stops are an ellipsis and a full stop.
            (TokenKind::Mark, _) if word.starts_with("...") => Some(Stop::Full),
            (TokenKind::Word, _) if *last == b'.' => abbreviations::kind(word).map(Stop::Abbreviation),
            _ => None,
        }
    }

    /// Whether token `index`, after a stop, closes what the sentence opened. `apart`: a space stands before it.
    fn closing(&self, index: usize, end: usize, apart: bool, straight_open: bool) -> bool {
        let word = self.word(index);
        let next_apart = index + 1 >= end || self.apart(index + 1);
        match word {
            ")" | "]" | "}" | "”" | "»" | "›" => true,
            "’" => !apart,
            "\"" => {
                if apart {
                    straight_open && next_apart
                } else {
                    straight_open || next_apart || self.word(index + 1).starts_with(closes)
                }
            }
            "'" | "''" => {
                !apart
                    && (next_apart || self.word(index + 1).starts_with(|c| closes(c) || matches!(c, '.' | ',' | ';')))
                    || apart && index + 1 == end
            }
            _ => false,
        }
    }

    /// How many tokens a note mark such as "[1]" takes that stands right after a stop.
    fn note(&self, index: usize, apart: bool) -> Option<usize> {
        let number = self.tokens.get(index + 1)?;
        (!apart && self.word(index) == "[" && number.kind == TokenKind::Number && self.word(index + 2) == "]")
            .then_some(3)
    }

    /// Whether the sentence that began with token `start` ends with the stop at token `at` and what closes after it, up
    /// to token `next`.
    fn ends(&mut self, stop: Stop, quoted: bool, start: usize, at: usize, next: usize, end: usize) -> bool {
        // A list's "1." or "a." belongs to its item.
        if at == start || at == start + 1 && self.is_list_number(start) {
            return stop == Stop::Loud && at > start;
        }
        let Some(head) = (next..end).find(|&index| {
            !self.word(index).starts_with(|c: char| opens(c) || matches!(c, '’' | '*' | '¿' | '¡' | '•'))
        }) else {
            return true;
        };
        let word = self.word(head);
        let opened = head > next;
        let begins = match self.tokens.get(head).map(|token| token.kind) {
            Some(TokenKind::Word) => begins_sentence(word),
            Some(TokenKind::Number) => true,
            // "Stop." — he said; but "— The next point."
            Some(TokenKind::Mark) => false,
            Some(TokenKind::Symbol) => true,
            None => return true,
        };
        if !begins {
            return false;
        }
        match stop {
            // No space: surely a boundary only before a capital or an opening mark ("ended.The", "ended.“The").
            Stop::Full => self.apart(next) || quoted || opened || word.starts_with(char::is_uppercase),
            // "Lee ?and Moss": a stray mark, not an end.
            Stop::Loud if self.apart(at) && !self.apart(next) => false,
            Stop::Loud => !(quoted && !opened && self.credits(head, end)),
            Stop::Ellipsis => quoted || opened || self.is_starter(word),
            Stop::Abbreviation(Abbreviation::Title | Abbreviation::Numbered) => false,
            Stop::Abbreviation(_) if quoted => true,
            Stop::Abbreviation(_) if opened => !self.word(next).starts_with('('),
            // "U.S. Immigration and Customs Enforcement": what follows "U.S." is a name more often than a new sentence.
            Stop::Abbreviation(Abbreviation::Initial) => STARTERS.contains(word),
            Stop::Abbreviation(Abbreviation::Dotted) if self.word(at).starts_with(char::is_uppercase) => {
                STARTERS.contains(word)
            }
            Stop::Abbreviation(_) => self.is_starter(word),
        }
    }

    /// Whether token `start` is the number of a list's item, before its stop.
    fn is_list_number(&self, start: usize) -> bool {
        let word = self.word(start);
        word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit())
            || word.len() == 1 && word.bytes().all(|b| b.is_ascii_alphabetic() && b != b'I')
    }

    /// Whether a name and a verb of speech follow at `head`: “Why?” Ann Lee asked.
    fn credits(&self, head: usize, end: usize) -> bool {
        let mut index = head;
        while index < end.min(head + 4) {
            let word = self.word(index);
            if index > head && SPEECH.binary_search(&word).is_ok() {
                return true;
            }
            if !word.starts_with(char::is_uppercase) || STARTERS.contains(word) {
                return false;
            }
            index += 1;
        }
        false
    }

    /// Whether `word`, written with a capital, begins a sentence rather than a name: it is one of the common words that
    /// do, or the text writes it small elsewhere.
    fn is_starter(&mut self, word: &str) -> bool {
        if STARTERS.contains(word) {
            return true;
        }
        let (text, tokens) = (self.text, self.tokens);
        let small = self.small.get_or_insert_with(|| {
            tokens
                .iter()
                .filter(|t| t.kind == TokenKind::Word)
                .map(|t| t.span.of(text))
                .filter(|w| w.starts_with(char::is_lowercase))
                .collect()
        });
        // Bounded: nobody's word is longer.
        word.len() <= 32 && small.contains(word.to_lowercase().as_str())
    }
}

/// Whether a sentence may begin with `word`: any letter but a small one, or "iPhone".
fn begins_sentence(word: &str) -> bool {
    let mut letters = word.chars();
    match letters.next() {
        Some(c) if c.is_lowercase() => letters.next().is_some_and(char::is_uppercase) || word.contains('/'),
        Some('@' | '#') => true,
        Some(_) => true,
        None => false,
    }
}
