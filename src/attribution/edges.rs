//! Where a source that a model found really begins and ends.
//!
//! A token head judges token by token, and is least sure at the ends: "and aides" for "aides", "Ada Moss issued a" for
//! "Ada Moss". Grammar is sure there: no noun phrase begins with "and" or ends with "the".

use std::ops::Range;

use super::{
    phrase::{before_time, subject_before},
    words::{
        ADVERB, AUXILIARY, CLOSE_BRACKET, COMMA, CONTRACTED, COORDINATOR, DETERMINER, MARK, POSSESSIVE, PREPOSITION,
        QUOTE, RELATIVE, SUBORDINATOR, VERB, Words,
    },
};

/// How many words may follow the article that is all that the model found of a source.
const WORDS: usize = 6;

/// The source of which the model found the tokens `found`, with none that `is_cue` takes; empty where no phrase is left.
pub(super) fn source(words: &Words, found: Range<usize>, is_cue: impl Fn(usize) -> bool) -> Range<usize> {
    let found = for_part(words, &found).or_else(|| described(words, &found)).unwrap_or(found);
    let mut start = after_clause(words, found.clone());
    let mut end = found.end;
    while start < end && opens_none(words, start) {
        start += 1;
    }
    // "the pact, which Moss had called unfair"
    if start + 1 < end && matches!(words.at(start), "which" | "whom") && !words.is(start + 1, AUXILIARY | VERB | MARK) {
        start += 1;
    }
    // "She's said": one word is both.
    let is_cue = |at: usize| is_cue(at) && !words.is(at, CONTRACTED | POSSESSIVE);
    while start < end && (is_cue(end - 1) || ends_none(words, end - 1)) {
        end -= 1;
    }
    // "Ada Moss, the mayor, on Wednesday"
    let untimed = before_time(words, end, start);
    if untimed > start + 1 && words.is(untimed - 1, COMMA | CLOSE_BRACKET) {
        end = untimed;
    }
    if start == end && is_article(words, start) {
        // "The" of "The hotel guest in the next room said": what it is the article of.
        let others = MARK | AUXILIARY | PREPOSITION | COORDINATOR | RELATIVE;
        end = (start + 1..words.around(start).end.min(start + 2 + WORDS))
            .find(|&at| is_cue(at) || words.is(at, others))
            .filter(|&end| end > start + 1)
            .unwrap_or(end);
    }
    start..end
}

/// Whose part it is, where the model took "her part" of "Ada Moss, for her part," for the source.
fn for_part(words: &Words, found: &Range<usize>) -> Option<Range<usize>> {
    let is_part = words.is(found.start, POSSESSIVE)
        && words.at(found.start + 1) == "part"
        && (found.start + 2..found.end).all(|at| words.is(at, COMMA));
    let before = found.start.checked_sub(2).filter(|_| is_part && words.at(found.start - 1) == "for")?;
    let end = if words.is(before, COMMA) { before } else { before + 1 };
    subject_before(words, end, words.around(found.start).start)
}

/// The whole phrase, where the model took "which Ada Moss had withheld" of "The report, which Ada Moss had withheld, said".
fn described(words: &Words, found: &Range<usize>) -> Option<Range<usize>> {
    let is_clause =
        words.is(found.start, RELATIVE) && found.len() > 2 && found.clone().skip(1).any(|at| words.is(at, AUXILIARY));
    let end = if words.is(found.end, COMMA) { found.end + 1 } else { found.end };
    let phrase = is_clause.then(|| subject_before(words, end, words.around(found.start).start)).flatten()?;
    (phrase.start < found.start).then_some(phrase)
}

/// Where the second of two clauses begins, in "The river rose, and residents": two that are joined as one source have no
/// comma between them, and more than two have more than one.
fn after_clause(words: &Words, found: Range<usize>) -> usize {
    let mut commas = found.clone().filter(|&at| words.is(at, COMMA));
    match (commas.next(), commas.next()) {
        (Some(comma), None) if comma > found.start && words.is(comma + 1, COORDINATOR) && comma + 2 < found.end => {
            comma + 1
        }
        _ => found.start,
    }
}

