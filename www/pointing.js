// Which sentence a point of the window lies on. Highlights have no events and no boxes of their own.

import { offsetAt } from "./shared.js";

/** @import { Collected, Sentence } from "./shared.js" */

/** Lines are set apart, and a pointer between two lines of a sentence is still on it. In CSS pixels. */
const LEADING = 6;

/**
 * @param {Sentence[]} sentences  In the order of the text.
 * @param {number} offset
 * @returns {number} an index, or −1 between sentences
 */
export function sentenceAt(sentences, offset) {
    let low = 0;
    let high = sentences.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (/** @type {Sentence} */ (sentences[middle]).end <= offset) low = middle + 1;
        else high = middle;
    }
    const found = sentences[low];
    return found && found.start <= offset ? low : -1;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {Collected} collected
 * @param {Sentence[]} sentences
 * @param {(sentence: Sentence) => Range[]} rangesOf
 * @returns {number} an index, or −1
 */
export function sentenceAtPoint(x, y, collected, sentences, rangesOf) {
    const caret = caretAt(x, y);
    const offset = caret && offsetAt(collected, caret.node, caret.offset);
    if (offset === null || offset === undefined) return -1;
    // At the seam of two sentences the caret may belong to either; the boxes decide, since a caret is also found for a
    // point in the margin beside the line.
    for (const index of new Set([sentenceAt(sentences, offset), sentenceAt(sentences, offset - 1)])) {
        const sentence = sentences[index];
        const hit = sentence && rangesOf(sentence).some((range) => [...range.getClientRects()].some(isHit));
        if (hit) return index;
    }
    return -1;

    /** @param {DOMRect} box */
    function isHit({ left, right, top, bottom }) {
        return x >= left - 2 && x <= right + 2 && y >= top - LEADING && y <= bottom + LEADING;
    }
}

/**
 * @param {number} x
 * @param {number} y
 * @returns {{ node: Node, offset: number } | null}
 */
function caretAt(x, y) {
    if ("caretPositionFromPoint" in document) {
        const caret = document.caretPositionFromPoint(x, y);
        return caret && { node: caret.offsetNode, offset: caret.offset };
    }
    // WebKit's older name for it.
    const range = /** @type {Document} */ (document).caretRangeFromPoint(x, y);
    return range && { node: range.startContainer, offset: range.startOffset };
}
