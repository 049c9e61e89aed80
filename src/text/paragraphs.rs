//! Paragraphs: what blank lines part, and what single line ends part where the text is written a paragraph a line.
//!
//! A single line end means one of two things. In hard-wrapped text it is a space: lines are of like width and break in
//! the middle of sentences. In text taken from a page it often ends a paragraph: headline, subheading, paragraph, each a
//! line. [`Layout::of`] decides which, once a text; [`Layout::parts`] then looks at each line end, since a hard-wrapped
//! text has headings and a text of long lines a stray break.

use super::{
    characters::{char_at, closes},
    lines::{self, Line},
};
use crate::span::Span;

/// The paragraphs of `text`, without the blanks around each.
pub(super) fn find(text: &str) -> Vec<Span> {
    let lines = lines::find(text);
    let layout = Layout::of(text, &lines);
    let mut found: Vec<Span> = Vec::new();
    let mut previous: Option<&Line> = None;
    for line in &lines {
        match (found.last_mut(), previous) {
            (Some(paragraph), Some(before)) if !layout.parts(text, before, line) => paragraph.end = line.span.end,
            _ => found.push(line.span),
        }
        previous = Some(line);
    }
    found
}

/// What the single line ends of a text mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// Each line is a paragraph.
    ParagraphALine,
    /// Lines are filled up to about this width, in characters.
    HardWrapped(usize),
}

impl Layout {
    /// Hard-wrapped lines break in the middle of a sentence most of the time, and then the next line mostly begins with
    /// a small letter: nine in ten words do. Paragraphs hardly ever do.
    fn of(text: &str, lines: &[Line]) -> Self {
        let pairs = lines.iter().zip(lines.iter().skip(1)).filter(|(_, next)| !next.after_blank);
        let (mut all, mut broken) = (0_usize, 0_usize);
        let mut widths = Vec::new();
        for (line, next) in pairs {
            all += 1;
            if continues(text, next) && !ends_sentence(text, line) && !introduces(text, line) {
                broken += 1;
                widths.push(line.width);
            }
        }
        if broken * 3 < all || broken == 0 {
            return Self::ParagraphALine;
        }
        // Near the widest, so that ragged lines count as full, but past a few that overran.
        let index = widths.len() - 1 - widths.len() / 20;
        let (_, width, _) = widths.select_nth_unstable(index);
        Self::HardWrapped(*width)
    }

    /// Whether the line end between `line` and `next` ends a paragraph.
    fn parts(self, text: &str, line: &Line, next: &Line) -> bool {
        if next.after_blank {
            return true;
        }
        let ended = ends_sentence(text, line);
        if starts_item(text, next) && (ended || ends_with(text, line, ':') || starts_item(text, line)) {
            return true;
        }
        // What introduces ends its paragraph, and so does a quotation, unless the text is wrapped.
        let closed = self == Self::ParagraphALine && introduces(text, line);
        if continues(text, next) && !ended && !closed || hangs(text, line) {
            return false;
        }
        match self {
            Self::ParagraphALine => true,
            Self::HardWrapped(width) => {
                // The next line's first word would have fitted on this line: whoever broke it meant to.
                let word = next.span.of(text).split(char::is_whitespace).next().map_or(0, |word| word.chars().count());
                let short = line.width + line.indent.min(8) + 1 + word + width / 10 <= width;
                let indented = next.indent >= line.indent + 2 && ended;
                indented || short && (ended || !continues(text, next))
            }
        }
    }
}

/// Whether the line ends with a stop, closing marks aside.
fn ends_sentence(text: &str, line: &Line) -> bool {
    let inside = line.span.of(text).trim_end_matches(|c: char| closes(c) || c == '*' || c.is_whitespace());
    inside.ends_with(['.', '!', '?', '…', '。'])
}

/// Whether the line ends as an introduction or a quotation does.
fn introduces(text: &str, line: &Line) -> bool {
    line.span.of(text).ends_with([':', '”', '"', '»'])
}

fn ends_with(text: &str, line: &Line, mark: char) -> bool {
    line.span.of(text).ends_with(mark)
}

/// Whether the line begins as no sentence does: with a small letter (but "iPhone"), or a mark that goes on.
fn continues(text: &str, line: &Line) -> bool {
    let start = line.span.start;
    match char_at(text, start) {
        Some(c) if c.is_lowercase() => char_at(text, start + c.len_utf8()).is_some_and(|next| !next.is_uppercase()),
        Some(',' | ';' | ')' | ']' | '”' | '%') => true,
        _ => false,
    }
}

