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
mod explain;
mod features;
mod linear;
pub(crate) mod rules;
pub(crate) mod voice;

use crate::{
    analysis::{Attribution, Label, Scores, Sentence, Signal},
    furniture,
    reasons::{Candidate, Words},
    text::Document,
};
pub(crate) use voice::Voice;

/// The rules' answer for every sentence of a document, worked out once: what they make of one sentence depends on all.
#[derive(Debug)]
pub(crate) struct Rules {
    voices: Vec<Voice>,
    scores: Vec<Scores>,
    candidates: Vec<Vec<Candidate>>,
}

impl Rules {
    pub(crate) fn new(document: &Document, attributions: &[Attribution]) -> Self {
        let voices = voice::find(document, attributions);
        let (scores, candidates) = rules::scores(document, &voices);
        Self { voices, scores, candidates }
    }

    /// Sentence `index` of `document` with its label.
    pub(crate) fn sentence(&self, document: &Document, index: usize) -> Sentence {
        let voice = &self.voices[index];
        let words = Words::of(document, index);
        let seen = features::Seen { document, index, words: &words, voice, candidates: &self.candidates[index] };
        let scores = self.scores[index];
        let signals = match scores.best() {
            Label::ReportedFact => Vec::new(),
            Label::AttributedClaim => explain::wrapped_round_claim(&seen, scores),
            Label::UnattributedOpinion => explain::signals(&seen, scores),
        };
        label(document, index, voice, scores, signals)
    }
}

/// Frames `scores` and `signals`, whoever they come from.
///
/// Furniture gets no label. Signals are the writer's own words: those in somebody else's are dropped, and only opinions
/// and mixed claims have any. A claim is mixed where signals are left round it and the opinion's score is not negligible.
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
    let (signals, mixed) = match label {
        Some(Label::UnattributedOpinion) => (in_own_voice(signals, voice), false),
        Some(Label::AttributedClaim) if scores.opinion >= MIXED => {
            let own: Vec<Signal> = signals.into_iter().filter(|signal| !voice.is_others(signal.span)).collect();
            let mixed = !own.is_empty();
            (own, mixed)
        }
        _ => (Vec::new(), false),
    };
    Sentence { span, label, mixed, confidence, scores, attributions: voice.attributions.clone(), signals }
}

/// A claim with less of the opinion's score than this is never mixed: its words of judgement are then mostly names and
/// terms of the matter.
const MIXED: f32 = 0.1;

/// The signals in the writer's own words. Where there is none, the attribution was a mere turn of phrase: those outside
/// quotation marks.
fn in_own_voice(signals: Vec<Signal>, voice: &Voice) -> Vec<Signal> {
    let own: Vec<Signal> = signals.iter().filter(|signal| !voice.is_others(signal.span)).cloned().collect();
    if own.is_empty() { signals.into_iter().filter(|signal| !voice.is_quoted(signal.span)).collect() } else { own }
}
