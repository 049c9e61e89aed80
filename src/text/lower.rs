//! A document's tokens in small letters, each with its hash, made once.
//!
//! The rules ask of nearly every word whether one list or another has it. The hash is no secret, and a text could be
//! written whose words all collide; so [`WordMap`] is for the lists, which no text can change. What a text fills is left
//! to the standard library's maps.

use std::{
    collections::HashMap,
    hash::{Hash, Hasher},
};

use rustc_hash::{FxBuildHasher, FxHasher};

use super::Token;

/// What lists say of words.
pub(crate) type WordMap<V> = HashMap<Word<'static>, V, FxBuildHasher>;

/// A word in small letters, with straight apostrophes, and its hash.
#[derive(Debug, Clone, Copy, Default, Eq)]
pub(crate) struct Word<'a> {
    pub(crate) text: &'a str,
    hash: u32,
}

impl<'a> Word<'a> {
    /// Of a `text` that is in small letters already.
    pub(crate) fn new(text: &'a str) -> Self {
        let mut hasher = FxHasher::default();
        hasher.write(text.as_bytes());
        Self { text, hash: hasher.finish() as u32 }
    }
}

impl Word<'static> {
    /// Of a form that is worked out from a list. It lives as long as the program, as lists do.
    pub(crate) fn kept(form: String) -> Self {
        Self::new(form.leak())
    }
}

impl PartialEq for Word<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash && self.text == other.text
    }
}

impl Hash for Word<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u32(self.hash);
    }
}

/// The tokens of a document in small letters.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lower {
    text: String,
    tokens: Vec<Form>,
}

#[derive(Debug, Clone, Copy)]
struct Form {
    start: usize,
    end: usize,
    hash: u32,
    capital: bool,
}

impl Lower {
    pub(super) fn new(text: &str, tokens: &[Token]) -> Self {
        let mut lower = String::with_capacity(text.len());
        let tokens = tokens
            .iter()
            .map(|token| {
                let word = token.span.of(text);
                let start = lower.len();
                push(&mut lower, word);
                let hash = Word::new(lower.get(start..).unwrap_or_default()).hash;
                Form { start, end: lower.len(), hash, capital: word.starts_with(char::is_uppercase) }
            })
            .collect();
        Self { text: lower, tokens }
    }

    /// Token `index`; empty, and in no list, where there is none.
    pub(crate) fn word(&self, index: usize) -> Word<'_> {
        self.tokens.get(index).map_or_else(Word::default, |form| Word {
            text: self.text.get(form.start..form.end).unwrap_or_default(),
            hash: form.hash,
        })
    }

    /// Whether token `index` begins with a capital.
    pub(crate) fn is_capital(&self, index: usize) -> bool {
        self.tokens.get(index).is_some_and(|form| form.capital)
    }
}

/// Adds `word` to `lower` in small letters, with straight apostrophes.
fn push(lower: &mut String, word: &str) {
    let start = lower.len();
    if word.is_ascii() {
        lower.push_str(word);
        if let Some(added) = lower.get_mut(start..) {
            added.make_ascii_lowercase();
        }
        return;
    }
    for c in word.chars() {
        match c {
            '’' => lower.push('\''),
            // Dashes, quotation marks and their like have no other case.
            '\u{2000}'..='\u{206f}' => lower.push(c),
            _ if c.is_ascii() => lower.push(c.to_ascii_lowercase()),
            // The whole word at once: what a letter becomes may hang on its neighbours, as sigma's form does.
            _ => {
                lower.truncate(start);
                lower.push_str(&word.to_lowercase().replace('’', "'"));
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::text::Document;

    #[test]
    fn small_letters() {
        for (text, expected) in [
            ("Moss", "moss"),
            ("DON’T", "don't"),
            ("U.S.-led", "u.s.-led"),
            ("ΟΔΥΣΣΕΥΣ", "οδυσσευς"),
            ("ΟΔΥΣΣΕΥΣ’S", "οδυσσευσ's"),
            ("İstanbul", "i\u{307}stanbul"),
            ("—", "—"),
            ("’", "'"),
        ] {
            let document = Document::new(text);
            assert_eq!(document.lower.word(0).text, expected);
            assert_eq!(expected, text.to_lowercase().replace('’', "'"));
        }
        assert_eq!(Document::new("").lower.word(7).text, "");
    }
}
