//! Page furniture: what stands among an article's sentences and is no statement of it.
//!
//! ```text
//! sentence ─ a phrase of the lists ─┐
//!          └ a shape: names, times, ├─ furniture
//!            a line of its own     ─┘
//! ```
//!
//! A statement left without a label is worse than a label on a credit: where in doubt, it is no furniture.

mod patterns;
mod shapes;

use crate::text::Document;

/// Whether sentence `index` is a byline, a credit, an appeal, navigation or the like.
pub(crate) fn is_furniture(document: &Document, index: usize) -> bool {
    shapes::fits(document, index) || patterns::fits(document, index)
}

#[cfg(test)]
mod tests;
