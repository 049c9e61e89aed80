//! Word pieces: a sentence's text as numbers of a vocabulary, each with where it stands.
//!
//! ```text
//! characters ─ map (lower case, no accents, plain quotes) ─ class ─ words ─ longest pieces of the vocabulary
//! ```
//!
//! Map, classes and vocabulary come from the model file, so that the reference in Python and this file agree whatever
//! Unicode tables each was built with. Linear in the text: a piece is at most as long as the vocabulary's longest, and
//! what lies before it is hashed once.

use super::file::ModelError;
use crate::span::Span;

/// Pieces that stand for no text.
pub(super) const UNKNOWN: u32 = 1;
pub(super) const START: u32 = 2;
pub(super) const CONTINUED: u32 = 3;
pub(super) const SENTENCE: u32 = 4;
pub(super) const PARAGRAPH: u32 = 5;
pub(super) const END: u32 = 6;
/// How many of these there are, with padding at 0.
pub(super) const SPECIAL: usize = 7;

/// A word of more characters is one unknown piece.
const MAX_WORD: usize = 100;
/// Begins a piece that goes on in a word.
const CONTINUES: &[u8] = b"##";

/// A word piece and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Its number in the vocabulary.
    pub id: u32,
    /// From the first character that went into it to the last, in UTF-8 bytes of the text that was encoded.
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Drop,
    Alone,
    Word,
}

/// A character of a normalised word.
#[derive(Debug, Clone, Copy)]
struct Letter {
    /// Where its bytes end in the word.
    end: usize,
    /// The character of the text that it came from.
    source: Span,
}

/// The vocabulary, and the characters' map and classes.
#[derive(Debug)]
pub(super) struct WordPieces {
    pieces: Vec<u8>,
    /// Where each piece begins in `pieces`, and where the last ends.
    starts: Vec<u32>,
    /// Open addressing by [`hash`], twice as many slots as pieces or more; 0 is free, for `[PAD]` is never looked up.
    slots: Vec<u32>,
    /// The bytes of the longest piece, without its mark.
    longest: usize,
    /// (character, where its replacement stands in `replacements`), sorted.
    map: Vec<(u32, u32, u32)>,
    replacements: String,
    /// (first, last, class), sorted.
    classes: Vec<(u32, u32, Class)>,
    /// Most of a text: what an ASCII character becomes, with its class.
    ascii: [Option<(char, Class)>; 128],
    /// `'` and `"` as pieces.
    double_quote: u32,
}

// FNV-1a: cheap to go on with, a byte at a time.
const HASH: u64 = 0xcbf2_9ce4_8422_2325;

const fn hash_on(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(0x0100_0000_01b3)
}

fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(HASH, |hash, &byte| hash_on(hash, byte))
}

impl WordPieces {
    pub fn new(
        pieces: &[u8],
        count: usize,
        map: &[u8],
        replacements: &[u8],
        classes: &[u8],
    ) -> Result<Self, ModelError> {
        let broken = ModelError::Table;
        let mut starts = vec![0];
        for (at, _) in pieces.iter().enumerate().filter(|&(_, &byte)| byte == b'\n') {
            starts.push(u32::try_from(at + 1).map_err(|_| broken("vocabulary"))?);
        }
        if starts.len() != count + 1 || pieces.last() != Some(&b'\n') || std::str::from_utf8(pieces).is_err() {
            return Err(broken("vocabulary"));
        }
        let replacements = std::str::from_utf8(replacements).map_err(|_| broken("map of characters"))?.to_owned();
        let map: Vec<_> = triples(map).collect();
        let sound = |&(_, start, length): &(u32, u32, u32)| {
            let start = start as usize;
            length > 0 && replacements.get(start..start.saturating_add(length as usize)).is_some()
        };
        if !map.iter().all(sound) || !map.is_sorted_by(|a, b| a.0 < b.0) {
            return Err(broken("map of characters"));
        }
        let classes = triples(classes)
            .map(|(first, last, class)| {
                let class = match class {
                    1 => Class::Space,
                    2 => Class::Drop,
                    3 => Class::Alone,
                    _ => return None,
                };
                (first <= last).then_some((first, last, class))
            })
            .collect::<Option<Vec<_>>>()
            .filter(|classes| classes.is_sorted_by(|a, b| a.1 < b.0))
            .ok_or_else(|| broken("classes of characters"))?;

        let mut new = Self {
            pieces: pieces.to_vec(),
            starts,
            slots: vec![0; (2 * count).next_power_of_two()],
            longest: 0,
            map,
            replacements,
            classes,
            ascii: [None; 128],
            double_quote: UNKNOWN,
        };
        // Special pieces are left out: no text means them.
        for id in SPECIAL..count {
            let piece = new.piece(id);
            let length = piece.strip_prefix(CONTINUES).filter(|rest| !rest.is_empty()).unwrap_or(piece).len();
            let mut slot = new.slot(hash(piece));
            while new.slots[slot] != 0 {
                slot = new.slot(slot as u64 + 1);
            }
            new.longest = new.longest.max(length);
            new.slots[slot] = u32::try_from(id).map_err(|_| broken("vocabulary"))?;
        }
        for byte in 0..128u8 {
            let c = char::from(byte);
            let (first, second) = {
                let mut mapped = new.mapped(c).chars();
                (mapped.next(), mapped.next())
            };
            new.ascii[usize::from(byte)] = first.filter(|_| second.is_none()).map(|one| (one, new.class(one)));
        }
        new.double_quote = new.find(b"\"", hash(b"\"")).unwrap_or(UNKNOWN);
        Ok(new)
    }

