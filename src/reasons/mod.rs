//! Why a sentence is an opinion: the words that give it away, and what they do.

use crate::{analysis::Signal, text::Document};

/// The signals of sentence `index`, sorted, without overlap; those inside `attributed` content are left to the caller.
#[must_use]
pub fn find(document: &Document, index: usize) -> Vec<Signal> {
    let _ = (document, index);
    Vec::new()
}
