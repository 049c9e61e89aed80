//! Who the source phrase means: the name without titles and appositions, the person that "she" or "the senator" stands
//! for. Silent where it can't tell: a claim laid at the wrong door is worse than one at none.

use std::{collections::HashSet, ops::Range};

use rustc_hash::FxBuildHasher;

use super::{
    names::{Gender, Name, Names, text},
    phrase::subject_before,
    source_kind::{Listed, is_named},
    words::{
        AFTER_NOUN, AUXILIARY, CAPITAL, COMMA, CONTRACTED, DASH, DETERMINER, MARK, NUMBER, OPEN_BRACKET, POSSESSIVE,
        PREPOSITION, QUOTED, RELATIVE, SUBJECT, WORD, Words,
    },
};

/// How many sentences back a pronoun may point.
const MEMORY: usize = 6;

/// Resolves source phrases, one after the other in the order of the text.
#[derive(Debug)]
pub(super) struct Speakers<'w, 'd> {
    words: &'w Words<'d>,
    names: Names,
    /// Words that the article begins with a capital wherever they stand, in small letters: "republican".
    proper: HashSet<&'d str, FxBuildHasher>,
    /// Who spoke last, and in which sentence.
    last: Option<(Speaker, usize)>,
}

/// Who a source phrase means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Speaker {
    /// One of [`Names::all`].
    Named(usize),
    /// The words that name it: "two officials".
    Phrase(String),
}

/// What is known of who a source phrase means.
#[derive(Debug, Clone, Default)]
pub(super) struct Who {
    /// As a reader should see it; `None` where it can't tell.
    pub name: Option<String>,
    /// Whether it is somebody or something with a name.
    pub named: bool,
    /// What the article says of that name: "a professor".
    pub described: Listed,
    /// Whether it is somebody's name.
    pub person: bool,
}

impl<'w, 'd> Speakers<'w, 'd> {
    pub fn new(words: &'w Words<'d>) -> Self {
        Self { words, names: Names::find(words), proper: proper(words), last: None }
    }

    /// The speaker that the source in `tokens` means.
    pub fn of(&mut self, tokens: Range<usize>) -> Who {
        let Some(speaker) = self.resolve(tokens.clone()) else {
            return Who { named: is_named(self.words, &tokens), ..Who::default() };
        };
        self.last = Some((speaker.clone(), self.words.sentence(tokens.start)));
        let mut who = self.who(&speaker);
        who.named |= is_named(self.words, &tokens);
        who
    }

    /// Who spoke last, for a quotation that begins at token `at` and names nobody.
    pub fn in_play(&mut self, at: usize) -> Who {
        let here = self.words.sentence(at);
        let Some((speaker, sentence)) = self.last.clone() else { return Who::default() };
        let paragraph = |index: usize| self.words.document.sentences.get(index).map_or(0, |s| s.paragraph);
        if paragraph(here) > paragraph(sentence) + 1 {
            return Who::default();
        }
        let who = self.who(&speaker);
        self.last = Some((speaker, here));
        who
    }

    fn who(&self, speaker: &Speaker) -> Who {
        match speaker {
            Speaker::Named(index) => self.names.all.get(*index).map_or_else(Who::default, |name| Who {
                name: Some(name.full.clone()),
                named: true,
                described: name.described,
                person: name.person,
            }),
            Speaker::Phrase(phrase) => Who { name: Some(phrase.clone()), ..Who::default() },
        }
    }

