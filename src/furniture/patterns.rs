//! Phrases by which furniture gives itself away, and a small language for them.
//!
//! A pattern is words as they stand in a sentence: small letters, straight apostrophes, no stops inside abbreviations,
//! no marks but ":". `^` before the first word: the sentence begins there; `$` after the last: it ends there. `*` is up
//! to eight words, `#` any number, `@` any @name.
//!
//! A regular-expression engine would do the same for ten times the code that a browser has to load.

use std::{collections::HashMap, sync::LazyLock};

use crate::text::{Document, TokenKind, list::List};

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

/// Furniture is short: in a longer sentence only the first words are looked at.
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

struct Patterns(HashMap<&'static str, Vec<Pattern>>);

/// Whether a pattern fits sentence `index`.
pub(super) fn fits(document: &Document, index: usize) -> bool {
    let words = words(document, index);
    (0..words.len()).any(|at| PATTERNS.fits_at(&words, at))
}

/// The words of sentence `index` as patterns write them.
fn words(document: &Document, index: usize) -> Vec<String> {
    let mut words = Vec::new();
    for token in document.tokens_of(index) {
        let word = document.slice(token.span);
        match token.kind {
            TokenKind::Mark if word != ":" => {}
            TokenKind::Symbol if word != "©" => {}
            _ if words.len() == LONGEST => {
                // Not the last word: a mark that no pattern has.
                words.push(String::new());
                break;
            }
            _ => {
                // Long "words" are addresses.
                let word = word.chars().take(40).filter(|&c| c != '.').map(|c| if c == '’' { '\'' } else { c });
                words.push(word.flat_map(char::to_lowercase).collect());
            }
        }
    }
    words
}

impl Patterns {
    fn new(files: &[(&'static str, usize)]) -> Self {
        let mut patterns: HashMap<_, Vec<_>> = HashMap::new();
        for &(file, most) in files {
            for line in List::new(file).into_entries() {
                let pattern = Pattern::new(line, most);
                if let Some(&word) = pattern.words.first() {
                    patterns.entry(word).or_default().push(pattern);
                }
            }
        }
        Self(patterns)
    }

    fn fits_at(&self, words: &[String], at: usize) -> bool {
        let Some(word) = words.get(at) else { return false };
        let any = word.starts_with(|c: char| c.is_ascii_digit()).then_some("#");
        [Some(word.as_str()), any].into_iter().flatten().filter_map(|key| self.0.get(key)).flatten().any(|pattern| {
            (at == 0 || !pattern.first)
                && words.len() <= pattern.most
                && follows(&pattern.words, words.get(at..).unwrap_or_default(), pattern.last)
        })
    }
}

impl Pattern {
    fn new(line: &'static str, most: usize) -> Self {
        let body = line.trim_start_matches('^').trim_end_matches('$');
        Self { words: body.split_whitespace().collect(), first: line.starts_with('^'), last: line.ends_with('$'), most }
    }
}

/// Whether `words` begin with `pattern`, and end with it if `last`. A pattern has one `*` at most, so that the work is
/// bounded by the pattern's length and the gap's.
fn follows(pattern: &[&str], words: &[String], last: bool) -> bool {
    for (index, &expected) in pattern.iter().enumerate() {
        if expected == "*" {
            let rest = pattern.get(index + 1..).unwrap_or_default();
            let words = words.get(index..).unwrap_or_default();
            return (0..=GAP.min(words.len())).any(|gap| follows(rest, words.get(gap..).unwrap_or_default(), last));
        }
        let fits = words.get(index).is_some_and(|word| match expected {
            "#" => word.starts_with(|c: char| c.is_ascii_digit()),
            "@" => word.starts_with('@'),
            expected => word == expected,
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
            let patterns =
                Patterns(HashMap::from([(Pattern::new(pattern, 99).words[0], vec![Pattern::new(pattern, 99)])]));
            assert_eq!((0..words.len()).any(|at| patterns.fits_at(&words, at)), expected, "{pattern} {sentence}");
        }
    }
}
