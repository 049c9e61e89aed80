//! What the encoder said of windows that it has read, for a text that is edited: only windows whose pieces changed are
//! read again.
//!
//! What it says of a window hangs on the window's pieces alone, so what is remembered is to the bit what would be worked
//! out anew.

use std::{collections::VecDeque, ops::Range};

use super::{weights::TOKEN_HEADS, windows::Window};

/// What the heads said of one window, as logits.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    /// Of each of its own sentences: the labels, and whether it is mixed.
    pub sentences: Vec<[f32; 5]>,
    /// Of the pieces of each of these, one after the other.
    pub pieces: Vec<[f32; TOKEN_HEADS]>,
}

/// What the encoder said of the last windows, at most as many as it was made for. About 10 KB a window.
#[derive(Debug)]
pub struct Memory {
    most: usize,
    /// The one that was asked for last stands last.
    windows: VecDeque<(Vec<u32>, Vec<Range<usize>>, Said)>,
}

impl Memory {
    /// A memory of at most `most` windows, each of about 150 words.
    #[must_use]
    pub const fn new(most: usize) -> Self {
        Self { most, windows: VecDeque::new() }
    }

    /// What was said of `window`.
    pub(super) fn find(&mut self, window: &Window) -> Option<Said> {
        let known =
            |(ids, places, _): &(Vec<u32>, Vec<Range<usize>>, Said)| *ids == window.ids && *places == window.places;
        let found = self.windows.iter().position(known).and_then(|index| self.windows.remove(index))?;
        let said = found.2.clone();
        self.windows.push_back(found);
        Some(said)
    }

    pub(super) fn keep(&mut self, window: &Window, said: Said) {
        self.windows.push_back((window.ids.clone(), window.places.clone(), said));
        while self.windows.len() > self.most {
            self.windows.pop_front();
        }
    }
}
