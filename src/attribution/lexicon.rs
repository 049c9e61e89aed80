//! What the lists know of a word, in one look-up: the words that attribute and what each of them takes
//! (`src/data/cues.txt`), the small words' classes, titles, kinds of source. Read once.

use std::sync::LazyLock;

use super::{names, source_kind, source_kind::Listed, words, words::Classes};
use crate::text::lower::{Word, WordMap};

/// What may follow a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Follower {
    /// "that", "whether", "if".
    That,
    /// "what", "how", "why" …
    Wh,
    /// A quotation.
    Quote,
    /// A colon.
    Colon,
    /// Anything else that is no preposition: a clause without "that", a noun phrase.
    Phrase,
    /// The end of the clause: the content stands before.
    End,
    /// A preposition or another word of its own: "for", "about", "to".
    Own(&'static str),
}

/// Which part of speech a cue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Verb,
    Noun,
    /// After "is", "was": "is confident that".
    Adjective,
}

/// How a verb stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// "say"
    Base,
    /// "says"
    Third,
    /// "said", as past or as participle
    Past,
    /// "saying"
    Ing,
}

/// A cue of the lexicon.
#[derive(Debug)]
pub(super) struct Cue {
    /// The word as it stands in the list.
    pub word: &'static str,
    pub part: Part,
    /// The followers that have a name, a bit each.
    named: u8,
    followers: Vec<&'static str>,
}

/// The names of followers in the list, and of two things that it says of cues besides.
const NAMED: [&str; 7] = ["that", "wh", "quote", "colon", "np", "end", "short"];
const END: usize = 5;
const SHORT: usize = 6;

impl Cue {
    fn new(word: &'static str, part: Part, followers: &'static str) -> Self {
        let followers: Vec<_> = followers.split_whitespace().collect();
        let named = NAMED.iter().zip(0..).filter(|(name, _)| followers.contains(name));
        Self { word, part, named: named.fold(0, |bits, (_, bit)| bits | 1 << bit), followers }
    }

    const fn has(&self, named: usize) -> bool {
        self.named >> named & 1 == 1
    }

    /// Whether `follower` may come after it.
    pub fn takes(&self, follower: Follower) -> bool {
        match follower {
            Follower::That => self.has(0),
            Follower::Wh => self.has(1),
            Follower::Quote => self.has(2),
            Follower::Colon => self.has(3),
            Follower::Phrase => self.has(4),
            Follower::End => self.has(END),
            Follower::Own(word) => self.followers.contains(&word),
        }
    }

    /// Whether it takes the preposition `word`; returns the list's own copy of it.
    pub fn own(&self, word: &str) -> Option<Follower> {
        self.followers.iter().find(|&&own| own == word).map(|own| Follower::Own(own))
    }

    /// Whether the noun phrase after it ends at the next comma or verb.
    pub const fn is_short(&self) -> bool {
        self.has(SHORT)
    }

    /// Whether it reports words: then nearly anything may be its content.
    pub const fn is_speech(&self) -> bool {
        self.has(END)
    }
}

/// What the lists know of one word.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    pub classes: Classes,
    /// The verb that it is a form of: which of the cues, and the form.
    verb: Option<(usize, Form)>,
    /// The noun or adjective that it is.
    other: Option<usize>,
    /// Set where it is a title, with what that tells of who bears it.
    pub title: Option<Option<names::Gender>>,
    /// Which kinds of source it speaks for.
    pub listed: Listed,
}

/// Every list, by word.
#[derive(Debug)]
pub(super) struct Lexicon {
    cues: Vec<Cue>,
    /// What is known of each word; the first, of a word that no list has.
    known: Vec<Known>,
    words: WordMap<usize>,
}

