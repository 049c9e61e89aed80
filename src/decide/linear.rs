//! The linear model of the rules: named weights, read once.

use std::{collections::HashMap, sync::LazyLock};

use crate::analysis::Scores;

/// How much a feature speaks for [`Label::AttributedClaim`](crate::Label::AttributedClaim) and for
/// [`Label::UnattributedOpinion`](crate::Label::UnattributedOpinion), both against
/// [`Label::ReportedFact`](crate::Label::ReportedFact).
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Weight {
    pub(super) attributed: f32,
    pub(super) opinion: f32,
}

/// The two stages: a sentence by itself, then among its neighbours.
#[derive(Debug, Default)]
pub(super) struct Weights {
    alone: HashMap<&'static str, Weight>,
    among: HashMap<&'static str, Weight>,
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
                if among { &mut weights.among } else { &mut weights.alone }.insert(name, weight);
            }
        }
        weights
    }

    /// How `name` weighs in a sentence by itself.
    pub(super) fn alone(&self, name: &str) -> Weight {
        self.alone.get(name).copied().unwrap_or_default()
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
        assert!(!WEIGHTS.alone.is_empty() && !WEIGHTS.among.is_empty());
    }
}