/// Whether the line breaks off where no paragraph and no heading ends: after a comma or a small connecting word.
fn hangs(text: &str, line: &Line) -> bool {
    let inside = line.span.of(text);
    if inside.ends_with([',', '(', '[', '“', '‘', '&']) {
        return true;
    }
    let word = inside.rsplit(char::is_whitespace).next().unwrap_or_default();
    word.len() < inside.len()
        && matches!(
            word,
            "a" | "an"
                | "and"
                | "as"
                | "at"
                | "by"
                | "for"
                | "from"
                | "in"
                | "into"
                | "its"
                | "nor"
                | "of"
                | "on"
                | "or"
                | "our"
                | "than"
                | "that"
                | "the"
                | "their"
                | "to"
                | "were"
                | "with"
        )
}

/// Whether the line begins as an item of a list: "- ", "• ", "1. ", "a) ".
fn starts_item(text: &str, line: &Line) -> bool {
    let inside = line.span.of(text);
    let bullet = inside.trim_start_matches(['-', '–', '—', '*', '+', '•', '·', '◦', '▪', '●', '■', '‣', '►', '→', '✓']);
    if bullet.len() < inside.len() {
        return bullet.starts_with(char::is_whitespace) || !inside.starts_with(['-', '–', '—', '*', '+']);
    }
    let number = inside.trim_start_matches('(');
    let digits = number.trim_start_matches(|c: char| c.is_ascii_digit());
    let width = number.len() - digits.len();
    let (width, rest) = if width == 0 {
        // "a)", "b."
        let letter = number.as_bytes().first().is_some_and(u8::is_ascii_lowercase);
        (usize::from(letter), number.get(1..).filter(|_| letter).unwrap_or_default())
    } else {
        (width, digits)
    };
    let marked = rest.strip_prefix([')', '.']).or_else(|| rest.strip_prefix(".)"));
    matches!(width, 1..=3) && marked.is_some_and(|rest| rest.starts_with(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs() {
        for (name, text, expected) in [
            ("blank line", "One.\n\nTwo.", "One.|Two."),
            ("blank line of spaces", "One.\n \t\u{a0}\nTwo.", "One.|Two."),
            ("carriage returns", "One.\r\n\r\nTwo.", "One.|Two."),
            ("lone carriage returns", "One.\r\rTwo.", "One.|Two."),
            ("separators", "One.\u{2029}Two.\u{c}Three.", "One.|Two.|Three."),
            (
                "wrapped",
                "The minister said on\nMonday that she would go.",
                "The minister said on\nMonday that she would go.",
            ),
            ("wrapped, small letter", "The bridge\nwas shut.", "The bridge\nwas shut."),
            (
                "headline",
                "Bridge shut for repairs\nThe bridge was shut on Monday.",
                "Bridge shut for repairs|The bridge was shut on Monday.",
            ),
            (
                "a paragraph a line",
                "The bridge was shut.\nIt will open in May.",
                "The bridge was shut.|It will open in May.",
            ),
            (
                "wrapped with a heading",
                "The council voted on Tuesday to close\nthe bridge, which is older than the\ntown hall and rusts.\nWhat comes next\nThe mayor will name an engineer in the\nspring, and work starts in June.",
                "The council voted on Tuesday to close\nthe bridge, which is older than the\ntown hall and rusts.|What comes next|The mayor will name an engineer in the\nspring, and work starts in June.",
            ),
            (
                "wrapped, a name at the break",
                "The council of the small town voted on\nTuesday to close the bridge, said Mayor\nAnn Lee of the town, which has no\nother way over the river.",
                "The council of the small town voted on\nTuesday to close the bridge, said Mayor\nAnn Lee of the town, which has no\nother way over the river.",
            ),
            (
                "introduced",
                "The mayor said:\nopen the bridge now.\nShe left.",
                "The mayor said:|open the bridge now.|She left.",
            ),
            ("bullets", "They want:\n- more buses\n- new lamps", "They want:|- more buses|- new lamps"),
            ("numbers", "They want:\n1. more buses\n2. new lamps", "They want:|1. more buses|2. new lamps"),
            ("only blanks", " \n\u{200b}\n", ""),
        ] {
            let found: Vec<_> = find(text).iter().map(|span| span.of(text)).collect();
            assert_eq!(found.join("|"), expected, "{name}");
        }
    }
}
