//! The kinds of signal in a reader's words.

use crate::analysis::SignalKind;

/// What words of `kind` do, as a short phrase without a full stop.
#[must_use]
pub const fn why(kind: SignalKind) -> &'static str {
    match kind {
        SignalKind::Evaluation => "praises or blames",
        SignalKind::LoadedName => "gives a name that judges",
        SignalKind::Prescription => "says what ought to be done",
        SignalKind::Forecast => "guesses, or tells the future as if known",
        SignalKind::MindReading => "claims to know what somebody thinks or intends",
        SignalKind::Irony => "mocks, or says one thing and means another",
        SignalKind::Generalisation => "speaks for everybody or nobody, too wide to check",
        SignalKind::FirstPerson => "gives the writer’s own view",
        SignalKind::Address => "turns to the reader",
        SignalKind::Intensifier => "presses the point without adding to it",
        SignalKind::LoadedWording => "loaded wording",
    }
}

/// The same for a question that wants no answer.
pub(super) const QUESTION: &str = "asks a question that wants no answer";
/// The same for an exclamation.
pub(super) const EXCLAMATION: &str = "exclaims";
/// The same for a verb that tells the reader what to do.
pub(super) const IMPERATIVE: &str = "tells the reader what to do";
