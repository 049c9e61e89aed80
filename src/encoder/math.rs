//! `exp` and what is made of it, from additions and products alone, in one order: the platform's own differs by a bit
//! between a browser and a native program, and labels must not.

use bytemuck::cast;
use wide::{f32x4, i32x4};

/// Adding it moves a number's integer part, rounded, into the low bits: 1.5 · 2^23.
const ROUNDER: f32 = 12_582_912.0;
/// Its bits.
const ROUNDER_BITS: i32 = 0x4B40_0000;

/// Each number rounded to the nearest integer (halves to even), which must be less than 2^22 in size.
#[inline]
pub(super) fn round(x: f32x4) -> i32x4 {
    let bits: i32x4 = cast(x + f32x4::splat(ROUNDER));
    bits - i32x4::splat(ROUNDER_BITS)
}

/// e to the power of each, to within 2 units in the last place, between -87 and 88; the nearest of these outside.
#[inline]
pub(super) fn exp(x: f32x4) -> f32x4 {
    let x = x.fast_max(f32x4::splat(-87.0)).fast_min(f32x4::splat(88.0));
    let shifted = x * f32x4::splat(std::f32::consts::LOG2_E) + f32x4::splat(ROUNDER);
    let twos = shifted - f32x4::splat(ROUNDER);
    // ln 2 in two parts, of which the first times a small integer is exact; then Cephes' polynomial.
    let rest = x - twos * f32x4::splat(0.693_359_4) + twos * f32x4::splat(2.121_944_4e-4);
    let mut sum = f32x4::splat(1.987_569_1e-4);
    for coefficient in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5] {
        sum = sum * rest + f32x4::splat(coefficient);
    }
    let sum = sum * (rest * rest) + rest + f32x4::splat(1.0);
    let exponent = cast::<f32x4, i32x4>(shifted) + i32x4::splat(127 - ROUNDER_BITS);
    sum * cast::<i32x4, f32x4>(exponent << 23)
}

/// 1 / (1 + e^-x).
#[inline]
fn logistic(x: f32x4) -> f32x4 {
    let one = f32x4::splat(1.0);
    one / (one + exp(-x))
}

/// The Gaussian error unit in its usual approximation, z/2 · (1 + tanh(√(2/π) · (z + 0.044715 z³))).
#[inline]
pub(super) fn gelu(z: f32x4) -> f32x4 {
    // (1 + tanh(u)) / 2 is the logistic function of 2u.
    let doubled = (z + z * z * z * f32x4::splat(0.044_715)) * f32x4::splat(2.0 * 0.797_884_6);
    z * logistic(doubled)
}

/// 1 / (1 + e^-x).
#[must_use]
pub fn sigmoid(x: f32) -> f32 {
    logistic(f32x4::splat(x)).to_array()[0]
}

/// e to the power of each less the largest, over their sum.
#[must_use]
pub fn softmax(logits: [f32; 4]) -> [f32; 4] {
    let top = logits.into_iter().fold(f32::MIN, f32::max);
    let powers = exp(f32x4::new(logits) - f32x4::splat(top)).to_array();
    let sum: f32 = powers.iter().sum();
    powers.map(|power| power / sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_is_right_to_two_units_in_the_last_place() {
        let mut x = -86.9f32;
        while x < 88.0 {
            let [ours, ..] = exp(f32x4::splat(x)).to_array();
            let exact = f64::from(x).exp();
            assert!((f64::from(ours) - exact).abs() <= 2.0 * f64::from(f32::EPSILON) * exact, "e^{x}: {ours} {exact}");
            x += 0.0137;
        }
    }

    #[test]
    fn ends_hold() {
        assert_eq!((sigmoid(-1e9) < 1e-30, sigmoid(1e9)), (true, 1.0));
        assert_eq!(softmax([1e9, 0.0, -1e9, 0.0]), [1.0, 1.6458115e-38, 1.6458115e-38, 1.6458115e-38]);
    }

    #[test]
    fn gelu_is_the_references() {
        for (z, expected) in [(0.0, 0.0), (1.0, 0.841_192), (-1.0, -0.158_808), (3.0, 2.996_363), (-30.0, 0.0)] {
            assert!((gelu(f32x4::splat(z)).to_array()[0] - expected).abs() < 1e-6, "{z}");
        }
    }
}
