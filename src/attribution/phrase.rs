//! Noun phrases and clauses, without a parser: where the words that a cue asks for begin and end.

use std::ops::Range;

use super::words::{
    ADVERB, AFTER_NOUN, AUXILIARY, CAPITAL, CLOSE_BRACKET, COLON, COMMA, CONTRACTED, COORDINATOR, Classes, DASH,
    DETERMINER, MARK, NUMBER, OCCASION, OPEN_BRACKET, POSSESSIVE, PREPOSITION, QUOTE, RELATIVE, STOP, SUBJECT,
    SUBORDINATOR, TIME, VERB, WORD, Words,
};

/// How far the rules look from a cue. A source of more words is no source; and a sentence of a megabyte stays cheap.
pub(super) const REACH: usize = 60;

/// The noun phrase that ends before token `end`: the subject of the verb that begins there.
pub(super) fn subject_before(words: &Words, end: usize, floor: usize) -> Option<Range<usize>> {
    let floor = floor.max(end.saturating_sub(REACH));
    if end <= floor {
        return None;
    }
    let end = before_time(words, end, floor);
    // "Ada Moss, a farmer, said", "Moss (D-Ohio) said": step over what is set apart.
    let mut head = end;
    let mut apart = false;
    while head > floor {
        let last = head - 1;
        let open = if words.is(last, COMMA) {
            opening(words, last, floor, COMMA)
        } else if words.is(last, DASH) {
            opening(words, last, floor, DASH)
        } else if words.is(last, CLOSE_BRACKET) {
            opening(words, last, floor, OPEN_BRACKET)
        } else {
            break;
        };
        match open {
            Some(open) if open > floor => head = open,
            _ => return None,
        }
        apart = true;
    }
    let mut start = noun_phrase_start(words, head, floor)?;
    // "Ada Moss, D-Ohio, chair of the panel, said": the name stands one step further on.
    if apart && !words.is(start, CAPITAL | SUBJECT | NUMBER) && start > floor + 1 && words.is(start - 1, COMMA) {
        start = noun_phrase_start(words, start - 1, floor)
            .filter(|&further| words.is(further, CAPITAL) && !words.is(further, PREPOSITION))
            .unwrap_or(start);
    }
    Some(start..trimmed_end(words, start, end))
}

/// Where the time ends the phrase before it: "the mayor on Monday said", "Ada Moss last year said". `end` where there is
/// none, or nothing before it.
pub(super) fn before_time(words: &Words, end: usize, floor: usize) -> usize {
    let mut at = end;
    while at > floor && words.is(at - 1, TIME | NUMBER) && !words.is(at - 1, SUBJECT) {
        at -= 1;
    }
    // "in early March", "late on Monday"
    while at > floor && matches!(words.at(at - 1), "early" | "late" | "mid") {
        at -= 1;
    }
    if at == end || !(at..end).any(|k| words.is(k, TIME)) {
        return end;
    }
    let on = at > floor && matches!(words.at(at - 1), "on" | "in" | "at" | "since" | "during" | "by");
    let first = words.at(at);
    let bare = is_weekday(first)
        || matches!(first, "earlier" | "yesterday" | "today")
        || matches!(first, "last" | "this") && end - at > 1;
    if !on && !bare {
        return end;
    }
    if on {
        at -= 1;
    }
    while at > floor && words.is(at - 1, ADVERB) && !words.is(at - 1, DETERMINER | CAPITAL) {
        at -= 1;
    }
    // "The report published Tuesday": when it was published, not when it said so.
    let of_noun = at > floor && words.is(at - 1, VERB | AFTER_NOUN | PREPOSITION);
    if at > floor && words.is(at - 1, WORD | COMMA | CLOSE_BRACKET) && !of_noun { at } else { end }
}

fn is_weekday(word: &str) -> bool {
    matches!(word, "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")
}

fn trimmed_end(words: &Words, start: usize, mut end: usize) -> usize {
    while end > start + 1 && words.is(end - 1, COMMA | DASH) {
        end -= 1;
    }
    end
}

/// The mark that opens what the comma, dash or bracket at `close` closes.
fn opening(words: &Words, close: usize, floor: usize, mark: Classes) -> Option<usize> {
    let mut found = None;
    for at in (floor.max(close.saturating_sub(40))..close).rev() {
        if words.is(at, QUOTE | STOP) {
            break;
        }
        if words.is(at, mark) {
            found = Some(at);
            break;
        }
        // Two clauses are not an apposition.
        if mark == COMMA && words.is(at, COLON) {
            break;
        }
    }
    let open = found.filter(|&open| close - open > 1)?;
    // ", and X," and ", but X," open a clause of their own.
    (mark != COMMA || !words.is(open + 1, COORDINATOR)).then_some(open)
}

