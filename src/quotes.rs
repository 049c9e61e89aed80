//! Quotations: what stands between quotation marks, also across sentences and paragraphs.
//!
//! ```text
//! tokens ─ marks: which way each faces ─ pairs inside a paragraph ─ over paragraphs ─ kind
//! ```
//!
//! Nothing reaches over the end of a paragraph unless the next one shows that it goes on: it repeats the opening mark,
//! or the first mark in it closes. So one forgotten mark costs a paragraph, not the article.

mod kind;
mod marks;

use std::ops::Range;

use self::marks::{Family, Mark, Side};
use crate::{
    span::Span,
    text::{Document, TokenKind},
};

/// What a [`Quotation`] is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuotationKind {
    /// Somebody's words: a sentence, a clause or a telling part of one.
    Speech,
    /// Scare quotes, titles and terms: a word or a few that nobody need have said.
    Scare,
}

/// A stretch between quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// From the opening mark to the closing one, both inside; to the end of the paragraph where it is never closed.
    pub span: Span,
    /// The words, without marks and white space: one span a paragraph.
    pub content: Vec<Span>,
    /// What it is for.
    pub kind: QuotationKind,
    /// Whether a closing mark was found.
    pub closed: bool,
}

/// The outermost quotations of `document`, in order. Quotations inside quotations are not reported.
///
/// ```
/// use sayswho::text::Document;
///
/// let document = Document::new("“We lost the ‘whole’ harvest,” said Ada Moss. It rained.");
/// let quotation = &document.quotations[0];
/// assert_eq!(document.slice(quotation.span), "“We lost the ‘whole’ harvest,”");
/// assert_eq!(document.slice(quotation.content[0]), "We lost the ‘whole’ harvest,");
/// ```
#[must_use]
pub fn find(document: &Document) -> Vec<Quotation> {
    let paragraphs: Vec<Paragraph> = document.paragraphs.iter().map(|p| Paragraph::new(document, p)).collect();
    let mut found = join(document, &paragraphs);
    found.sort_unstable_by_key(|stretch| stretch.open);
    found.into_iter().filter_map(|stretch| stretch.quotation(document, &paragraphs)).collect()
}

/// A paragraph's tokens and the quotation marks among them.
struct Paragraph {
    tokens: Range<usize>,
    /// Double and angle marks.
    marks: Vec<Mark>,
    singles: Vec<Mark>,
}

impl Paragraph {
    fn new(document: &Document, paragraph: &crate::text::Paragraph) -> Self {
        let sentences = document.sentences.get(paragraph.sentences.clone()).unwrap_or_default();
        let tokens = match (sentences.first(), sentences.last()) {
            (Some(first), Some(last)) => first.tokens.start..last.tokens.end,
            _ => 0..0,
        };
        let (singles, marks) = tokens
            .clone()
            .filter_map(|index| marks::of(document, index))
            .partition(|mark: &Mark| mark.family == Family::Single);
        Self { tokens, marks, singles }
    }

    /// The mark with which the paragraph begins, if it opens.
    fn opening(&self, family: Family) -> Option<Mark> {
        let marks = if family == Family::Single { &self.singles } else { &self.marks };
        let first = marks.first().filter(|mark| mark.token == self.tokens.start)?;
        (first.family == family && matches!(first.side, Side::Open | Side::Either)).then_some(*first)
    }
}

/// A quotation by its marks: tokens of the document.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    open: usize,
    /// `None` where it is never closed.
    close: Option<usize>,
    /// One past its last token, with the closing mark.
    end: usize,
    /// The paragraphs that it opens and ends in.
    from: usize,
    to: usize,
}

/// All outermost stretches, doubles and singles.
fn join(document: &Document, paragraphs: &[Paragraph]) -> Vec<Stretch> {
    let mut doubles: Vec<Stretch> = Vec::new();
    // What is open when a paragraph ends and known to go on in the next.
    let mut open: Option<(Mark, usize)> = None;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let mut marks = paragraph.marks.as_slice();
        if let Some((mark, _)) = open {
            // The repeated opening mark opens nothing.
            if paragraph.opening(mark.family).is_some() {
                marks = marks.get(1..).unwrap_or_default();
            }
        }
        let left = pairs(marks, open.take(), index, &mut doubles);
        if let Some((mark, from)) = left {
            if goes_on(mark.family, paragraphs.get(index + 1..).unwrap_or_default()) {
                open = Some((mark, from));
            } else {
                let end = paragraph.tokens.end;
                doubles.push(Stretch { open: mark.token, close: None, end, from, to: index });
            }
        }
    }
    if let Some((mark, from)) = open {
        doubles.push(Stretch {
            open: mark.token,
            close: None,
            end: document.tokens.len(),
            from,
            to: paragraphs.len() - 1,
        });
    }
    let mut found = Vec::with_capacity(doubles.len());
    singles(paragraphs, &doubles, &mut found);
    // A double inside a single is not the outermost.
    let outer = found.len();
    let mut single = 0;
    for stretch in doubles {
        while found.get(single).is_some_and(|s| single < outer && s.end <= stretch.open) {
            single += 1;
        }
        if !(single < outer && found.get(single).is_some_and(|s| s.open < stretch.open && stretch.end <= s.end)) {
            found.push(stretch);
        }
    }
    found
}

/// How many paragraphs without any mark may lie between an opening mark and the one that closes it.
const SILENT: usize = 3;

/// Whether a quotation that `family` opened, and its paragraph did not close, goes on in the paragraphs after it.
fn goes_on(family: Family, after: &[Paragraph]) -> bool {
    if after.first().is_some_and(|next| next.opening(family).is_some()) {
        return true;
    }
    let next = after.iter().take(SILENT + 1).find_map(|paragraph| paragraph.marks.first());
    next.is_some_and(|mark| mark.family == family && mark.side == Side::Close)
}

