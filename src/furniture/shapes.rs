//! Furniture that is known by its shape: no words, names only, times only, a short line of its own.

use std::borrow::Cow;

use crate::text::{Document, SentenceSpan, Token, TokenKind};

/// Months and days, as bylines and time stamps write them.
const CALENDAR: [&str; 46] = [
    "apr",
    "april",
    "aug",
    "august",
    "dec",
    "december",
    "feb",
    "february",
    "fri",
    "friday",
    "jan",
    "january",
    "jul",
    "july",
    "jun",
    "june",
    "mar",
    "march",
    "may",
    "mon",
    "monday",
    "nov",
    "november",
    "oct",
    "october",
    "sat",
    "saturday",
    "sep",
    "sept",
    "september",
    "sun",
    "sunday",
    "thu",
    "thur",
    "thurs",
    "thursday",
    "today",
    "tue",
    "tues",
    "tuesday",
    "wed",
    "wednesday",
    "week",
    "weeks",
    "year",
    "yesterday",
];

/// What else a time stamp is made of.
const CLOCK: [&str; 38] = [
    "ago",
    "am",
    "at",
    "bst",
    "cdt",
    "cet",
    "cst",
    "day",
    "days",
    "edt",
    "est",
    "et",
    "first",
    "gmt",
    "hour",
    "hours",
    "hrs",
    "last",
    "local",
    "min",
    "mins",
    "minute",
    "minutes",
    "modified",
    "mst",
    "on",
    "pdt",
    "pm",
    "posted",
    "pst",
    "pt",
    "published",
    "time",
    "updated",
    "utc",
    "z",
    "–",
    "—",
];

/// Words that make a line say something: it is no heading.
const VERBS: [&str; 68] = [
    "are", "aren't", "asks", "avoid", "be", "beware", "bring", "call", "can", "can't", "check", "come", "could", "did",
    "do", "does", "don't", "ends", "faces", "fails", "fix", "get", "gets", "go", "goes", "had", "has", "have", "he",
    "hits", "i", "is", "isn't", "it's", "keep", "kills", "let", "let's", "lose", "loses", "make", "makes", "must",
    "never", "no", "not", "put", "remember", "say", "says", "she", "should", "stop", "take", "takes", "tells", "they",
    "try", "use", "wants", "was", "we", "were", "will", "wins", "won't", "would", "you",
];

/// What a writer's line of introduction calls the writer.
const TRADES: [&str; 19] = [
    "author",
    "co-author",
    "co-host",
    "columnist",
    "contributor",
    "correspondent",
    "critic",
    "editor",
    "freelance",
    "freelancer",
    "host",
    "journalist",
    "lecturer",
    "novelist",
    "photographer",
    "producer",
    "reporter",
    "staff",
    "writer",
];

/// Whether the shape of sentence `index` shows it to be furniture.
pub(super) fn fits(document: &Document, index: usize) -> bool {
    let Some(sentence) = document.sentences.get(index) else { return false };
    let tokens = document.tokens_of(index);
    // Long enough for a byline with two names and a date; nothing longer has such a shape.
    if tokens.len() > 40 {
        return false;
    }
    let line = Line::new(document, index, sentence, tokens);
    line.words.is_empty()
        || line.is_list_marker()
        || line.is_address()
        || line.is_post_signature()
        || line.is_time_stamp()
        || line.is_editable()
        || line.is_writer()
        || line.is_contribution()
        || line.alone
            && (line.is_byline() || line.is_signature() || line.is_dateline() || line.is_credit() || line.is_heading())
}

/// A sentence that may be furniture.
struct Line<'a> {
    document: &'a Document,
    tokens: &'a [Token],
    /// Its words and numbers.
    words: Vec<&'a str>,
    /// Whether it is the whole of its paragraph.
    alone: bool,
    /// Whether its paragraph is the text's first.
    first: bool,
    /// Whether the text ends soon after.
    near_end: bool,
}

impl<'a> Line<'a> {
    fn new(document: &'a Document, index: usize, sentence: &SentenceSpan, tokens: &'a [Token]) -> Self {
        let is_word = |token: &&Token| matches!(token.kind, TokenKind::Word | TokenKind::Number);
        let words = tokens.iter().filter(is_word).map(|token| document.slice(token.span)).collect();
        let paragraph = document.paragraphs.get(sentence.paragraph);
        Self {
            document,
            tokens,
            words,
            alone: paragraph.is_some_and(|p| p.sentences.len() == 1) && document.paragraphs.len() > 1,
            first: sentence.paragraph == 0,
            near_end: index > 2 && document.sentences.len() - index <= NEAR_END,
        }
    }

