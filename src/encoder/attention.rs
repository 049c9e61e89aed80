//! Attention: how much each piece of a window looks at each other, and what it takes from there.
//!
//! One head after the other, so that keys and values of one (64 KB for 256 pieces) stay in the cache. Keys are turned on
//! their side: four of them stand in a vector, and no sum across a vector is needed.

use wide::f32x4;

use super::{file::HEAD, math};

/// Vectors of a head's row.
const WIDTH: usize = HEAD / 4;
/// Queries that go together, so that a key or value is fetched once for all.
const TILE: usize = 4;

const ZERO: f32x4 = f32x4::splat(0.0);

/// Room for one head.
#[derive(Debug, Default)]
pub(super) struct Attention {
    queries: Vec<[f32x4; WIDTH]>,
    /// For every eight keys, for each dimension, the eight numbers.
    keys: Vec<[[f32x4; 2]; HEAD]>,
    values: Vec<[f32x4; WIDTH]>,
    /// For every eight keys, the scores of each query of the tile.
    scores: Vec<[[f32x4; 2]; TILE]>,
}

impl Attention {
    /// From rows of query, key and value (`projected`) to rows of what attention gives.
    pub fn run(&mut self, projected: &[f32x4], heads: usize, out: &mut [f32x4]) {
        let row = heads * WIDTH;
        let pieces = projected.len() / (3 * row);
        for head in 0..heads {
            self.gather(projected, row, head * WIDTH);
            for first in (0..pieces).step_by(TILE) {
                let inverse = self.score(first, pieces);
                self.mix(first, pieces, inverse, |query, vector, sum| {
                    out[query * row + head * WIDTH + vector] = sum;
                });
            }
        }
    }

    /// Takes one head's parts out of the rows.
    fn gather(&mut self, projected: &[f32x4], row: usize, head: usize) {
        let part = |rows: &[f32x4], of: usize| -> [f32x4; WIDTH] {
            std::array::from_fn(|index| rows[of * row + head + index])
        };
        // 1 / √32
        let scale = f32x4::splat(0.176_776_7);
        self.queries.clear();
        self.values.clear();
        self.keys.clear();
        for eight in projected.chunks(3 * row * 8) {
            let mut keys = [[f32x4::splat(0.0); WIDTH]; 8];
            for (piece, key) in eight.chunks_exact(3 * row).zip(&mut keys) {
                self.queries.push(part(piece, 0).map(|x| x * scale));
                *key = part(piece, 1);
                self.values.push(part(piece, 2));
            }
            let mut turned = [[ZERO; 2]; HEAD];
            for vector in 0..WIDTH {
                for half in 0..2 {
                    let four = f32x4::transpose(std::array::from_fn(|key| keys[half * 4 + key][vector]));
                    for (lane, four) in four.into_iter().enumerate() {
                        turned[vector * 4 + lane][half] = four;
                    }
                }
            }
            self.keys.push(turned);
        }
        // Whole tiles: the rows beyond the last are reckoned with and dropped.
        self.queries.resize(self.queries.len().next_multiple_of(TILE), [ZERO; WIDTH]);
        self.values.resize(self.values.len().next_multiple_of(8), [ZERO; WIDTH]);
    }

    /// The softmax of a tile's scores, before its division: one over each row's sum.
    fn score(&mut self, first: usize, pieces: usize) -> [f32; TILE] {
        let queries = &self.queries[first..][..TILE];
        self.scores.clear();
        let mut peaks = [f32x4::splat(f32::MIN); TILE];
        for keys in &self.keys {
            let mut sums = [[ZERO; 2]; TILE];
            for vector in 0..WIDTH {
                for lane in 0..4 {
                    let key = keys[vector * 4 + lane];
                    for (sum, query) in sums.iter_mut().zip(queries) {
                        let x = f32x4::splat(query[vector].as_array()[lane]);
                        *sum = [sum[0] + x * key[0], sum[1] + x * key[1]];
                    }
                }
            }
            self.scores.push(sums);
        }
        // Keys beyond the last are none.
        let beyond = self.keys.len() * 8 - pieces;
        if let Some(last) = self.scores.last_mut() {
            for scores in last {
                for key in 8 - beyond..8 {
                    scores[key / 4].as_mut_array()[key % 4] = f32::MIN;
                }
            }
        }
        for scores in &self.scores {
            for (peak, four) in peaks.iter_mut().zip(scores) {
                *peak = peak.fast_max(four[0]).fast_max(four[1]);
            }
        }
        let tops = peaks.map(|peak| f32x4::splat(peak.to_array().into_iter().fold(f32::MIN, f32::max)));
        let mut totals = [ZERO; TILE];
        for scores in &mut self.scores {
            for ((pair, &top), total) in scores.iter_mut().zip(&tops).zip(&mut totals) {
                for four in pair {
                    *four = math::exp(*four - top);
                    *total += *four;
                }
            }
        }
        totals.map(|total| {
            let [a, b, c, d] = total.to_array();
            1.0 / ((a + b) + (c + d))
        })
    }

    /// The values, each as much as its key scored.
    fn mix(&self, first: usize, pieces: usize, inverse: [f32; TILE], mut put: impl FnMut(usize, usize, f32x4)) {
        for pair in 0..WIDTH / 2 {
            let mut sums = [[ZERO; 2]; TILE];
            for (scores, values) in self.scores.iter().zip(self.values.as_chunks::<8>().0) {
                for (key, value) in values.iter().enumerate() {
                    let value = [value[2 * pair], value[2 * pair + 1]];
                    for (sum, score) in sums.iter_mut().zip(scores) {
                        let x = f32x4::splat(score[key / 4].as_array()[key % 4]);
                        *sum = [sum[0] + x * value[0], sum[1] + x * value[1]];
                    }
                }
            }
            for (query, (sum, by)) in sums.into_iter().zip(inverse).enumerate() {
                if first + query < pieces {
                    put(first + query, 2 * pair, sum[0] * f32x4::splat(by));
                    put(first + query, 2 * pair + 1, sum[1] * f32x4::splat(by));
                }
            }
        }
    }
}