/// Pairs the double and angle marks of paragraph `index`, given what was open before it; returns what is open after it.
fn pairs(
    marks: &[Mark],
    mut open: Option<(Mark, usize)>,
    index: usize,
    found: &mut Vec<Stretch>,
) -> Option<(Mark, usize)> {
    // How many closing marks more than opening ones still come, counting from each mark on.
    let mut surplus = 0_isize;
    let mut balance: Vec<isize> = marks
        .iter()
        .rev()
        .map(|mark| {
            surplus += match mark.side {
                Side::Open => -1,
                Side::Close => 1,
                _ => 0,
            };
            surplus
        })
        .collect();
    balance.reverse();
    // Opened inside what is open.
    let mut inner = 0_usize;
    for (&mark, &balance) in marks.iter().zip(&balance) {
        let Some((outer, from)) = open else {
            // A stray closing mark is passed over.
            if mark.side != Side::Close {
                open = Some((mark, index));
            }
            continue;
        };
        if mark.family != outer.family {
            continue;
        }
        let stretch = |close: Option<usize>, end: usize| Stretch { open: outer.token, close, end, from, to: index };
        match mark.side {
            // Opened again: inside, if closing marks come for both; else the first was forgotten.
            Side::Open if balance > inner as isize => inner += 1,
            Side::Open => {
                found.push(stretch(None, mark.token));
                open = Some((mark, index));
                inner = 0;
            }
            _ if inner > 0 => inner -= 1,
            _ => {
                found.push(stretch(Some(mark.token), mark.token + 1));
                open = None;
            }
        }
    }
    open
}

/// Pairs single marks outside `doubles`. A single mark that is never closed is an apostrophe, unless it begins a
/// paragraph and the next one repeats it.
fn singles(paragraphs: &[Paragraph], doubles: &[Stretch], found: &mut Vec<Stretch>) {
    let mut double = doubles.iter().peekable();
    let mut carried: Option<(Mark, usize)> = None;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let mut marks: Vec<Mark> = Vec::new();
        for &mark in &paragraph.singles {
            while double.next_if(|stretch| stretch.end <= mark.token).is_some() {}
            if double.peek().is_none_or(|stretch| mark.token < stretch.open) {
                marks.push(mark);
            }
        }
        let mut rest = marks.as_slice();
        if carried.is_some() && paragraph.opening(Family::Single).is_some() {
            rest = rest.get(1..).unwrap_or_default();
        }
        let next_repeats = paragraphs.get(index + 1).is_some_and(|next| next.opening(Family::Single).is_some());
        loop {
            let (open, from) = match carried.take() {
                Some(carried) => carried,
                None => {
                    let Some(at) = rest.iter().position(|mark| matches!(mark.side, Side::Open | Side::Either)) else {
                        break;
                    };
                    let (Some(&open), Some(after)) = (rest.get(at), rest.get(at + 1..)) else { break };
                    rest = after;
                    (open, index)
                }
            };
            // To the first mark that surely closes, or to the next that opens: no mark is looked at twice.
            let until = rest.iter().position(|mark| mark.side != Side::WeakClose).unwrap_or(rest.len());
            let weak = rest.iter().take(until).position(|mark| mark.token - open.token <= WEAK_REACH);
            let strong = rest.get(until).filter(|mark| mark.side != Side::Open).map(|_| until);
            if let Some((at, close)) = strong.or(weak).and_then(|at| Some((at, rest.get(at)?.token))) {
                found.push(Stretch { open: open.token, close: Some(close), end: close + 1, from, to: index });
                rest = rest.get(at + 1..).unwrap_or_default();
            } else if until == rest.len() && next_repeats && (from < index || open.token == paragraph.tokens.start) {
                carried = Some((open, from));
                break;
            }
        }
    }
}

/// How many tokens after an opening single mark a plural's apostrophe may still close it.
const WEAK_REACH: usize = 12;

impl Stretch {
    /// `None` where no word stands between the marks.
    fn quotation(self, document: &Document, paragraphs: &[Paragraph]) -> Option<Quotation> {
        let start = document.tokens.get(self.open)?.span;
        let end = document.tokens.get(self.end.checked_sub(1)?)?.span;
        let inside = self.close.unwrap_or(self.end);
        let mut content = Vec::new();
        for (index, paragraph) in paragraphs.iter().enumerate().take(self.to + 1).skip(self.from) {
            let repeated = index > self.from
                && [Family::Double, Family::Angle, Family::Single].into_iter().any(|f| {
                    paragraph.opening(f).is_some()
                        && marks::of(document, self.open).is_some_and(|mark| mark.family == f)
                });
            let first = if index == self.from { self.open + 1 } else { paragraph.tokens.start + usize::from(repeated) };
            let last = inside.min(paragraph.tokens.end);
            if let (true, Some(head), Some(tail)) =
                (first < last, document.tokens.get(first), document.tokens.get(last.wrapping_sub(1)))
            {
                content.push(Span::new(head.span.start, tail.span.end));
            }
        }
        let mut tokens = document.tokens.get(self.open + 1..inside)?.iter();
        if !tokens.any(|token| token.kind != TokenKind::Mark) {
            return None;
        }
        let closed = self.close.is_some();
        let mut quotation = Quotation { span: start.cover(end), content, kind: QuotationKind::Speech, closed };
        quotation.kind = kind::of(document, &quotation, self.open + 1, inside);
        Some(quotation)
    }
}

#[cfg(test)]
mod tests;
