// What the reader of a labelled page sees and does: the popover at a sentence, the panel, notices.
//
//   pointer ─▶ frame ─▶ caretPositionFromPoint ─▶ offset ─▶ sentence ─▶ popover
//   panel: focus ─▶ popover; Enter ─▶ scroll there; Escape ─▶ popover away, then panel away
//
// Highlights have no events of their own, hence the hit test. Listeners are there only while labels are.

import { write } from "../settings.js";
import { isAlive, tell } from "./ask.js";
import { describeStatement } from "./describe.js";
import { shadowRootsAround } from "./flat.js";
import { Host } from "./host.js";
import { Panel } from "./panel.js";
import { Popover } from "./popover.js";
import { offsetAt } from "./text.js";
import { copyText, saveText } from "./take.js";

/** @import { Settings } from "../settings.js" */
/** @import { Statement, Statements } from "./statements.js" */
/** @import { Say } from "./describe.js" */
/** @import { Piece } from "./text.js" */

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
    /** @type {Statements | null} */
    #statements = null;
    /** @type {Settings["show"]} */
    #marked = { fact: false, claim: true, opinion: true };
    #cut = false;
    #complete = false;
    /** The sentence that the popover is on. @type {Statement | null} */
    #current = null;
    /** What the popover waits for, to open or to close. @type {ReturnType<typeof setTimeout> | undefined} */
    #timer = undefined;
    #frame = 0;
    #pointer = { x: 0, y: 0 };
    /** The shadow roots around the article's text, and the text that they are around. @type {{ pieces: Piece[], roots: ShadowRoot[] }} */
    #rooted = { pieces: [], roots: [] };
    /** Whether what the panel shows is to be remembered: not what it does by itself. */
    #remembers = true;

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

    /** The article has been read and its labels are about to come. @param {Statements} statements */
    read(statements) {
        this.#statements = statements;
        const options = { signal: this.#signal, passive: true, capture: true };
        this.#page.addEventListener("pointermove", (event) => this.#onPointer(event), options);
        this.#page.addEventListener("pointerup", (event) => this.#onPointer(event), options);
        this.#page.addEventListener("keydown", (event) => this.#onKey(event), options);
        addEventListener("scroll", () => this.#onMove(), options);
        addEventListener("resize", () => this.#onMove(), options);
    }

    /** Which labels are marked in the page, and answer to the pointer. @param {Settings["show"]} show */
    mark(show) {
        this.#marked = show;
    }

    /**
     * The labels are all there, or have changed with the page.
     * @param {boolean} cut whether the article went on after what was read
     * @param {boolean} first whether the reader is told
     */
    refresh(cut, first) {
        this.#cut = cut;
        this.#complete = true;
        if (this.#current && !this.#statements?.all.includes(this.#current)) this.#hide();
        else this.#onMove();
        this.#fillPanel();
        if (first) this.#announce();
    }

    #announce() {
        const { opinions, claims, facts } = this.counts;
        this.#host?.announce(this.#say("panelReady", String(opinions), String(claims), String(facts)));
    }

    get counts() {
        const count = (/** @type {string} */ wanted) =>
            this.#statements?.all.filter(({ label }) => label === wanted).length ?? 0;
        return {
            opinions: count("unattributed-opinion"),
            claims: count("attributed-claim"),
            facts: count("reported-fact"),
        };
    }

    /** Shows the panel as the reader left it last time, unless it is there already. @param {boolean} open */
    showPanel(open) {
        if (this.#panel && this.#host?.connected) return;
        const panel = this.#madePanel();
        this.#remembers = false;
        if (open) panel.open(false);
        else panel.minimize();
        this.#remembers = true;
    }

    /** Opens the panel, and the reader goes on there. */
    openPanel() {
        this.#madePanel().open(true);
    }

    /** The keyboard's way into the panel and, from there, back. */
    togglePanel() {
        const panel = this.#madePanel();
        if (panel.holdsFocus) panel.close();
        else panel.open(true);
    }

    /** @param {string} words */
    notice(words) {
        const host = this.#madeHost();
        host.notice(words, this.#say, () => this.remove());
    }

    remove() {
        clearTimeout(this.#timer);
        cancelAnimationFrame(this.#frame);
        if (this.#panel?.holdsFocus) this.#panel.giveFocusBack();
        this.#host?.remove();
        this.#host = this.#popover = this.#panel = null;
        this.#current = null;
    }

    /** A page may have thrown the host away with everything else that it did not know; then there is a new one. */
    #madeHost() {
        if (!this.#host?.connected) {
            this.remove();
            this.#host = new Host(this.#page);
            this.#popover = new Popover(this.#host.root, this.#say, openMeaning);
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
                onLook: (statement) => this.#show(statement, true),
                onGo: (statement) => this.#show(statement, true),
                onLight: (statements) => this.#light(statements),
                onLeave: () => this.#hide(),
                onOpen: (open) => {
                    if (this.#remembers) void write({ panelOpen: open }).catch(() => {});
                },
                onCopy: (text) => copyText(this.#page, text),
                onSave: (name, type, text) => saveText(host.root, name, type, text),
                onMeaning: openMeaning,
                onSay: (words) => host.announce(words),
            });
            this.#fillPanel();
            if (this.#complete) this.#announce();
        }
        return this.#panel;
    }

    /** Lights up what a source says, and brings the page to it where none of it is in the window. @param {Statement[]} said */
    #light(said) {
        const statements = this.#statements;
        statements?.light(said);
        const places = statements ? said.map((statement) => statements.rangesOf(statement)) : [];
        const isSeen = (/** @type {Range[]} */ [first]) => {
            const { top, bottom } = first?.getBoundingClientRect() ?? { top: -1, bottom: 0 };
            return top >= 0 && bottom <= innerHeight;
        };
        if (places[0] && !places.some(isSeen)) this.#scrollTo(places[0]);
    }

    #fillPanel() {
        if (!this.#complete || !this.#statements) return;
        const { all, sources } = this.#statements;
        this.#panel?.fill({ statements: all, sources, cut: this.#cut });
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
     * The marked sentence under a point of the window. A box that came up over every unmarked line would be in the way.
     * @param {number} x
     * @param {number} y
     * @returns {Statement | null}
     */
    #sentenceAt(x, y) {
        const statements = this.#statements;
        if (!statements) return null;
        const { collected } = statements;
        // Without them, the host of a shadow tree is all that is found. Looked for once: the pointer asks in each frame.
        if (this.#rooted.pieces !== collected.pieces) {
            const { pieces } = collected;
            this.#rooted = { pieces, roots: [...shadowRootsAround(pieces.map(({ node }) => node))] };
        }
        const shadowRoots = this.#rooted.roots;
        const place = this.#page.caretPositionFromPoint(x, y, { shadowRoots });
        const offset = place && offsetAt(collected, place.offsetNode, place.offset);
        if (offset === null) return null;
        for (const statement of new Set([statements.at(offset), statements.at(offset - 1)])) {
            if (!statement || !this.#isMarked(statement)) continue;
            // The nearest caret can be far from the point: in the margin, say, or below the last line.
            const lines = statements.rangesOf(statement).flatMap((range) => [...range.getClientRects()]);
            const near = lines.some(
                (r) => x >= r.left - 2 && x <= r.right + 2 && y >= r.top - 3 && y <= r.bottom + 3,
            );
            if (near) return statement;
        }
        return null;
    }

    /** @param {Statement} statement */
    #isMarked({ label }) {
        const { fact, claim, opinion } = this.#marked;
        if (label === "unattributed-opinion") return opinion;
        return label === "attributed-claim" ? claim : label === "reported-fact" && fact;
    }

    /** @param {Statement} statement @param {boolean} scroll */
    #show(statement, scroll) {
        const statements = this.#statements;
        if (!statements || this.#signal.aborted) return;
        if (!isAlive()) return this.#onGone();
        const description = describeStatement(statement, this.#say);
        const ranges = statements.rangesOf(statement);
        if (!description || ranges.length === 0) return this.#hide();
        this.#current = statement;
        statements.point(statement);
        if (scroll) this.#scrollTo(ranges);
        this.#madePopover().show(description, ranges);
        this.#panel?.mark(statement);
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
        if (!this.#current) return;
        this.#current = null;
        this.#statements?.point(null);
        this.#popover?.hide();
        this.#panel?.mark(null);
    }

    /** The page has moved under the popover. */
    #onMove() {
        if (!this.#current || !this.#statements) return;
        this.#popover?.place(this.#statements.rangesOf(this.#current));
        if (!this.#popover?.shown) this.#hide();
    }

    /** @param {KeyboardEvent} event */
    #onKey(event) {
        if (event.key !== "Escape") return;
        if (this.#current) this.#hide();
        else if (this.#panel?.isOpen && this.#panel.holdsFocus) this.#panel.close();
    }
}

/** The page that says what the labels mean. A page of the web may not open it by itself. */
function openMeaning() {
    void tell({ type: "open", page: "labels" });
}
