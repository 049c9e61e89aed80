//! The word lists: which words do what.
//!
//! A list is a text file, one kind a file, sorted, under a header of `#` lines that says where it comes from. An entry
//! is a word or a phrase. In it, `+` after a word stands for its regular inflections too ("insult+": insults, insulted,
//! insulting), `_` for any one word. A `~` before the entry says that neutral prose has the phrase as well: it is shown
//! only where nothing stronger explains the sentence.

use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

use rustc_hash::FxBuildHasher;

use super::Words;
use crate::{analysis::SignalKind, text::lower::Word};

/// Every list with its kind. Where two lists have the same phrase, the earlier one counts.
const LISTS: [(SignalKind, &str); 10] = [
    (SignalKind::Prescription, include_str!("../data/opinion-prescription.txt")),
    (SignalKind::Forecast, include_str!("../data/opinion-forecast.txt")),
    (SignalKind::MindReading, include_str!("../data/opinion-mind-reading.txt")),
    (SignalKind::Irony, include_str!("../data/opinion-irony.txt")),
    (SignalKind::LoadedName, include_str!("../data/opinion-loaded-name.txt")),
    (SignalKind::Evaluation, include_str!("../data/opinion-evaluation.txt")),
    (SignalKind::Generalisation, include_str!("../data/opinion-generalisation.txt")),
    (SignalKind::FirstPerson, include_str!("../data/opinion-first-person.txt")),
    (SignalKind::Address, include_str!("../data/opinion-address.txt")),
    (SignalKind::Intensifier, include_str!("../data/opinion-intensifier.txt")),
];

/// What a listed phrase is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) kind: SignalKind,
    /// Neutral prose has it too.
    pub(super) weak: bool,
}

/// All lists as one tree of words, so that a text is matched in one pass however long the lists are.
pub(super) struct Lexicon {
    nodes: Vec<Node>,
    /// From a node, by the next word of a phrase, to a node.
    next: HashMap<(usize, Word<'static>), usize, FxBuildHasher>,
}

#[derive(Default)]
struct Node {
    entry: Option<Entry>,
    /// Where any one word leads.
    any: Option<usize>,
    /// Whether some word leads on.
    goes_on: bool,
}

/// Read once, on first use.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

impl Lexicon {
    /// Stands for any one word in a phrase.
    const ANY: &str = "_";

    fn read() -> Self {
        let mut lexicon = Self { nodes: vec![Node::default()], next: HashMap::default() };
        for (kind, list) in LISTS {
            for line in list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
                let (phrase, weak) = line.strip_prefix('~').map_or((line, false), |phrase| (phrase, true));
                lexicon.insert(phrase, Entry { kind, weak });
            }
        }
        lexicon
    }

    fn insert(&mut self, phrase: &'static str, entry: Entry) {
        // A phrase with inflected words ends in several places of the tree.
        let mut ends = vec![0];
        for word in phrase.split_whitespace() {
            let forms = word.strip_suffix('+').map_or_else(|| vec![Cow::Borrowed(word)], inflections);
            ends = ends
                .iter()
                .flat_map(|&at| forms.iter().map(move |form| (at, form)))
                .map(|(at, form)| self.step(at, form.clone()))
                .collect();
        }
        for end in ends {
            self.nodes[end].entry.get_or_insert(entry);
        }
    }

    fn step(&mut self, at: usize, word: Cow<'static, str>) -> usize {
        let known = if word == Self::ANY { self.nodes[at].any } else { self.next(at, Word::new(&word)) };
        if let Some(known) = known {
            return known;
        }
        let next = self.nodes.len();
        if word == Self::ANY {
            self.nodes[at].any = Some(next);
        } else {
            let word = match word {
                Cow::Borrowed(word) => Word::new(word),
                Cow::Owned(form) => Word::kept(form),
            };
            self.next.insert((at, word), next);
            self.nodes[at].goes_on = true;
        }
        self.nodes.push(Node::default());
        next
    }

