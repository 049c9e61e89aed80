//! The rules that find roles: for every cue of the lexicon, who is its source and what is its content.
//!
//! ```text
//! token ─ is it a cue here? (form, what stands before)
//!           ├─ what follows it: that, to, a quotation, the end …   and does the cue take that?
//!           ├─ source: before it, after it, or shared with the clause before
//!           └─ content: after it, before it, or both
//! ```
//!
//! A cue's words, source and content come out as one [`Group`], already linked.

use std::ops::Range;

use super::{
    lexicon::{Cue, Follower, Form, Part},
    link::Group,
    phrase::{REACH, noun_phrase_after, skip_adjuncts, subject_before},
    transcript,
    words::{
        ADVERB, AUXILIARY, BE, CAPITAL, COLON, COMMA, CONTRACTED, COORDINATOR, DASH, DETERMINER, HAVE, MARK, MODAL,
        NEGATION, OBJECT, PARTICLE, POSSESSIVE, PREPOSITION, QUOTE, QUOTED, RELATIVE, STOP, SUBJECT, SUBORDINATOR,
        VERB, WH, WORD, Words,
    },
};

/// A content of more tokens than this is cut, so that a text without a full stop stays cheap.
const LONGEST: usize = 150;

/// What the rules find in the document of `words`.
pub(super) fn find(words: &Words) -> Vec<Group> {
    let mut finder = Finder { words, groups: Vec::new() };
    finder.groups.extend(transcript::turns(words).map(|(source, content)| Found {
        cue: source.end..source.end,
        source: Some(source),
        content: vec![content],
    }));
    for sentence in &words.document.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let found = finder.at(at, sentence.tokens.clone());
            at = found.as_ref().map_or(at + 1, |found| found.cue.end.max(at + 1));
            finder.groups.extend(found.filter(|found| finder.is_passed_on(found)));
        }
    }
    finder.groups.iter().filter_map(|found| found.group(words)).collect()
}

/// A cue with its source and content, in tokens.
#[derive(Debug, Clone)]
struct Found {
    source: Option<Range<usize>>,
    cue: Range<usize>,
    content: Vec<Range<usize>>,
}

impl Found {
    fn group(&self, words: &Words) -> Option<Group> {
        let content: Vec<_> = self.content.iter().filter_map(|range| words.span(range.clone())).collect();
        if content.is_empty() {
            return None;
        }
        Some(Group {
            source: self.source.iter().filter_map(|range| words.span(range.clone())).collect(),
            cue: words.span(self.cue.clone()).into_iter().collect(),
            content,
        })
    }
}

struct Finder<'w, 'd> {
    words: &'w Words<'d>,
    groups: Vec<Found>,
}

impl Finder<'_, '_> {
    /// The attribution whose cue begins at token `at`.
    fn at(&self, at: usize, sentence: Range<usize>) -> Option<Found> {
        let words = self.words;
        // What a quoted speaker passes on is the speaker's content already.
        if !words.is(at, WORD) || words.is(at, QUOTED) {
            return None;
        }
        match words.at(at) {
            "according" if words.at(at + 1) == "to" => return self.according(at, at + 2, sentence),
            "per" if words.is(at + 1, DETERMINER | CAPITAL) => return None,
            "reportedly" | "allegedly" | "supposedly" | "purportedly" => return self.hearsay(at, sentence),
            _ => {}
        }
        let verb = words.verb(at).and_then(|(cue, form)| self.verb(at, cue, form, sentence.clone()));
        if verb.is_some() {
            return verb;
        }
        let cue = words.other(at)?;
        match cue.part {
            Part::Adjective => self.adjective(at, cue, sentence),
            _ => self.noun(at, cue, sentence),
        }
    }

    /// Whether it is news to the reader: the writer's own "I think" is no attribution, and in "she said she hopes to run"
    /// the hope is part of what she said.
    fn is_passed_on(&self, found: &Found) -> bool {
        let words = self.words;
        if let Some(source) = &found.source {
            let near = found.cue.start.checked_sub(source.end).is_some_and(|gap| gap <= 2);
            let first = matches!(words.at(source.start).split('\'').next(), Some("i" | "we" | "you"));
            if near && source.len() == 1 && first {
                return false;
            }
        }
        let Some(last) = self.groups.last() else { return true };
        let mind = found.cue.clone().all(|k| words.verb(k).is_none_or(|(cue, _)| !cue.is_speech()));
        // "she said in a statement that": the statement is how, and not a second claim.
        let starts = |found: &Found| found.content.last().map(|content| content.start);
        !mind
            || starts(last) != starts(found)
                && !last.content.iter().any(|content| content.start <= found.cue.start && found.cue.end <= content.end)
    }

