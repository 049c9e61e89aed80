//! Why a sentence is an opinion: the words that give it away, and what they do.
//!
//! ```text
//! sentence ─ words ─┬─ lexicon:  phrases of the lists in data/opinion-*.txt
//!                   └─ patterns: what depends on the sentence's form ("Who needs it?", "Consider this.")
//!                           └─ candidates ─ find: the strong ones, or else the weak ones
//! ```
//!
//! ```
//! use sayswho::{SignalKind, reasons, text::Document};
//!
//! let document = Document::new("The council’s disastrous plan will only make it worse.");
//! let signals = reasons::find(&document, 0);
//! let found: Vec<_> = signals.iter().map(|s| (document.slice(s.span), s.kind)).collect();
//! assert_eq!(found, [("disastrous", SignalKind::Evaluation), ("will only", SignalKind::Forecast)]);
//! ```

mod kinds;
mod lexicon;
mod patterns;
mod words;

use std::ops::Range;

use crate::{
    analysis::{Signal, SignalKind},
    span::Span,
    text::Document,
};

pub use kinds::why;
use lexicon::LEXICON;
pub(crate) use words::{Words, is_function_word};

/// Words that may give an opinion away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// Which of the sentence's tokens.
    pub(crate) words: Range<usize>,
    pub(crate) span: Span,
    pub(crate) kind: SignalKind,
    pub(crate) why: &'static str,
    /// Neutral prose has such words too: they explain an opinion, and alone prove none.
    pub(crate) weak: bool,
}

impl From<Candidate> for Signal {
    fn from(Candidate { span, kind, why, .. }: Candidate) -> Self {
        Self { span, kind, why }
    }
}

/// The signals of sentence `index`, sorted, without overlap: the strong ones, or where there is none the weak ones. It
/// does not ask whose words they are: those inside attributed content are left to the caller.
#[must_use]
pub fn find(document: &Document, index: usize) -> Vec<Signal> {
    strongest(candidates(&Words::of(document, index)))
}

/// What the words in `span`, which something else has marked as carrying an opinion, do, with [`why`] for a reader.
/// [`SignalKind::LoadedWording`] where no list and no pattern knows them.
///
/// ```
/// use sayswho::{SignalKind, Span, reasons, text::Document};
///
/// let document = Document::new("The mayor’s shameful silence speaks.");
/// assert_eq!(reasons::kind_of(&document, Span::new(14, 22)), (SignalKind::Evaluation, "praises or blames"));
/// assert_eq!(reasons::kind_of(&document, Span::new(4, 11)).0, SignalKind::LoadedWording);
/// ```
#[must_use]
pub fn kind_of(document: &Document, span: Span) -> (SignalKind, &'static str) {
    let first = document.sentences.partition_point(|sentence| sentence.span.end <= span.start);
    let touched = document.sentences.iter().skip(first).take_while(|sentence| sentence.span.start < span.end);
    let mut best: Option<(bool, usize, SignalKind, &'static str)> = None;
    for (offset, _) in touched.enumerate() {
        for found in candidates(&Words::of(document, first + offset)) {
            let shared = found.span.intersection(span).map_or(0, Span::len);
            // A whole question says little of one word in it: at least half of what is known must be marked.
            let close = shared > 0 && shared * 2 >= found.span.len();
            if close && best.is_none_or(|(weak, most, ..)| (!found.weak, shared) > (!weak, most)) {
                best = Some((found.weak, shared, found.kind, found.why));
            }
        }
    }
    best.map_or((SignalKind::LoadedWording, why(SignalKind::LoadedWording)), |(_, _, kind, why)| (kind, why))
}

/// Everything in the sentence that may give an opinion away, sorted, without overlap.
pub(crate) fn candidates(words: &Words<'_>) -> Vec<Candidate> {
    let mut found = patterns::find(words);
    let lexicon = &*LEXICON;
    let mut at = 0;
    while at < words.tokens.len() {
        match lexicon.longest(words, at) {
            Some((1, _)) if words.is_name(at) => at += 1,
            Some((taken, entry)) if taken > 0 => {
                found.push(words.candidate(at..at + taken, entry.kind, entry.weak));
                at += taken;
            }
            _ => at += 1,
        }
    }
    if found.is_empty() {
        return found;
    }
    // Of those that overlap, the strong before the weak, then the longer, then the earlier. In two steps: the first finds
    // them nearly in order, the second has few keys to tell apart, and both are then linear in a sentence without end.
    found.sort_by_key(|candidate| candidate.words.start);
    found.sort_by_key(|candidate| (candidate.weak, std::cmp::Reverse(candidate.words.len())));
    let mut taken = vec![false; words.tokens.len()];
    found.retain(|candidate| match taken.get_mut(candidate.words.clone()) {
        Some(place) if !place.contains(&true) => {
            place.fill(true);
            true
        }
        _ => false,
    });
    found.sort_by_key(|candidate| candidate.words.start);
    found
}

/// The strong ones; where there is none, the weak ones.
pub(crate) fn strongest(candidates: Vec<Candidate>) -> Vec<Signal> {
    let weak = candidates.iter().all(|candidate| candidate.weak);
    candidates.into_iter().filter(|candidate| candidate.weak == weak).map(Signal::from).collect()
}
