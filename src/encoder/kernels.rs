//! The products, which are nine tenths of the work.
//!
//! A row of activations times a row of weights is a sum over 8-bit integers ([`dot`]). Integers add up to the same in every
//! order: native and WebAssembly agree to the bit, with relaxed SIMD and without.
//!
//! ```text
//! rows of activations, quantised once a product, four rows side by side ─┬─ 4 rows × 8 outputs in registers
//! panel: as many weights as stay in the cache, eight outputs side by side ┘    ─ sums × scales + bias ─ rows of outputs
//! ```

use bytemuck::cast;
use wide::{f32x4, i32x4};

use super::{
    dot::{self, Inputs, ROWS, Weights},
    math,
    weights::Matrix,
};

/// Weights that stay in the first-level cache, widened, while all rows pass.
const PANEL: usize = 12 * 1024;

/// Rows of activations as 8-bit integers, four rows side by side. Where they don't come out even, the last is there again.
#[derive(Debug, Default)]
pub(super) struct Quantised {
    /// For each four rows, for each four columns, the inputs.
    values: Vec<Inputs>,
    /// For each four rows, what their sums begin with: it takes away what the weights are too much.
    starts: Vec<i32x4>,
    /// For each four rows, what 1 means.
    scales: Vec<f32x4>,
}

impl Quantised {
    /// Takes rows of `width` vectors of four. The largest of each row becomes 127.
    pub fn set(&mut self, rows: &[f32x4], width: usize) {
        self.values.clear();
        self.starts.clear();
        self.scales.clear();
        let count = rows.len() / width;
        for first in (0..count).step_by(ROWS) {
            self.add(std::array::from_fn(|row| &rows[(first + row).min(count - 1) * width..][..width]));
        }
    }

    #[inline(never)]
    fn add(&mut self, rows: [&[f32x4]; ROWS]) {
        let scales = rows.map(|row| peak(row) / 127.0);
        let by = scales.map(f32x4::splat);
        let mut sums = i32x4::splat(0);
        let [a, b, c, d] = rows;
        self.values.extend(a.iter().zip(b).zip(c).zip(d).map(|(((&a, &b), &c), &d)| {
            // 127 at most: no number is cut off.
            let four = [a / by[0], b / by[1], c / by[2], d / by[3]].map(math::round);
            // Only moved, never reckoned with, while they pass for floats.
            let four = f32x4::transpose(four.map(cast)).map(cast::<f32x4, i32x4>);
            sums += (four[0] + four[1]) + (four[2] + four[3]);
            dot::inputs(four)
        }));
        self.starts.push(sums * i32x4::splat(-dot::TOO_MUCH));
        self.scales.push(f32x4::new(scales));
    }
}

/// The largest of a row, in size.
#[inline]
fn peak(row: &[f32x4]) -> f32 {
    let mut peaks = [f32x4::splat(1e-8); 2];
    for [a, b] in row.as_chunks().0 {
        peaks = [peaks[0].fast_max(a.abs()), peaks[1].fast_max(b.abs())];
    }
    peaks[0].fast_max(peaks[1]).to_array().into_iter().fold(0.0, f32::max)
}

/// Scratch for widened weights.
#[derive(Debug, Default)]
pub(super) struct Panel(Vec<Weights>);

/// Each row of `input` through `matrix`, into rows of `out`.
pub(super) fn product(matrix: &Matrix, input: &Quantised, panel: &mut Panel, out: &mut [f32x4]) {
    let outputs = matrix.scales.len();
    let steps = matrix.inputs / 4;
    // Eight outputs are one group.
    let groups = (PANEL / (32 * steps)).max(1);
    for (index, weights) in matrix.weights.chunks(groups * steps).enumerate() {
        let weights = dot::panel(weights, &mut panel.0);
        let tiles = input.values.chunks_exact(steps).zip(&input.starts).zip(&input.scales);
        for (((inputs, &start), &scale), out) in tiles.zip(out.chunks_mut(ROWS * outputs)) {
            pass(inputs, start, scale, weights, matrix, index * groups, out);
        }
    }
}

/// Four rows through the panel, whose first group is the matrix's group `first`.
// Called often, as `product` is, with which wasm-opt joins it: a browser begins with code that was compiled fast and runs ten
// times slower, and changes to better code only at a call. In one piece with the callers of both, the first window took
// 0.6 s instead of 0.2.
#[inline(never)]
fn pass(
    inputs: &[Inputs],
    start: i32x4,
    scale: f32x4,
    weights: &[Weights],
    matrix: &Matrix,
    first: usize,
    out: &mut [f32x4],
) {
    let outputs = matrix.scales.len();
    for (index, weights) in weights.chunks_exact(inputs.len()).enumerate() {
        let mut sums = start.to_array().map(|start| [i32x4::splat(start); 2]);
        dot::add(&mut sums, inputs, weights);
        let at = 2 * (first + index);
        let rows = sums.into_iter().zip(scale.to_array()).zip(out.chunks_exact_mut(outputs));
        for ((sums, scale), out) in rows {
            for (at, sum) in (at..).zip(sums) {
                let sum = f32x4::from_i32x4(sum) * f32x4::splat(scale) * matrix.scales[at];
                out[at] = sum + matrix.bias[at];
            }
        }
    }
}
