//! Paragraphs: what blank lines part.

use crate::span::Span;

/// The paragraphs of `text`, without the white space around each.
pub(super) fn find(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let (mut start, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            found.push(Span::new(start, at));
            start = at + line.len();
        }
        at += line.len();
    }
    found.push(Span::new(start, at));
    found.iter().map(|span| span.trim(text)).filter(|span| !span.is_empty()).collect()
}
