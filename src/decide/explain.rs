//! Which of the writer's words made the rules call a sentence an opinion.
//!
//! The model is linear, so each word's share in the answer is known: what it adds to the opinion's score over what it
//! adds to the others'. Shown are the phrases of the lists that add something, and the words in no list that add much.

use super::{
    features::{self, Role, Seen},
    linear::{WEIGHTS, Weight},
};
use crate::{
    analysis::{Scores, Signal, SignalKind},
    reasons::{self, Candidate},
    span::Span,
};

/// A word in no list, or a weak one, is shown from this share on. On the development sets the signals then touch two in
/// three of the phrases that readers marked, and every second signal touches one; at 0.5, three in five and three in five.
const TELLING: f32 = 0.3;

/// A listed word round a claim counts as a judgement from this share on.
const WRAPPED: f32 = 0.2;

/// The signals in the writer's own voice, sorted, without overlap.
///
/// Where the writer seems to have no words of their own but those that attribute, and yet is held to judge, the
/// attribution is no more than a turn ("We all know that"): then all that is not between quotation marks is theirs.
pub(super) fn signals(seen: &Seen<'_>, scores: Scores) -> Vec<Signal> {
    let own = signals_outside(seen, scores, &seen.voice.others);
    if own.is_empty() { signals_outside(seen, scores, &seen.voice.quoted) } else { own }
}

/// The writer's judgement wrapped round somebody's claim: "in a rambling tirade". Only words of the lists that neutral
/// prose has not, and only where they weigh: precision goes first, since a claim flagged as mixed accuses its writer.
pub(super) fn wrapped_round_claim(seen: &Seen<'_>, scores: Scores) -> Vec<Signal> {
    let telling = |candidate: &&Candidate| {
        matches!(candidate.kind, SignalKind::Evaluation | SignalKind::LoadedName | SignalKind::Irony) && !candidate.weak
    };
    if !seen.candidates.iter().any(|candidate| telling(&candidate)) {
        return Vec::new();
    }
    let shares = Shares::of(seen, scores, &seen.voice.others);
    let judges = |candidate: &&Candidate| {
        telling(candidate)
            && candidate.words.clone().all(|at| shares.roles.get(at).is_some_and(|&role| role != Role::Others))
            && shares.of_candidate(candidate) >= WRAPPED
    };
    seen.candidates.iter().filter(judges).cloned().map(Signal::from).collect()
}

fn signals_outside(seen: &Seen<'_>, scores: Scores, others: &[Span]) -> Vec<Signal> {
    let shares = Shares::of(seen, scores, others);
    let own: Vec<(f32, &Candidate)> = seen
        .candidates
        .iter()
        .filter(|candidate| candidate.words.clone().all(|at| shares.roles.get(at) == Some(&Role::Own)))
        .map(|candidate| (shares.of_candidate(candidate), candidate))
        .collect();
    let shown = own.iter().filter(|(share, c)| *share > if c.weak { TELLING } else { 0.0 });
    let mut signals: Vec<Signal> = shown.map(|&(_, candidate)| candidate.clone().into()).collect();
    signals.extend(shares.telling_words(seen, TELLING, &signals));
    if signals.is_empty() {
        signals.extend(best(own.iter().filter(|(share, _)| *share > 0.0)));
    }
    if signals.is_empty() {
        signals.extend(shares.most_telling_word(seen));
    }
    if signals.is_empty() {
        signals.extend(best(own.iter()));
    }
    signals.sort_by_key(|signal| signal.span);
    signals
}

/// The one with the largest share; the first of equals.
fn best<'a>(candidates: impl Iterator<Item = &'a (f32, &'a Candidate)>) -> Option<Signal> {
    candidates.reduce(|a, b| if b.0 > a.0 { b } else { a }).map(|&(_, candidate)| candidate.clone().into())
}

/// What each token adds to the opinion's score.
struct Shares {
    roles: Vec<Role>,
    tokens: Vec<f32>,
    /// How the two other labels share what is no opinion.
    attributed: f32,
}

impl Shares {
    fn of(seen: &Seen<'_>, scores: Scores, others: &[Span]) -> Self {
        let rest = scores.attributed + scores.fact;
        let attributed = if rest > 0.0 { scores.attributed / rest } else { 0.5 };
        let mut shares =
            Self { roles: features::roles(seen, others), tokens: vec![0.0; seen.words.tokens.len()], attributed };
        let mut tokens = std::mem::take(&mut shares.tokens);
        features::each_word(seen, &shares.roles, &mut |feature, words| {
            for weight in WEIGHTS.alone(feature) {
                let share = shares.weigh(weight) / words.len() as f32;
                for token in tokens.get_mut(words.clone()).into_iter().flatten() {
                    *token += share;
                }
            }
        });
        shares.tokens = tokens;
        shares
    }

    /// What removing the feature would take from the opinion's score against the rest.
    fn weigh(&self, weight: Weight) -> f32 {
        weight.opinion - self.attributed * weight.attributed
    }

    fn of_candidate(&self, candidate: &Candidate) -> f32 {
        let words: f32 = self.tokens.get(candidate.words.clone()).into_iter().flatten().sum();
        words + self.weigh(WEIGHTS.named(features::signal_name(candidate.kind, candidate.weak)))
    }

    /// Whether the token is a word of the writer's that a reader would take for a reason.
    fn is_reason(&self, seen: &Seen<'_>, at: usize) -> bool {
        self.roles.get(at) == Some(&Role::Own)
            && seen.words.is_word(at)
            && !reasons::is_function_word(seen.words.at(at))
    }

    /// The writer's words with a share of `least` or more, but not those in `shown`, which are sorted.
    fn telling_words(&self, seen: &Seen<'_>, least: f32, shown: &[Signal]) -> Vec<Signal> {
        let is_shown = |span: Span| {
            let next = shown.partition_point(|signal| signal.span.end <= span.start);
            shown.get(next).is_some_and(|signal| signal.span.overlaps(span))
        };
        (0..self.tokens.len())
            .filter(|&at| {
                self.tokens[at] >= least && self.is_reason(seen, at) && !is_shown(seen.words.span(at..at + 1))
            })
            .map(|at| signal(seen, at))
            .collect()
    }

    fn most_telling_word(&self, seen: &Seen<'_>) -> Option<Signal> {
        let reasons = (0..self.tokens.len()).filter(|&at| self.is_reason(seen, at));
        reasons.max_by(|&a, &b| self.tokens[a].total_cmp(&self.tokens[b])).map(|at| signal(seen, at))
    }
}

/// One word as a signal. The lists know it only as part of a phrase or as a weak sign, if at all.
fn signal(seen: &Seen<'_>, at: usize) -> Signal {
    let listed = seen.candidates.binary_search_by_key(&at, |candidate| candidate.words.start).ok();
    match listed.and_then(|index| seen.candidates.get(index)).filter(|candidate| candidate.words.len() == 1) {
        Some(candidate) => candidate.clone().into(),
        None => Signal {
            span: seen.words.span(at..at + 1),
            kind: SignalKind::LoadedWording,
            why: reasons::why(SignalKind::LoadedWording),
        },
    }
}
