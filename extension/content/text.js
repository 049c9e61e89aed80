// The page's text as a reader sees it, and the way back to the page.
//
//   root ── walk ──▶ text nodes that are shown ──▶ text:   "Headline\n\nFirst sentence. …"
//                                               └▶ pieces: text[start, start+length) is node.data[from, from+length)
//   spans of the answer ──▶ pieces ──▶ ranges        (rangesFor, rangesForSentence)
//   a point in the page ──▶ piece  ──▶ offset        (offsetAt)
//
// White space collapses as it does on the screen, soft hyphens vanish, a block's end becomes a blank line and <br> a
// newline: the engine reads what the reader reads. No chrome.*: the demo page uses this too.

import { firstIn, nextTo, of, parentOf } from "./flat.js";

/**
 * A run of characters that stands in the text as it stands in the page, but for white space, which is a space each.
 * @typedef {object} Piece
 * @property {Text} node
 * @property {number} from where it begins in `node.data`, in UTF-16 code units, like all offsets here
 * @property {number} start where it begins in the text
 * @property {number} length
 * @property {boolean} apart something that was left out lies between this piece and the one before
 * @property {Element} [note] the last mark of a note right behind it, which is not in the text
 */

/**
 * @typedef {object} Collected
 * @property {string} text
 * @property {Piece[]} pieces in the order of the text
 * @property {boolean} [broken] the page changed while it was read, and what comes after that place is missing
 */

/**
 * What is no statement of an article even where it stands in the middle of one. A caption tells of its picture, and cuts
 * the text in two wherever the picture happens to stand.
 */
const LEFT_OUT =
    "figcaption,script,style,noscript,template,svg,canvas,audio,video,iframe,object,embed,nav,button,select,option,textarea," +
    "input,datalist,dialog,menu,map,math,rp,rt," +
    "[aria-hidden='true'],[hidden],[role='navigation'],[role='button'],[role='menu'],[role='toolbar']," +
    "[role='dialog'],[role='alert'],[role='search'],[contenteditable='true'],ins.adsbygoogle";

/** Who took a picture is no statement, and pages seldom part it from the caption by more than an element. */
const CREDIT =
    "figure [itemprop~='copyrightHolder'], figure [itemprop~='author'], figure [class*='credit' i], " +
    "figure [class*='copyright' i], figcaption [class*='byline' i], figcaption [class*='photographer' i]";

/** A float of these is a drop cap or a pulled-out word of the line, not a block of its own. */
const INLINE = new Set(["SPAN", "B", "STRONG", "I", "EM", "A", "FONT", "SUP", "SUB", "SMALL", "BIG", "MARK"]);

/** A book's worth of chapters, twenty times a long article: it bounds the work that a page can cause. */
export const MOST_CHARACTERS = 200_000;

/** Nodes between two looks at the clock. */
const NODES_A_STEP = 100;

/**
 * The text under `root`, in steps, so that a caller can let the page have its turn in between.
 * @param {Node} root
 * @param {(node: Text) => boolean} [keep] which text nodes belong to the article; all by default
 * @param {{ has: (node: Node) => boolean }} [holders] what has such a node below it: blocks that have none are not entered,
 *     so that a long page costs no more than its article
 * @returns {Generator<void, Collected, void>}
 */
