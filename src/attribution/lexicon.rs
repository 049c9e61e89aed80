//! The words that attribute, and what each of them takes: `src/data/cues.txt`, read once.

use std::{collections::HashMap, sync::LazyLock};

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
    followers: Vec<&'static str>,
}

impl Cue {
    /// Whether `follower` may come after it.
    pub fn takes(&self, follower: Follower) -> bool {
        let name = match follower {
            Follower::That => "that",
            Follower::Wh => "wh",
            Follower::Quote => "quote",
            Follower::Colon => "colon",
            Follower::Phrase => "np",
            Follower::End => "end",
            Follower::Own(word) => word,
        };
        self.followers.contains(&name)
    }

    /// Whether it takes the preposition `word`; returns the list's own copy of it.
    pub fn own(&self, word: &str) -> Option<Follower> {
        self.followers.iter().find(|&&own| own == word).map(|own| Follower::Own(own))
    }

    /// Whether the noun phrase after it ends at the next comma or verb.
    pub fn is_short(&self) -> bool {
        self.followers.contains(&"short")
    }

    /// Whether it reports words: then nearly anything may be its content.
    pub fn is_speech(&self) -> bool {
        self.followers.contains(&"end")
    }
}

/// Every form of every cue.
#[derive(Debug)]
pub(super) struct Lexicon {
    cues: Vec<Cue>,
    /// From a form to the verb and to the noun or adjective that it can be.
    verbs: HashMap<String, (usize, Form)>,
    others: HashMap<String, usize>,
}

impl Lexicon {
    /// The lexicon of `src/data/cues.txt`.
    pub fn get() -> &'static Self {
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("../data/cues.txt")));
        &LEXICON
    }

    fn parse(list: &'static str) -> Self {
        let mut lexicon = Self { cues: Vec::new(), verbs: HashMap::new(), others: HashMap::new() };
        for line in list.lines().filter(|line| !line.starts_with('#')) {
            let Some((head, followers)) = line.split_once(':') else { continue };
            let (head, irregular) = head.split_once('(').unwrap_or((head, ""));
            let (part, word) = match head.trim().split_once(' ') {
                Some(("noun", word)) => (Part::Noun, word),
                Some(("adj", word)) => (Part::Adjective, word),
                _ => (Part::Verb, head.trim()),
            };
            let index = lexicon.cues.len();
            lexicon.cues.push(Cue { word, part, followers: followers.split_whitespace().collect() });
            if part == Part::Verb {
                for (form, kind) in inflections(word) {
                    lexicon.verbs.entry(form).or_insert((index, kind));
                }
                for form in irregular.trim_end_matches([' ', ')']).split_whitespace() {
                    lexicon.verbs.insert(form.to_owned(), (index, form_of(form)));
                }
            } else {
                lexicon.others.insert(word.to_owned(), index);
                if part == Part::Noun {
                    lexicon.others.insert(third(word), index);
                }
            }
        }
        lexicon
    }

    /// The verb that the lower-case `form` is a form of.
    pub fn verb(&self, form: &str) -> Option<(&Cue, Form)> {
        self.verbs.get(form).and_then(|&(index, form)| Some((self.cues.get(index)?, form)))
    }

    /// The noun or adjective that the lower-case `form` is.
    pub fn other(&self, form: &str) -> Option<&Cue> {
        self.others.get(form).and_then(|&index| self.cues.get(index))
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
