//! Phrases by which furniture gives itself away, and a small language for them.
//!
//! A pattern is words as they stand in a sentence: small letters, straight apostrophes, no stops inside abbreviations,
//! no marks but ":". `^` before the first word: the sentence begins there; `$` after the last: it ends there. `*` is up
//! to eight words, `#` any number, `@` any @name.
//!
//! A regular-expression engine would do the same for ten times the code that a browser has to load.

use std::sync::LazyLock;

use crate::text::{
    Document, TokenKind,
    list::List,
    lower::{Word, WordMap},
};

/// All patterns, by their first word. Each file says how many words its sentences have at most: where a page's text was
/// run together, a credit or a "Read more" is followed by a statement, and that counts.
static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(&[
        (include_str!("../data/furniture-appeals.txt"), 26),
        (include_str!("../data/furniture-credits.txt"), 32),
        (include_str!("../data/furniture-labels.txt"), 7),
        (include_str!("../data/furniture-navigation.txt"), 14),
        (include_str!("../data/furniture-notes.txt"), LONGEST),
    ])
});

/// Furniture is short: a longer sentence is none.
const LONGEST: usize = 60;

/// How many words a `*` stands for at most.
const GAP: usize = 8;

#[derive(Debug)]
struct Pattern {
    words: Vec<&'static str>,
    first: bool,
    last: bool,
    /// How many words a sentence has at most that it fits.
    most: usize,
}

struct Patterns {
    /// Those with `^`.
    anchored: WordMap<Vec<Pattern>>,
    /// The others, and the bytes that their first words begin with: nearly every word of a text fails on that alone.
    free: WordMap<Vec<Pattern>>,
    free_bytes: u128,
}

/// Whether a pattern fits sentence `index`.
pub(super) fn fits(document: &Document, index: usize) -> bool {
    let words = words(document, index);
    words.len() <= LONGEST && PATTERNS.fit(&words)
}

/// A word as it is written, and in small letters.
type Written<'a> = (&'a str, Word<'a>);

/// The words of sentence `index` that patterns know of; one more than [`LONGEST`] where there are more.
fn words(document: &Document, index: usize) -> Vec<Written<'_>> {
    let Some(sentence) = document.sentences.get(index) else { return Vec::new() };
    let mut words = Vec::with_capacity(sentence.tokens.len().min(LONGEST + 1));
    for (at, token) in sentence.tokens.clone().zip(document.tokens_of(index)) {
        let word = document.slice(token.span);
        match token.kind {
            TokenKind::Mark if word != ":" => {}
            TokenKind::Symbol if word != "©" => {}
            _ if words.len() > LONGEST => break,
            _ => words.push((word, document.lower.word(at))),
        }
    }
    words
}

/// The characters of `word` as patterns write them.
fn plain(word: &str) -> impl Iterator<Item = char> {
    word.chars().filter(|&c| c != '.').map(|c| if c == '’' { '\'' } else { c.to_ascii_lowercase() })
}

/// Whether `word` in small letters is as patterns write it, as nearly every word is: it need not be written anew.
fn is_plain(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii() && byte != b'.')
}

