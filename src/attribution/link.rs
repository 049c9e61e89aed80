//! From roles to attributions: which source, cue and content belong together.
//!
//! ```text
//! role scores ─ Roles: stretches of source, cue, content, each on its own
//!   ├─ a cue outside every content: its content is the nearest stretch, after it or before; a quoted one that no
//!   │    cue touches goes on with the one before
//!   ├─ a cue inside a content ("that she hopes to run"): its content is the rest of that stretch
//!   └─ source: the nearest before the cue, or right behind it and outside the content; else the cue before shares its own
//! ```

use std::{collections::HashSet, ops::Range};

use super::{
    phrase::REACH,
    words::{CAPITAL, COMMA, COORDINATOR, DASH, OBJECT, QUOTE, STOP, WORD, Words},
};
use crate::span::Span;

/// What belongs to one attribution.
#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    /// Who says it.
    pub source: Vec<Span>,
    /// By what word.
    pub cue: Vec<Span>,
    /// What.
    pub content: Vec<Span>,
}

/// Which words of a document are source, cue and content, not yet linked.
///
/// Within a role the spans are sorted and disjoint; two that touch are two, the second begins anew. Across roles they
/// may overlap: a claim can hold another ("she said he hopes to run").
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roles {
    /// Words that name a source.
    pub source: Vec<Span>,
    /// Words that attribute.
    pub cue: Vec<Span>,
    /// What is attributed.
    pub content: Vec<Span>,
}

/// A cue on its way to an attribution. All in tokens.
#[derive(Debug)]
struct Linked {
    cue: Vec<Range<usize>>,
    source: Vec<Range<usize>>,
    content: Vec<Range<usize>>,
    /// The content that the cue lies in.
    inside: Option<usize>,
}

/// Links `roles`.
pub(super) fn link(words: &Words, roles: &Roles) -> Vec<Group> {
    let ranges = |spans: &[Span]| -> Vec<Range<usize>> {
        spans.iter().map(|&span| words.tokens(span)).filter(|range| !range.is_empty()).collect()
    };
    let (sources, cues, pieces) = (ranges(&roles.source), ranges(&roles.cue), ranges(&roles.content));
    let contents = whole(&pieces, &cues);
    let mut linked = merged(words, &cues, &sources, &contents);
    take_sources(words, &mut linked, &sources, &contents);
    add_cueless(&mut linked, &sources, &contents);
    take_contents(words, &mut linked, &contents, &pieces);
    linked.into_iter().filter_map(|linked| linked.group(words)).collect()
}

impl Linked {
    fn group(mut self, words: &Words) -> Option<Group> {
        if self.content.len() > 1 {
            self.content.retain(|piece| !is_crumb(words, piece));
        }
        let spans = |ranges: Vec<Range<usize>>| -> Vec<Span> {
            let mut spans: Vec<Span> = ranges.into_iter().filter_map(|range| words.span(range)).collect();
            spans.sort_unstable();
            spans.dedup();
            spans
        };
        let group = Group { source: spans(self.source), cue: spans(self.cue), content: spans(self.content) };
        (!group.content.is_empty()).then_some(group)
    }
}

/// Whether a piece of content says nothing by itself: a pronoun that fell off its clause, the place of "ELDEN — The bridge".
fn is_crumb(words: &Words, piece: &Range<usize>) -> bool {
    let pronoun = piece.len() == 1 && words.is(piece.start, OBJECT);
    let dateline = words.around(piece.start).start == piece.start
        && words.is(piece.end, DASH)
        && piece.clone().all(|at| words.is(at, CAPITAL | COMMA));
    pronoun || dateline
}

/// The outermost contents: a piece that begins right behind another belongs to it where a cue inside the other opens it.
fn whole(pieces: &[Range<usize>], cues: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut contents: Vec<Range<usize>> = Vec::new();
    let mut next = 0;
    for piece in pieces {
        while cues.get(next).is_some_and(|cue| cue.end <= piece.start.saturating_sub(REACH)) {
            next += 1;
        }
        let nested = contents.last().is_some_and(|last| {
            last.end == piece.start
                && cues[next..]
                    .iter()
                    .take_while(|cue| cue.start < piece.start)
                    .any(|cue| last.start <= cue.start && cue.end <= last.end)
        });
        match contents.last_mut() {
            Some(last) if nested => last.end = piece.end,
            _ => contents.push(piece.clone()),
        }
    }
    contents
}