    fn next(&self, at: usize, word: Word<'_>) -> Option<usize> {
        self.next.get(&(at, word)).copied()
    }

    /// The longest phrase that begins with the word at `at`: how many words it takes, and what it is.
    pub(super) fn longest(&self, words: &Words<'_>, at: usize) -> Option<(usize, Entry)> {
        self.longest_from(0, words, at)
    }

    fn longest_from(&self, node: usize, words: &Words<'_>, at: usize) -> Option<(usize, Entry)> {
        let from = self.nodes.get(node)?;
        let here = from.entry.map(|entry| (0, entry));
        if !from.goes_on && from.any.is_none() {
            return here;
        }
        let word = words.word(at);
        // A mark is no word: a phrase does not run over it.
        if !word.text.starts_with(char::is_alphanumeric) {
            return here;
        }
        let through = |next: usize| self.longest_from(next, words, at + 1).map(|(taken, entry)| (taken + 1, entry));
        let named = if from.goes_on { self.next(node, word).and_then(through) } else { None };
        [named, from.any.and_then(through), here].into_iter().flatten().reduce(|a, b| if b.0 > a.0 { b } else { a })
    }
}

/// `word` and its regular inflections as a verb or a noun. A form that no one writes ("planed" for "planned" beside it)
/// costs nothing: it meets no text.
fn inflections(word: &'static str) -> Vec<Cow<'static, str>> {
    let consonant = |c: char| c.is_ascii_alphabetic() && !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    let letters: Vec<char> = word.chars().collect();
    let mut forms = vec![Cow::Borrowed(word)];
    match letters.as_slice() {
        [stem @ .., before, 'y'] if consonant(*before) => {
            let stem: String = stem.iter().chain([before]).collect();
            forms.extend([format!("{stem}ies"), format!("{stem}ied"), format!("{word}ing")].map(Cow::Owned));
        }
        [stem @ .., 'e'] => {
            let stem: String = stem.iter().collect();
            forms.extend([format!("{word}s"), format!("{word}d"), format!("{stem}ing")].map(Cow::Owned));
        }
        [.., last] => {
            let hisses = matches!(last, 's' | 'x' | 'z') || word.ends_with("ch") || word.ends_with("sh");
            let third = format!("{word}{}", if hisses { "es" } else { "s" });
            forms.extend([third, format!("{word}ed"), format!("{word}ing")].map(Cow::Owned));
            if let [.., before, vowel, last] = letters.as_slice()
                && consonant(*before)
                && !consonant(*vowel)
                && consonant(*last)
                && !matches!(last, 'w' | 'x' | 'y')
            {
                forms.extend([format!("{word}{last}ed"), format!("{word}{last}ing")].map(Cow::Owned));
            }
        }
        [] => {}
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Document;

    #[test]
    fn regular_inflections() {
        for (word, form) in [("insult", "insulting"), ("smear", "smears"), ("bury", "buried"), ("grab", "grabbed")] {
            assert!(inflections(word).iter().any(|f| f == form), "{word}: {form}");
        }
        assert!(inflections("disgrace").contains(&"disgraced".into()));
        assert!(inflections("crush").contains(&"crushes".into()));
    }

    #[test]
    fn the_longest_phrase_wins() {
        let document = Document::new("it is time to act");
        assert_eq!(
            LEXICON.longest(&Words::of(&document, 0), 0).map(|(taken, entry)| (taken, entry.kind)),
            Some((4, SignalKind::Prescription))
        );
    }

    #[test]
    fn every_list_is_sorted_and_without_repeats() {
        for (kind, list) in LISTS {
            assert!(list.starts_with('#'), "{kind:?}: no header");
            let entries: Vec<&str> = list
                .lines()
                .filter(|l| !l.is_empty() && !l.starts_with('#'))
                .map(|l| l.trim_start_matches('~'))
                .collect();
            for pair in entries.windows(2) {
                assert!(pair[0] < pair[1], "{kind:?}: {:?} before {:?}", pair[0], pair[1]);
            }
        }
    }
}
