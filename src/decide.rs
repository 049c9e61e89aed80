//! One label a sentence, from everything that is known about it.

use crate::{
    analysis::{Attribution, Scores, Sentence},
    engine::touching,
    furniture, reasons,
    text::Document,
};

/// Sentence `index` of `document` with its label.
pub(crate) fn sentence(document: &Document, index: usize, attributions: &[Attribution]) -> Sentence {
    let span = document.sentences[index].span;
    let signals = reasons::find(document, index);
    let linked = touching(attributions, span);
    let scores = Scores::from_logits(
        0.0,
        if linked.is_empty() { -2.0 } else { 2.0 },
        if signals.is_empty() { -2.0 } else { 2.0 },
    );
    let label = (!furniture::is_furniture(document, index)).then(|| scores.best());
    let confidence = label.map_or(1.0, |label| scores.of(label));
    Sentence { span, label, mixed: false, confidence, scores, attributions: linked, signals }
}
