//! Attention: how much each piece of a window looks at each other, and what it takes from there.
//!
//! ```text
//! one head: queries, four a tile ─┐
//!           keys, on their side ──┴ scores: for each key, those of four queries ─ softmax ─┐
//!           values, in pairs of vectors ───────────────────────────────────────────────────┴ four rows of the answer
//! ```
//!
//! A head after the other, so that its keys and values (64 KB for 256 pieces) stay in the cache. Everything lies so that
//! no sum runs across a vector. The loops' bounds are not constants, though a head always has 32 dimensions: unrolled, a
//! browser took half a second to compile them well, and the reader waited for it.

use wide::f32x4;

use super::math;

const ZERO: f32x4 = f32x4::splat(0.0);

/// Eight numbers of one row.
type Pair = [f32x4; 2];

/// Room for one head.
#[derive(Debug, Default)]
pub(super) struct Attention {
    /// For every four queries, for each dimension, the four numbers.
    queries: Vec<f32x4>,
    /// For every eight keys, for each dimension, the eight numbers.
    keys: Vec<Pair>,
    /// For every eight dimensions, the numbers of each value.
    values: Vec<Pair>,
    /// For each key, the scores of a tile's four queries.
    scores: Vec<f32x4>,
}

impl Attention {
    /// From rows of query, key and value (`projected`) to rows of what attention gives. A head has `size` vectors a row.
    pub fn run(&mut self, projected: &[f32x4], heads: usize, size: usize, out: &mut [f32x4]) {
        let row = heads * size;
        let pieces = projected.len() / (3 * row);
        for head in 0..heads {
            self.gather(projected, row, head * size, size);
            for (tile, queries) in self.queries.chunks_exact(4 * size).enumerate() {
                let by = score(queries, &self.keys, pieces, &mut self.scores).to_array();
                for (pair, values) in self.values.chunks_exact(pieces).enumerate() {
                    let sums = mix(&self.scores, values);
                    for (query, (sum, by)) in sums.into_iter().zip(by).enumerate() {
                        let at = (tile * 4 + query) * row + head * size + 2 * pair;
                        if let Some(out) = out.get_mut(at..at + 2) {
                            out.copy_from_slice(&sum.map(|x| x * f32x4::splat(by)));
                        }
                    }
                }
            }
        }
    }

    /// Takes one head's parts out of the rows.
    #[inline(never)]
    fn gather(&mut self, projected: &[f32x4], row: usize, head: usize, size: usize) {
        let pieces = projected.len() / (3 * row);
        // Vector `vector` of part 0 to 2 (query, key, value) of `piece`; beyond the last piece nothing.
        let part = |part: usize, piece: usize, vector: usize| {
            projected.get((piece * 3 + part) * row + head + vector).copied().unwrap_or(ZERO)
        };
        let four = |of: usize, first: usize, vector: usize| [0, 1, 2, 3].map(|piece| part(of, first + piece, vector));
        // One over the square root of the dimensions, 32.
        let scale = f32x4::splat(0.176_776_7);
        self.queries.clear();
        self.keys.clear();
        self.values.clear();
        for first in (0..pieces).step_by(4) {
            for vector in 0..size {
                self.queries.extend(f32x4::transpose(four(0, first, vector)).map(|x| x * scale));
            }
        }
        for first in (0..pieces).step_by(8) {
            for vector in 0..size {
                let low = f32x4::transpose(four(1, first, vector));
                let high = f32x4::transpose(four(1, first + 4, vector));
                self.keys.extend(low.into_iter().zip(high).map(|(low, high)| [low, high]));
            }
        }
        for vector in (0..size).step_by(2) {
            self.values.extend((0..pieces).map(|piece| [part(2, piece, vector), part(2, piece, vector + 1)]));
        }
    }
}

/// Fills `scores` with e to the power of query times key, less the largest of its query; returns one over each query's
/// sum of them, which turns them into the softmax.
// Functions of their own, called often: see `kernels::pass`.
#[inline(never)]
fn score(queries: &[f32x4], keys: &[Pair], pieces: usize, scores: &mut Vec<f32x4>) -> f32x4 {
    scores.clear();
    for eight in keys.chunks_exact(queries.len()) {
        let mut sums = [[ZERO; 2]; 4];
        for (query, key) in queries.iter().zip(eight) {
            for (sum, &x) in sums.iter_mut().zip(query.as_array()) {
                let x = f32x4::splat(x);
                *sum = [sum[0] + x * key[0], sum[1] + x * key[1]];
            }
        }
        let [a, b, c, d] = sums;
        scores.extend(f32x4::transpose([a[0], b[0], c[0], d[0]]));
        scores.extend(f32x4::transpose([a[1], b[1], c[1], d[1]]));
    }
    scores.truncate(pieces);
    let top = scores.iter().fold(f32x4::splat(f32::MIN), |top, &score| top.fast_max(score));
    let mut total = ZERO;
    // Two at once share the constants' registers; they are added one after the other.
    let (pairs, rest) = scores.as_chunks_mut::<2>();
    for pair in pairs {
        *pair = pair.map(|score| math::exp(score - top));
        total += pair[0];
        total += pair[1];
    }
    for score in rest {
        *score = math::exp(*score - top);
        total += *score;
    }
    f32x4::splat(1.0) / total
}

/// The values, each as much as its key scored: eight dimensions of four queries.
#[inline(never)]
fn mix(scores: &[f32x4], values: &[Pair]) -> [Pair; 4] {
    let mut sums = [[ZERO; 2]; 4];
    for (score, value) in scores.iter().zip(values) {
        for (sum, &x) in sums.iter_mut().zip(score.as_array()) {
            let x = f32x4::splat(x);
            *sum = [sum[0] + x * value[0], sum[1] + x * value[1]];
        }
    }
    sums
}
