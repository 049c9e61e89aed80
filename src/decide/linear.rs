//! The linear model of the rules: named weights, read once.

use std::{collections::HashMap, sync::LazyLock};

use rustc_hash::FxBuildHasher;

use super::features::{Feature, Role};
use crate::{
    analysis::Scores,
    text::lower::{Word, WordMap},
};

/// How much a feature speaks for [`Label::AttributedClaim`](crate::Label::AttributedClaim) and for
/// [`Label::UnattributedOpinion`](crate::Label::UnattributedOpinion), both against
/// [`Label::ReportedFact`](crate::Label::ReportedFact).
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Weight {
    pub(super) attributed: f32,
    pub(super) opinion: f32,
}

type Named = HashMap<&'static str, Weight, FxBuildHasher>;

/// The two stages: a sentence by itself, then among its neighbours.
#[derive(Debug, Default)]
pub(super) struct Weights {
    words: WordMap<ByRole>,
    /// Two words in a row, as anybody's and as the writer's.
    pairs: HashMap<(Word<'static>, Word<'static>), [Weight; 2], FxBuildHasher>,
    named: Named,
    among: Named,
}

/// What a word weighs.
#[derive(Debug, Clone, Copy, Default)]
struct ByRole {
    anybodys: Weight,
    own: Weight,
    frame: Weight,
}

/// Read on first use.
pub(super) static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_str!("../data/decision.txt")));

impl Weights {
    /// Lines of two whole numbers, in hundredths, and a name; after the line `among`, those of the second stage. A line
    /// that is none is passed over: a test sees to it that there is none.
    fn read(text: &'static str) -> Self {
        let mut weights = Self::default();
        let mut among = false;
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if line == "among" {
                among = true;
            } else if let Some((name, weight)) = parse(line) {
                if among {
                    weights.among.insert(name, weight);
                } else {
                    weights.add(name, weight);
                }
            }
        }
        weights
    }

    fn add(&mut self, name: &'static str, weight: Weight) {
        if name.starts_with('=') {
            self.named.insert(name, weight);
            return;
        }
        let (words, index) = name.strip_prefix('*').map_or((name, 1), |words| (words, 0));
        if let Some((before, word)) = words.split_once(' ') {
            self.pairs.entry((Word::new(before), Word::new(word))).or_default()[index] = weight;
            return;
        }
        let by_role = self.words.entry(Word::new(words)).or_default();
        *if index == 0 { &mut by_role.anybodys } else { &mut by_role.own } = weight;
        // "@ann_lee" is the writer's word as well as the cue "ann_lee".
        if let Some(cue) = name.strip_prefix('@') {
            self.words.entry(Word::new(cue)).or_default().frame = weight;
        }
    }

    /// How `feature` weighs in a sentence by itself: as anybody's, and as whose it is.
    pub(super) fn alone(&self, feature: Feature<'_>) -> [Weight; 2] {
        match feature {
            Feature::Word(word, role) => {
                let by_role = self.words.get(&word).copied().unwrap_or_default();
                let whose = match role {
                    Role::Own => by_role.own,
                    Role::Frame => by_role.frame,
                    Role::Others => Weight::default(),
                };
                [by_role.anybodys, whose]
            }
            Feature::Pair(before, word, own) => {
                let [anybodys, whose] = self.pairs.get(&(before, word)).copied().unwrap_or_default();
                [anybodys, if own { whose } else { Weight::default() }]
            }
            Feature::Named(name) => [self.named(name), Weight::default()],
        }
    }

    /// How the feature `name` weighs, which is not made of words.
    pub(super) fn named(&self, name: &str) -> Weight {
        self.named.get(name).copied().unwrap_or_default()
    }

    /// How `name` weighs among the neighbours.
    pub(super) fn among(&self, name: &str) -> Weight {
        self.among.get(name).copied().unwrap_or_default()
    }
}

fn parse(line: &'static str) -> Option<(&'static str, Weight)> {
    let mut parts = line.splitn(3, ' ');
    let mut hundredths = || parts.next()?.parse::<i16>().ok().map(|n| f32::from(n) / 100.0);
    let weight = Weight { attributed: hundredths()?, opinion: hundredths()? };
    Some((parts.next()?, weight))
}

/// A sum of weighted features.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sum {
    pub(super) attributed: f32,
    pub(super) opinion: f32,
}

impl Sum {
    pub(super) fn add(&mut self, weight: Weight, value: f32) {
        self.attributed += weight.attributed * value;
        self.opinion += weight.opinion * value;
    }

    pub(super) fn scores(self) -> Scores {
        Scores::from_logits(0.0, self.attributed, self.opinion)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_file_is_read() {
        let text = include_str!("../data/decision.txt");
        for line in text.lines().filter(|line| !line.starts_with('#') && *line != "among") {
            assert!(parse(line).is_some(), "{line:?}");
        }
        assert!(
            !WEIGHTS.words.is_empty()
                && !WEIGHTS.pairs.is_empty()
                && !WEIGHTS.named.is_empty()
                && !WEIGHTS.among.is_empty()
        );
    }
}
