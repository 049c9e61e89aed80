//! Scores by rules, for an engine without a model.
//!
//! Two small linear models, one on top of the other. The first sees a sentence by itself: whose words it is made of,
//! which signals stand in the writer's own, its form. The second sees the first one's answer for this sentence, for its
//! neighbours and for the whole article: the same words are likelier an opinion in a column than in a report.

use super::{
    features::{self, Seen},
    linear::{Sum, WEIGHTS},
    voice::Voice,
};
use crate::{
    analysis::{Label, Scores},
    reasons::{self, Candidate, Words},
    text::Document,
};

/// The scores of every sentence of `document`, by index, and what may be a signal in it.
pub(crate) fn scores(document: &Document, voices: &[Voice]) -> (Vec<Scores>, Vec<Vec<Candidate>>) {
    let (alone, candidates): (Vec<Sum>, Vec<_>) =
        (0..document.sentences.len()).map(|index| alone(document, index, &voices[index])).unzip();
    let first: Vec<Scores> = alone.iter().map(|sum| sum.scores()).collect();
    let article = Article::of(&first);
    let scores = (0..alone.len())
        .map(|index| {
            let mut sum = Sum::default();
            among(document, index, alone[index], &first, &article, &mut |name, value| {
                sum.add(WEIGHTS.among(name), value)
            });
            sum.scores()
        })
        .collect();
    (scores, candidates)
}

fn alone(document: &Document, index: usize, voice: &Voice) -> (Sum, Vec<Candidate>) {
    let weights = &*WEIGHTS;
    let mut sum = Sum::default();
    let words = Words::of(document, index);
    let candidates = reasons::candidates(&words);
    let seen = Seen { document, index, words: &words, voice, candidates: &candidates };
    features::each(&seen, &mut |feature, value| {
        for weight in weights.alone(feature) {
            sum.add(weight, value);
        }
    });
    (sum, candidates)
}

/// What the first stage finds in the whole article.
pub(super) struct Article {
    attributed: f32,
    opinion: f32,
    sentences: f32,
}

impl Article {
    pub(super) fn of(scores: &[Scores]) -> Self {
        let total = |label| scores.iter().map(|s| s.of(label)).sum();
        Self {
            attributed: total(Label::AttributedClaim),
            opinion: total(Label::UnattributedOpinion),
            sentences: scores.len() as f32,
        }
    }
}

/// Hands every feature of the second stage to `to`.
pub(super) fn among(
    document: &Document,
    index: usize,
    own: Sum,
    scores: &[Scores],
    article: &Article,
    to: &mut impl FnMut(&str, f32),
) {
    to("=bias", 1.0);
    to("=attributed", own.attributed);
    to("=opinion", own.opinion);
    // Without the sentence itself, and drawn towards the common share where there are few others.
    let rest = |sum: f32, mine: f32, common: f32| (sum - mine + 4.0 * common) / (article.sentences + 3.0);
    to("=article attributed", rest(article.attributed, scores[index].attributed, 0.5));
    to("=article opinion", rest(article.opinion, scores[index].opinion, 0.2));
    let paragraph = document.sentences[index].paragraph;
    let neighbours = [
        (
            index.checked_sub(1),
            ["=before attributed", "=before opinion", "=before missing", "=before in paragraph attributed"],
        ),
        (Some(index + 1), ["=after attributed", "=after opinion", "=after missing", "=after in paragraph attributed"]),
    ];
    for (neighbour, [attributed, opinion, missing, same_paragraph]) in neighbours {
        let Some((at, scores)) = neighbour.and_then(|at| Some((at, scores.get(at)?))) else {
            if features::is_article(document) {
                to(missing, 1.0);
            }
            continue;
        };
        to(attributed, scores.attributed);
        to(opinion, scores.opinion);
        if document.sentences[at].paragraph == paragraph {
            to(same_paragraph, scores.attributed);
        }
    }
}