    fn verb(&self, at: usize, cue: &Cue, form: Form, sentence: Range<usize>) -> Option<Found> {
        let words = self.words;
        let begin = sentence.start.max(at.saturating_sub(REACH));
        let group = verb_group(words, at, begin);
        let before = group.start.checked_sub(1).filter(|&k| k >= begin);
        let auxiliary = (group.start..at).rev().find(|&k| words.is(k, AUXILIARY));
        let passive = form == Form::Past
            && auxiliary.is_some_and(|k| {
                words.is(k, BE) && !words.is(k, HAVE) || words.is(k, CONTRACTED) && !words.is(k, HAVE)
            });
        // "Asked whether it was safe, she said": the asking only frames what is said.
        if form == Form::Past && before.is_none() {
            return None;
        }
        // "is expected to rise": nobody in particular expects it.
        if passive && cue.word == "expect" || !is_verb_here(words, at, form, &group, before) {
            return None;
        }
        // "called for", "pointed out that": the particle belongs to the cue.
        let mut end = at + 1;
        if words.is(end, PARTICLE) && words.at(end) != "on" {
            end += 1;
        }
        let next = skip_adjuncts(words, end, sentence.end);
        if words.at(next) == "by"
            && form == Form::Past
            && (passive || auxiliary.is_none())
            && cue.takes(Follower::Phrase)
        {
            return self.agent(at, next, cue, &group, begin, &sentence);
        }
        let inverted = self.is_inverted(at, &group, before, next, &sentence);
        if inverted && cue.takes(Follower::End) && !passive && cue.word != "tell" {
            return self.inverted(at, end, cue, sentence);
        }
        let (follower, content_start, cue_end) = self.follower(cue, end, next, &sentence)?;
        if !cue.takes(follower) {
            return None;
        }
        let (source, subject_content) =
            if passive { self.passive(&group, begin) } else { (self.source(at, form, &group, before, begin), None) };
        // “…,” she said waving: what follows a quotation and its cue tells how.
        let quoted = source.as_ref().is_some_and(|source| {
            source.start > sentence.start
                && words.is(source.start - 1, QUOTE)
                && words.quotation(source.start - 1).is_some()
        });
        let manner = quoted && cue.is_speech() && follower == Follower::Phrase && !words.is(content_start - 1, COMMA);
        let content = if follower == Follower::End || manner {
            let start = source.as_ref().map_or(group.start, |source| source.start);
            // "what she said": the content is elsewhere.
            if start > sentence.start && words.at(start - 1) == "what" {
                return None;
            }
            vec![self.content_before(start, &sentence)?]
        } else {
            let after = self.content_after(content_start, cue, follower, &sentence);
            let mut content = Vec::new();
            // “A,” she said, “B.” and A, she said, B.
            if cue.is_speech() && words.is(content_start.wrapping_sub(1), COMMA) && !passive {
                let start = source.as_ref().map_or(group.start, |source| source.start);
                if start > sentence.start && words.is(start - 1, COMMA | QUOTE) {
                    content.extend(self.content_before(start, &sentence));
                }
            }
            content.push(after);
            if let Some(subject) = subject_content {
                content.insert(0, subject);
            }
            content
        };
        if content.iter().all(Range::is_empty) {
            return None;
        }
        let cue_start = (group.start..=at).find(|&k| !words.is(k, CONTRACTED)).unwrap_or(at);
        Some(Found { source, cue: cue_start..cue_end, content })
    }

