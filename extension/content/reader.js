// What the reader of a labelled page sees and does: the popover at a sentence, the panel, notices.
//
//   pointer ─▶ frame ─▶ caretPositionFromPoint ─▶ offset ─▶ sentence ─▶ popover
//   panel: focus ─▶ popover; Enter ─▶ scroll there; Escape ─▶ popover away, then panel away
//
// Highlights have no events of their own, hence the hit test. Listeners are there only while labels are.

import { isAlive } from "./ask.js";
import { describe } from "./describe.js";
import { Host } from "./host.js";
import { Panel } from "./panel.js";
import { Popover } from "./popover.js";
import { offsetAt } from "./text.js";

/** @import { Analysis, Sentence } from "../pkg/sayswho.js" */
/** @import { Collected } from "./text.js" */
/** @import { Say } from "./describe.js" */
/** @import { Paint } from "./paint.js" */

/** A pointer that only passes over a sentence opens nothing. */
const REST_MS = 120;
/** And one that leaves it has this long to reach the box. */
const LEAVE_MS = 200;

export class Reader {
    #page;
    #say;
    #signal;
    #onGone;
    /** @type {Host | null} */
    #host = null;
    /** @type {Popover | null} */
    #popover = null;
    /** @type {Panel | null} */
    #panel = null;
    /** @type {Collected | null} */
    #collected = null;
    /** @type {Paint | null} */
    #paint = null;
    /** By where they begin. @type {Sentence[]} */
    #sentences = [];
    /** @type {Analysis | null} */
    #analysis = null;
    #cut = false;
    /** The sentence that the popover is on. @type {Sentence | null} */
    #current = null;
    /** What the popover waits for, to open or to close. @type {ReturnType<typeof setTimeout> | undefined} */
    #timer = undefined;
    #frame = 0;
    #pointer = { x: 0, y: 0 };

    /**
     * @param {Document} page
     * @param {Say} say
     * @param {AbortSignal} signal when it aborts, nothing of this is left on the page
     * @param {() => void} onGone the extension is no longer there
     */
    constructor(page, say, signal, onGone) {
        this.#page = page;
        this.#say = say;
        this.#signal = signal;
        this.#onGone = onGone;
    }

    /** The article has been read and its labels are about to come. @param {Collected} collected @param {Paint} paint */
    read(collected, paint) {
        this.#collected = collected;
        this.#paint = paint;
        const options = { signal: this.#signal, passive: true, capture: true };
        this.#page.addEventListener("pointermove", (event) => this.#onPointer(event), options);
        this.#page.addEventListener("pointerup", (event) => this.#onPointer(event), options);
        this.#page.addEventListener("keydown", (event) => this.#onKey(event), options);
        addEventListener("scroll", () => this.#onMove(), options);
        addEventListener("resize", () => this.#onMove(), options);
    }

    /** Some labels, early. @param {Sentence[]} sentences */
    learn(sentences) {
        this.#paint?.add(sentences);
        this.#sentences = [...this.#sentences, ...sentences].sort((a, b) => a.start - b.start);
    }

    /**
     * The whole answer, in steps.
     * @param {Analysis} analysis
     * @param {boolean} cut whether the article went on after what was read
     * @returns {Generator<void, void, void>}
     */
    *finish(analysis, cut) {
        const { sentences, summary } = analysis;
        for (let at = 0; at < sentences.length; at += 50) {
            this.#paint?.add(sentences.slice(at, at + 50));
            yield;
        }
        this.#sentences = sentences;
        this.#analysis = analysis;
        this.#cut = cut;
        this.#fillPanel();
        const { "unattributed-opinion": o, "attributed-claim": c, "reported-fact": f } = summary;
        this.#host?.announce(this.#say("panelReady", String(o), String(c), String(f)));
    }

    /** Opens the panel as the reader left it last time. */
    async showPanel() {
        const stored = await chrome.storage.local.get("panel").catch(() => ({}));
        if (this.#signal.aborted) return;
        const panel = this.#madePanel();
        if (/** @type {{ panel?: unknown }} */ (stored).panel === "closed") panel.minimize();
        else panel.open(false);
    }

    togglePanel() {
        const panel = this.#madePanel();
        if (panel.isOpen) panel.close();
        else panel.open(true);
    }

    /** @param {string} words */
    notice(words) {
        const host = this.#madeHost();
        host.notice(words, this.#say("noticeClose"), () => this.remove());
    }

    remove() {
        clearTimeout(this.#timer);
        cancelAnimationFrame(this.#frame);
        this.#host?.remove();
        this.#host = this.#popover = this.#panel = null;
        this.#current = null;
    }

    /** A page may have thrown the host away with everything else that it did not know; then there is a new one. */
    #madeHost() {
        if (!this.#host?.connected) {
            this.remove();
            this.#host = new Host(this.#page);
            this.#popover = new Popover(this.#host.root, this.#say);
        }
        return /** @type {Host} */ (this.#host);
    }

    #madePopover() {
        this.#madeHost();
        return /** @type {Popover} */ (this.#popover);
    }

    #madePanel() {
        const host = this.#madeHost();
        if (!this.#panel) {
            this.#panel = new Panel(host.root, {
                say: this.#say,
                onLook: (sentence) => this.#show(sentence, true),
                onGo: (sentence) => this.#go(sentence),
                onLeave: () => this.#hide(),
                onOpen: (open) => {
                    void chrome.storage.local.set({ panel: open ? "open" : "closed" }).catch(() => {});
                },
            });
            this.#fillPanel();
        }
        return this.#panel;
    }

    #fillPanel() {
        if (this.#analysis && this.#collected) {
            this.#panel?.fill(this.#analysis, this.#collected.text, this.#cut);
        }
    }

    /** @param {PointerEvent} event */
    #onPointer(event) {
        if (!isAlive()) return this.#onGone();
        // A finger does not hover: it taps.
        if (event.type === (event.pointerType === "touch" ? "pointermove" : "pointerup")) return;
        if (event.buttons !== 0) return; // selecting
        this.#pointer = { x: event.clientX, y: event.clientY };
        this.#frame ||= requestAnimationFrame(() => {
            this.#frame = 0;
            this.#follow();
        });
    }

