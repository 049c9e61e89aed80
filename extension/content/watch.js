// What a page does to itself while it is labelled: changes ──▶ gathered until the page is quiet ──▶ one report.
//
// Only a mutation observer, and timers that a mutation started: a page that stays as it is costs nothing.

import { shadowRootsIn } from "./flat.js";

/**
 * @typedef {object} Changes
 * @property {Node[]} added elements and texts that are new, or whose text is
 * @property {Element[]} altered elements whose attributes may show or hide what is in them
 */

/** A page that changes several parts at once is looked at when it has been quiet for this long, in milliseconds. */
const QUIET_MS = 120;
/** And one that is never quiet, this often. */
const LONGEST_MS = 1000;

/** @type {MutationObserverInit} */
const WHAT = {
    childList: true,
    characterData: true,
    subtree: true,
    attributeFilter: ["class", "hidden", "open", "style", "aria-hidden", "aria-expanded"],
};

export class Watch {
    #observer;
    #onReport;
    #signal;
    /** @type {Set<Node>} */
    #added = new Set();
    /** @type {Set<Element>} */
    #altered = new Set();
    #lost = false;
    #since = 0;
    #busy = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer = undefined;

    /**
     * @param {Document} page
     * @param {AbortSignal} signal ends it
     * @param {(texts: Set<Node>) => void} onText at once, before the page is painted again
     * @param {(changes: Changes) => Promise<void>} onReport later, and never two at a time
     */
    constructor(page, signal, onText, onReport) {
        this.#signal = signal;
        this.#onReport = onReport;
        this.#observer = new MutationObserver((records) => {
            if (signal.aborted) return;
            /** @type {Set<Node>} */
            const texts = new Set();
            for (const record of records) this.#take(record, texts);
            if (texts.size > 0) onText(texts);
            if (this.#added.size + this.#altered.size > 0 || this.#lost) this.#schedule();
        });
        this.#observer.observe(page.documentElement, WHAT);
        for (const root of shadowRootsIn(page)) this.#observer.observe(root, WHAT);
        signal.addEventListener("abort", () => {
            this.#observer.disconnect();
            clearTimeout(this.#timer);
        });
    }

    /** @param {MutationRecord} record @param {Set<Node>} texts */
    #take({ type, target, addedNodes, removedNodes }, texts) {
        if (type === "characterData") {
            texts.add(target);
            this.#added.add(target);
        } else if (type === "attributes") {
            this.#altered.add(/** @type {Element} */ (target));
        } else {
            for (const node of addedNodes) {
                if (node.nodeName === "SAYS-WHO" || !/\S/.test(node.textContent ?? "")) {
                    if (!(node instanceof Element) || !node.shadowRoot) continue;
                }
                this.#added.add(node);
                if (!(node instanceof Element)) continue;
                for (const root of shadowRootsIn(node)) this.#observer.observe(root, WHAT);
            }
            for (const node of removedNodes) if (/\S/.test(node.textContent ?? "")) this.#lost = true;
        }
    }

    #schedule() {
        if (this.#busy) return;
        clearTimeout(this.#timer);
        const now = performance.now();
        this.#since ||= now;
        this.#timer = setTimeout(
            () => void this.#report(),
            Math.max(0, Math.min(QUIET_MS, this.#since + LONGEST_MS - now)),
        );
    }

    async #report() {
        const changes = { added: [...this.#added], altered: [...this.#altered] };
        this.#added.clear();
        this.#altered.clear();
        this.#lost = false;
        this.#since = 0;
        this.#busy = true;
        try {
            await this.#onReport(changes);
        } finally {
            this.#busy = false;
        }
        if (this.#signal.aborted) return;
        if (this.#added.size + this.#altered.size > 0 || this.#lost) this.#schedule();
    }
}