    /// "was rejected by the court", "a plan opposed by farmers": the source follows "by".
    fn agent(
        &self,
        at: usize,
        by: usize,
        cue: &Cue,
        group: &Range<usize>,
        begin: usize,
        sentence: &Range<usize>,
    ) -> Option<Found> {
        let words = self.words;
        let mut end = group.start;
        while end > begin && words.is(end - 1, COMMA) {
            end -= 1;
        }
        let subject = subject_before(words, end, begin)?;
        let source = noun_phrase_after(words, by + 1, sentence.end);
        let stop = (source.start + 1..source.end).find(|&k| words.is(k, PREPOSITION) && words.at(k) != "of");
        let source = source.start..stop.unwrap_or(source.end);
        let rest = self.content_after(source.end, cue, Follower::Phrase, sentence);
        let mut content = vec![subject];
        if !words.is(rest.start, COMMA | STOP) {
            content.push(rest);
        }
        (!source.is_empty()).then_some(Found { source: Some(source), cue: group.start..at + 1, content })
    }

    /// What follows the cue that ends at `end`: which kind, where the content begins, where the cue ends with it.
    fn follower(
        &self,
        cue: &Cue,
        end: usize,
        next: usize,
        sentence: &Range<usize>,
    ) -> Option<(Follower, usize, usize)> {
        let words = self.words;
        // "told reporters that": whom it was told stands between.
        let next = if takes_hearer(cue.word) { self.after_hearer(next, sentence.end) } else { next };
        if next >= sentence.end || words.is(next, STOP) {
            return Some((Follower::End, next, end));
        }
        if words.is(next, COMMA) {
            if next + 1 < sentence.end && words.is(next + 1, QUOTE) {
                return Some((Follower::Quote, next + 1, end));
            }
            if cue.is_speech() {
                // "The plan, she said, would fail": what follows goes on with what stood before.
                let goes_on =
                    !words.is(next + 1, COORDINATOR | SUBORDINATOR | RELATIVE) && !words.at(next + 1).ends_with("ing");
                return Some(if goes_on { (Follower::Phrase, next + 1, end) } else { (Follower::End, next, end) });
            }
            return None;
        }
        if words.is(next, COLON) {
            return Some((Follower::Colon, next + 1, end));
        }
        if words.is(next, QUOTE) {
            return Some((Follower::Quote, next, end));
        }
        let word = words.at(next);
        if matches!(word, "that" | "whether" | "if") {
            return Some((Follower::That, next, end));
        }
        if let Some(own) = cue.own(word) {
            let infinitive = word == "to" || word == "it";
            return Some((own, if infinitive { next } else { next + 1 }, if infinitive { end } else { next + 1 }));
        }
        if words.is(next, WH) {
            return Some((Follower::Wh, next, end));
        }
        if words.is(next, PREPOSITION | COORDINATOR) && !words.is(next, DETERMINER)
            || words.is(next, SUBORDINATOR | MARK) && !words.is(next, DETERMINER)
        {
            // "she said after the vote": nothing of the content follows.
            return (cue.is_speech() && words.is(next, PREPOSITION | SUBORDINATOR | DASH)).then_some((
                Follower::End,
                next,
                end,
            ));
        }
        Some((Follower::Phrase, next, end))
    }

    /// The end of the noun phrase that names the hearer, if one begins at `at`.
    fn after_hearer(&self, at: usize, limit: usize) -> usize {
        let words = self.words;
        let limit = limit.min(at + 12);
        if words.is(at, OBJECT | SUBJECT) || words.at(at) == "her" {
            return skip_adjuncts(words, at + 1, limit);
        }
        let mut k = at;
        while k < limit && words.is(k, WORD) && !matches!(words.at(k), "that" | "to" | "if" | "whether") {
            if k > at && words.is(k, SUBJECT | DETERMINER | WH | AUXILIARY) && !words.is(k - 1, PREPOSITION) {
                break;
            }
            k += 1;
        }
        skip_adjuncts(words, k, limit)
    }