    /// The first `limit` pieces of `text`, which is one sentence, added to `found`.
    pub fn encode(&self, text: &str, limit: usize, found: &mut Vec<Piece>) {
        let mut run = Run { tables: self, found, word: Vec::new(), letters: Vec::new(), length: 0, quote: None };
        let first = run.found.len();
        for (at, c) in text.char_indices() {
            let source = Span::new(at, at + c.len_utf8());
            match self.ascii.get(c as usize) {
                Some(&Some((c, class))) => run.push(c, class, source),
                _ => {
                    for c in self.mapped(c).chars() {
                        run.push(c, self.class(c), source);
                    }
                }
            }
            // One more than the limit: an apostrophe may yet turn the last piece into a quotation mark.
            if run.found.len() - first > limit {
                break;
            }
        }
        run.end_word();
        found.truncate(first + limit);
    }

    /// What `c` becomes.
    fn mapped(&self, c: char) -> Mapped<'_> {
        match self.map.binary_search_by_key(&(c as u32), |&(from, ..)| from) {
            Ok(index) => {
                let (_, start, length) = self.map[index];
                Mapped::To(&self.replacements[start as usize..(start + length) as usize])
            }
            Err(_) => Mapped::Same(c),
        }
    }

    fn class(&self, c: char) -> Class {
        let c = c as u32;
        let after = self.classes.partition_point(|&(first, ..)| first <= c);
        match after.checked_sub(1).map(|index| self.classes[index]) {
            Some((_, last, class)) if c <= last => class,
            _ => Class::Word,
        }
    }

    /// The bytes of piece `id`.
    fn piece(&self, id: usize) -> &[u8] {
        &self.pieces[self.starts[id] as usize..self.starts[id + 1] as usize - 1]
    }

    // The mask keeps fewer bits than a usize has.
    #[allow(clippy::cast_possible_truncation)]
    fn slot(&self, hash: u64) -> usize {
        (hash ^ hash >> 32) as usize & (self.slots.len() - 1)
    }

    /// The piece that reads `bytes`, of which `hash` is the hash.
    fn find(&self, bytes: &[u8], hash: u64) -> Option<u32> {
        self.find_parts(b"", bytes, hash)
    }

    fn find_parts(&self, mark: &[u8], bytes: &[u8], hash: u64) -> Option<u32> {
        let mut slot = self.slot(hash);
        while self.slots[slot] != 0 {
            let id = self.slots[slot];
            if self.piece(id as usize).strip_prefix(mark) == Some(bytes) {
                return Some(id);
            }
            slot = self.slot(slot as u64 + 1);
        }
        None
    }

    /// The longest piece at the start of `rest`, the letters of a word from byte `from` on: its number, and how many
    /// letters it takes.
    fn longest_prefix(&self, word: &[u8], from: usize, rest: &[Letter]) -> Option<(u32, usize)> {
        let mark = if from == 0 { b"" } else { CONTINUES };
        let mut hashes = [0; MAX_WORD];
        let mut hash = hash(mark);
        let mut at = from;
        let mut fits = 0;
        for (letter, place) in rest.iter().zip(&mut hashes) {
            if letter.end - from > self.longest {
                break;
            }
            for &byte in &word[at..letter.end] {
                hash = hash_on(hash, byte);
            }
            at = letter.end;
            *place = hash;
            fits += 1;
        }
        (1..=fits).rev().find_map(|letters| {
            let end = rest[letters - 1].end;
            Some((self.find_parts(mark, &word[from..end], hashes[letters - 1])?, letters))
        })
    }
}

