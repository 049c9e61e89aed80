//! A document's tokens with the classes that the rules ask for: pronoun, auxiliary, preposition …
//!
//! English marks little on its words, so a class is a list of the small words and the shape of the large ones. What a
//! list can't tell (is "plans" a noun or a verb?) is left to who asks, who sees the words around it.

use std::ops::Range;

use super::{
    lexicon::{Cue, Form, Known, Lexicon, inflections},
    names::Gender,
    source_kind::Listed,
};
use crate::{
    quotes::QuotationKind,
    span::Span,
    text::{Document, TokenKind, lower::Word},
};

/// A set of classes.
pub(super) type Classes = u64;

pub(super) const DETERMINER: Classes = 1;
/// A pronoun that can be a subject: "he", "they", "who".
pub(super) const SUBJECT: Classes = 1 << 1;
pub(super) const PREPOSITION: Classes = 1 << 2;
/// Forms of be, have, do and the modals, also negated.
pub(super) const AUXILIARY: Classes = 1 << 3;
pub(super) const BE: Classes = 1 << 4;
pub(super) const NEGATION: Classes = 1 << 5;
pub(super) const ADVERB: Classes = 1 << 6;
/// Opens a clause that hangs on another: "because", "while".
pub(super) const SUBORDINATOR: Classes = 1 << 7;
/// "and", "but", "or".
pub(super) const COORDINATOR: Classes = 1 << 8;
/// "who", "which", "that".
pub(super) const RELATIVE: Classes = 1 << 9;
/// "Tuesday", "yesterday", "week".
pub(super) const TIME: Classes = 1 << 10;
pub(super) const CAPITAL: Classes = 1 << 11;
pub(super) const NUMBER: Classes = 1 << 12;
/// ".", "!", "?", "…"
pub(super) const STOP: Classes = 1 << 13;
pub(super) const COMMA: Classes = 1 << 14;
/// ":", ";"
pub(super) const COLON: Classes = 1 << 15;
pub(super) const DASH: Classes = 1 << 16;
pub(super) const OPEN_BRACKET: Classes = 1 << 17;
pub(super) const CLOSE_BRACKET: Classes = 1 << 18;
pub(super) const QUOTE: Classes = 1 << 19;
/// A verb of the lists.
pub(super) const VERB: Classes = 1 << 20;
/// "what", "how", "why", "where", "when", "whose"
pub(super) const WH: Classes = 1 << 21;
/// "up", "out", "back": part of the verb before them.
pub(super) const PARTICLE: Classes = 1 << 22;
/// "his", "their", or a noun with 's.
pub(super) const POSSESSIVE: Classes = 1 << 23;
/// Inside a quotation that is speech.
pub(super) const QUOTED: Classes = 1 << 24;
/// A word or number.
pub(super) const WORD: Classes = 1 << 25;
/// The auxiliary is part of the pronoun: "he's".
pub(super) const CONTRACTED: Classes = 1 << 26;
/// A modal, "to" or "do": a base form follows.
pub(super) const MODAL: Classes = 1 << 27;
/// A form of "have".
pub(super) const HAVE: Classes = 1 << 28;
/// "him", "them": never a subject.
pub(super) const OBJECT: Classes = 1 << 29;
/// "briefed", "familiar", "based": after a noun, part of its phrase.
pub(super) const AFTER_NOUN: Classes = 1 << 30;
/// "interview", "statement": where and how people are quoted.
pub(super) const OCCASION: Classes = 1 << 31;
/// "I", "our"
pub(super) const FIRST_PERSON: Classes = 1 << 32;

/// Marks that end a noun phrase whatever stands beyond.
pub(super) const MARK: Classes = STOP | COMMA | COLON | DASH | OPEN_BRACKET | CLOSE_BRACKET | QUOTE;