/// The cues; one in pieces ("has … said", "accused … of") is one where only a few words part them.
fn merged(words: &Words, cues: &[Range<usize>], sources: &[Range<usize>], contents: &[Range<usize>]) -> Vec<Linked> {
    let mut linked: Vec<Linked> = Vec::new();
    for cue in cues {
        let inside = containing(contents, cue);
        let piece = linked.last().and_then(|last| last.cue.last()).is_some_and(|last| {
            last.end < cue.start
                && cue.start - last.end <= 3
                && words.sentence(last.start) == words.sentence(cue.start)
                && !(last.end..cue.start).any(|k| words.is(k, COORDINATOR | STOP | QUOTE))
                && touching(sources, &(last.end..cue.start)).is_empty()
                && (touching(contents, &(last.end..cue.start)).is_empty() || inside.is_some())
        });
        match linked.last_mut() {
            Some(last) if piece && last.inside == inside => last.cue.push(cue.clone()),
            _ => linked.push(Linked { cue: vec![cue.clone()], source: Vec::new(), content: Vec::new(), inside }),
        }
    }
    linked
}

/// Which of the sorted, disjoint `ranges` holds `range`.
fn containing(ranges: &[Range<usize>], range: &Range<usize>) -> Option<usize> {
    let index = ranges.partition_point(|r| r.end <= range.start);
    ranges.get(index).filter(|r| r.start <= range.start && range.end <= r.end).map(|_| index)
}

/// Those of the sorted, disjoint `ranges` that share a token with `range`.
fn touching<'r>(ranges: &'r [Range<usize>], range: &Range<usize>) -> &'r [Range<usize>] {
    let first = ranges.partition_point(|r| r.end <= range.start);
    let after = ranges.partition_point(|r| r.start < range.end);
    ranges.get(first..after).unwrap_or_default()
}

/// Lets a source that no cue took stand without one, at its own end: models miss cues more often than sources.
fn add_cueless(linked: &mut Vec<Linked>, sources: &[Range<usize>], contents: &[Range<usize>]) {
    let taken: HashSet<usize> = linked.iter().flat_map(|linked| &linked.source).map(|source| source.start).collect();
    for source in sources.iter().filter(|source| !taken.contains(&source.start)) {
        if containing(contents, source).is_none() {
            let cue = source.end..source.end;
            linked.push(Linked {
                cue: Vec::from([cue]),
                source: vec![source.clone()],
                content: Vec::new(),
                inside: None,
            });
        }
    }
    linked.sort_by_key(|linked| linked.cue.first().map(|cue| cue.start));
}

/// Gives every cue its contents.
fn take_contents(words: &Words, linked: &mut [Linked], contents: &[Range<usize>], pieces: &[Range<usize>]) {
    // A cue inside a content: what begins behind it there; else all that follows.
    for cue in linked.iter_mut() {
        let (Some(inside), Some(end)) = (cue.inside, cue.cue.last().map(|cue| cue.end)) else { continue };
        let whole = &contents[inside];
        let begun =
            touching(pieces, &(end..whole.end)).iter().find(|piece| piece.start >= end).map(|piece| piece.start);
        let start = begun.unwrap_or(end);
        let limit = if words.quotation(start).is_some() { whole.end } else { words.around(start).end };
        cue.content.push(start..whole.end.min(limit));
    }
    // The others, outermost: every content to the nearest cue of its sentence.
    let outer: Vec<usize> = (0..linked.len()).filter(|&k| linked[k].inside.is_none()).collect();
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (index, content) in contents.iter().enumerate() {
        let next = outer.partition_point(|&k| linked[k].cue.first().is_some_and(|cue| cue.start < content.start));
        let sentence = |token: usize| words.sentence(token);
        if let Some(&before) = next.checked_sub(1).and_then(|k| outer.get(k)) {
            let end = linked[before].cue.last().map_or(0, |cue| cue.end);
            if sentence(end.saturating_sub(1)) == sentence(content.start) {
                pairs.push((distance(words, end, content.start), before, index));
            }
        }
        if let Some(&after) = outer.get(next) {
            let start = linked[after].cue.first().map_or(0, |cue| cue.start);
            if sentence(start) == sentence(content.end - 1) {
                pairs.push((distance(words, content.end, start) + 1, after, index));
            }
        }
    }
    pairs.sort_unstable();
    let mut owner: Vec<Option<usize>> = vec![None; contents.len()];
    for &(_, cue, content) in &pairs {
        if owner[content].is_none() {
            owner[content] = Some(cue);
        }
    }
    // A quoted one with no cue in its sentence goes on with the speech before it.
    for index in 1..contents.len() {
        if owner[index].is_none() && is_quoted(words, &contents[index]) {
            owner[index] = speech_before(words, contents, index).and_then(|before| owner[before]);
        }
    }
    for (content, owner) in contents.iter().zip(&owner) {
        if let Some(cue) = owner {
            linked[*cue].content.push(content.clone());
        }
    }
    // A cue that got none shares the nearest.
    for &(_, cue, content) in &pairs {
        let cueless = linked[cue].cue.iter().all(Range::is_empty);
        if linked[cue].content.is_empty() && !cueless {
            linked[cue].content.push(contents[content].clone());
        }
    }
}

