//! One label a sentence, from everything that is known about it.
//!
//! ```text
//! attributions ─ Voices: whose words ─┬─ rules::scores ──┐
//!                                     │  (or a model's)  ├─ label ─ Sentence
//! furniture ──────────────────────────┴─ reasons ────────┘
//! ```
//!
//! What scores and what frames are apart: [`label`] takes anybody's scores and signals.

#[cfg(test)]
mod dump;
mod features;
mod linear;
pub(crate) mod rules;
pub(crate) mod voice;

use crate::{
    analysis::{Attribution, Label, Scores, Sentence, Signal},
    furniture,
    reasons::{self, Words},
    text::Document,
};
pub(crate) use voice::Voice;

/// The rules' answer for every sentence of a document, worked out once: what they make of one sentence depends on all.
#[derive(Debug)]
pub(crate) struct Rules {
    voices: Vec<Voice>,
    scores: Vec<Scores>,
}

impl Rules {
    pub(crate) fn new(document: &Document, attributions: &[Attribution]) -> Self {
        let voices = voice::find(document, attributions);
        let scores = rules::scores(document, &voices);
        Self { voices, scores }
    }

    /// Sentence `index` of `document` with its label.
    pub(crate) fn sentence(&self, document: &Document, index: usize) -> Sentence {
        let voice = &self.voices[index];
        let words = Words::of(document, index);
        let signals = reasons::strongest(
            reasons::candidates(&words).into_iter().filter(|candidate| !voice.is_others(candidate.span)).collect(),
        );
        label(document, index, voice, self.scores[index], signals)
    }
}

/// Frames `scores` and `signals`, whoever they come from: furniture gets no label, signals are the writer's own words,
/// and only opinions and mixed claims have any.
pub(crate) fn label(
    document: &Document,
    index: usize,
    voice: &Voice,
    scores: Scores,
    signals: Vec<Signal>,
) -> Sentence {
    let span = document.sentences[index].span;
    let label = (!furniture::is_furniture(document, index)).then(|| scores.best());
    let confidence = label.map_or(1.0, |label| scores.of(label));
    let mut signals: Vec<Signal> = signals.into_iter().filter(|signal| !voice.is_others(signal.span)).collect();
    let mixed = false;
    if label != Some(Label::UnattributedOpinion) && !mixed {
        signals.clear();
    }
    Sentence { span, label, mixed, confidence, scores, attributions: voice.attributions.clone(), signals }
}
