//! Where something stands in a text, and the one place that changes the unit.
//!
//! Inside the crate every offset is a UTF-8 byte. JavaScript counts UTF-16 code units and Python counts code points;
//! [`Analysis::with_offsets`](crate::Analysis::with_offsets) turns an answer into either through [`OffsetTable`].

use serde::{Deserialize, Serialize, Serializer};

/// A half-open stretch `start..end` of a text.
///
/// In UTF-8 bytes, on character boundaries, until
/// [`Analysis::with_offsets`](crate::Analysis::with_offsets) says otherwise.
///
/// ```
/// use sayswho::Span;
///
/// let span = Span::new(4, 9);
/// assert_eq!(span.of("The mayor spoke."), "mayor");
/// assert!(Span::new(0, 9).contains(span));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Deserialize)]
#[serde(from = "(usize, usize)")]
pub struct Span {
    /// The first unit inside.
    pub start: usize,
    /// The first unit after.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to, and without, `end`; empty at `start` where `end` lies before it.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end: if end < start { start } else { end } }
    }

    /// How many units it covers.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it covers nothing.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one unit.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The part that both cover, or `None` where they share nothing.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        (start < end).then_some(Self { start, end })
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The text that it covers; empty where it lies outside `text` or off a character boundary.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Without the white space at either end.
    #[must_use]
    pub fn trim(self, text: &str) -> Self {
        let inside = self.of(text);
        let start = self.start + (inside.len() - inside.trim_start().len());
        Self::new(start, start + inside.trim().len())
    }
}

/// A span is written as `[start, end]`.
impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.start, self.end).serialize(serializer)
    }
}

impl From<(usize, usize)> for Span {
    fn from((start, end): (usize, usize)) -> Self {
        Self::new(start, end)
    }
}

impl From<Span> for std::ops::Range<usize> {
    fn from(span: Span) -> Self {
        span.start..span.end
    }
}

/// What an offset counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Offsets {
    /// UTF-8 bytes, as Rust counts.
    #[default]
    Utf8,
    /// UTF-16 code units, as JavaScript counts.
    Utf16,
    /// Unicode code points, as Python counts.
    Chars,
}

/// Turns UTF-8 offsets of one text into another unit and back.
///
/// It keeps two numbers for every 64 bytes: the cost is one pass over the text, then a constant for
/// each offset, whatever order they come in. The text itself is not kept: hand the same one to every call.
///
/// ```
/// use sayswho::{OffsetTable, Offsets};
///
/// let text = "“Yes,” she said.";
/// let table = OffsetTable::new(text, Offsets::Utf16);
/// assert_eq!(table.convert(text, "“Yes,”".len()), 6);
/// assert_eq!(table.byte(text, 6), "“Yes,”".len());
/// ```
#[derive(Debug, Clone)]
pub struct OffsetTable {
    unit: Offsets,
    /// For each multiple of `STEP`, the first character that starts there or after: its byte, and the units before it.
    /// Empty where the units are bytes.
    marks: Vec<(usize, usize)>,
}

impl OffsetTable {
    const STEP: usize = 64;

    /// The table for `text` in `unit`.
    #[must_use]
    pub fn new(text: &str, unit: Offsets) -> Self {
        let mut marks = Vec::new();
        if unit != Offsets::Utf8 && !text.is_ascii() {
            marks.reserve(text.len() / Self::STEP + 1);
            let mut units = 0;
            for (byte, c) in text.char_indices() {
                while marks.len() * Self::STEP <= byte {
                    marks.push((byte, units));
                }
                units += width(c, unit);
            }
        }
        Self { unit, marks }
    }

    /// The offset of UTF-8 byte `byte` of `text` in the table's unit. An offset off a character boundary, or past the
    /// end, is taken as the nearest boundary before it.
    #[must_use]
    pub fn convert(&self, text: &str, byte: usize) -> usize {
        let byte = text.floor_char_boundary(byte);
        let (from, units) = self.mark_before(|&(start, _)| start <= byte);
        if self.marks.is_empty() {
            return byte;
        }
        units + text.get(from..byte).unwrap_or_default().chars().map(|c| width(c, self.unit)).sum::<usize>()
    }

    /// The UTF-8 byte of `text` at `offset` in the table's unit; the end of the text where it lies past that.
    #[must_use]
    pub fn byte(&self, text: &str, offset: usize) -> usize {
        if self.marks.is_empty() {
            return text.floor_char_boundary(offset);
        }
        let (from, mut units) = self.mark_before(|&(_, units)| units <= offset);
        for (byte, c) in text.get(from..).unwrap_or_default().char_indices() {
            units += width(c, self.unit);
            if units > offset {
                return from + byte;
            }
        }
        text.len()
    }

    /// [`convert`](Self::convert) for both ends.
    #[must_use]
    pub fn span(&self, text: &str, span: Span) -> Span {
        Span::new(self.convert(text, span.start), self.convert(text, span.end))
    }

    /// The last mark of which `holds` is true, given that it is true of a first stretch of them.
    fn mark_before(&self, holds: impl Fn(&(usize, usize)) -> bool) -> (usize, usize) {
        let after = self.marks.partition_point(holds);
        after.checked_sub(1).and_then(|last| self.marks.get(last)).copied().unwrap_or_default()
    }
}

const fn width(c: char, unit: Offsets) -> usize {
    match unit {
        Offsets::Utf8 => c.len_utf8(),
        Offsets::Utf16 => c.len_utf16(),
        Offsets::Chars => 1,
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_table_counts_as_the_standard_library_does(text in "\\PC{0,300}") {
            let utf16 = OffsetTable::new(&text, Offsets::Utf16);
            let chars = OffsetTable::new(&text, Offsets::Chars);
            for byte in (0..=text.len()).filter(|&b| text.is_char_boundary(b)) {
                prop_assert_eq!(utf16.convert(&text, byte), text[..byte].encode_utf16().count());
                prop_assert_eq!(chars.convert(&text, byte), text[..byte].chars().count());
                prop_assert_eq!(utf16.byte(&text, utf16.convert(&text, byte)), byte);
            }
        }
    }

    #[test]
    fn an_offset_inside_a_character_or_past_the_end_moves_back() {
        let table = OffsetTable::new("né", Offsets::Chars);
        assert_eq!((table.convert("né", 2), table.convert("né", 99)), (1, 2));
    }
}