    fn resolve(&mut self, tokens: Range<usize>) -> Option<Speaker> {
        let words = self.words;
        let start = tokens.start;
        if tokens.is_empty() {
            return None;
        }
        if words.is(start, SUBJECT) && (tokens.len() == 1 || words.is(start, CONTRACTED))
            || words.is(start, RELATIVE) && tokens.len() == 1
        {
            let pronoun = words.at(start).split('\'').next().unwrap_or_default();
            return match pronoun {
                "he" => self.person(start, Gender::Man),
                "she" => self.person(start, Gender::Woman),
                "they" => self.several(start),
                "who" | "which" | "that" => {
                    let floor = words.around(start).start;
                    let mut end = start;
                    while end > floor && words.is(end - 1, COMMA) {
                        end -= 1;
                    }
                    subject_before(words, end, floor).and_then(|phrase| {
                        // "It rests on a report that": a verb that no list knows has got into the phrase.
                        let clean = words.is(phrase.start, DETERMINER | CAPITAL | NUMBER);
                        let inner = (phrase.start..phrase.end).rev().find(|&k| words.is(k, PREPOSITION));
                        let start = inner.filter(|_| !clean).map_or(phrase.start, |k| k + 1);
                        self.resolve(start..phrase.end.min(end))
                    })
                }
                "everyone" | "everybody" | "nobody" | "someone" | "somebody" | "others" => {
                    Some(Speaker::Phrase(pronoun.to_owned()))
                }
                _ => None,
            };
        }
        if words.is(start, POSSESSIVE) && words.is(start, DETERMINER) && tokens.len() == 1 {
            return match words.at(start) {
                "his" => self.person(start, Gender::Man),
                "her" => self.person(start, Gender::Woman),
                _ => None,
            };
        }
        self.named(&tokens).or_else(|| self.by_role(&tokens)).or_else(|| self.phrase(&tokens))
    }

    /// The name that heads the phrase.
    fn named(&self, tokens: &Range<usize>) -> Option<Speaker> {
        let words = self.words;
        for mention in self.names.within(tokens.start, tokens.end) {
            let lead = tokens.start..mention.titles.max(tokens.start);
            // "a spokesman for Moss" is not Moss, and neither is "the senator who met Moss".
            if lead.clone().any(|k| words.is(k, PREPOSITION | RELATIVE | AUXILIARY))
                && !lead.clone().any(|k| words.is(k, COMMA | DASH))
            {
                // "The mayor of Ohio City, Ada Moss,": the name may come yet.
                continue;
            }
            if lead.clone().any(|k| words.is(k, RELATIVE | AUXILIARY)) {
                return None;
            }
            // "Moss's campaign": the head comes after.
            let owner = words.is(mention.end - 1, POSSESSIVE) && mention.end < tokens.end;
            // "Moss supporters", "the Moss campaign": the name only tells which.
            let modifier = mention.end < tokens.end
                && !words.is(mention.end, MARK | RELATIVE | PREPOSITION | AUXILIARY | AFTER_NOUN | DETERMINER)
                && words.at(mention.end) != "and"
                && words.at(mention.end) != "himself"
                && words.at(mention.end) != "herself";
            if owner || modifier {
                continue;
            }
            // "the company, Moss & Sons, …": only a person is named in apposition.
            let name = self.names.all.get(mention.name)?;
            if lead.clone().any(|k| words.is(k, COMMA)) && !name.person {
                continue;
            }
            return Some(Speaker::Named(mention.name));
        }
        None
    }

    /// "the senator": the last person so titled.
    fn by_role(&self, tokens: &Range<usize>) -> Option<Speaker> {
        let words = self.words;
        if words.at(tokens.start) != "the" {
            return None;
        }
        let end =
            (tokens.start..tokens.end).find(|&k| words.is(k, MARK | PREPOSITION | RELATIVE)).unwrap_or(tokens.end);
        let head = end.checked_sub(1)?;
        let (is_title, head) = (words.title(head).is_some(), words.at(head));
        if !is_title || matches!(head, "republican" | "democrat" | "state" | "county") {
            return None;
        }
        let here = self.names.mentions.partition_point(|mention| mention.start < tokens.start);
        self.names.mentions[..here]
            .iter()
            .rev()
            .take(60)
            .find(|mention| {
                self.names
                    .all
                    .get(mention.name)
                    .is_some_and(|name| name.person && name.roles.iter().any(|role| role == head))
            })
            .map(|mention| Speaker::Named(mention.name))
    }

    /// The words of an unnamed source, up to what only describes it further.
    fn phrase(&self, tokens: &Range<usize>) -> Option<Speaker> {
        let words = self.words;
        let end = (tokens.start + 1..tokens.end)
            .find(|&k| {
                words.is(k, COMMA | DASH | OPEN_BRACKET | RELATIVE | AUXILIARY)
                    || words.is(k, AFTER_NOUN)
                    || words.is(k, PREPOSITION) && !matches!(words.at(k), "of" | "for")
            })
            .unwrap_or(tokens.end);
        // "Critics of that plan": no phrase ends with "of".
        let end = (tokens.start + 1..=end).rev().find(|&end| !words.is(end - 1, PREPOSITION)).unwrap_or(end);
        let phrase = text(words, tokens.start, end);
        if phrase.is_empty() {
            return None;
        }
        let phrase = if self.is_capital_for_its_place(tokens.start) { lower_first(&phrase) } else { phrase };
        Some(Speaker::Phrase(phrase))
    }