/// Whether no source begins with token `at`: "and", "while", "by".
fn opens_none(words: &Words, at: usize) -> bool {
    words.is(at, COORDINATOR | MARK) && !words.is(at, QUOTE)
        || words.is(at, SUBORDINATOR) && !words.is(at, DETERMINER | PREPOSITION | ADVERB | RELATIVE)
        || words.at(at) == "by"
}

/// Whether no source ends with token `at`: "the", "of", "and", "to".
fn ends_none(words: &Words, at: usize) -> bool {
    is_article(words, at) || words.is(at, PREPOSITION | COORDINATOR)
}

fn is_article(words: &Words, at: usize) -> bool {
    matches!(words.at(at), "a" | "an" | "the")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Document;

    /// The source that is left of what stands between brackets; what stands between braces is a cue.
    fn left_of(marked: &str) -> String {
        let document = Document::new(&marked.replace(['[', ']', '{', '}'], ""));
        let words = Words::new(&document);
        let between = |open: char, close: char| {
            let place = |mark: char| {
                let at = marked.find(mark)?;
                Some(marked[..at].chars().filter(|c| !"[]{}".contains(*c)).map(char::len_utf8).sum::<usize>())
            };
            Some(words.tokens(crate::Span::new(place(open)?, place(close)?)))
        };
        let cue = between('{', '}').unwrap_or(0..0);
        let found = source(&words, between('[', ']').unwrap_or(0..0), |at| cue.contains(&at));
        words.inclusive(found).map_or(String::new(), |span| document.slice(span).to_owned())
    }

    #[test]
    fn what_is_no_part_of_a_source_goes() {
        for (marked, left) in [
            ("[Ada Moss] said it was safe.", "Ada Moss"),
            ("It failed, [and aides] said so.", "aides"),
            ("It failed [while the mayor] said it had not.", "the mayor"),
            ("A note [by Ada Moss] said so.", "Ada Moss"),
            ("[The river rose, and residents] said so.", "residents"),
            ("[The mayor, the clerk, and the sheriff] said so.", "The mayor, the clerk, and the sheriff"),
            ("[Ada Moss, the mayor,] said so.", "Ada Moss, the mayor,"),
            ("[Ada Moss, the mayor, on Wednesday] said so.", "Ada Moss, the mayor,"),
            ("[The report published on Wednesday] said so.", "The report published on Wednesday"),
            ("Ada Moss, for [her part], said so.", "Ada Moss"),
            ("Ada Moss, for [her part,] said so.", "Ada Moss"),
            ("The report, [which Ada Moss had withheld], said so.", "The report, which Ada Moss had withheld"),
            ("The pact, [which Ada Moss] had called unfair, held.", "Ada Moss"),
            ("The post, [which] said so, went.", "which"),
            ("[Ada Moss and Tom Reed] said so.", "Ada Moss and Tom Reed"),
            ("[Ada Moss {issued a] statement saying} it was safe.", "Ada Moss"),
            ("[The mayor on] Monday said so.", "The mayor"),
            ("[Ada Moss said] it was safe.", "Ada Moss said"),
            ("[Ada Moss {said]} it was safe.", "Ada Moss"),
            ("[{She's] said} it was safe.", "She's"),
            ("[His] pledge to mend it was kept.", "His"),
            ("[The] guest in the next room said so.", "The guest"),
            ("[The] Harbour Post {reports} that it was safe.", "The Harbour Post"),
            ("[The] {report} that it was safe was wrong.", ""),
            ("[As many as ten of them] said so.", "As many as ten of them"),
        ] {
            assert_eq!(left_of(marked), left, "{marked}");
        }
    }
}