const LISTS: &[(Classes, &str)] = &[
    (
        DETERMINER,
        "the a an this that these those some any no every each all both several many most few another other such one \
         two three four five six seven eight nine ten more either neither half",
    ),
    (NUMBER, "two three four five six seven eight nine ten dozen dozens hundreds thousands"),
    (DETERMINER | POSSESSIVE, "his her its their our my your whose"),
    (SUBJECT, "he she they we i it you who everyone everybody nobody someone somebody others"),
    (OBJECT, "him them me us himself herself themselves itself"),
    (
        PREPOSITION,
        "of in on at for from with about by to into over under against between among through during before after since \
         until without within toward towards across around near behind beyond despite like as upon regarding concerning \
         including amid than per off outside inside along via",
    ),
    (AUXILIARY | BE, "is are was were be been being am isn't aren't wasn't weren't"),
    (AUXILIARY | HAVE, "has have had having hasn't haven't hadn't"),
    (AUXILIARY | MODAL, "does did doesn't didn't don't"),
    (
        AUXILIARY | MODAL,
        "do will would can could may might shall should must won't wouldn't can't cannot couldn't shouldn't",
    ),
    (NEGATION, "not never n't"),
    (
        NEGATION | AUXILIARY,
        "isn't aren't wasn't weren't hasn't haven't hadn't doesn't didn't don't won't wouldn't can't \
                            cannot couldn't shouldn't",
    ),
    (SUBJECT | AUXILIARY | CONTRACTED | BE | HAVE, "he's she's it's that's who's they're we're i'm you're"),
    (SUBJECT | AUXILIARY | CONTRACTED | HAVE, "they've we've i've you've"),
    (
        SUBJECT | AUXILIARY | CONTRACTED | MODAL,
        "he'd she'd they'd we'd i'd you'd he'll she'll they'll we'll i'll you'll it'll",
    ),
    (
        ADVERB,
        "also then later once now still just even again often already always soon ever only long far too very quite \
         almost perhaps maybe instead meanwhile however moreover nevertheless further furthermore elsewhere otherwise \
         earlier recently first there here afterward afterwards thus therefore indeed yet rather seldom sometimes both \
         all too well simply never",
    ),
    (
        SUBORDINATOR,
        "because while as when if although though since after before unless until whereas whether once wherever whenever \
         that so",
    ),
    (COORDINATOR, "and but or nor yet"),
    (RELATIVE, "who which that whom whose"),
    (WH, "what how why where when who whom whose which"),
    (
        TIME,
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august \
         september october november december jan. feb. mar. apr. aug. sept. oct. nov. dec. today yesterday tomorrow \
         tonight morning afternoon evening night day days hour hours week weeks month months year years weekend last earlier this recently",
    ),
    (PARTICLE, "up out back away down forth on"),
    (
        AFTER_NOUN,
        "briefed familiar based close involved led named known posted published released conducted obtained filed \
         appointed elected reviewed seen signed sent issued interviewed aligned affiliated opposed working living \
         representing speaking attending",
    ),
    (
        OCCASION,
        "address advertisement announcement appearance article blog book briefing broadcast column comments conference \
         debate editorial email e-mail essay event filing hearing interview interviews letter memo message monday news \
         note op-ed post rally release remarks report reporters response segment show speech speeches statement story \
         telephone testimony tweet tweets video week month year",
    ),
    (FIRST_PERSON, "i we my our me us"),
];

/// Hands every word of the lists and its classes to `to`; some come more than once.
pub(super) fn classes(mut to: impl FnMut(Word<'static>, Classes)) {
    for (class, words) in LISTS {
        for word in words.split_whitespace() {
            to(Word::new(word), *class);
        }
    }
    for line in include_str!("../data/attribution-verbs.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut forms = line.split_whitespace();
        let Some(base) = forms.next() else { continue };
        for (form, _) in inflections(base) {
            to(Word::kept(form), VERB);
        }
        for form in forms {
            to(Word::new(form), VERB);
        }
    }
}

/// A document, its tokens looked up and classed.
#[derive(Debug)]
pub(super) struct Words<'d> {
    pub document: &'d Document,
    known: Vec<&'static Known>,
    classes: Vec<Classes>,
    listed: Vec<Listed>,
    /// By token: its sentence.
    sentences: Vec<usize>,
    /// By token: the quotation that it lies in, marks included.
    quotations: Vec<Option<usize>>,
}