    /// "…,” said Ada Moss", "The plan would fail, said Ada Moss".
    fn is_inverted(
        &self,
        at: usize,
        group: &Range<usize>,
        before: Option<usize>,
        next: usize,
        sentence: &Range<usize>,
    ) -> bool {
        let words = self.words;
        let Some(before) = before else { return false };
        group.start == at
            && words.is(before, COMMA | QUOTE | DASH)
            && !words.at(at).ends_with("ing")
            && next < sentence.end
            // "said he" is old-fashioned; "said he would" is not inverted.
            && !(words.is(next, SUBJECT) && words.is(next + 1, WORD))
            && (words.is(next, CAPITAL | DETERMINER | SUBJECT | POSSESSIVE) || words.is(next, WORD) && !words.is(next, PREPOSITION | COORDINATOR | SUBORDINATOR | WH | ADVERB))
            && !matches!(words.at(next), "that" | "to")
            // "Moss, a farmer, said the plan failed": what follows is a clause, not a name.
            && (words.is(before, QUOTE)
                || before > sentence.start && words.is(before - 1, QUOTE)
                || !self.has_verb(next, sentence.end))
    }

    /// Whether a finite verb stands before the next mark.
    fn has_verb(&self, start: usize, limit: usize) -> bool {
        let words = self.words;
        (start + 1..limit.min(start + REACH))
            .take_while(|&k| !words.is(k, COMMA | STOP | COLON | RELATIVE | QUOTE))
            .any(|k| {
                words.is(k, AUXILIARY) || words.is(k, VERB) && !words.is(k - 1, DETERMINER | POSSESSIVE | PREPOSITION)
            })
    }

    fn inverted(&self, at: usize, end: usize, cue: &Cue, sentence: Range<usize>) -> Option<Found> {
        let words = self.words;
        let next = skip_adjuncts(words, end, sentence.end);
        let source = noun_phrase_after(words, next, sentence.end);
        let content = self.content_before(at, &sentence)?;
        let mut content = vec![content];
        let after = skip_adjuncts(words, source.end, sentence.end);
        // “A,” said Moss, “B.”
        if words.is(after, COMMA | COLON) && words.is(after + 1, QUOTE) {
            content.push(self.content_after(after + 1, cue, Follower::Quote, &sentence));
        }
        Some(Found { source: Some(source), cue: at..end, content })
    }

    /// Who says it, where the verb is active.
    fn source(
        &self,
        at: usize,
        form: Form,
        group: &Range<usize>,
        before: Option<usize>,
        begin: usize,
    ) -> Option<Range<usize>> {
        let words = self.words;
        if words.is(group.start, CONTRACTED) {
            return Some(group.start..group.start + 1);
        }
        let shared = || self.main_subject(group.start, begin);
        let before = before?;
        if words.is(before, COORDINATOR) || words.at(before) == "to" {
            return shared();
        }
        if form == Form::Ing
            && group.start == at
            && (words.is(before, COMMA | PREPOSITION | QUOTE | SUBORDINATOR | DASH))
        {
            return shared();
        }
        subject_before(words, group.start, begin).or_else(shared)
    }

    /// The subject that a second verb shares: of the attribution before it, else of the sentence's first verb.
    fn main_subject(&self, at: usize, begin: usize) -> Option<Range<usize>> {
        let words = self.words;
        let last = self.groups.last().and_then(|last| last.source.as_ref());
        if let Some(source) = last.filter(|source| source.start >= begin && source.end <= at) {
            return Some(source.clone());
        }
        let verb = (begin..at).find(|&k| {
            words.is(k, AUXILIARY | VERB) && k > begin && !words.is(k - 1, DETERMINER | POSSESSIVE | PREPOSITION)
        })?;
        if words.is(verb, CONTRACTED) {
            return Some(verb..verb + 1);
        }
        let start = verb_group(words, verb, begin).start;
        subject_before(words, start, begin)
    }

    /// Who says it, and the subject that it is said of, where the verb is passive: "he was accused of".
    fn passive(&self, group: &Range<usize>, begin: usize) -> (Option<Range<usize>>, Option<Range<usize>>) {
        let words = self.words;
        let subject = subject_before(words, group.start, begin);
        (None, subject.filter(|subject| words.at(subject.start) != "it"))
    }