    /// Whether a word begins with a capital because it is the first of its sentence, and for nothing else.
    fn is_capital_for_its_place(&self, at: usize) -> bool {
        let words = self.words;
        let titled = words.title(at).is_some() && words.is(at + 1, CAPITAL);
        (words.around(at).start..at).all(|k| words.is(k, MARK))
            && !words.document.word(at).chars().skip(1).any(|c| c.is_uppercase() || c == '.')
            && self.names.within(at, at + 1).is_empty()
            && !(titled || words.is_name(at) || self.proper.contains(words.at(at)))
    }

    /// The man or woman that a pronoun at token `at` stands for.
    fn person(&mut self, at: usize, gender: Gender) -> Option<Speaker> {
        let words = self.words;
        let here = words.sentence(at);
        let fits = |name: &Name| name.person && name.gender.is_none_or(|known| known == gender);
        let start = words.document.sentences.get(here.saturating_sub(MEMORY)).map_or(0, |s| s.tokens.start);
        let mut recent: Vec<(usize, usize, bool)> = Vec::new();
        for mention in self.names.within(start, at).iter().rev().take(40) {
            let Some(name) = self.names.all.get(mention.name) else { continue };
            if !fits(name) || words.is(mention.start, QUOTED) || words.is(mention.end - 1, POSSESSIVE) {
                continue;
            }
            let sentence = words.around(mention.start);
            let subject = mention.titles <= sentence.start + 2;
            recent.push((mention.name, words.sentence(mention.start), subject));
        }
        let last = self.last.as_ref().and_then(|(speaker, sentence)| match speaker {
            Speaker::Named(index) if here <= sentence + MEMORY && self.names.all.get(*index).is_some_and(fits) => {
                Some((*index, *sentence))
            }
            _ => None,
        });
        let subject = recent.iter().find(|(_, _, subject)| *subject).map(|&(name, sentence, _)| (name, sentence));
        let found = match (last, subject) {
            (Some((speaker, spoke)), Some((subject, stood))) => Some(if stood > spoke { subject } else { speaker }),
            (Some((speaker, _)), None) => Some(speaker),
            (None, Some((subject, _))) => Some(subject),
            (None, None) => {
                let first = recent.first().map(|&(name, ..)| name);
                first.filter(|&first| recent.iter().all(|&(name, ..)| name == first))
            }
        }?;
        if let Some(name) = self.names.all.get_mut(found) {
            name.gender.get_or_insert(gender);
        }
        Some(Speaker::Named(found))
    }

    /// Those that "they" stands for: the last speakers, if they were several.
    fn several(&self, at: usize) -> Option<Speaker> {
        let here = self.words.sentence(at);
        match &self.last {
            Some((speaker @ Speaker::Phrase(phrase), sentence)) if here <= sentence + 2 && phrase.ends_with('s') => {
                Some(speaker.clone())
            }
            _ => None,
        }
    }
}

/// The words that stand with a capital in the middle of a sentence, and nowhere without. A headline that writes each word so
/// tells nothing.
fn proper<'d>(words: &Words<'d>) -> HashSet<&'d str, FxBuildHasher> {
    let is_small = |k: usize| words.is(k, WORD) && !words.is(k, CAPITAL | NUMBER);
    let mut proper = HashSet::default();
    for k in 1..words.len() {
        let beside_small = is_small(k - 1) || k + 1 < words.len() && is_small(k + 1);
        if words.is(k, CAPITAL) && beside_small && words.around(k).start < k {
            proper.insert(words.at(k));
        }
    }
    if !proper.is_empty() {
        for k in (0..words.len()).filter(|&k| is_small(k)) {
            proper.remove(words.at(k));
        }
    }
    proper
}

fn lower_first(phrase: &str) -> String {
    let mut chars = phrase.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
