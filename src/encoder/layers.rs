//! The transformer: a window of word pieces in, a vector for each out.
//!
//! ```text
//! embedding ─ norm ─┬───────────────────────────────┬─ + norm ─┬───────────────────┬─ + norm ─ the next layer
//!                   └ query, key, value ─ attention ┘          └ up ─ GELU ─ down ─┘
//! ```

use wide::f32x4;

use super::{
    attention::Attention,
    kernels::{self, Panel, Quantised},
    math,
    weights::{self, Head, Norm, Weights},
};

/// The numbers of one window, allocated once and used again.
#[derive(Debug, Default)]
pub(super) struct Workspace {
    /// A row of hidden numbers for each piece.
    states: Vec<f32x4>,
    /// What a product gave, before it is added or used.
    wide: Vec<f32x4>,
    narrow: Vec<f32x4>,
    quantised: Quantised,
    panel: Panel,
    attention: Attention,
    /// Vectors a row of `states`.
    width: usize,
}

impl Workspace {
    /// Runs the encoder over one window.
    pub fn run(&mut self, weights: &Weights, ids: &[u32]) {
        let shape = weights.shape;
        let ids = &ids[..ids.len().min(shape.positions)];
        self.width = shape.hidden / 4;
        self.embed(weights, ids);
        self.narrow.clear();
        self.narrow.resize(self.states.len(), f32x4::splat(0.0));
        for layer in &weights.layers {
            let Self { states, wide, narrow, quantised, panel, attention, width } = self;
            wide.resize(ids.len() * shape.hidden * 3 / 4, f32x4::splat(0.0));
            quantised.set(states, *width);
            kernels::product(&layer.query_key_value, quantised, panel, wide);
            attention.run(wide, shape.heads, weights::HEAD / 4, narrow);
            quantised.set(narrow, *width);
            kernels::product(&layer.output, quantised, panel, narrow);
            add_and_norm(states, narrow, &layer.norm1, weights.epsilon);
            wide.resize(ids.len() * shape.inner / 4, f32x4::splat(0.0));
            quantised.set(states, *width);
            kernels::product(&layer.up, quantised, panel, wide);
            wide.chunks_exact_mut(shape.inner / 4).for_each(gelu);
            quantised.set(wide, shape.inner / 4);
            kernels::product(&layer.down, quantised, panel, narrow);
            add_and_norm(states, narrow, &layer.norm2, weights.epsilon);
        }
    }

    fn embed(&mut self, weights: &Weights, ids: &[u32]) {
        let shape = weights.shape;
        let (words, positions) = (weights.bytes(&weights.words), weights.bytes(&weights.positions));
        let groups = shape.hidden / shape.group;
        self.states.clear();
        for (at, &id) in ids.iter().enumerate() {
            let id = (id as usize).min(shape.vocabulary - 1);
            let row = &words[id * shape.hidden / 2..][..shape.hidden / 2];
            let scales = &weights.word_scales[id * groups..][..groups];
            let place = &positions[at * shape.hidden..][..shape.hidden];
            let step = weights.position_scales[at];
            let (pairs, _) = row.as_chunks::<2>();
            let (places, _) = place.as_chunks::<4>();
            self.states.extend(pairs.iter().zip(places).enumerate().map(|(index, (&[low, high], place))| {
                let four = [low & 15, low >> 4, high & 15, high >> 4];
                let mut column = index * 4;
                f32x4::new(std::array::from_fn(|lane| {
                    let word = (f32::from(four[lane]) - 8.0) * scales[column / shape.group];
                    column += 1;
                    word + f32::from(place[lane].cast_signed()) * step
                }))
            }));
        }
        for row in self.states.chunks_exact_mut(self.width) {
            norm(row, &weights.norm, weights.epsilon);
        }
    }

    /// The vector of piece `at` of the window.
    pub fn state(&self, at: usize) -> &[f32x4] {
        self.states.get(at * self.width..(at + 1) * self.width).unwrap_or_default()
    }

    /// The mean of the pieces `at`, then their maximum: what the sentence head reads.
    pub fn pool(&mut self, at: std::ops::Range<usize>) -> &[f32x4] {
        let Self { narrow, width, .. } = self;
        narrow.clear();
        narrow.resize(*width, f32x4::splat(0.0));
        narrow.resize(2 * *width, f32x4::splat(-1e4));
        let (mean, peak) = narrow.split_at_mut(*width);
        let rows = self.states.get(at.start * *width..at.end * *width).unwrap_or_default();
        for row in rows.chunks_exact(*width) {
            for ((mean, peak), &x) in mean.iter_mut().zip(peak.iter_mut()).zip(row) {
                *mean += x;
                *peak = peak.fast_max(x);
            }
        }
        #[allow(clippy::cast_precision_loss)] // a few hundred
        let count = f32x4::splat(at.len().max(1) as f32);
        for mean in mean {
            *mean /= count;
        }
        narrow
    }
}

/// The error unit of every number of a row.
#[inline(never)]
fn gelu(row: &mut [f32x4]) {
    // Eight at once: they don't wait for each other, and share the constants' registers.
    for eight in row.as_chunks_mut::<2>().0 {
        *eight = eight.map(math::gelu);
    }
}

/// `states + added`, normalised, back into `states`.
fn add_and_norm(states: &mut [f32x4], added: &[f32x4], by: &Norm, epsilon: f32) {
    let width = by.weight.len();
    for (row, added) in states.chunks_exact_mut(width).zip(added.chunks_exact(width)) {
        for (x, &y) in row.iter_mut().zip(added) {
            *x += y;
        }
        norm(row, by, epsilon);
    }
}

/// Shifts and stretches a row to mean 0 and variance 1, then by weight and bias.
#[inline(never)]
fn norm(row: &mut [f32x4], by: &Norm, epsilon: f32) {
    #[allow(clippy::cast_precision_loss)] // a few thousand at most
    let size = (row.len() * 4) as f32;
    let mean = f32x4::splat(sum(row, |x| x) / size);
    let variance = sum(row, |x| (x - mean) * (x - mean)) / size;
    let stretch = f32x4::splat(1.0 / (variance + epsilon).sqrt());
    for ((x, &weight), &bias) in row.iter_mut().zip(&by.weight).zip(&by.bias) {
        *x = (*x - mean) * stretch * weight + bias;
    }
}

/// The sum of `of` every number, always in the same order, four chains at once.
#[inline]
fn sum(row: &[f32x4], of: impl Fn(f32x4) -> f32x4) -> f32 {
    let mut sums = [f32x4::splat(0.0); 4];
    let (fours, rest) = row.as_chunks::<4>();
    for four in fours {
        for (sum, &x) in sums.iter_mut().zip(four) {
            *sum += of(x);
        }
    }
    for &x in rest {
        sums[0] += of(x);
    }
    let [a, b, c, d] = ((sums[0] + sums[1]) + (sums[2] + sums[3])).to_array();
    (a + b) + (c + d)
}

/// The logits of `head` for `input`.
pub(super) fn logits<const N: usize>(head: &Head, input: &[f32x4]) -> [f32; N] {
    let mut logits = [0.0; N];
    for ((logit, row), bias) in logits.iter_mut().zip(head.weights.chunks_exact(input.len().max(1))).zip(&head.bias) {
        let mut products = f32x4::splat(0.0);
        for (&w, &x) in row.iter().zip(input) {
            products += w * x;
        }
        let [a, b, c, d] = products.to_array();
        *logit = (a + b) + (c + d) + bias;
    }
    logits
}