/// Where the noun phrase that ends before `end` begins.
fn noun_phrase_start(words: &Words, end: usize, floor: usize) -> Option<usize> {
    let mut at = end;
    let mut prepositions = 0;
    while at > floor {
        let last = at - 1;
        if words.is(last, SUBJECT) {
            if at == end {
                return Some(last);
            }
            // "those who know her", "people who work there": the relative clause is inside.
            if words.is(last, RELATIVE) && last > floor && words.is(last - 1, WORD) {
                at = last;
                continue;
            }
            break;
        }
        if words.is(last, RELATIVE) && at == end {
            return Some(last);
        }
        let relative = || {
            (floor.max(last.saturating_sub(6))..last).rev().find(|&k| words.is(k, RELATIVE) && words.at(k) != "that")
        };
        if words.is(last, MARK) {
            // A list: "Ohio, Iowa and Maine say".
            let list = words.is(last, COMMA)
                && words.is(at, CAPITAL)
                && last > floor
                && words.is(last - 1, CAPITAL)
                && (at..end).any(|k| words.is(k, COORDINATOR));
            // "January 15, 2016"
            let date = words.is(last, COMMA) && words.is(at, NUMBER) && last > floor && words.is(last - 1, NUMBER);
            if !list && !date {
                break;
            }
            at = last;
            continue;
        }
        if words.is(last, AUXILIARY)
            || (words.is(last, VERB) && !words.is(last, AFTER_NOUN | TIME) && is_finite(words, last, floor))
        {
            match relative() {
                Some(k) if at < end => at = k,
                _ => break,
            }
            continue;
        }
        if words.is(last, SUBORDINATOR) && !words.is(last, DETERMINER | PREPOSITION | ADVERB) {
            break;
        }
        // "critics of that idea"
        let which = || last > floor && words.is(last - 1, PREPOSITION);
        if words.at(last) == "that" && !which() {
            break;
        }
        if words.is(last, COORDINATOR) {
            if words.at(last) != "and" && words.at(last) != "or" || last == floor {
                break;
            }
            // "X praised Y and Z said": only names and plurals are joined.
            let left =
                last.checked_sub(1).is_some_and(|k| k >= floor && words.is(k, WORD) && !words.is(k, VERB | ADVERB));
            if !left || at == end {
                break;
            }
        }
        if words.is(last, PREPOSITION) {
            prepositions += 1;
            if prepositions > 4 || at == end {
                break;
            }
            if last == floor || words.is(last - 1, MARK | COORDINATOR) {
                // "About nine percent said"
                if matches!(words.at(last), "about" | "around" | "over" | "under" | "like")
                    && words.is(at, NUMBER | DETERMINER)
                {
                    at = last;
                    break;
                }
                // "In the email Moss said": the phrase is the last name or the last determiner's.
                at = (at..end)
                    .rev()
                    .find(|&k| words.is(k, DETERMINER) || (words.is(k, CAPITAL) && !words.is(k - 1, CAPITAL)))
                    .unwrap_or(at);
                break;
            }
        }
        at = last;
    }
    // "Meanwhile Moss", "On Tuesday Moss", "But Moss"
    while at < end
        && (words.is(at, ADVERB | COORDINATOR | PREPOSITION | SUBORDINATOR) && !words.is(at, DETERMINER | CAPITAL)
            || (words.is(at, ADVERB | COORDINATOR | TIME)
                && !words.is(at, DETERMINER)
                && at + 1 < end
                && !words.is(at + 1, POSSESSIVE)))
    {
        at += 1;
    }
    (at < end && (at..end).any(|k| words.is(k, WORD) && !words.is(k, ADVERB | COORDINATOR | PREPOSITION))).then_some(at)
}

/// Whether the listed verb at `at` looks like the verb of its clause rather than part of a noun phrase.
fn is_finite(words: &Words, at: usize, floor: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|&k| k >= floor) else { return false };
    // "the elected officials", "a leading expert", "Moss's report"
    let modifies =
        words.is(before, DETERMINER | POSSESSIVE) || words.is(before, PREPOSITION) && words.at(before) != "to";
    !modifies && !words.is(at, CAPITAL)
}

