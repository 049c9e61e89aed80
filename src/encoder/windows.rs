//! Windows: runs of whole sentences, with a little of what stands before and after, as many as the encoder takes at once.
//!
//! Cut the same whatever is asked for first, so that a label does not depend on where the reader looked.

use std::ops::Range;

use super::{
    weights::Shape,
    wordpiece::{self, Piece, WordPieces},
};
use crate::text::Document;

/// A document as word pieces.
#[derive(Debug)]
pub(super) struct Pieces {
    /// Of all sentences, one after the other; a span counts from its sentence's start.
    pieces: Vec<Piece>,
    sentences: Vec<Sentence>,
}

#[derive(Debug)]
struct Sentence {
    /// Indices into the pieces.
    pieces: Range<usize>,
    /// Whether a blank line lies before it.
    opens: bool,
}

/// One window, ready for the encoder.
#[derive(Debug, Default)]
pub(super) struct Window {
    pub ids: Vec<u32>,
    /// For each of its own sentences, where their pieces stand in `ids`.
    pub places: Vec<Range<usize>>,
}

impl Pieces {
    pub fn new(wordpieces: &WordPieces, shape: &Shape, document: &Document) -> Self {
        let mut pieces = Vec::with_capacity(document.tokens.len() * 5 / 4);
        let mut sentences = Vec::with_capacity(document.sentences.len());
        let mut last = 0;
        for sentence in &document.sentences {
            let first = pieces.len();
            wordpieces.encode(document.slice(sentence.span), shape.positions - 3, &mut pieces);
            let gap = document.text.get(last..sentence.span.start).unwrap_or_default();
            let opens = sentences.is_empty() || gap.bytes().filter(|&byte| byte == b'\n').count() >= 2;
            sentences.push(Sentence { pieces: first..pieces.len(), opens });
            last = sentence.span.end;
        }
        Self { pieces, sentences }
    }

    /// The pieces of sentence `index`, spans from its start.
    pub fn of(&self, index: usize) -> &[Piece] {
        self.sentences.get(index).and_then(|s| self.pieces.get(s.pieces.clone())).unwrap_or_default()
    }

    /// The windows: which sentences each labels. The first is filled with at most `opening` pieces, the others with as
    /// many as the model takes, or fewer where that makes for a better cut.
    pub fn plan(&self, shape: &Shape, opening: usize) -> Vec<Range<usize>> {
        let mut windows = Vec::new();
        let mut first = 0;
        while first < self.sentences.len() {
            let budget = if first == 0 { opening.min(shape.budget) } else { shape.budget };
            let next = self.end(shape, first, budget);
            windows.push(first..next);
            first = next;
        }
        windows
    }

    /// Where the window ends that begins with sentence `first`.
    ///
    /// Filled to the brim, each window would move the next, and an edit all that follow it. So the last half is given up
    /// for a cut that hangs on what stands there: after an edit the cuts are soon the old ones again.
    fn end(&self, shape: &Shape, first: usize, budget: usize) -> usize {
        let count = self.sentences.len();
        let mut length = 1 + first.checked_sub(1).map_or(0, |before| self.of(before).len().min(shape.left));
        let mut next = first;
        let mut best = None;
        while next < count {
            let own = self.of(next).len();
            let after = if next + 1 < count { shape.right } else { 0 };
            if next > first && length + 1 + own + 1 + after > budget {
                return best.filter(|_| first > 0).map_or(next, |(_, _, cut)| cut);
            }
            length += 1 + own.min((shape.positions - 2).saturating_sub(length));
            next += 1;
            if let Some(sentence) = self.sentences.get(next).filter(|_| length >= budget / 2) {
                best = best.max(Some((sentence.opens, self.mark(next), next)));
            }
        }
        count
    }

    /// A number that hangs on the words of sentence `index` alone.
    fn mark(&self, index: usize) -> u32 {
        let mut hash = crc32fast::Hasher::new();
        for piece in self.of(index) {
            hash.update(&piece.id.to_le_bytes());
        }
        hash.finalize()
    }

    /// Fills `window` with the sentences of one of the [`plan`](Self::plan)'s.
    pub fn fill(&self, shape: &Shape, sentences: Range<usize>, window: &mut Window) {
        let Window { ids, places } = window;
        ids.clear();
        places.clear();
        match sentences.start.checked_sub(1) {
            None => ids.push(wordpiece::START),
            Some(before) => {
                let tail = self.of(before);
                ids.push(wordpiece::CONTINUED);
                ids.extend(tail[tail.len().saturating_sub(shape.left)..].iter().map(|piece| piece.id));
            }
        }
        for index in sentences.clone() {
            let room = (shape.positions - 2).saturating_sub(ids.len());
            ids.push(self.marker(index));
            let start = ids.len();
            ids.extend(self.of(index).iter().take(room).map(|piece| piece.id));
            places.push(start..ids.len());
        }
        if sentences.end < self.sentences.len() {
            let room = shape.right.min((shape.positions - 1).saturating_sub(ids.len()));
            if room > 0 {
                ids.push(self.marker(sentences.end));
                ids.extend(self.of(sentences.end).iter().take(room).map(|piece| piece.id));
            }
        } else if ids.len() < shape.positions {
            ids.push(wordpiece::END);
        }
    }

    fn marker(&self, index: usize) -> u32 {
        if self.sentences.get(index).is_some_and(|sentence| sentence.opens) {
            wordpiece::PARAGRAPH
        } else {
            wordpiece::SENTENCE
        }
    }
}