export function* collecting(root, keep = () => true, holders = { has: () => true }) {
    /** @type {string[]} */
    const parts = [];
    /** @type {Piece[]} */
    const pieces = [];
    let length = 0;
    // What has to come before the next word.
    let newlines = 0;
    let space = false;
    let apart = false;
    let broken = false;
    let seen = 0;

    /** @param {Text} node @param {boolean} preformatted */
    const take = (node, preformatted) => {
        const data = node.data;
        for (let at = 0; at < data.length;) {
            const code = data.charCodeAt(at);
            if (isSpace(code)) {
                space = true;
                if (preformatted && code === 10) newlines = Math.min(2, newlines + 1);
                at += 1;
                continue;
            }
            if (isInvisible(code)) {
                at += 1;
                continue;
            }
            const end = Math.min(endOfRun(data, at), at + MOST_CHARACTERS - length);
            if (end <= at) return;
            if (length > 0) {
                const between = newlines ? "\n".repeat(newlines) : space ? " " : "";
                parts.push(between);
                length += between.length;
            }
            parts.push(data.slice(at, end).replace(/[\t\n\r\f]/g, " "));
            pieces.push({ node, from: at, start: length, length: end - at, apart });
            length += end - at;
            newlines = 0;
            space = apart = false;
            at = end;
        }
    };

    /** @type {Node | null} */
    let node = root;
    let preformatted = root instanceof Element && keepsNewlines(getComputedStyle(root));
    while (node && length < MOST_CHARACTERS) {
        if (++seen % NODES_A_STEP === 0) yield;
        let enter = false;
        if (of.nodeType(node) === Node.TEXT_NODE) {
            const piece = /** @type {Text} */ (node);
            if (keep(piece)) take(piece, preformatted);
            else if (/\S/.test(piece.data)) apart = true;
        } else if (of.nodeType(node) === Node.ELEMENT_NODE) {
            const element = /** @type {HTMLElement} */ (node);
            if (of.localName(element) === "br") {
                newlines = Math.min(2, newlines + 1);
            } else if (!holders.has(element) && (newlines === 2 || length === 0)) {
                apart = true; // whatever else is in it makes no difference
            } else if (firstIn(element)) {
                const look = lookOf(element);
                const before = pieces.at(-1);
                if (look === "hidden") {
                    apart = true;
                } else if (look === "note") {
                    if (before && newlines === 0) before.note = element;
                } else {
                    if (look === "block") newlines = 2;
                    if (look === "word") space = true;
                    // Within a line there may be a break that counts.
                    enter = look !== "block" || holders.has(element);
                    if (enter) preformatted = keepsNewlines(getComputedStyle(element));
                    else apart = true;
                }
            }
        } else if (node.nodeType === Node.DOCUMENT_NODE || node.nodeType === Node.DOCUMENT_FRAGMENT_NODE) {
            enter = true;
        }
        if (enter) {
            node = firstIn(node);
            continue;
        }
        /** @type {Node | null} */
        let next = null;
        while (node && node !== root && !(next = nextTo(node))) {
            node = leave(parentOf(node));
        }
        broken ||= node === null;
        node = next;
    }
    return { text: parts.join(""), pieces, broken };

    /** @param {Node | null} parent */
    function leave(parent) {
        if (parent instanceof Element) {
            const look = lookOf(/** @type {HTMLElement} */ (parent));
            if (look === "block") newlines = 2;
            if (look === "word") space = true;
            const above = parentOf(parent);
            preformatted = above instanceof Element && keepsNewlines(getComputedStyle(above));
        }
        return parent;
    }
}

/**
 * How an element stands in the text: a block of its own, a word of its own, within the line, a note mark, or not shown.
 * @param {HTMLElement} element
 * @returns {"block" | "word" | "inline" | "note" | "hidden"}
 */
function lookOf(element) {
    if (of.matches(element, LEFT_OUT) || of.matches(element, CREDIT)) return "hidden";
    const style = getComputedStyle(element);
    const display = style.display;
    if (display === "none" || style.visibility !== "visible" || isClippedAway(style)) return "hidden";
    if (
        of.localName(element) === "sup" &&
        /^\s*(\[?[\d\w]{1,4}\]?|[*†‡§]+)\s*$/.test(element.textContent ?? "")
    ) {
        return /\d|\[|[*†‡§]/.test(element.textContent ?? "") ? "note" : "inline";
    }
    if (display === "inline" || display === "contents" || display.startsWith("ruby")) return "inline";
    if (INLINE.has(element.tagName) && style.float !== "none") return "inline";
    return display.startsWith("inline") ? "word" : "block";
}

/**
 * Text for screen readers only: there, but nothing that a reader of the page can see labelled.
 * @param {CSSStyleDeclaration} style
 */
function isClippedAway(style) {
    if (style.position !== "absolute" && style.position !== "fixed") return false;
    if (/^rect\((0(px)?|1px)[, ]+(0(px)?|1px)[, ]+(0(px)?|1px)[, ]+(0(px)?|1px)\)$/.test(style.clip))
        return true;
    if (style.clipPath === "inset(50%)" || style.clipPath === "inset(100%)") return true;
    return style.overflow === "hidden" && parseFloat(style.width) <= 1 && parseFloat(style.height) <= 1;
}

/** @param {CSSStyleDeclaration} style */
function keepsNewlines(style) {
    return style.whiteSpace.startsWith("pre") || style.whiteSpace === "break-spaces";
}

/** The white space that HTML collapses; a no-break space is a character like any other. @param {number} code */
function isSpace(code) {
    return code === 32 || code === 10 || code === 9 || code === 13 || code === 12;
}

/** Soft hyphens, zero-width spaces, word joiners, byte-order marks: they cut words in two. @param {number} code */
function isInvisible(code) {
    return code === 0xad || code === 0x200b || code === 0x2060 || code === 0xfeff;
}

/**
 * Where the run that begins at `at` ends: before two white-space characters, an invisible one, or white space at the end.
 * @param {string} data
 * @param {number} at
 */
function endOfRun(data, at) {
    let end = at;
    while (end < data.length) {
        const code = data.charCodeAt(end);
        if (isInvisible(code)) break;
        if (isSpace(code)) {
            const next = data.charCodeAt(end + 1);
            if (code === 10 || Number.isNaN(next) || isSpace(next) || isInvisible(next)) break;
        }
        end += 1;
    }
    return end;
}

/**
 * The index of the piece that holds `offset`, or of the first one after it.
 * @param {Piece[]} pieces
 * @param {number} offset
 */
function pieceAt(pieces, offset) {
    let low = 0;
    let high = pieces.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        const piece = /** @type {Piece} */ (pieces[middle]);
        if (piece.start + piece.length <= offset) low = middle + 1;
        else high = middle;
    }
    return low;
}

