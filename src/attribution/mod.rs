//! Who says what: from a document to its attributions.

use crate::{
    analysis::{Attribution, AttributionKind},
    quotes::QuotationKind,
    text::Document,
};

/// Every claim that `document` passes on, by where it begins.
#[must_use]
pub fn find(document: &Document) -> Vec<Attribution> {
    document
        .quotations
        .iter()
        .filter(|quotation| quotation.kind == QuotationKind::Speech)
        .map(|quotation| Attribution {
            kind: AttributionKind::Direct,
            speaker: None,
            source: Vec::new(),
            cue: Vec::new(),
            content: quotation.content.clone(),
            vague: false,
        })
        .collect()
}