impl Patterns {
    fn new(files: &[(&'static str, usize)]) -> Self {
        let mut patterns = Self { anchored: WordMap::default(), free: WordMap::default(), free_bytes: 0 };
        for &(file, most) in files {
            for line in List::new(file).into_entries() {
                patterns.add(Pattern::new(line, most));
            }
        }
        patterns
    }

    fn add(&mut self, pattern: Pattern) {
        let Some(&word) = pattern.words.first() else { return };
        if pattern.first {
            self.anchored.entry(Word::new(word)).or_default().push(pattern);
        } else {
            self.free_bytes |= bit(word);
            self.free.entry(Word::new(word)).or_default().push(pattern);
        }
    }

    fn fit(&self, words: &[Written<'_>]) -> bool {
        let Some(&(first, _)) = words.first() else { return false };
        Self::fit_here(&self.anchored, words, words.len())
            || first.starts_with(|c: char| c.is_ascii_digit())
                && self
                    .anchored
                    .get(&Word::new("#"))
                    .is_some_and(|patterns| patterns.iter().any(|p| p.fits(words, words.len())))
            || words.iter().enumerate().any(|(at, (word, _))| {
                self.free_bytes & bit(word) != 0
                    && words.get(at..).is_some_and(|rest| Self::fit_here(&self.free, rest, words.len()))
            })
    }

    /// Whether one of `patterns` fits `words`, the end of a sentence of `length` words.
    fn fit_here(patterns: &WordMap<Vec<Pattern>>, words: &[Written<'_>], length: usize) -> bool {
        // Long "words" are addresses; no pattern begins with one.
        let Some(&(word, lower)) = words.first().filter(|(word, _)| word.len() <= 24) else { return false };
        let fits = |word: Word<'_>| {
            patterns.get(&word).is_some_and(|patterns| patterns.iter().any(|pattern| pattern.fits(words, length)))
        };
        if is_plain(word) { fits(lower) } else { fits(Word::new(&plain(word).collect::<String>())) }
    }
}

/// A bit for the byte that `word` begins with.
fn bit(word: &str) -> u128 {
    word.bytes().next().map_or(0, |byte| 1 << (byte.to_ascii_lowercase() & 127))
}

impl Pattern {
    fn new(line: &'static str, most: usize) -> Self {
        let body = line.trim_start_matches('^').trim_end_matches('$');
        Self { words: body.split_whitespace().collect(), first: line.starts_with('^'), last: line.ends_with('$'), most }
    }

    fn fits(&self, words: &[Written<'_>], length: usize) -> bool {
        // The first is how it was found.
        length <= self.most
            && follows(self.words.get(1..).unwrap_or_default(), words.get(1..).unwrap_or_default(), self.last)
    }
}

/// Whether `words` begin with `pattern`, and end with it if `last`. A pattern has one `*` at most, so that the work is
/// bounded by the pattern's length and the gap's.
fn follows(pattern: &[&str], words: &[Written<'_>], last: bool) -> bool {
    for (index, &expected) in pattern.iter().enumerate() {
        if expected == "*" {
            let rest = pattern.get(index + 1..).unwrap_or_default();
            let words = words.get(index..).unwrap_or_default();
            return (0..=GAP.min(words.len())).any(|gap| follows(rest, words.get(gap..).unwrap_or_default(), last));
        }
        let fits = words.get(index).is_some_and(|&(word, lower)| match expected {
            "#" => word.starts_with(|c: char| c.is_ascii_digit()),
            "@" => word.starts_with('@'),
            expected if is_plain(word) => lower.text == expected,
            expected => plain(word).eq(expected.chars()),
        });
        if !fits {
            return false;
        }
    }
    !last || words.len() == pattern.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_sorted_and_every_pattern_well_formed() {
        for file in [
            include_str!("../data/furniture-appeals.txt"),
            include_str!("../data/furniture-credits.txt"),
            include_str!("../data/furniture-labels.txt"),
            include_str!("../data/furniture-navigation.txt"),
            include_str!("../data/furniture-notes.txt"),
        ] {
            let entries = List::new(file).into_entries();
            assert!(entries.is_sorted());
            for entry in entries {
                assert!(entry.matches('*').count() <= 1, "{entry}");
                assert!(
                    !Pattern::new(entry, 9).words.first().is_none_or(|&word| word == "*" || word == "@"),
                    "{entry}"
                );
                assert!(!entry.chars().any(|c| c.is_uppercase() || matches!(c, '.' | '’' | ',')), "{entry}");
            }
        }
    }

    #[test]
    fn the_language() {
        for (pattern, sentence, expected) in [
            ("^read more$", "Read more", true),
            ("^read more$", "Read more …", true),
            ("^read more$", "Read more of it", false),
            ("^read more", "Read more of it", true),
            ("read more$", "To read more", true),
            ("^read more", "To read more", false),
            ("^# comments$", "53 comments", true),
            ("^follow * on twitter", "Follow Ann Lee on Twitter today", true),
            ("^follow * on twitter", "Follow on Twitter", true),
            ("^follow * on twitter", "Follow one two three four five six seven eight nine on Twitter", false),
            ("^follow @", "Follow @ann_lee", true),
            ("^photo :", "Photo: Ann Lee", true),
            ("^photo :", "Photo Ann Lee", false),
            ("^updated * pm", "Updated 3:45 p.m. Monday", true),
            ("^editor's note", "Editor’s note: all is well", true),
        ] {
            let document = Document::new(sentence);
            let words = words(&document, 0);
            let mut patterns = Patterns::new(&[]);
            patterns.add(Pattern::new(pattern, 99));
            assert_eq!(patterns.fit(&words), expected, "{pattern} {sentence}");
        }
    }
}
