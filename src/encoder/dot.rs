//! Eight-bit numbers times stored weights, summed: the one thing that two builds of the module do differently.
//!
//! A lane has four inputs of one row on one side and four weights of one output on the other. Activations are −127 to 127;
//! weights are as the file stores them, 0 to 63, which is 32 too much ([`TOO_MUCH`]).
//!
//! With relaxed SIMD, one instruction multiplies four pairs a lane and adds them: `vpdpbusd` or `sdot` where the processor
//! has it. What it leaves to the processor can't happen here. The second operand's top bit is never set, so that it is the
//! same signed and unsigned; and where pairs are added in 16 bits, they come to at most 2 · 127 · 63 = 16,002, less than
//! 2^15. The sums are the same on every processor, and the same as without.
//!
//! Without, SSE2, NEON and `simd128` multiply two pairs a lane of 16 bits and add them (`i32x4.dot_i16x8_s`), so that the
//! weights are widened first.

use wide::i32x4;

/// Rows of activations that a tile takes. Times two vectors of outputs, what is left of sixteen registers has the operands.
pub(super) const ROWS: usize = 4;
/// How much a stored weight is above what it means.
pub(super) const TOO_MUCH: i32 = 32;

#[cfg(target_feature = "relaxed-simd")]
mod with {
    use std::arch::wasm32::i32x4_relaxed_dot_i8x16_i7x16_add as dot;

    use super::{ROWS, i32x4};

    /// For each row a lane: four inputs, a byte each.
    pub type Inputs = i32x4;
    /// For each of eight outputs a lane: four weights, a byte each.
    pub type Weights = [i32x4; 2];

    /// Four inputs of each row, from the rows' first, second, third and fourth.
    #[inline]
    pub fn inputs([a, b, c, d]: [i32x4; 4]) -> Inputs {
        let byte = i32x4::splat(0xFF);
        ((a & byte) | ((b & byte) << 8)) | (((c & byte) << 16) | (d << 24))
    }

    /// The weights as the file has them.
    pub fn panel<'a>(weights: &'a [[i32x4; 2]], _: &'a mut Vec<Weights>) -> &'a [Weights] {
        weights
    }

    /// Adds to the `sums` of each row and output.
    #[inline]
    pub fn add(sums: &mut [[i32x4; 2]; ROWS], inputs: &[Inputs], weights: &[Weights]) {
        for (inputs, weights) in inputs.iter().zip(weights) {
            for (sums, &four) in sums.iter_mut().zip(inputs.as_array()) {
                for (sum, &weights) in sums.iter_mut().zip(weights) {
                    *sum = dot(i32x4::splat(four).into(), weights.into(), (*sum).into()).into();
                }
            }
        }
    }
}

#[cfg(not(target_feature = "relaxed-simd"))]
mod with {
    use bytemuck::cast;
    use wide::{i16x8, u16x8};

    use super::{ROWS, i32x4};

    /// For each row a lane of two inputs, 16 bits each: the first and third, the second and fourth.
    pub type Inputs = [i32x4; 2];
    /// For each of eight outputs a lane of two weights: the first and third, the second and fourth.
    pub type Weights = [[i16x8; 2]; 2];

    /// Four inputs of each row, from the rows' first, second, third and fourth.
    #[inline]
    pub fn inputs([a, b, c, d]: [i32x4; 4]) -> Inputs {
        let low = i32x4::splat(0xFFFF);
        [(a & low) | (c << 16), (b & low) | (d << 16)]
    }

    /// The weights, widened into `room`: even bytes by themselves, and odd ones.
    #[inline(never)]
    pub fn panel<'a>(weights: &[[i32x4; 2]], room: &'a mut Vec<Weights>) -> &'a [Weights] {
        room.clear();
        room.extend(weights.iter().map(|&[a, b]| {
            let even = |four: i32x4| cast::<i32x4, i16x8>(four) & i16x8::splat(0xFF);
            let odd = |four: i32x4| cast::<u16x8, i16x8>(cast::<i32x4, u16x8>(four) >> 8);
            [[even(a), even(b)], [odd(a), odd(b)]]
        }));
        room
    }

    /// Adds to the `sums` of each row and output.
    // Pair by pair: two at once, the compiler holds the inputs of both for all rows, which with the sums are more than
    // sixteen registers.
    #[inline]
    pub fn add(sums: &mut [[i32x4; 2]; ROWS], inputs: &[Inputs], weights: &[Weights]) {
        for (inputs, weights) in inputs.as_flattened().iter().zip(weights.as_flattened()) {
            for (sums, &two) in sums.iter_mut().zip(inputs.as_array()) {
                for (sum, &weights) in sums.iter_mut().zip(weights) {
                    *sum += cast::<i32x4, i16x8>(i32x4::splat(two)).dot(weights);
                }
            }
        }
    }
}

pub(super) use with::{Inputs, Weights, add, inputs, panel};