impl Lexicon {
    /// The lexicon, read on first use.
    pub fn get() -> &'static Self {
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);
        &LEXICON
    }

    fn read() -> Self {
        let mut lexicon = Self { cues: Vec::new(), known: vec![Known::default()], words: WordMap::default() };
        words::classes(|word, classes| lexicon.of(word).classes |= classes);
        for line in include_str!("../data/cues.txt").lines().filter(|line| !line.starts_with('#')) {
            lexicon.add_cue(line);
        }
        for (word, gender) in names::titles() {
            lexicon.of(Word::new(word)).title = Some(gender);
        }
        source_kind::lists(|word, kind| {
            let listed = &mut lexicon.of(Word::new(word)).listed;
            *listed = listed.and(kind);
        });
        lexicon
    }

    /// What is known of `word`, to be added to.
    fn of(&mut self, word: Word<'static>) -> &mut Known {
        let next = self.known.len();
        let index = *self.words.entry(word).or_insert(next);
        if index == next {
            self.known.push(Known::default());
        }
        &mut self.known[index]
    }

    fn add_cue(&mut self, line: &'static str) {
        let Some((head, followers)) = line.split_once(':') else { return };
        let (head, irregular) = head.split_once('(').unwrap_or((head, ""));
        let (part, word) = match head.trim().split_once(' ') {
            Some(("noun", word)) => (Part::Noun, word),
            Some(("adj", word)) => (Part::Adjective, word),
            _ => (Part::Verb, head.trim()),
        };
        let index = self.cues.len();
        self.cues.push(Cue::new(word, part, followers));
        if part == Part::Verb {
            for (form, kind) in inflections(word) {
                self.of(Word::kept(form)).verb.get_or_insert((index, kind));
            }
            for form in irregular.trim_end_matches([' ', ')']).split_whitespace() {
                self.of(Word::new(form)).verb = Some((index, form_of(form)));
            }
        } else {
            self.of(Word::new(word)).other = Some(index);
            if part == Part::Noun {
                self.of(Word::kept(third(word))).other = Some(index);
            }
        }
    }

    /// What is known of `word`.
    pub fn known(&self, word: Word<'_>) -> &Known {
        &self.known[self.words.get(&word).copied().unwrap_or_default()]
    }

    /// The verb that a known word is a form of.
    pub fn verb(&self, known: &Known) -> Option<(&Cue, Form)> {
        known.verb.and_then(|(index, form)| Some((self.cues.get(index)?, form)))
    }

    /// The noun or adjective that a known word is.
    pub fn other(&self, known: &Known) -> Option<&Cue> {
        known.other.and_then(|index| self.cues.get(index))
    }
}

impl Known {
    pub const fn is_verb(&self) -> bool {
        self.verb.is_some()
    }
}

/// The regular forms of the verb `word`.
pub(super) fn inflections(word: &str) -> [(String, Form); 4] {
    let vowel_before_last = word.chars().rev().nth(1).is_some_and(|c| "aeiou".contains(c));
    let (past, ing) = if let Some(stem) = word.strip_suffix("ee") {
        (format!("{word}d"), format!("{stem}eeing"))
    } else if let Some(stem) = word.strip_suffix('e') {
        (format!("{word}d"), format!("{stem}ing"))
    } else if word.ends_with('y') && !vowel_before_last {
        (format!("{}ied", word.trim_end_matches('y')), format!("{word}ing"))
    } else {
        (format!("{word}ed"), format!("{word}ing"))
    };
    [(word.to_owned(), Form::Base), (third(word), Form::Third), (past, Form::Past), (ing, Form::Ing)]
}

/// "says" of "say", "denies" of "deny"; a noun's plural is formed alike.
fn third(word: &str) -> String {
    let vowel_before_last = word.chars().rev().nth(1).is_some_and(|c| "aeiou".contains(c));
    if word.ends_with('y') && !vowel_before_last {
        format!("{}ies", word.trim_end_matches('y'))
    } else if ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end)) {
        format!("{word}es")
    } else {
        format!("{word}s")
    }
}

/// Which form an irregular one in brackets is.
fn form_of(form: &str) -> Form {
    if form.ends_with("ing") {
        Form::Ing
    } else if form.ends_with("es") || form == "says" {
        Form::Third
    } else {
        Form::Past
    }
}
