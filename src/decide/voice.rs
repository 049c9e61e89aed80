//! Whose voice each sentence speaks in: which of its words pass on what somebody else says, and which are the writer's.

use crate::{
    analysis::{Attribution, AttributionKind},
    quotes::QuotationKind,
    span::Span,
    text::Document,
};

/// How one sentence takes part in attributions.
#[derive(Debug, Clone, Default)]
pub(crate) struct Voice {
    /// Which attributions have content or a cue here, in ascending order.
    pub(crate) attributions: Vec<usize>,
    /// The words of others: attributed content and quoted speech, cut to the sentence; sorted, without overlap.
    pub(crate) others: Vec<Span>,
    /// The part of `others` that is word for word: between quotation marks.
    pub(crate) quoted: Vec<Span>,
    /// The part of `others` that an attribution covers, rather than a quotation that nobody is credited with.
    pub(crate) content: Vec<Span>,
    /// The words that attribute: sources and cues.
    pub(crate) frame: Vec<Span>,
    /// Some attribution here has its cue here.
    pub(crate) cued: bool,
    /// Some attribution here names its source here.
    pub(crate) sourced: bool,
    /// A cue stands here whose content lies elsewhere.
    pub(crate) cue_only: bool,
    /// Some content here is word for word.
    pub(crate) direct: bool,
    /// Some content here is in the writer's words.
    pub(crate) indirect: bool,
    /// Every attribution with content here is to somebody in general.
    pub(crate) vague: bool,
}

impl Voice {
    /// Whether most of `span` is in others' words.
    pub(crate) fn is_others(&self, span: Span) -> bool {
        mostly(&self.others, span)
    }

    /// Whether most of `span` is between quotation marks.
    pub(crate) fn is_quoted(&self, span: Span) -> bool {
        mostly(&self.quoted, span)
    }
}

/// Whether `parts`, sorted and without overlap, cover more than half of `span`. Looks only at those that touch it: one
/// sentence can have as many parts as words.
fn mostly(parts: &[Span], span: Span) -> bool {
    let first = parts.partition_point(|part| part.end <= span.start);
    let touching = parts[first..].iter().take_while(|part| part.start < span.end);
    let shared: usize = touching.filter_map(|part| part.intersection(span)).map(Span::len).sum();
    shared * 2 > span.len()
}

/// The voices of every sentence of `document`, by index. Linear in the spans: each looks up its own sentences.
pub(crate) fn find(document: &Document, attributions: &[Attribution]) -> Vec<Voice> {
    let mut voices = vec![Voice::default(); document.sentences.len()];
    for (index, attribution) in attributions.iter().enumerate() {
        let mut touched = Vec::new();
        for &span in &attribution.content {
            for (sentence, part) in cut(document, span) {
                voices[sentence].content.push(part);
                voices[sentence].others.push(part);
                touched.push((sentence, true));
            }
        }
        for &span in &attribution.cue {
            for (sentence, part) in cut(document, span) {
                voices[sentence].frame.push(part);
                voices[sentence].cued = true;
                touched.push((sentence, false));
            }
        }
        for &span in &attribution.source {
            for (sentence, part) in cut(document, span) {
                voices[sentence].frame.push(part);
                voices[sentence].sourced = true;
            }
        }
        touched.sort_unstable();
        for &(sentence, has_content) in &touched {
            let voice = &mut voices[sentence];
            let first = voice.attributions.last() != Some(&index);
            if first {
                voice.attributions.push(index);
            }
            if has_content {
                voice.vague = attribution.vague && (voice.vague || !(voice.direct || voice.indirect));
                voice.direct |= attribution.kind != AttributionKind::Indirect;
                voice.indirect |= attribution.kind != AttributionKind::Direct;
            } else {
                voice.cue_only |= touched.binary_search(&(sentence, true)).is_err();
            }
        }
    }
    for quotation in document.quotations.iter().filter(|quotation| quotation.kind == QuotationKind::Speech) {
        for &span in &quotation.content {
            for (sentence, part) in cut(document, span) {
                voices[sentence].others.push(part);
                voices[sentence].quoted.push(part);
            }
        }
    }
    for voice in &mut voices {
        for spans in [&mut voice.others, &mut voice.quoted, &mut voice.content, &mut voice.frame] {
            merge(spans);
        }
    }
    voices
}

/// The parts of `span` in each sentence that it touches.
fn cut(document: &Document, span: Span) -> impl Iterator<Item = (usize, Span)> {
    let first = document.sentences.partition_point(|sentence| sentence.span.end <= span.start);
    let touched = document.sentences.iter().enumerate().skip(first);
    touched
        .take_while(move |(_, sentence)| sentence.span.start < span.end)
        .filter_map(move |(index, sentence)| Some((index, sentence.span.intersection(span)?)))
}

/// Sorted, with those that overlap or touch made one.
fn merge(spans: &mut Vec<Span>) {
    spans.sort_unstable();
    spans.dedup_by(|next, kept| {
        let joined = next.start <= kept.end;
        if joined {
            *kept = kept.cover(*next);
        }
        joined
    });
}
