//! The products, which are nine tenths of the work.
//!
//! A row of activations times a row of weights is a sum over 8-bit integers, widened to 16 bits, of which SSE2, NEON and
//! WebAssembly's `simd128` multiply eight pairs and add neighbours in one instruction (`i32x4.dot_i16x8_s`). `wide` gives
//! that instruction as safe code. Integers add up to the same in every order: native and WebAssembly agree to the bit.
//!
//! ```text
//! panel: 16 rows of weights, widened once a window ─┬─ 4 rows of weights × 2 rows of activations in registers
//! rows of activations, quantised once a product    ─┘     ─ sums × scales + bias ─ 4 outputs of a row at once
//! ```

use bytemuck::cast;
use wide::{f32x4, i16x8, i32x4};

use super::{file::Matrix, math};

/// Rows of activations that a tile takes. With `TILE` · 4 sums, what is left of sixteen registers holds the operands.
const TILE: usize = 2;
/// Bytes of widened weights that stay in the first-level cache while all rows pass.
const PANEL: usize = 12 * 1024;

/// Rows of activations as 8-bit integers (widened), each with its scale.
#[derive(Debug, Default)]
pub(super) struct Quantised {
    /// Vectors a row.
    width: usize,
    values: Vec<i16x8>,
    scales: Vec<f32>,
}

impl Quantised {
    /// Takes rows of `width` vectors of four. The largest of each row becomes 127.
    pub fn set(&mut self, rows: &[f32x4], width: usize) {
        self.width = width / 2;
        self.values.clear();
        self.scales.clear();
        for row in rows.chunks_exact(width) {
            let mut peaks = [f32x4::splat(1e-8); 2];
            for [a, b] in row.as_chunks().0 {
                peaks = [peaks[0].fast_max(a.abs()), peaks[1].fast_max(b.abs())];
            }
            let scale = peaks[0].fast_max(peaks[1]).to_array().into_iter().fold(0.0, f32::max) / 127.0;
            let by = f32x4::splat(scale);
            self.scales.push(scale);
            self.values.extend(row.as_chunks().0.iter().map(|&[a, b]| {
                // 127 at most: no number is cut off.
                i16x8::from_i32x8_saturate(cast([math::round(a / by), math::round(b / by)]))
            }));
        }
    }

    fn row(&self, index: usize) -> &[i16x8] {
        &self.values[index * self.width..][..self.width]
    }
}

/// Scratch for widened weights.
#[derive(Debug, Default)]
pub(super) struct Panel(Vec<i16x8>);

/// Each row of `input` through `matrix` and then `finish`, into rows of `out`.
pub(super) fn product(
    matrix: &Matrix,
    input: &Quantised,
    panel: &mut Panel,
    out: &mut [f32x4],
    finish: impl Fn(f32x4) -> f32x4 + Copy,
) {
    let outputs = matrix.scales.len();
    let width = matrix.inputs / 8;
    // Four rows of weights are one group.
    let groups = (PANEL / (64 * width)).max(1);
    for (index, some) in matrix.weights.chunks(groups * 4 * matrix.inputs).enumerate() {
        panel.widen(some, width);
        let first = index * groups;
        let mut row = 0;
        while row + TILE <= input.scales.len() {
            panel.pass::<TILE>(input, row, matrix, first, &mut out[row * outputs..][..TILE * outputs], finish);
            row += TILE;
        }
        for row in row..input.scales.len() {
            panel.pass::<1>(input, row, matrix, first, &mut out[row * outputs..][..outputs], finish);
        }
    }
}

impl Panel {
    /// Widens rows of weights, and puts the same eight columns of four rows side by side, as a tile reads them.
    fn widen(&mut self, rows: &[i8], width: usize) {
        self.0.clear();
        for group in rows.chunks_exact(4 * 8 * width) {
            let (group, _) = group.as_chunks::<8>();
            let (a, rest) = group.split_at(width);
            let (b, rest) = rest.split_at(width);
            let (c, d) = rest.split_at(width);
            for (((a, b), c), d) in a.iter().zip(b).zip(c).zip(d) {
                self.0.extend([widened(a), widened(b), widened(c), widened(d)]);
            }
        }
    }

    /// `R` rows through the panel, whose first group is the matrix's group `first`.
    // A function of its own, called thousands of times a window: a browser begins with code that was compiled fast and
    // runs ten times slower, and changes to better code only at a call. In one piece with its callers, the first window
    // took 0.6 s instead of 0.2.
    #[inline(never)]
    fn pass<const R: usize>(
        &self,
        input: &Quantised,
        row: usize,
        matrix: &Matrix,
        first: usize,
        out: &mut [f32x4],
        finish: impl Fn(f32x4) -> f32x4,
    ) {
        let rows: [&[i16x8]; R] = std::array::from_fn(|r| input.row(row + r));
        let outputs = matrix.scales.len();
        for (index, group) in self.0.chunks_exact(4 * input.width).enumerate() {
            let sums = tile(rows, group);
            let at = first + index;
            for (r, sum) in sums.into_iter().enumerate() {
                let scale = f32x4::splat(input.scales[row + r]);
                let sum = f32x4::from_i32x4(sum) * scale * matrix.scales[at] + matrix.bias[at];
                out[r * outputs + at] = finish(sum);
            }
        }
    }
}

/// The products of `R` rows with four rows of weights: the four sums of each.
#[inline]
fn tile<const R: usize>(rows: [&[i16x8]; R], group: &[i16x8]) -> [i32x4; R] {
    let (columns, _) = group.as_chunks::<4>();
    // As long as each other: said once here, and not asked in the loop.
    let rows = rows.map(|row| &row[..columns.len()]);
    let mut sums = [[i32x4::splat(0); 4]; R];
    for (k, weights) in columns.iter().enumerate() {
        for (sums, row) in sums.iter_mut().zip(rows) {
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += row[k].dot(*weight);
            }
        }
    }
    sums.map(|[a, b, c, d]| {
        // Only moved, never reckoned with, while they pass for floats.
        let [a, b, c, d] = f32x4::transpose([cast(a), cast(b), cast(c), cast(d)]).map(cast::<f32x4, i32x4>);
        (a + b) + (c + d)
    })
}

#[inline]
fn widened(bytes: &[i8; 8]) -> i16x8 {
    i16x8::new(bytes.map(i16::from))
}