    fn mark(&self, index: usize) -> &'a str {
        self.tokens.get(index).map_or("", |token| self.document.slice(token.span))
    }

    fn last_mark(&self) -> &'a str {
        self.mark(self.tokens.len().wrapping_sub(1))
    }

    fn ends_with_stop(&self) -> bool {
        self.tokens
            .iter()
            .rev()
            .take(3)
            .any(|token| matches!(self.document.slice(token.span), "." | "!" | "?" | "…" | "..."))
    }

    /// "1.", "[2]", "2.)"
    fn is_list_marker(&self) -> bool {
        let [word] = self.words.as_slice() else { return false };
        self.tokens.len() > 1
            && (word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit())
                || word.len() == 1 && *word != "I" && self.alone)
    }

    /// Web addresses, @names and #tags, and nothing else.
    fn is_address(&self) -> bool {
        self.words.iter().all(|word| is_address(word) || word.starts_with(['@', '#']) && word.len() > 1)
            && self.words.iter().any(|word| !word.starts_with('#'))
    }

    /// "— Ann Lee (@annlee) May 4, 2018", also with addresses before it.
    fn is_post_signature(&self) -> bool {
        let name = self.words.iter().position(|word| word.starts_with('@'));
        let Some(name) = name else { return false };
        let (before, after) = self.words.split_at(name);
        let bracket = self.tokens.windows(2).any(|pair| {
            matches!(pair, [a, b] if self.document.slice(a.span) == "(" && self.document.slice(b.span).starts_with('@'))
        });
        bracket
            && before.len() <= 8
            && before.iter().all(|word| is_address(word) || is_capital(word))
            && after.iter().skip(1).all(|word| is_date(word))
    }

    /// "1:39 PM ET", "Feb. 21, 2019", "Updated 3:45 p.m.", "3 hours ago"
    fn is_time_stamp(&self) -> bool {
        (2..=12).contains(&self.words.len())
            && self.words.iter().any(|word| word.starts_with(|c: char| c.is_ascii_digit()))
            && self.words.iter().all(|word| is_date(word) || CLOCK.binary_search(&&*small(word)).is_ok())
            && self.words.iter().any(|word| !word.starts_with(|c: char| c.is_ascii_digit()))
    }

    /// A heading's "Career [edit]". The notes below an encyclopedia's article are part of it: they are the model's to label.
    fn is_editable(&self) -> bool {
        matches!(self.words.as_slice(), [.., last] if *last == "edit") && self.last_mark() == "]"
    }

    /// Near the end: "Ann Lee is a reporter for The Town Crier."
    fn is_writer(&self) -> bool {
        if !self.near_end {
            return false;
        }
        let Some(verb) =
            self.words.iter().take(6).position(|&word| matches!(word, "is" | "covers" | "writes" | "edits"))
        else {
            return false;
        };
        let (name, rest) = self.words.split_at(verb);
        let named = (2..=5).contains(&name.len()) && name.iter().all(|word| is_capital(word));
        let trade = |word: &&str| TRADES.binary_search(&&*small(word)).is_ok();
        named
            && match rest.first() {
                Some(&"is") => {
                    matches!(rest.get(1), Some(&("a" | "an" | "the"))) && rest.iter().take(10).any(trade)
                        || rest.get(1).is_some_and(trade)
                        || rest
                            .iter()
                            .take(4)
                            .any(|&word| matches!(&*small(word), "editor-in-chief" | "editor-at-large"))
                }
                _ => rest.iter().any(|&word| matches!(word, "The" | "for")) && rest.len() <= 12 && self.alone,
            }
    }

    /// Near the end: "Ann Lee contributed.", "Bo Moss reported from Riverton."
    fn is_contribution(&self) -> bool {
        if !self.near_end || self.words.len() > 24 {
            return false;
        }
        let verb = self.words.iter().take(12).position(|&word| matches!(word, "contributed" | "reported"));
        let Some(verb) = verb else { return false };
        let names = |words: &[&str]| {
            words.iter().all(|word| is_capital(word) || matches!(*word, "and" | "from" | "in" | "reported" | "the"))
        };
        let (before, after) = self.words.split_at(verb);
        let place = match after {
            ["contributed"] => true,
            ["contributed" | "reported", "from" | "in", rest @ ..] => !rest.is_empty() && names(rest),
            _ => false,
        };
        place
            && !before.is_empty()
            && names(before)
            && !before.iter().any(|&word| matches!(word, "He" | "She" | "They" | "It" | "The"))
    }

    /// "By Ann Lee and Bo Moss, The Town Crier"
    fn is_byline(&self) -> bool {
        let [by, name, ..] = self.words.as_slice() else { return false };
        matches!(*by, "By" | "BY" | "by")
            && self.words.len() <= 14
            && is_capital(name)
            && !is_date(name)
            && self.last_mark() != "?"
            && self.words.iter().skip(1).all(|word| {
                is_capital(word)
                    || is_date(word)
                    || is_address(word)
                    || word.starts_with('@')
                    || matches!(
                        *word,
                        "and"
                            | "of"
                            | "for"
                            | "in"
                            | "the"
                            | "at"
                            | "de"
                            | "van"
                            | "von"
                            | "la"
                            | "staff"
                            | "writer"
                            | "reporter"
                            | "correspondent"
                            | "editor"
                    )
            })
    }

    /// "— Ann Lee", "–Town Crier"
    fn is_signature(&self) -> bool {
        matches!(self.mark(0), "—" | "–" | "-" | "--" | "―")
            && self.words.len() <= 5
            && self.words.iter().all(|word| is_capital(word) || matches!(*word, "and" | "of" | "the" | "for"))
            && !self.words.iter().any(|word| is_verb(word))
            && !matches!(self.last_mark(), "!" | "?")
    }

    /// "LONDON —", "RIVERTON, Ill."
    fn is_dateline(&self) -> bool {
        self.words.len() <= 5
            && self.words.first().is_some_and(|word| is_all_capitals(word) && word.len() > 3)
            && self.words.iter().skip(1).all(|word| {
                is_all_capitals(word) || word.ends_with('.') && is_capital(word) || matches!(*word, "AP" | "Reuters")
            })
            && (matches!(self.last_mark(), "—" | "–" | "--" | "-" | ")")
                || self.mark(self.tokens.len().wrapping_sub(2)) == ","
                || self.words.last().is_some_and(|word| word.ends_with('.') && word.len() > 2))
    }

    /// "Ann Lee/Riverton Photos", "(Riverton Police)", "[Ann Lee/RPS]"
    fn is_credit(&self) -> bool {
        let names = self.words.len() <= 8
            && self.words.iter().all(|word| is_capital(word) || matches!(*word, "for" | "via" | "of" | "file"));
        let slash = self.tokens.iter().any(|token| self.document.slice(token.span) == "/");
        let bracket = matches!((self.mark(0), self.last_mark()), ("(", ")") | ("[", "]"));
        let note = self.words.iter().any(|word| {
            matches!(
                &*small(word),
                "photo" | "photos" | "image" | "images" | "file" | "video" | "screenshot" | "illustration" | "handout"
            )
        });
        names && (slash && self.words.len() >= 2 && !self.ends_with_stop() || bracket && self.words.len() <= 4)
            || bracket && note && self.words.len() <= 10
    }

    /// A few words without a stop and without anything that says something: "Pricing and the competition". The text's
    /// own headline is no such thing.
    fn is_heading(&self) -> bool {
        if self.first || self.words.len() > 5 || self.words.iter().any(|word| is_verb(word)) {
            return false;
        }
        // An item of a list, or the rest of a sentence that a page broke.
        let item = matches!(self.mark(0), "-" | "–" | "—" | "•" | "·" | "*" | "…" | "..." | ",")
            || self.words.first().is_some_and(|word| word.starts_with(char::is_lowercase));
        if item || matches!(self.last_mark(), "," | ":" | ";" | "-" | "—" | "–") {
            return false;
        }
        if self.ends_with_stop() {
            // Some archives put a stop after headings: "FULL TEXT."
            return self.words.len() <= 4
                && self.last_mark() == "."
                && self.words.iter().all(|word| is_all_capitals(word))
                && self.words.iter().any(|word| word.len() > 3);
        }
        if self.tokens.iter().any(|token| self.document.slice(token.span) == ":") {
            return false;
        }
        // Words between quotation marks are somebody's, unless they are all that the line has: 'Right decision'.
        self.words.iter().all(|word| !word.starts_with('#')) && !matches!(self.mark(0), "“" | "\"" | "''")
    }
}