/**
 * Where `[start, end)` of the text stands in the page: one range, or more where something left out lies between.
 * None at all where the page no longer says what was read there.
 * @param {Collected} collected
 * @param {number} start
 * @param {number} end
 * @returns {Range[]}
 */
export function rangesFor({ text, pieces }, start, end) {
    /** @type {Range[]} */
    const ranges = [];
    for (let index = pieceAt(pieces, start); index < pieces.length; index += 1) {
        const piece = /** @type {Piece} */ (pieces[index]);
        if (piece.start >= end) break;
        const skipped = Math.max(0, start - piece.start);
        const until = Math.min(piece.length, end - piece.start);
        if (!isUnchanged(piece, text, skipped, until)) return [];
        const from = piece.from + skipped;
        const to = piece.from + until;
        const last = ranges.at(-1);
        // No range reaches from one shadow tree into another.
        if (last && !piece.apart && last.startContainer.getRootNode() === piece.node.getRootNode()) {
            last.setEnd(piece.node, to);
        } else {
            const range = piece.node.ownerDocument.createRange();
            range.setStart(piece.node, from);
            range.setEnd(piece.node, to);
            ranges.push(range);
        }
    }
    return ranges;
}

/**
 * The same for a whole sentence, to which the marks of its notes belong, those behind its full stop too.
 * @param {Collected} collected
 * @param {number} start
 * @param {number} end
 * @returns {Range[]}
 */
export function rangesForSentence(collected, start, end) {
    const ranges = rangesFor(collected, start, end);
    const piece = collected.pieces[pieceAt(collected.pieces, end - 1)];
    const last = ranges.at(-1);
    if (!last || !piece?.note || piece.start + piece.length !== end) return ranges;
    // A mark that the page has moved or removed since would take the range with it.
    const place = piece.node.compareDocumentPosition(piece.note);
    if (place === Node.DOCUMENT_POSITION_FOLLOWING) last.setEndAfter(piece.note);
    return ranges;
}

/**
 * Whether the page still says `[from, to)` of a piece. No more of it than that: a sentence must not cost a look at the
 * whole of a text node that holds thousands of them.
 * @param {Piece} piece
 * @param {string} text
 * @param {number} from
 * @param {number} to
 */
export function isUnchanged(piece, text, from = 0, to = piece.length) {
    const { node, start } = piece;
    return (
        node.isConnected &&
        node.data.slice(piece.from + from, piece.from + to).replace(/[\t\n\r\f]/g, " ") ===
            text.slice(start + from, start + to)
    );
}

/** @type {WeakMap<Piece[], Map<Node, number>>} */
const firstPieces = new WeakMap();

/**
 * The offset in the text of a place in the page, or null where that place is not in the text.
 * @param {Collected} collected
 * @param {Node} node
 * @param {number} offset
 * @returns {number | null}
 */
export function offsetAt({ pieces }, node, offset) {
    let first = firstPieces.get(pieces);
    if (!first) {
        first = new Map();
        for (let index = pieces.length - 1; index >= 0; index -= 1) {
            first.set(/** @type {Piece} */ (pieces[index]).node, index);
        }
        firstPieces.set(pieces, first);
    }
    const index = first.get(node);
    if (index === undefined) return null;
    let best = null;
    for (let at = index; pieces[at]?.node === node; at += 1) {
        const piece = /** @type {Piece} */ (pieces[at]);
        if (offset < piece.from) break;
        best = piece.start + Math.min(offset - piece.from, piece.length - 1);
    }
    return best;
}

/**
 * Where the part of the text that the reader has before them begins.
 * @param {Collected} collected
 * @returns {number}
 */
export function offsetInView({ pieces }) {
    // Text mostly runs down the page, so halving finds the place with a dozen looks at the layout.
    let low = 0;
    let high = pieces.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        const { node, from, length } = /** @type {Piece} */ (pieces[middle]);
        const range = node.ownerDocument.createRange();
        range.setStart(node, Math.min(from, node.length));
        range.setEnd(node, Math.min(from + length, node.length));
        if (range.getBoundingClientRect().bottom <= 0) low = middle + 1;
        else high = middle;
    }
    return pieces[low]?.start ?? 0;
}
