//! Transcripts: "MOSS: Is it safe?", each turn a paragraph that begins with who speaks, in capitals.
//!
//! One such paragraph is a note or an appeal ("UPDATE: …") as well as a turn; two speakers are a conversation.

use std::{collections::HashSet, ops::Range};

use super::words::{COLON, WORD, Words};

/// At most so many words name who speaks: "SEN. ADA MOSS".
const LONGEST: usize = 4;

/// What stands in capitals before a colon and is nobody.
const LABELS: &[&str] = &[
    "analysis",
    "breaking",
    "correction",
    "editor",
    "image",
    "listen",
    "more",
    "note",
    "opinion",
    "photo",
    "photos",
    "read",
    "related",
    "source",
    "update",
    "updated",
    "video",
    "warning",
    "watch",
];

/// Each turn of the document: who speaks, and what is said, in tokens.
pub(super) fn turns(words: &Words) -> impl Iterator<Item = (Range<usize>, Range<usize>)> {
    let found: Vec<_> = words.document.paragraphs.iter().filter_map(|p| turn(words, p.sentences.clone())).collect();
    let speakers: HashSet<&str> = found.iter().map(|(source, _)| words.at(source.end - 1)).collect();
    let conversation = speakers.len() > 1;
    found.into_iter().filter(move |_| conversation)
}

fn turn(words: &Words, sentences: Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let sentences = words.document.sentences.get(sentences)?;
    let tokens = sentences.first()?.tokens.start..sentences.last()?.tokens.end;
    let colon = (tokens.start + 1..tokens.end.min(tokens.start + LONGEST + 2)).find(|&k| words.is(k, COLON))?;
    let source = tokens.start..colon;
    let capitals = source.clone().all(|k| {
        let word = words.document.word(k);
        words.is(k, WORD)
            && word.chars().filter(|c| c.is_alphabetic()).count() > 1
            && !word.chars().any(char::is_lowercase)
            && !LABELS.contains(&words.at(k))
    });
    (capitals && colon + 1 < tokens.end && words.at(colon) == ":").then_some((source, colon + 1..tokens.end))
}