impl<'d> Words<'d> {
    pub fn new(document: &'d Document) -> Self {
        let lexicon = Lexicon::get();
        let mut found: Vec<&'static Known> = Vec::with_capacity(document.tokens.len());
        let mut classes = Vec::with_capacity(document.tokens.len());
        let mut listed = Vec::with_capacity(document.tokens.len());
        for (index, token) in document.tokens.iter().enumerate() {
            let text = document.slice(token.span);
            let word = document.lower.word(index);
            let known = lexicon.known(word);
            let mut class = match token.kind {
                TokenKind::Mark => mark(text),
                TokenKind::Number => NUMBER | WORD,
                TokenKind::Symbol => 0,
                TokenKind::Word => {
                    let mut class = WORD | known.classes & !(OCCASION | FIRST_PERSON);
                    if document.lower.is_capital(index) {
                        class |= CAPITAL;
                    }
                    if known.is_verb() {
                        class |= VERB;
                    }
                    let word = word.text;
                    if class & (CAPITAL | DETERMINER) == 0 && word.len() > 4 && word.ends_with("ly") {
                        class |= ADVERB;
                    }
                    if (word.ends_with("'s") || word.ends_with("s'")) && class & AUXILIARY == 0 {
                        class |= POSSESSIVE;
                    }
                    class
                }
            };
            if token.kind == TokenKind::Symbol && matches!(text, "“" | "”" | "\"") {
                class = QUOTE;
            }
            // The apostrophe of "the voters' choice" is no quotation mark.
            if class & QUOTE != 0 && matches!(text, "'" | "’") {
                let before = index.checked_sub(1).is_some_and(|before| document.lower.word(before).text.ends_with('s'));
                let joined = document.text.get(..token.span.start).is_some_and(|text| text.ends_with('s'));
                if let Some(last) = classes.last_mut().filter(|_| before && joined) {
                    *last |= POSSESSIVE;
                    class = 0;
                }
            }
            // By the word alone, whatever it is here.
            class |= known.classes & (OCCASION | FIRST_PERSON);
            found.push(known);
            listed.push(if word.text.ends_with("'s") { Listed::of(word.text) } else { known.listed });
            classes.push(class);
        }
        let mut sentences = vec![0; document.tokens.len()];
        for (index, sentence) in document.sentences.iter().enumerate() {
            if let Some(slice) = sentences.get_mut(sentence.tokens.clone()) {
                slice.fill(index);
            }
        }
        let quotations = vec![None; document.tokens.len()];
        let mut words = Self { document, known: found, classes, listed, sentences, quotations };
        for (index, quotation) in document.quotations.iter().enumerate() {
            let range = words.tokens(quotation.span);
            for token in range {
                words.quotations[token] = Some(index);
                if quotation.kind == QuotationKind::Speech {
                    words.classes[token] |= QUOTED;
                }
            }
        }
        for index in 0..words.len() {
            if words.is_name(index) {
                words.classes[index] &= !(AUXILIARY | MODAL);
            }
        }
        words
    }

    /// Whether token `index` is the May of "Ada May said", or the Will of "Will Moss said", and no modal.
    pub fn is_name(&self, index: usize) -> bool {
        if !(self.is(index, CAPITAL) && matches!(self.at(index), "may" | "will")) {
            return false;
        }
        let inflected = |at| self.verb(at).is_some_and(|(_, form)| form != Form::Base);
        let next = index + 1;
        index.checked_sub(1).is_some_and(|before| self.is(before, WORD))
            || inflected(next)
            || self.is(next, CAPITAL) && inflected(next + 1)
    }