    /// The clause that ends before `end`, or the quotation that does, over sentences.
    fn content_before(&self, end: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
        let words = self.words;
        if end <= sentence.start {
            return None;
        }
        let mut stop = end;
        while stop > sentence.start && words.is(stop - 1, COMMA | DASH) {
            stop -= 1;
        }
        let mut start = sentence.start.max(stop.saturating_sub(LONGEST));
        let last = stop.checked_sub(1)?;
        if let Some(quotation) = words.quotation(last) {
            // Over sentences where it began earlier.
            let quoted = words.quotation_tokens(quotation);
            if quoted.start < sentence.start {
                start = quoted.start;
            }
        } else if stop == end && !words.is(last, QUOTE) && end > sentence.start && !words.is(last, STOP) {
            return None;
        }
        while start < stop && words.is(start, COORDINATOR) {
            start += 1;
        }
        (start < stop).then_some(start..stop)
    }

    /// What is said, from `start` on.
    fn content_after(&self, start: usize, cue: &Cue, follower: Follower, sentence: &Range<usize>) -> Range<usize> {
        let words = self.words;
        // "He told the crowd:" and the quotation in the next paragraph.
        if start >= sentence.end {
            let quotation = words.quotation(start).filter(|_| follower == Follower::Colon && words.is(start, QUOTE));
            return quotation.map_or(start..start, |quotation| words.quotation_tokens(quotation));
        }
        let limit = sentence.end.min(start + LONGEST);
        let short = cue.is_short() && follower == Follower::Phrase;
        let mut at = start;
        while at < limit {
            if let Some(quotation) = words.quotation(at) {
                // A quotation is never cut; it may run on over sentences.
                let end = words.quotation_tokens(quotation).end;
                if end >= sentence.end {
                    return start..end;
                }
                at = end.max(at + 1);
                continue;
            }
            if words.is(at, STOP) && at + 1 >= sentence.end || words.is(at, COLON) && words.at(at) == ";" {
                break;
            }
            if words.is(at, COMMA) && at > start {
                let next = at + 1;
                if short && !words.is(next, CAPITAL) && !words.is(next, QUOTE)
                    || words.is(next, COORDINATOR) && words.at(next) == "but"
                    || matches!(words.at(next), "while" | "whereas" | "although" | "though" | "according")
                    || words.at(next).ends_with("ing") && words.verb(next).is_some()
                    || words.is(next, COORDINATOR) && self.is_said_anew(next + 1)
                {
                    break;
                }
            }
            if words.is(at, DASH) && short && at > start {
                break;
            }
            // "and said", "and has called"
            if words.is(at, COORDINATOR) && words.at(at) == "and" && at > start && follower != Follower::That {
                let verb = (at + 1..limit.min(at + 4)).find(|&k| !words.is(k, ADVERB | AUXILIARY));
                if verb.is_some_and(|k| words.verb(k).is_some_and(|(_, form)| matches!(form, Form::Past | Form::Third)))
                {
                    break;
                }
            }
            at += 1;
        }
        start..at
    }

    /// "…, and she added": the next attribution begins at `at`.
    fn is_said_anew(&self, at: usize) -> bool {
        let words = self.words;
        (at..at + 5)
            .find(|&k| words.is(k, VERB | AUXILIARY))
            .is_some_and(|k| k > at && words.verb(k).is_some_and(|(cue, form)| cue.is_speech() && form != Form::Base))
    }

    /// The name or noun phrase that ends in the possessive at `at`.
    fn owner(&self, at: usize, begin: usize) -> Range<usize> {
        let words = self.words;
        let begin = begin.max(at.saturating_sub(5));
        let mut start = at;
        if words.is(at, CAPITAL) {
            while start > begin && words.is(start - 1, CAPITAL) {
                start -= 1;
            }
        } else if let Some(determiner) = (begin..at).rev().find(|&k| words.is(k, DETERMINER)) {
            start = determiner;
        }
        start..at + 1
    }

    /// "according to S": the rest of the sentence is the content.
    fn according(&self, at: usize, source_start: usize, sentence: Range<usize>) -> Option<Found> {
        let words = self.words;
        if matches!(words.at(source_start), "plan" | "plans" | "schedule") {
            return None;
        }
        let source = noun_phrase_after(words, source_start, sentence.end);
        if source.is_empty() {
            return None;
        }
        let before = at > sentence.start + 1 && !words.is(at - 1, COORDINATOR | STOP);
        let content = if before {
            self.content_before(at, &sentence).or_else(|| {
                let start = sentence.start.max(at.saturating_sub(LONGEST));
                (start < at).then_some(start..at)
            })?
        } else {
            source.end..sentence.end.min(source.end + LONGEST)
        };
        Some(Found { source: Some(source), cue: at..source_start, content: vec![content] })
    }

