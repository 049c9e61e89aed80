//! **Says Who** labels each sentence of a news article: *reported fact*, *attributed claim* (and whose), or
//! *unattributed opinion*, the writer's own view with nobody named as holding it.
//!
//! ```
//! use sayswho::{Label, analyze};
//!
//! let analysis = analyze("The bridge opened in 1932. Engineers say it needs new cables. What a shameful waste!");
//! let labels: Vec<_> = analysis.sentences.iter().filter_map(|s| s.label).collect();
//! assert_eq!(labels, [Label::ReportedFact, Label::AttributedClaim, Label::UnattributedOpinion]);
//! ```
//!
//! The text is a whole article: paragraphs parted by blank lines, single newlines read as spaces. A quotation runs over
//! sentences, and "he said" needs to know who spoke, so a sentence alone is judged less well than in its place.
//!
//! ```text
//! text ─ Document: paragraphs, sentences, tokens, quotations
//!          ├─ attribution: source, cue, content, speaker
//!          ├─ reasons:     the words that give an opinion away
//!          └─ furniture:   what is no statement of the article
//!                  └─ decide: one label a sentence ─ Summary ─ Analysis
//! ```
//!
//! # Limits
//!
//! English only: [`language::is_english`] tells. The label says who says so, never whether it is true.
//! No input makes it panic, and the same text always gets the same answer.

#![forbid(unsafe_code)]

mod analysis;
pub mod attribution;
mod decide;
pub mod encoder;
mod engine;
mod furniture;
pub mod language;
mod loader;
pub mod quotes;
pub mod reasons;
mod span;
mod summary;
pub mod text;
#[cfg(target_arch = "wasm32")]
pub mod wasm;

pub use analysis::{
    Analysis, Attribution, AttributionKind, Label, Scores, Sentence, Signal, SignalKind, Source, SourceKind,
    SourceKinds, Summary,
};
pub use encoder::ModelError;
pub use engine::{Engine, Job};
pub use loader::Loader;
pub use span::{OffsetTable, Offsets, Span};

/// Labels `text` by the rules alone: [`Engine::analyze`] of [`Engine::new`].
#[must_use]
pub fn analyze(text: &str) -> Analysis {
    Engine::new().analyze(text)
}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeExamples;