    /// Token `index` in lower case, with straight apostrophes; empty past the end.
    pub fn at(&self, index: usize) -> &'d str {
        self.word(index).text
    }

    /// The same with its hash.
    pub fn word(&self, index: usize) -> Word<'d> {
        self.document.lower.word(index)
    }

    /// The verb that attributes and that token `index` is a form of.
    pub fn verb(&self, index: usize) -> Option<(&'static Cue, Form)> {
        self.known.get(index).and_then(|known| Lexicon::get().verb(known))
    }

    /// The noun or adjective that attributes and that token `index` is.
    pub fn other(&self, index: usize) -> Option<&'static Cue> {
        self.known.get(index).and_then(|known| Lexicon::get().other(known))
    }

    /// What token `index` tells of who bears it, where it is a title.
    pub fn title(&self, index: usize) -> Option<Option<Gender>> {
        self.known.get(index).and_then(|known| known.title)
    }

    /// Which kinds of source token `index` speaks for, without its 's.
    pub fn listed(&self, index: usize) -> Listed {
        self.listed.get(index).copied().unwrap_or_default()
    }

    /// Whether token `index` has one of `classes`.
    pub fn is(&self, index: usize, classes: Classes) -> bool {
        self.classes.get(index).is_some_and(|class| class & classes != 0)
    }

    pub fn len(&self) -> usize {
        self.classes.len()
    }

    /// The tokens that overlap `span`.
    pub fn tokens(&self, span: Span) -> Range<usize> {
        let tokens = &self.document.tokens;
        let start = tokens.partition_point(|token| token.span.end <= span.start);
        let end = tokens.partition_point(|token| token.span.start < span.end);
        start..end.max(start)
    }

    /// The stretch of `tokens`, without marks that dangle at its ends; `None` where nothing remains.
    pub fn span(&self, mut tokens: Range<usize>) -> Option<Span> {
        let dangling = STOP | COMMA | COLON | DASH;
        while tokens.start < tokens.end && self.is(tokens.start, dangling) {
            tokens.start += 1;
        }
        while tokens.start < tokens.end && self.is(tokens.end - 1, dangling) {
            tokens.end -= 1;
        }
        let first = self.document.tokens.get(tokens.start)?;
        let last = self.document.tokens.get(tokens.end.checked_sub(1)?)?;
        (tokens.start < tokens.end).then(|| first.span.cover(last.span))
    }

    /// The stretch of `tokens`, whatever stands at its ends.
    pub fn inclusive(&self, tokens: Range<usize>) -> Option<Span> {
        let first = self.document.tokens.get(tokens.start)?;
        let last = self.document.tokens.get(tokens.end.checked_sub(1)?)?;
        (tokens.start < tokens.end).then(|| first.span.cover(last.span))
    }

    /// Which sentence token `index` is in.
    pub fn sentence(&self, index: usize) -> usize {
        self.sentences.get(index).copied().unwrap_or_default()
    }

    /// The tokens of the sentence of token `index`.
    pub fn around(&self, index: usize) -> Range<usize> {
        self.document.sentences.get(self.sentence(index)).map_or(0..0, |sentence| sentence.tokens.clone())
    }

    /// Which quotation token `index` is in.
    pub fn quotation(&self, index: usize) -> Option<usize> {
        self.quotations.get(index).copied().flatten()
    }

    /// The tokens of quotation `index`, marks included.
    pub fn quotation_tokens(&self, index: usize) -> Range<usize> {
        self.document.quotations.get(index).map_or(0..0, |quotation| self.tokens(quotation.span))
    }
}

fn mark(text: &str) -> Classes {
    match text {
        "." | "!" | "?" | "…" | "..." => STOP,
        "," => COMMA,
        ":" | ";" => COLON,
        "—" | "–" | "-" | "--" | "―" => DASH,
        "(" | "[" | "{" => OPEN_BRACKET,
        ")" | "]" | "}" => CLOSE_BRACKET,
        _ if text.starts_with(['.', '!', '?']) => STOP,
        _ if text.starts_with('-') => DASH,
        _ => QUOTE,
    }
}
