//! From the token head's scores to stretches of source, cue and content.
//!
//! A token by itself is a poor judge: a word of doubt in the middle would cut a content in two, and a lone word of
//! courage would begin one. So each role is read as the best path through the text (Viterbi): a token inside counts by
//! how far its log-odds lie over the model's threshold, opening a stretch costs, and grammar has a vote: what the rules
//! (`roles.rs`) take for source, cue or content counts more. All of it is relative to the model's own thresholds, so
//! that another model's scores are read alike. The settings are in `data/decoding.txt`, which
//! `training/attribution/fit.py` writes.

#[cfg(test)]
mod dump;

use std::{collections::HashMap, ops::Range, sync::LazyLock};

use super::{
    edges,
    link::{Group, Roles},
    words::Words,
};
use crate::{encoder::TokenScores, span::Span};

/// What a token's log-odds count at most: no single token decides alone.
const MOST: f32 = 4.0;

/// How one role is decoded. All in natural log-odds.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Setting {
    /// Added to every token.
    pub shift: f32,
    /// What opening a stretch costs.
    pub open: f32,
    /// What beginning a new one right behind another costs, where the model sees a beginning.
    pub split: f32,
    /// What the rules' vote for a token adds.
    pub vote: f32,
}

/// How the roles are decoded: source, cue, content.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Settings(pub [Setting; 3]);

static FITTED: LazyLock<Settings> = LazyLock::new(|| Settings::read(include_str!("../data/decoding.txt")));

impl Settings {
    /// The settings of `data/decoding.txt`.
    pub fn fitted() -> &'static Self {
        &FITTED
    }

    /// Lines of a name and a number: `source open 1.5`. What is missing is zero.
    pub fn read(text: &str) -> Self {
        let known: HashMap<&str, f32> = text
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.rsplit_once(' '))
            .filter_map(|(name, number)| Some((name, number.parse().ok()?)))
            .collect();
        let of = |role: &str, what: &str| known.get(format!("{role} {what}").as_str()).copied().unwrap_or_default();
        Self(["source", "cue", "content"].map(|role| Setting {
            shift: of(role, "shift"),
            open: of(role, "open"),
            split: of(role, "split"),
            vote: of(role, "vote"),
        }))
    }
}

/// The roles that `scores`, by the tokens of `words`, and the rules' `groups` give. `thresholds` in the order of the
/// model file: source, cue, content, the beginnings of each, signal.
pub(super) fn roles(
    words: &Words,
    scores: &[TokenScores],
    thresholds: &[f32; 7],
    groups: &[Group],
    settings: &Settings,
) -> Roles {
    let [source, cue, content] = settings.0;
    let votes = |part: &dyn Fn(&Group) -> &[Span]| {
        let mut votes = vec![false; words.len()];
        for &span in groups.iter().flat_map(part) {
            if let Some(votes) = votes.get_mut(words.tokens(span)) {
                votes.fill(true);
            }
        }
        votes
    };
    let path = |setting: Setting, votes: &[bool], role: usize, read: &dyn Fn(&TokenScores) -> (f32, f32)| {
        let over = |score: f32, threshold: f32| (logit(score) - logit(threshold)).clamp(-MOST, MOST);
        let tokens: Vec<Token> = scores
            .iter()
            .zip(votes)
            .enumerate()
            .map(|(at, (scores, &vote))| {
                let (inside, begin) = read(scores);
                Token {
                    inside: over(inside, thresholds[role]) + setting.shift + if vote { setting.vote } else { 0.0 },
                    begin: over(begin, thresholds[role + 3]),
                    // Only a content runs on over sentences.
                    first: role != 2 && words.around(at).start == at,
                }
            })
            .collect();
        stretches(&tokens, setting)
    };
    let sources = path(source, &votes(&|group| &group.source), 0, &|s| (s.source, s.source_begin));
    let cues = path(cue, &votes(&|group| &group.cue), 1, &|s| (s.cue, s.cue_begin));
    let contents = path(content, &votes(&|group| &group.content), 2, &|s| (s.content, s.content_begin));
    let is_cue = |at: usize| cues.get(cues.partition_point(|cue| cue.end <= at)).is_some_and(|cue| cue.contains(&at));
    let sources = sources.into_iter().map(|source| edges::source(words, source, is_cue)).collect();
    let spans = |ranges: Vec<Range<usize>>| ranges.into_iter().filter_map(|range| words.inclusive(range)).collect();
    Roles { source: spans(sources), cue: spans(cues), content: spans(contents) }
}

fn logit(share: f32) -> f32 {
    let share = share.clamp(1e-6, 1.0 - 1e-6);
    (share / (1.0 - share)).ln()
}

/// One token on the path.
struct Token {
    inside: f32,
    begin: f32,
    /// A stretch can't run on into it.
    first: bool,
}

/// How the best path comes to a token inside a stretch.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    Outside,
    Begin,
    Inside,
}

