// The text in the reading pane: a paragraph an element, each with one text node, so that an offset in the text is an
// offset in a node. Paragraphs that an edit leaves alone keep their elements: their labels stay painted meanwhile.

/** @import { Collected, Piece } from "./shared.js" */

/** The painter compares a piece with the page for every sentence in it; one huge paragraph is parted into these. */
const LONGEST_PIECE = 1000;

/** Each paragraph taken out alone is shown to every painted range; from here on it is cheaper to put all in anew. */
const MOST_REMOVALS = 100;

/** With more paragraphs than this, those off the screen are not laid out: each label would cost the whole text's length. */
const LONG = 60;

/**
 * @typedef {object} Paragraph
 * @property {number} start  In the text, in UTF-16 code units.
 * @property {string} text
 * @property {HTMLParagraphElement} element
 */

/**
 * What an edit left alone: the text before `head` and the last `tail` code units.
 * @typedef {{ head: number, tail: number }} Kept
 */

/**
 * Paragraphs are parted by blank lines, as the engine parts them.
 *
 * @param {string} text
 * @returns {{ start: number, text: string }[]}
 */
export function paragraphsOf(text) {
    const paragraphs = [];
    let start = 0;
    for (const { index, 0: gap } of text.matchAll(/\n[^\S\n]*(?:\n[^\S\n]*)+/g)) {
        paragraphs.push({ start, text: text.slice(start, index) });
        start = index + gap.length;
    }
    paragraphs.push({ start, text: text.slice(start) });
    return paragraphs.filter((paragraph) => paragraph.text.trim() !== "");
}

export class Article {
    #root;
    #column = document.createElement("div");
    /** @type {Paragraph[]} */
    #paragraphs = [];
    #text = "";

    /** @param {HTMLElement} root */
    constructor(root) {
        this.#root = root;
    }

    get paragraphs() {
        return this.#paragraphs;
    }

    /**
     * @param {string} text
     * @returns {Kept}
     */
    show(text) {
        const old = this.#paragraphs;
        const fresh = paragraphsOf(text);
        const most = Math.min(old.length, fresh.length);
        let head = 0;
        while (head < most && old[head]?.text === fresh[head]?.text) head += 1;
        let tail = 0;
        while (tail < most - head && old.at(-1 - tail)?.text === fresh.at(-1 - tail)?.text) tail += 1;
        if (old.length - head - tail > MOST_REMOVALS) head = tail = 0;

        // Where nothing is kept, all goes in one step.
        if (head + tail === 0) {
            const column = document.createElement("div");
            this.#root.replaceChildren(column);
            this.#column = column;
        } else {
            for (const { element } of old.slice(head, old.length - tail)) element.remove();
        }
        const next = tail > 0 ? (old[old.length - tail]?.element ?? null) : null;
        const between = document.createDocumentFragment();
        this.#paragraphs = fresh.map((paragraph, index) => {
            const same =
                index < head
                    ? old[index]
                    : index >= fresh.length - tail
                      ? old[index - fresh.length + old.length]
                      : undefined;
            if (same) return { ...paragraph, element: same.element };
            const element = document.createElement("p");
            element.dir = "auto";
            element.textContent = paragraph.text;
            between.append(element);
            return { ...paragraph, element };
        });
        this.#column.insertBefore(between, next);
        this.#setType();
        this.#root.classList.toggle("long", fresh.length > LONG);

        this.#text = text;
        const first = this.#paragraphs[head];
        const after = this.#paragraphs[fresh.length - tail];
        return { head: first ? first.start : text.length, tail: after ? text.length - after.start : 0 };
    }

    /** Headline, byline, crossheads, as a newspaper would set them. It changes nothing that is read. */
    #setType() {
        for (const [index, { text, element }] of this.#paragraphs.entries()) {
            const line = text.trim();
            const short = line.length < 120 && !/[.!?…:,;]["'”’)]*$/.test(line);
            let type = "";
            if (/^by \S/i.test(line) && line.length < 80) type = "byline";
            else if (short && index === 0 && this.#paragraphs.length > 1) type = "headline";
            else if (short && line.length < 70) type = "crosshead";
            if ((element.dataset["type"] ?? "") !== type) element.dataset["type"] = type;
        }
    }

    /** Greys the paragraphs in which nothing has a label. @param {{ start: number, label: string | null }[]} sentences */
    grey(sentences) {
        let at = 0;
        for (const { start, text, element } of this.#paragraphs) {
            let some = false;
            let labelled = false;
            for (let next; (next = sentences[at]) && next.start < start + text.length; at += 1) {
                some = true;
                labelled ||= next.label !== null;
            }
            element.classList.toggle("furniture", some && !labelled);
        }
    }

    /** The paragraphs as the shared painter wants them. @returns {Collected} */
    collect() {
        /** @type {Piece[]} */
        const pieces = [];
        for (const { start, text, element } of this.#paragraphs) {
            const node = /** @type {Text} */ (element.firstChild);
            for (let from = 0; from < text.length; from += LONGEST_PIECE) {
                const length = Math.min(LONGEST_PIECE, text.length - from);
                pieces.push({ node, from, start: start + from, length, apart: false });
            }
        }
        return { text: this.#text.replace(/[\t\n\r\f]/g, " "), pieces };
    }

    /** The offset of the first paragraph that is in the window. */
    offsetInView() {
        let low = 0;
        let high = this.#paragraphs.length;
        while (low < high) {
            const middle = (low + high) >> 1;
            const box = this.#paragraphs[middle]?.element.getBoundingClientRect();
            if (box && box.bottom <= 0) low = middle + 1;
            else high = middle;
        }
        return this.#paragraphs[low]?.start ?? 0;
    }
}