    /// "reportedly": the clause around it is somebody's, nobody is named.
    fn hearsay(&self, at: usize, sentence: Range<usize>) -> Option<Found> {
        let words = self.words;
        let begin = sentence.start.max(at.saturating_sub(REACH));
        let start = (begin..at).rev().find(|&k| words.is(k, COMMA | COLON | DASH)).map_or(begin, |k| k + 1);
        let end = (at..sentence.end.min(at + REACH))
            .find(|&k| words.is(k, COMMA | COLON | DASH) && k > at + 4)
            .unwrap_or(sentence.end.min(at + REACH));
        Some(Found { source: None, cue: at..at + 1, content: vec![start..at, at + 1..end] })
    }

    /// "is confident that".
    fn adjective(&self, at: usize, cue: &Cue, sentence: Range<usize>) -> Option<Found> {
        let words = self.words;
        let begin = sentence.start.max(at.saturating_sub(REACH));
        let mut verb = at.checked_sub(1)?;
        while verb > begin && words.is(verb, ADVERB | NEGATION) && !words.is(verb, AUXILIARY) {
            verb -= 1;
        }
        if !(words.is(verb, BE) || matches!(words.at(verb), "seems" | "became" | "feel" | "feels" | "felt"))
            || verb < begin
        {
            return None;
        }
        let group = verb_group(words, verb, begin);
        let (follower, start, end) = self.follower(cue, at + 1, at + 1, &sentence)?;
        if !cue.takes(follower) {
            return None;
        }
        let source = if words.is(group.start, CONTRACTED) {
            group.start..group.start + 1
        } else {
            subject_before(words, group.start, begin).or_else(|| self.main_subject(group.start, begin))?
        };
        let source = (words.at(source.start) != "it").then_some(source);
        let content = self.content_after(start, cue, follower, &sentence);
        (!content.is_empty()).then_some(Found { source, cue: group.start..end, content: vec![content] })
    }

    /// "the claim that", "criticism of": the source is a possessive before or "by X", "from X" after.
    fn noun(&self, at: usize, cue: &Cue, sentence: Range<usize>) -> Option<Found> {
        let words = self.words;
        // "a report that found": the verb attributes, and the noun is its source.
        let relative = words.at(at + 1) == "that"
            && (words.is(at + 2, AUXILIARY) || words.verb(at + 2).is_some())
            && !words.is(at + 2, SUBJECT);
        if relative {
            return None;
        }
        let begin = sentence.start.max(at.saturating_sub(REACH));
        let mut end = at + 1;
        let mut source = None;
        // "claims by the company that"
        if matches!(words.at(end), "by" | "from") && cue.own(words.at(end)).is_none() {
            let limit = sentence.end.min(end + 12);
            let stop = (end + 1..limit)
                .find(|&k| words.is(k, MARK | RELATIVE) || words.at(k) == "that" || cue.own(words.at(k)).is_some())?;
            source = Some(end + 1..stop);
            end = stop;
        }
        let (follower, start, cue_end) = self.follower(cue, end, end, &sentence)?;
        if !cue.takes(follower) {
            return None;
        }
        if source.is_none() {
            let floor = begin.max(at.saturating_sub(6));
            let possessive = (floor..at)
                .rev()
                .take_while(|&k| words.is(k, WORD) && !words.is(k, PREPOSITION | VERB))
                .find(|&k| words.is(k, POSSESSIVE));
            source = possessive.map(|k| if words.is(k, DETERMINER) { k..k + 1 } else { self.owner(k, begin) });
        }
        // "Moss rejected the idea that": the nearest that can be said to hold it or speak of it.
        let source = source.or_else(|| {
            let subject = self.main_subject(at, begin)?;
            // Who rejects a claim does not make it.
            let contradicts =
                (subject.end..at).any(|k| words.verb(k).is_some_and(|(verb, _)| CONTRADICTING.contains(&verb.word)));
            (!contradicts).then_some(subject)
        });
        let content = self.content_after(start, cue, follower, &sentence);
        let cue_range = if end == at + 1 { at..cue_end.max(at + 1) } else { at..at + 1 };
        (!content.is_empty()).then_some(Found { source, cue: cue_range, content: vec![content] })
    }
}

