//! Page furniture: what stands among an article's sentences and is no statement of it.

use crate::text::Document;

/// Whether sentence `index` is a byline, a credit, an appeal, navigation or the like.
pub(crate) fn is_furniture(document: &Document, index: usize) -> bool {
    let Some(sentence) = document.sentences.get(index) else {
        return false;
    };
    matches!(document.slice(sentence.span), "Advertisement" | "Read more")
}
