//! From the heads' numbers to a labelled sentence.
//!
//! ```text
//! label logits ─ calibrated ─ scores ─┐
//! mixed logit ─ threshold ────────────┼─ Sentence
//! signal of each token ─ runs, kinds ─┤
//! furniture, whose words (rules) ─────┘
//! ```

use super::{Model, Reading, sigmoid};
use crate::{
    analysis::{Label, Scores, Sentence, Signal, SignalKind},
    decide::Voice,
    furniture, reasons,
    span::Span,
    text::{Document, TokenKind},
};

/// Sentence `index`, whose window `reading` has read, with its label. The label depends on nothing outside the window:
/// what `voice` knows only later changes signals and links.
pub(crate) fn sentence(model: &Model, reading: &Reading, document: &Document, index: usize, voice: &Voice) -> Sentence {
    let span = document.sentences[index].span;
    let attributions = voice.attributions.clone();
    // A sentence without a word piece is nothing that a reader could read.
    let Some(logits) = reading.sentence(index) else {
        let scores = Scores::from_logits(0.0, 0.0, 0.0);
        return Sentence {
            span,
            label: None,
            mixed: false,
            confidence: 1.0,
            scores,
            attributions,
            signals: Vec::new(),
        };
    };
    let [fact, attributed, opinion, none] = model.probabilities(logits);
    let some = fact + attributed + opinion;
    let scores = Scores { fact: fact / some, attributed: attributed / some, opinion: opinion / some };
    let certain = furniture::is_furniture(document, index);
    let is_none = certain || none >= FURNITURE;
    let label = (!is_none).then(|| scores.best());
    let confidence = match label {
        Some(label) => scores.of(label),
        None if certain => 1.0,
        None => none,
    };
    let mixed = label == Some(Label::AttributedClaim) && sigmoid(logits.mixed) >= model.calibration().mixed;
    let signals = match label {
        Some(Label::UnattributedOpinion) => signals(model, reading, document, index, voice, true),
        Some(Label::AttributedClaim) if mixed => signals(model, reading, document, index, voice, false),
        _ => Vec::new(),
    };
    Sentence { span, label, mixed, confidence, scores, attributions, signals }
}

/// A sentence less surely furniture than this gets the likeliest label: a line of a menu that is labelled looks odd, a
/// statement that is not says nothing. Of 2,290 calibration sentences it leaves 8 statements unlabelled where taking the
/// likeliest of all four leaves 14, and 71 lines of furniture instead of 73; as many are right.
const FURNITURE: f32 = 0.55;

/// The writer's own words that the token head marked, in runs; for an opinion (`needed`) of which it marked none, what
/// the lists know, or else the likeliest word: every opinion says why.
fn signals(
    model: &Model,
    reading: &Reading,
    document: &Document,
    index: usize,
    voice: &Voice,
    needed: bool,
) -> Vec<Signal> {
    let [.., threshold] = model.calibration().roles;
    let tokens = document.sentences[index].tokens.clone();
    let score = |at: usize| reading.tokens().get(at).map_or(0.0, |scores| scores.signal);
    let says = |at: usize| document.tokens[at].kind != TokenKind::Mark;
    let mut found: Vec<Signal> = Vec::new();
    let mut at = tokens.start;
    while at < tokens.end {
        let start = at;
        while at < tokens.end && score(at) >= threshold {
            at += 1;
        }
        // Without marks at its ends; a mark alone says nothing.
        let words = (start..at).find(|&at| says(at)).zip((start..at).rfind(|&at| says(at)));
        if let Some((first, last)) = words {
            found.push(signal(document, document.tokens[first].span.cover(document.tokens[last].span)));
        }
        at += 1;
    }
    // Where all lie in what is credited to somebody, and the sentence is an opinion all the same, the credit was a mere
    // turn of phrase ("We all know that").
    if !needed || found.iter().any(|signal| !voice.is_others(signal.span)) {
        found.retain(|signal| !voice.is_others(signal.span));
    }
    if found.is_empty() && needed {
        found = reasons::find(document, index);
        found.retain(|signal| !voice.is_others(signal.span));
    }
    if found.is_empty() && needed {
        let likeliest = tokens
            .filter(|&at| document.tokens[at].kind == TokenKind::Word && !voice.is_others(document.tokens[at].span))
            .max_by(|&a, &b| score(a).total_cmp(&score(b)));
        found.extend(likeliest.map(|at| signal(document, document.tokens[at].span)));
    }
    found
}

fn signal(document: &Document, span: Span) -> Signal {
    let (kind, why): (SignalKind, _) = reasons::kind_of(document, span);
    Signal { span, kind, why }
}
