// The one sentence that the reader is at: by pointing, by a click or tap, by the strip, by a list. It gets the popover, its
// cell in the strip, and its trace; its source is set off in the list of sources.

import { byId, oneLine } from "./page.js";
import { sentenceAtPoint } from "./pointing.js";
import { COLOURS_CSS, DARK_COLOURS_CSS, describe, POPOVER_CSS, Popover, say } from "./shared.js";
import { Strip } from "./strip.js";

/** @import { Reading } from "./reading.js" */
/** @import { Sentence } from "./shared.js" */

/** How a sentence was chosen. Hovering does not move the page, and what it chose leaves with the pointer. */
/** @typedef {"pointer" | "keyboard" | "hover"} How */

/** What a click on them, or a Tab into them, does not take the popover off. */
const KEEPERS = "#article, #strip, .margin, .sayswho-popover";

/** A sentence's label in words, for a screen reader. @param {Sentence} sentence @param {Reading} reading */
export function inWords(sentence, { analysis, text }) {
    const description = describe(sentence, analysis, text, say);
    return description ? `${description.title}. ${description.who}.` : "No label.";
}

export function addPopoverStyle() {
    const sheet = new CSSStyleSheet();
    const dark = `@media (prefers-color-scheme: dark) { :root { ${DARK_COLOURS_CSS} } }`;
    sheet.replaceSync(`:root { ${COLOURS_CSS} } ${dark} ${POPOVER_CSS}`);
    document.adoptedStyleSheets.push(sheet);
}

export class Choosing {
    /** The chosen sentence's place in the text's sentences, or −1. */
    current = -1;
    /** Chosen by a click or a key: it stays when the pointer wanders off. */
    pinned = false;
    strip;

    #reading;
    #changed;
    #popover;
    /** @type {PointerEvent | null} */
    #moved = null;

    /**
     * @param {Reading} reading
     * @param {(index: number, pinned: boolean) => void} changed  −1 for none.
     */
    constructor(reading, changed) {
        this.#reading = reading;
        this.#changed = changed;
        addPopoverStyle();
        this.#popover = new Popover(byId("main"), say);
        this.strip = new Strip(
            byId("strip"),
            (sentence, index, count) => {
                const words = oneLine(reading.text.slice(sentence.start, sentence.end));
                return `${index + 1} of ${count}. ${inWords(sentence, reading)} “${words}”`;
            },
            (index, how) => this.choose(index, how),
        );
        this.#listen();
    }

    /** @param {number} index @param {How} how */
    choose(index, how) {
        const sentence = this.#reading.sentences[index];
        if (!sentence) return this.leave();
        this.current = index;
        this.pinned = how !== "hover";
        const ranges = this.#reading.rangesOf(sentence);
        if (this.pinned) bringIntoView(ranges[0]);
        this.#reading.point(sentence);
        this.strip.mark(index);
        const description = this.#describe(sentence);
        if (description) this.#popover.show(description, ranges);
        else this.#popover.hide();
        this.#changed(index, this.pinned);
    }

    leave() {
        const was = this.current;
        this.current = -1;
        this.pinned = false;
        this.#reading.point(null);
        this.strip.mark(-1);
        this.#popover.hide();
        if (was >= 0) this.#changed(-1, false);
    }

    /** Beside its sentence again, after the page has moved; a sentence that comes into the window gets it back. */
    placeAgain() {
        const sentence = this.#reading.sentences[this.current];
        const description = sentence && this.#describe(sentence);
        if (!description) return;
        const ranges = this.#reading.rangesOf(sentence);
        if (this.#popover.shown) this.#popover.place(ranges);
        else this.#popover.show(description, ranges);
    }

    /** @param {Sentence} sentence */
    #describe(sentence) {
        return describe(sentence, this.#reading.analysis, this.#reading.text, say);
    }

    /** @param {number} x @param {number} y */
    #at(x, y) {
        const { collected, sentences } = this.#reading;
        return sentenceAtPoint(x, y, collected, sentences, (sentence) => this.#reading.rangesOf(sentence));
    }

    #listen() {
        const pane = byId("article");
        const strip = byId("strip");
        const leaveUnpinned = () => void (this.pinned || this.leave());
        strip.addEventListener("pointerleave", leaveUnpinned);
        strip.addEventListener("blur", ({ relatedTarget }) => {
            if (!(relatedTarget instanceof Element && relatedTarget.closest(KEEPERS))) this.leave();
        });
        this.#popover.element.addEventListener("pointerleave", leaveUnpinned);
        pane.addEventListener("pointermove", (event) => {
            if (event.pointerType !== "mouse" || event.buttons !== 0) return;
            // Once a frame: finding the sentence asks for the layout.
            if (!this.#moved) requestAnimationFrame(() => this.#follow());
            this.#moved = event;
        });
        pane.addEventListener("pointerleave", (event) => {
            this.#moved = null;
            if (!this.pinned && !this.#popover.holds(event.clientX, event.clientY)) this.leave();
        });
        pane.addEventListener("click", ({ clientX, clientY }) => {
            // Somebody who marks words wants to copy them.
            if (!(getSelection()?.isCollapsed ?? true)) return;
            const index = this.#at(clientX, clientY);
            if (index < 0 || (index === this.current && this.pinned)) this.leave();
            else this.choose(index, "pointer");
        });
        document.addEventListener("pointerdown", ({ target }) => {
            if (target instanceof Element && this.current >= 0 && !target.closest(KEEPERS)) this.leave();
        });
        document.addEventListener("keydown", (event) => {
            if (event.key === "Escape") this.leave();
        });
    }

    #follow() {
        if (!this.#moved) return;
        const { clientX, clientY } = this.#moved;
        this.#moved = null;
        if (this.pinned || this.#popover.holds(clientX, clientY)) return;
        const index = this.#at(clientX, clientY);
        if (index === this.current) return;
        if (index >= 0) this.choose(index, "hover");
        else this.leave();
    }
}

/** Scrolls so that a sentence stands under the strip, if it does not already stand in the window. @param {Range | undefined} range */
function bringIntoView(range) {
    if (!range) return;
    const { top, bottom } = range.getBoundingClientRect();
    const ceiling = Math.max(0, byId("strip").getBoundingClientRect().bottom) + 8;
    const floor = innerHeight - 8;
    if (top >= Math.min(ceiling, innerHeight / 3) && bottom <= floor) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    scrollBy({ top: top - innerHeight / 3, behavior: still ? "instant" : "smooth" });
}
