//! Lines: what the line ends of any system part.

use super::characters::is_blank;
use crate::span::Span;

/// How one line is parted from the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineEnd {
    /// A new line: perhaps a new paragraph, perhaps a space.
    Line,
    /// A form feed or paragraph separator: surely a new paragraph. The end of the text too.
    Paragraph,
}

/// One line that has something on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// Without the blanks around it; never empty.
    pub(super) span: Span,
    /// How many characters of white space stood before it.
    pub(super) indent: usize,
    /// How many characters it is wide, at most its bytes.
    pub(super) width: usize,
    /// Whether a blank line, a form feed or the start of the text is before it.
    pub(super) after_blank: bool,
}

/// The lines of `text` that have something on them.
pub(super) fn find(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut after_blank = true;
    let mut start = 0;
    loop {
        let (end, next, how) = line_end(text, start);
        let content = text.get(start..end).unwrap_or_default();
        let trimmed = content.trim_start_matches(is_blank);
        let from = end - trimmed.len();
        let inside = trimmed.trim_end_matches(is_blank);
        if inside.is_empty() {
            after_blank = true;
        } else {
            lines.push(Line {
                span: Span::new(from, from + inside.len()),
                indent: content.len() - trimmed.len(),
                width: inside.chars().count(),
                after_blank,
            });
            after_blank = false;
        }
        after_blank |= how == LineEnd::Paragraph;
        match next {
            Some(next) => start = next,
            None => return lines,
        }
    }
}

/// Where the line that starts at `start` ends, where the next one starts, and what parts the two.
fn line_end(text: &str, start: usize) -> (usize, Option<usize>, LineEnd) {
    let rest = text.get(start..).unwrap_or_default();
    // All line ends but "\u{85}" begin with a control character or, in UTF-8, with 0xE2.
    let mut from = 0;
    while let Some(at) =
        rest.as_bytes().get(from..).and_then(|b| b.iter().position(|b| matches!(b, b'\n'..=b'\r' | 0xc2 | 0xe2)))
    {
        let at = from + at;
        let tail = rest.get(at..).unwrap_or_default();
        let (len, how) = if tail.starts_with("\r\n") {
            (2, LineEnd::Line)
        } else if tail.starts_with(['\n', '\r', '\u{b}']) {
            (1, LineEnd::Line)
        } else if tail.starts_with('\u{c}') {
            (1, LineEnd::Paragraph)
        } else if tail.starts_with('\u{85}') {
            (2, LineEnd::Line)
        } else if tail.starts_with('\u{2028}') {
            (3, LineEnd::Line)
        } else if tail.starts_with('\u{2029}') {
            (3, LineEnd::Paragraph)
        } else {
            from = at + 1;
            continue;
        };
        return (start + at, Some(start + at + len), how);
    }
    (text.len(), None, LineEnd::Paragraph)
}