/// What a character becomes: itself, or some of the map's.
enum Mapped<'a> {
    Same(char),
    To(&'a str),
}

impl<'a> Mapped<'a> {
    fn chars(&self) -> impl Iterator<Item = char> + use<'a> {
        let (same, to) = match *self {
            Self::Same(c) => (Some(c), ""),
            Self::To(text) => (None, text),
        };
        same.into_iter().chain(to.chars())
    }
}

/// One text on its way to pieces.
struct Run<'a> {
    tables: &'a WordPieces,
    found: &'a mut Vec<Piece>,
    /// The bytes of the word that is open.
    word: Vec<u8>,
    /// Its first letters, one more than the longest word has; a longer one needs no more than where it ends.
    letters: Vec<Letter>,
    /// How many letters it has, and where the last ends.
    length: usize,
    /// Where the last word ends, if that is a single apostrophe.
    quote: Option<usize>,
}

impl Run<'_> {
    fn push(&mut self, c: char, class: Class, source: Span) {
        match class {
            Class::Drop => {}
            Class::Space => self.end_word(),
            Class::Alone => {
                self.end_word();
                self.alone(c, source);
            }
            Class::Word => {
                self.quote = None;
                self.length += 1;
                if self.letters.len() <= MAX_WORD {
                    self.word.extend(c.encode_utf8(&mut [0; 4]).as_bytes());
                    self.letters.push(Letter { end: self.word.len(), source });
                } else if let Some(last) = self.letters.last_mut() {
                    last.source = last.source.cover(source);
                }
            }
        }
    }

    /// A character that is a word by itself. Two apostrophes in a row are a quotation mark.
    fn alone(&mut self, c: char, source: Span) {
        if c == '\'' && self.quote == Some(source.start) {
            if let Some(last) = self.found.last_mut() {
                *last = Piece { id: self.tables.double_quote, span: last.span.cover(source) };
            }
            self.quote = None;
            return;
        }
        let mut bytes = [0; 4];
        let bytes = c.encode_utf8(&mut bytes).as_bytes();
        let id = self.tables.find(bytes, hash(bytes)).unwrap_or(UNKNOWN);
        self.found.push(Piece { id, span: source });
        self.quote = (c == '\'').then_some(source.end);
    }

    fn end_word(&mut self) {
        let (Some(first), Some(last)) = (self.letters.first(), self.letters.last()) else { return };
        let whole = Span::new(first.source.start, last.source.end);
        let before = self.found.len();
        let (mut at, mut from) = (0, 0);
        while at < self.letters.len() {
            let piece = (self.length <= MAX_WORD)
                .then(|| self.tables.longest_prefix(&self.word, from, &self.letters[at..]))
                .flatten();
            let Some((id, letters)) = piece else {
                self.found.truncate(before);
                self.found.push(Piece { id: UNKNOWN, span: whole });
                break;
            };
            let (head, tail) = (self.letters[at], self.letters[at + letters - 1]);
            self.found.push(Piece { id, span: Span::new(head.source.start, tail.source.end) });
            at += letters;
            from = tail.end;
        }
        self.word.clear();
        self.letters.clear();
        self.length = 0;
    }
}

/// Three little-endian numbers each.
fn triples(bytes: &[u8]) -> impl Iterator<Item = (u32, u32, u32)> {
    bytes.as_chunks::<12>().0.iter().map(|entry| {
        let number = |at: usize| u32::from_le_bytes([entry[at], entry[at + 1], entry[at + 2], entry[at + 3]]);
        (number(0), number(4), number(8))
    })
}