    /** Opens, keeps or closes the popover for where the pointer is now. */
    #follow() {
        const { x, y } = this.#pointer;
        clearTimeout(this.#timer);
        if (this.#popover?.holds(x, y)) return;
        const sentence = this.#sentenceAt(x, y);
        if (sentence && sentence === this.#current) return;
        if (sentence) this.#timer = setTimeout(() => this.#show(sentence, false), REST_MS);
        else if (this.#current) this.#timer = setTimeout(() => this.#hide(), LEAVE_MS);
    }

    /**
     * The marked sentence under a point of the window. Reported facts are unmarked, and a box that came up over every
     * line would be in the way.
     * @param {number} x
     * @param {number} y
     * @returns {Sentence | null}
     */
    #sentenceAt(x, y) {
        if (!this.#collected || !this.#paint) return null;
        const place = this.#page.caretPositionFromPoint(x, y);
        if (!place) return null;
        const offset = offsetAt(this.#collected, place.offsetNode, place.offset);
        if (offset === null) return null;
        const sentence = this.#sentenceWith(offset) ?? this.#sentenceWith(offset - 1);
        if (!sentence?.label || sentence.label === "reported-fact") return null;
        // The nearest caret can be far from the point: in the margin, say, or below the last line.
        const lines = this.#paint.rangesOf(sentence).flatMap((range) => [...range.getClientRects()]);
        const near = lines.some(
            (r) => x >= r.left - 2 && x <= r.right + 2 && y >= r.top - 3 && y <= r.bottom + 3,
        );
        return near ? sentence : null;
    }

    /** @param {number} offset */
    #sentenceWith(offset) {
        let low = 0;
        let high = this.#sentences.length;
        while (low < high) {
            const middle = (low + high) >> 1;
            if (/** @type {Sentence} */ (this.#sentences[middle]).end <= offset) low = middle + 1;
            else high = middle;
        }
        const sentence = this.#sentences[low];
        return sentence && sentence.start <= offset ? sentence : null;
    }

    /** @param {Sentence} sentence @param {boolean} scroll */
    #show(sentence, scroll) {
        if (!this.#collected || !this.#paint || this.#signal.aborted) return;
        if (!isAlive()) return this.#onGone();
        const description = describe(sentence, this.#analysis, this.#collected.text, this.#say);
        const ranges = this.#paint.rangesOf(sentence);
        if (!description || ranges.length === 0) return this.#hide();
        this.#current = sentence;
        this.#paint.point(sentence);
        if (scroll) this.#scrollTo(ranges);
        this.#madePopover().show(description, ranges);
    }

    /** @param {Sentence} sentence */
    #go(sentence) {
        this.#show(sentence, true);
    }

    /** @param {Range[]} ranges */
    #scrollTo(ranges) {
        const box = ranges[0]?.getBoundingClientRect();
        if (!box || (box.top >= 0 && box.bottom <= innerHeight)) return;
        // Into the middle, and over every scrolling element on the way; the popover is placed at once, so no smoothness.
        ranges[0]?.startContainer.parentElement?.scrollIntoView({ block: "center", behavior: "instant" });
        const now = ranges[0]?.getBoundingClientRect();
        if (now && (now.top < 0 || now.bottom > innerHeight)) {
            scrollBy({ top: now.top - innerHeight / 3, behavior: "instant" });
        }
    }

    #hide() {
        clearTimeout(this.#timer);
        this.#current = null;
        this.#paint?.point(null);
        this.#popover?.hide();
    }

    /** The page has moved under the popover. */
    #onMove() {
        if (!this.#current || !this.#paint) return;
        this.#popover?.place(this.#paint.rangesOf(this.#current));
        if (!this.#popover?.shown) this.#hide();
    }

    /** @param {KeyboardEvent} event */
    #onKey(event) {
        if (event.key !== "Escape") return;
        if (this.#current) this.#hide();
        else if (this.#panel?.isOpen && this.#panel.holdsFocus) this.#panel.close();
    }
}