/// How many of the last sentences may be about the writer.
const NEAR_END: usize = 8;

/// Small letters, without stops and curly apostrophes; nearly every word is written so.
fn small(word: &str) -> Cow<'_, str> {
    if word.len() <= 32 && word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase() && byte != b'.') {
        return Cow::Borrowed(word);
    }
    word.chars().take(32).filter(|&c| c != '.').map(|c| if c == '’' { '\'' } else { c.to_ascii_lowercase() }).collect()
}

fn is_verb(word: &str) -> bool {
    VERBS.binary_search(&&*small(word)).is_ok()
}

fn is_capital(word: &str) -> bool {
    word.starts_with(|c: char| c.is_uppercase())
}

fn is_all_capitals(word: &str) -> bool {
    is_capital(word) && !word.chars().any(char::is_lowercase)
}

fn is_address(word: &str) -> bool {
    // Nearly every word fails on this alone.
    if !word.bytes().any(|byte| matches!(byte, b'.' | b':')) {
        return false;
    }
    word.contains("://")
        || word.starts_with("www.")
        || word.contains('.') && (word.contains('/') || word.contains('@')) && !word.ends_with('.')
}

/// A month, a day of the week, or a number.
fn is_date(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) || CALENDAR.binary_search(&&*small(word)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        assert!(CALENDAR.is_sorted());
        assert!(CLOCK.is_sorted());
        assert!(VERBS.is_sorted());
        assert!(TRADES.is_sorted());
    }
}