/// The stretches of the best path. One pass forth, one back.
fn stretches(tokens: &[Token], setting: Setting) -> Vec<Range<usize>> {
    // The best scores of paths that end here outside and inside, and how they came.
    let (mut out, mut inside) = (0.0_f32, f32::NEG_INFINITY);
    let mut outside_from_inside = Vec::with_capacity(tokens.len());
    let mut steps = Vec::with_capacity(tokens.len());
    for token in tokens {
        let opened = out - setting.open;
        let split = inside + if token.first { -setting.open } else { token.begin - setting.split };
        let on = if token.first { f32::NEG_INFINITY } else { inside };
        let closed = inside > out;
        out = out.max(inside);
        let (step, best) = if on >= opened && on >= split {
            (Step::Inside, on)
        } else if split > opened {
            (Step::Begin, split)
        } else {
            (Step::Outside, opened)
        };
        inside = best + token.inside;
        outside_from_inside.push(closed);
        steps.push(step);
    }
    let mut found = Vec::new();
    let mut end = tokens.len();
    let mut is_inside = inside > out;
    for at in (0..tokens.len()).rev() {
        if is_inside {
            match steps[at] {
                Step::Inside => {}
                step => {
                    found.push(at..end);
                    end = at;
                    is_inside = step == Step::Begin;
                }
            }
        } else {
            is_inside = outside_from_inside[at];
            end = at;
        }
    }
    found.reverse();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(scores: &[f32], setting: Setting) -> Vec<Range<usize>> {
        let tokens: Vec<Token> = scores.iter().map(|&inside| Token { inside, begin: -1.0, first: false }).collect();
        stretches(&tokens, setting)
    }

    #[test]
    fn every_line_of_the_settings_is_read() {
        let text = include_str!("../data/decoding.txt");
        let names: Vec<String> = ["source", "cue", "content"]
            .iter()
            .flat_map(|role| ["shift", "open", "split", "vote"].map(|what| format!("{role} {what}")))
            .collect();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let (name, number) = line.rsplit_once(' ').unwrap_or_default();
            assert!(names.iter().any(|known| known == name) && number.parse::<f32>().is_ok(), "{line:?}");
        }
        assert_ne!(*Settings::fitted(), Settings::default());
    }

    #[test]
    fn scores_become_roles_by_the_thresholds_of_the_model() {
        let document = crate::text::Document::new("Ada Moss said that the old bridge was safe. Rain fell.");
        let words = Words::new(&document);
        let sure = |word: &str| -> TokenScores {
            let mut scores = TokenScores { source: 0.01, cue: 0.01, content: 0.01, ..TokenScores::default() };
            match word {
                "Ada" | "Moss" => scores.source = 0.9,
                "said" => scores.cue = 0.9,
                "that" | "the" | "bridge" | "was" | "safe" => scores.content = 0.9,
                // Just short of sure, in the middle of what is sure.
                "old" => scores.content = 0.4,
                _ => {}
            }
            scores
        };
        let scores: Vec<_> = (0..words.len()).map(|k| sure(document.word(k))).collect();
        let setting = Setting { open: 1.0, split: 9.0, ..Setting::default() };
        let read = |thresholds: [f32; 7]| {
            let found = roles(&words, &scores, &thresholds, &[], &Settings([setting; 3]));
            [found.source, found.cue, found.content]
                .map(|spans| spans.into_iter().map(|span| document.slice(span).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(read([0.5; 7]), [vec!["Ada Moss"], vec!["said"], vec!["that the old bridge was safe"]]);
        assert_eq!(read([0.99; 7]), [const { Vec::<String>::new() }; 3]);
    }

    #[test]
    fn the_rules_have_a_vote() {
        let document = crate::text::Document::new("Ada Moss said that the bridge was safe.");
        let words = Words::new(&document);
        let rules = super::super::roles::find(&words);
        let scores = vec![TokenScores { source: 0.4, cue: 0.4, content: 0.4, ..TokenScores::default() }; words.len()];
        let read = |vote: f32| {
            let setting = Setting { split: 9.0, vote, ..Setting::default() };
            roles(&words, &scores, &[0.5; 7], &rules, &Settings([setting; 3]))
        };
        assert_eq!(read(0.0), Roles::default());
        let found = read(1.0);
        assert_eq!(found.source.iter().map(|&span| document.slice(span)).collect::<Vec<_>>(), ["Ada Moss"]);
        assert_eq!(found.cue.iter().map(|&span| document.slice(span)).collect::<Vec<_>>(), ["said"]);
    }

    #[test]
    fn a_doubt_in_the_middle_is_bridged_and_a_lone_word_is_dropped() {
        let setting = Setting { open: 2.0, split: 9.0, ..Setting::default() };
        assert_eq!(path(&[-3.0, 2.0, 2.0, -0.5, 2.0, -3.0, 1.0, -3.0, 2.0, 2.5], setting), [1..5, 8..10]);
    }

    #[test]
    fn without_costs_each_token_decides_alone() {
        let setting = Setting { split: 9.0, ..Setting::default() };
        assert_eq!(path(&[1.0, -1.0, 1.0, 1.0], setting), [0..1, 2..4]);
        assert_eq!(path(&[-1.0; 3], setting), []);
        assert_eq!(path(&[], setting), []);
    }

    #[test]
    fn a_beginning_parts_two_that_touch() {
        let setting = Setting { open: 1.0, split: 0.0, ..Setting::default() };
        let tokens: Vec<Token> =
            [-1.0, -1.0, 3.0, -1.0].into_iter().map(|begin| Token { inside: 2.0, begin, first: false }).collect();
        assert_eq!(stretches(&tokens, setting), [0..2, 2..4]);
    }

    #[test]
    fn a_cue_ends_with_its_sentence() {
        let setting = Setting { open: 1.0, split: 9.0, ..Setting::default() };
        let tokens: Vec<Token> =
            [false, false, true, false].into_iter().map(|first| Token { inside: 2.0, begin: 0.0, first }).collect();
        assert_eq!(stretches(&tokens, setting), [0..2, 2..4]);
    }
}