/// The noun phrase with its appositions from `start` on: the source after "said" or "according to".
pub(super) fn noun_phrase_after(words: &Words, start: usize, limit: usize) -> Range<usize> {
    let limit = limit.min(start + REACH);
    if words.is(start, SUBJECT) && !words.is(start, DETERMINER) {
        return start..start + 1;
    }
    let mut at = start;
    let mut relative = false;
    while at < limit {
        if words.is(at, STOP | COLON | QUOTE) {
            break;
        }
        if words.is(at, DASH) && at > start {
            break;
        }
        if words.is(at, COMMA) {
            let next = at + 1;
            // An apposition goes on; a new clause, a time or a further remark does not.
            let apposition = next < limit
                && (words.is(next, DETERMINER | CAPITAL | RELATIVE | NUMBER)
                    || !words.is(next, PREPOSITION | COORDINATOR | SUBORDINATOR | ADVERB | SUBJECT | MARK))
                && !words.is(next, TIME | QUOTE)
                && !(words.at(next).ends_with("ing"))
                && (words.is(next, RELATIVE) || !opens_clause(words, next, limit));
            if !apposition {
                break;
            }
        }
        relative |= words.is(at, RELATIVE);
        if at > start && !relative {
            if words.is(at, AUXILIARY) || words.is(at, SUBORDINATOR) && !words.is(at, DETERMINER | PREPOSITION) {
                break;
            }
            if words.is(at, PREPOSITION) && adjunct(words, at, limit) {
                break;
            }
            if words.is(at, TIME) && !words.is(at, DETERMINER) && words.is(at, CAPITAL) {
                break;
            }
        }
        at += 1;
    }
    start..at
}

/// Whether a subject and a finite verb begin at `at`: ", they are" after an apposition's comma.
fn opens_clause(words: &Words, at: usize, limit: usize) -> bool {
    for k in at..limit.min(at + 8) {
        if words.is(k, MARK | RELATIVE) {
            return false;
        }
        if k > at && words.is(k, AUXILIARY) {
            return true;
        }
    }
    false
}

/// Whether the words at the preposition `at` tell when or where it was said rather than who said it.
pub(super) fn adjunct(words: &Words, at: usize, limit: usize) -> bool {
    if matches!(words.at(at), "during" | "after" | "before" | "via" | "amid" | "upon" | "when" | "while") {
        return true;
    }
    if !matches!(words.at(at), "in" | "on" | "at" | "to" | "of" | "by" | "from" | "through") {
        return false;
    }
    for k in at + 1..limit.min(at + 7) {
        if words.is(k, MARK | PREPOSITION) {
            return false;
        }
        if words.is(k, TIME) && words.is(k, CAPITAL)
            || words.is(k, OCCASION)
            || k == at + 1 && words.is(k, NUMBER) && words.at(at) == "in"
        {
            return matches!(words.at(at), "in" | "on" | "at" | "to" | "from" | "through");
        }
    }
    false
}

/// Steps over what stands between a cue and its content or its end: adverbs, times, "in an interview".
pub(super) fn skip_adjuncts(words: &Words, mut at: usize, limit: usize) -> usize {
    let limit = limit.min(at + 20);
    loop {
        let before = at;
        while at < limit
            && (words.is(at, ADVERB) || words.is(at, TIME))
            && !words.is(at, SUBJECT | SUBORDINATOR | CONTRACTED)
        {
            // "this" and "last" are times only before one: "said this week".
            if words.is(at, DETERMINER) && !words.is(at + 1, TIME) {
                break;
            }
            at += 1;
            if words.is(at, NUMBER) {
                at += 1;
            }
        }
        if at < limit && words.is(at, PREPOSITION) && adjunct(words, at, limit) {
            let mut k = at + 1;
            while k < limit && !words.is(k, MARK | SUBORDINATOR | SUBJECT | RELATIVE) {
                let done = words.is(k, OCCASION) || words.is(k, NUMBER) || words.is(k, TIME) && words.is(k, CAPITAL);
                k += 1;
                if done {
                    // "in an interview with the Herald", "in an interview on Tuesday"
                    if words.at(k) == "with" {
                        k = noun_phrase_after(words, k + 1, limit).end.min(k + 6);
                    }
                    break;
                }
            }
            at = k;
        }
        if at == before || at >= limit {
            return at.min(limit);
        }
    }
}
