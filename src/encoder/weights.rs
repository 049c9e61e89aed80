//! What a model file holds, as the encoder uses it.

use std::{borrow::Cow, ops::Range};

use wide::{f32x4, i32x4};

use super::file::ModelError;

/// How many labels the sentence head tells apart: the three and none.
pub(super) const LABELS: usize = 4;
/// What the token head gives: source, cue, content, the beginnings of each, signal.
pub(super) const TOKEN_HEADS: usize = 7;
/// Dimensions of one attention head.
pub(super) const HEAD: usize = 32;

/// The sizes in the header.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    pub vocabulary: usize,
    pub hidden: usize,
    pub layers: usize,
    pub heads: usize,
    pub inner: usize,
    pub positions: usize,
    /// Columns of an embedding row that share a scale.
    pub group: usize,
    /// The most tokens that a window is filled with.
    pub budget: usize,
    /// Pieces of the sentence before and after that a window sees.
    pub left: usize,
    pub right: usize,
}

/// What turns logits into answers; found on held-out documents after training.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    /// What the label logits are divided by.
    pub temperature: f32,
    /// What is added to them then.
    pub bias: [f32; LABELS],
    /// From which probability on a piece has the role: source, cue, content, the beginnings of each, signal.
    pub roles: [f32; TOKEN_HEADS],
    /// From which probability on a claim is mixed.
    pub mixed: f32,
}

/// A matrix of integer weights, stored as value (−32 to 31) + 32.
#[derive(Debug)]
pub(super) struct Matrix {
    /// For every eight outputs, for every four inputs: a lane for each output, with a byte for each input.
    pub weights: Vec<[i32x4; 2]>,
    pub inputs: usize,
    pub scales: Vec<f32x4>,
    pub bias: Vec<f32x4>,
}

/// Weight and bias of a layer normalisation.
#[derive(Debug)]
pub(super) struct Norm {
    pub weight: Vec<f32x4>,
    pub bias: Vec<f32x4>,
}

/// One transformer layer.
#[derive(Debug)]
pub(super) struct Layer {
    pub query_key_value: Matrix,
    pub output: Matrix,
    pub norm1: Norm,
    pub up: Matrix,
    pub down: Matrix,
    pub norm2: Norm,
}

/// A small matrix of 32-bit weights with its bias.
#[derive(Debug)]
pub(super) struct Head {
    pub weights: Vec<f32x4>,
    pub bias: Vec<f32>,
}

/// Everything that was learnt.
#[derive(Debug)]
pub(super) struct Weights {
    /// The part of the file that holds `words` and `positions`, which count from its start.
    pub embeddings: Cow<'static, [u8]>,
    pub shape: Shape,
    pub epsilon: f32,
    pub calibration: Calibration,
    pub words: Range<usize>,
    pub word_scales: Vec<f32>,
    pub positions: Range<usize>,
    pub position_scales: Vec<f32>,
    pub norm: Norm,
    pub layers: Vec<Layer>,
    pub sentence_head: Head,
    pub token_head: Head,
}

impl Weights {
    /// The bytes of a section of the embeddings.
    pub fn bytes(&self, section: &Range<usize>) -> &[u8] {
        self.embeddings.get(section.clone()).unwrap_or_default()
    }
}

impl Shape {
    /// Whether the kernels can compute it. The upper limits keep sums of sections and of products from overflowing.
    pub fn check(&self, labels: usize, token_heads: usize) -> Result<(), ModelError> {
        let wrong = |what| Err(ModelError::Shape(what));
        if labels != LABELS || token_heads != TOKEN_HEADS {
            return wrong("other heads");
        }
        if self.hidden == 0 || self.hidden > 4096 || self.hidden != self.heads * HEAD {
            return wrong("the hidden size");
        }
        if self.group == 0 || !self.hidden.is_multiple_of(self.group) {
            return wrong("the embedding's groups");
        }
        if self.inner == 0 || self.inner > 16_384 || !self.inner.is_multiple_of(8) {
            return wrong("the inner size");
        }
        if self.vocabulary < super::wordpiece::SPECIAL || self.vocabulary > 1 << 20 || self.layers > 64 {
            return wrong("vocabulary or layers");
        }
        if self.budget < 8 || self.positions > 4096 || self.budget > self.positions {
            return wrong("the window");
        }
        if self.left + self.right + 4 > self.budget {
            return wrong("the context");
        }
        Ok(())
    }
}
