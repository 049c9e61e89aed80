//! The rules that find roles: for every cue of the lexicon, who is its source and what is its content.
//!
//! ```text
//! token ─ is it a cue here, a verb (verb.rs, group.rs) or another word (other.rs)?
//!           ├─ what follows it: that, to, a quotation, the end … (follower.rs)   and does the cue take that?
//!           ├─ source: before it, after it, or shared with the clause before (source.rs)
//!           └─ content: after it, before it, or both (content.rs)
//! ```
//!
//! A cue's words, source and content come out as one [`Group`], already linked.

mod content;
mod follower;
mod group;
mod other;
mod source;
mod verb;

use std::ops::Range;

use super::{
    lexicon::Part,
    link::Group,
    transcript,
    words::{CAPITAL, DETERMINER, QUOTED, WORD, Words},
};

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
}