/// From the first auxiliary or adverb to the verb at `at`: "has also repeatedly said".
fn verb_group(words: &Words, at: usize, begin: usize) -> Range<usize> {
    let mut start = at;
    while start > begin && start + 6 > at {
        let before = start - 1;
        let inside = words.is(before, AUXILIARY | NEGATION)
            || words.is(before, ADVERB) && !words.is(before, MARK | SUBJECT | DETERMINER);
        if !inside {
            break;
        }
        start = before;
        if words.is(before, CONTRACTED) {
            break;
        }
    }
    // "Meanwhile, …" is outside; so is an adverb that opens the sentence.
    while start < at && start == begin && words.is(start, ADVERB) && !words.is(start, AUXILIARY) {
        start += 1;
    }
    start..at + 1
}

/// Whether the form at `at` is a verb there rather than a noun or an adjective.
fn is_verb_here(words: &Words, at: usize, form: Form, group: &Range<usize>, before: Option<usize>) -> bool {
    let auxiliary = (group.start..at).any(|k| words.is(k, AUXILIARY));
    let near = at.checked_sub(1);
    let modal = (group.start..at).any(|k| words.is(k, MODAL));
    let several = |k: usize| matches!(words.at(k), "many" | "some" | "most" | "few" | "both" | "all" | "others");
    if near.is_some_and(|k| {
        !(several(k) && form == Form::Base)
            && words.is(k, DETERMINER | POSSESSIVE)
            && !words.is(k, RELATIVE | AUXILIARY)
            && k >= group.start.saturating_sub(1)
    }) && !matches!(words.at(at), "said" | "says")
    {
        return false;
    }
    match form {
        Form::Base => {
            if modal {
                return true;
            }
            if auxiliary {
                return false;
            }
            let Some(before) = before else { return false };
            if words.at(before) == "to" {
                return true;
            }
            words.is(before, SUBJECT | RELATIVE | COORDINATOR | COMMA)
                || words.at(before).ends_with('s') && !words.is(before, POSSESSIVE)
                || matches!(
                    words.at(before),
                    "people" | "men" | "women" | "police" | "many" | "some" | "most" | "few" | "both" | "all" | "who"
                )
        }
        Form::Third => {
            let Some(before) = before else { return false };
            // "the states", "new rules": nouns more often than verbs.
            if OFTEN_NOUNS.contains(&words.at(at)) && !words.is(before, SUBJECT | RELATIVE | CAPITAL) {
                return false;
            }
            // "Sanders Pledges" in a headline may be either.
            let title = words.is(before, CAPITAL) && words.is(at, CAPITAL) && words.at(at) != "says";
            !auxiliary
                && !title
                && !words.is(before, PREPOSITION | AUXILIARY)
                && (words.is(before, SUBJECT | RELATIVE | CAPITAL | COORDINATOR | COMMA | QUOTE | WORD)
                    || words.is(before, MARK))
        }
        Form::Past => true,
        Form::Ing => before.is_some(),
    }
}

/// Third persons that are plurals of nouns unless a pronoun or a name stands before.
const OFTEN_NOUNS: &[&str] = &[
    "calls",
    "charges",
    "claims",
    "demands",
    "doubts",
    "fears",
    "hopes",
    "labels",
    "lists",
    "names",
    "orders",
    "plans",
    "posts",
    "questions",
    "reports",
    "rules",
    "shows",
    "states",
    "views",
    "wonders",
];

/// Verbs whose subject does not hold what their object says.
const CONTRADICTING: &[&str] =
    &["contradict", "deny", "disavow", "dismiss", "dispute", "question", "rebut", "refute", "reject", "repudiate"];

/// Verbs that name their hearer without a preposition.
fn takes_hearer(word: &str) -> bool {
    matches!(
        word,
        "tell"
            | "assure"
            | "remind"
            | "inform"
            | "warn"
            | "advise"
            | "reassure"
            | "notify"
            | "ask"
            | "persuade"
            | "convince"
            | "promise"
            | "urge"
            | "instruct"
    )
}
