//! Whose words a quotation is: somebody's, or a title, a term, a nickname, a distance kept.

use super::{Quotation, QuotationKind};
use crate::text::{Document, TokenKind};

/// Verbs that bring somebody's words, however few.
const CUES: [&str; 44] = [
    "added",
    "admitted",
    "answered",
    "argued",
    "asked",
    "asks",
    "blasted",
    "branded",
    "call",
    "called",
    "calling",
    "calls",
    "claimed",
    "complained",
    "concluded",
    "cried",
    "declared",
    "decried",
    "demanded",
    "denounced",
    "described",
    "describing",
    "dismissed",
    "exclaimed",
    "explained",
    "insisted",
    "labeled",
    "labelled",
    "noted",
    "praised",
    "recalled",
    "remarked",
    "replied",
    "responded",
    "said",
    "say",
    "saying",
    "says",
    "shouted",
    "telling",
    "told",
    "tweeted",
    "wrote",
    "yelled",
];

/// Words that only clauses have: forms of "be", "have", "do", auxiliaries, and pronouns that are subjects.
const CLAUSAL: [&str; 52] = [
    "I",
    "I'd",
    "I'll",
    "I'm",
    "I've",
    "I’d",
    "I’ll",
    "I’m",
    "I’ve",
    "am",
    "are",
    "can",
    "can't",
    "can’t",
    "could",
    "did",
    "didn't",
    "didn’t",
    "do",
    "does",
    "doesn't",
    "doesn’t",
    "don't",
    "don’t",
    "had",
    "has",
    "have",
    "he",
    "is",
    "it's",
    "it’s",
    "must",
    "not",
    "she",
    "should",
    "that's",
    "that’s",
    "they",
    "they're",
    "they’re",
    "was",
    "we",
    "we're",
    "were",
    "we’re",
    "will",
    "won't",
    "won’t",
    "would",
    "wouldn't",
    "you",
    "you're",
];

/// What `quotation`, whose tokens without its marks are `first..last`, is for.
pub(super) fn of(document: &Document, quotation: &Quotation, first: usize, last: usize) -> QuotationKind {
    if !quotation.closed || quotation.content.len() > 1 {
        return QuotationKind::Speech;
    }
    let tokens = document.tokens.get(first..last).unwrap_or_default();
    let (mut words, mut capitals, mut clausal) = (0, 0, false);
    // A long one is speech whatever its words: the rest need not be looked at.
    for token in tokens.iter().take(64) {
        if token.kind == TokenKind::Mark {
            continue;
        }
        let word = document.slice(token.span);
        words += 1;
        capitals += usize::from(word.len() <= 3 || !word.starts_with(char::is_lowercase));
        clausal |= CLAUSAL.binary_search(&word).is_ok();
    }
    if words == 0 {
        return QuotationKind::Scare;
    }
    if tokens.len() >= 64 {
        return QuotationKind::Speech;
    }
    let end = last.checked_sub(1).map_or("", |index| document.word(index));
    let stopped = matches!(end, "." | "," | "!" | "?" | "…" | "..." | "—" | "--" | ";");
    let titled = words == capitals && words > 1 && end != "!" && !clausal;
    if titled {
        return QuotationKind::Scare;
    }
    let opens_sentence = opens_sentence(document, first);
    let capital = document.word(first).starts_with(char::is_uppercase);
    let cued = cued(document, first, last);
    // Two small words or more are somebody's three times in four (PolNeAR's contents); one word is as often nobody's.
    let speech =
        words >= 4 || words >= 2 && !capital || clausal && words >= 3 || cued || opens_sentence && stopped && capital;
    if speech { QuotationKind::Speech } else { QuotationKind::Scare }
}

/// Whether the opening mark before token `first` begins a sentence or follows a comma or colon.
fn opens_sentence(document: &Document, first: usize) -> bool {
    let Some(mark) = first.checked_sub(1) else { return true };
    let starts = |index: usize| {
        let at = document.sentences.partition_point(|sentence| sentence.tokens.start < index);
        document.sentences.get(at).is_some_and(|sentence| sentence.tokens.start == index)
    };
    starts(mark) || mark.checked_sub(1).is_some_and(|before| matches!(document.word(before), ":" | ","))
}

/// Whether a verb of speech stands close before the opening mark or close after the closing one.
fn cued(document: &Document, first: usize, last: usize) -> bool {
    let cue = |index: usize| CUES.binary_search(&document.word(index)).is_ok();
    (first.saturating_sub(6)..first.saturating_sub(1)).any(cue) || (last + 1..last + 4).any(cue)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        assert!(CUES.is_sorted());
        assert!(CLAUSAL.is_sorted());
    }
}