/// Which content the quoted one at `index` goes on with: the quoted one before it, in its paragraph or the one before, with
/// nothing between them but what the first one's sentence adds in other words (“A,” Moss said, adding that B. “C.”).
fn speech_before(words: &Words, contents: &[Range<usize>], index: usize) -> Option<usize> {
    let paragraph = |token: usize| words.document.sentences.get(words.sentence(token)).map_or(0, |s| s.paragraph);
    let mut before = index.checked_sub(1)?;
    while !is_quoted(words, &contents[before]) {
        let sentence = words.sentence(contents[before].start);
        before = before.checked_sub(1)?;
        if words.sentence(contents[before].end - 1) != sentence {
            return None;
        }
    }
    (paragraph(contents[index].start) <= paragraph(contents[before].end - 1) + 1).then_some(before)
}

fn is_quoted(words: &Words, content: &Range<usize>) -> bool {
    words.is(content.start, QUOTE) || words.quotation(content.start).is_some()
}

/// How many words lie between.
fn distance(words: &Words, from: usize, to: usize) -> usize {
    if to.saturating_sub(from) > REACH {
        return to - from;
    }
    (from..to).filter(|&k| words.is(k, WORD)).count()
}

/// Gives every cue its source.
fn take_sources(words: &Words, linked: &mut [Linked], sources: &[Range<usize>], contents: &[Range<usize>]) {
    let mut before: Option<(usize, Vec<Range<usize>>)> = None;
    for index in 0..linked.len() {
        let (Some(first), Some(last)) = (linked[index].cue.first().cloned(), linked[index].cue.last().cloned()) else {
            continue;
        };
        let sentence = words.around(first.start);
        let inside = linked[index].inside;
        // What may not be crossed: the sentence, the content that the cue lies in, the cue before.
        let floor = inside.map_or(sentence.start, |k| contents[k].start.max(sentence.start));
        let last_cue = index.checked_sub(1).and_then(|k| linked[k].cue.last()).map_or(0, |cue| cue.end);
        let same_level = |source: &Range<usize>| containing(contents, source) == inside;
        let left = touching(sources, &(floor..first.start))
            .iter()
            .rev()
            .find(|source| same_level(source) && source.end <= first.start);
        let right = touching(sources, &(last.end..sentence.end))
            .iter()
            .find(|source| source.start >= last.end)
            .filter(|source| same_level(source) && distance(words, last.end, source.start) <= 6);
        let within = touching(sources, &(first.start..last.end)).first();
        let own_left = left.filter(|source| source.end >= last_cue || source.start >= last_cue);
        let chosen = match (within, own_left, right) {
            (Some(within), ..) => Some(within),
            (_, Some(left), Some(right)) => {
                Some(if distance(words, left.end, first.start) <= distance(words, last.end, right.start) {
                    left
                } else {
                    right
                })
            }
            (_, Some(left), None) => Some(left),
            (_, None, Some(right)) if next_cue_is_beyond(linked, index, right) => Some(right),
            _ => left,
        };
        let found = match chosen {
            Some(source) => vec![source.clone()],
            // "…, adding that": whoever spoke before in the sentence.
            None => before
                .as_ref()
                .filter(|(at, _)| *at == words.sentence(first.start))
                .map(|(_, source)| source.clone())
                .unwrap_or_default(),
        };
        if !found.is_empty() {
            before = Some((words.sentence(first.start), found.clone()));
        }
        linked[index].source = found;
    }
}

/// Whether the source at the cue's right is not the next cue's subject.
fn next_cue_is_beyond(linked: &[Linked], index: usize, source: &Range<usize>) -> bool {
    linked.get(index + 1).and_then(|next| next.cue.first()).is_none_or(|next| next.start > source.end + 2)
}
