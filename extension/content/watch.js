// What a page does to itself while it is labelled: changes ──▶ gathered until the page is quiet ──▶ one report.
//
// Only observers, and timers that they started: a page that stays as it is costs nothing. No observer is told of a
// shadow root that is put on an element already there, as by a script that comes late. But what is in it takes its room
// in the page, and that is observed.

import { shadowRootsIn, textsIn, undefinedIn } from "./flat.js";

/**
 * @typedef {object} Changes
 * @property {Node[]} added elements and texts that are new, or whose text is
 * @property {Element[]} altered elements whose attributes may show or hide what is in them
 */

/** A page that changes several parts at once is looked at when it has been quiet for this long, in milliseconds. */
const QUIET_MS = 120;
/** And one that is never quiet, this often. */
const LONGEST_MS = 1000;
/** A place that has changed before so many looks in a row, a clock or a ticker, waits until it is quiet: */
const MOST_LOOKS = 3;
/** for this long, two ticks of a clock that shows seconds. Looks that lie further apart are not in a row. */
const REST_MS = 2000;
/** So many changed nodes are kept without asking whether they are still there. */
const FEW = 1000;

/** @type {MutationObserverInit} */
const WHAT = {
    childList: true,
    characterData: true,
    subtree: true,
    attributeFilter: ["class", "hidden", "open", "style", "aria-hidden", "aria-expanded"],
};

/** Nodes that have changed, each once; where they become many, only those that the page still has. */
class Nodes extends Set {
    #most = FEW;

    /** @override @param {Node} node */
    add(node) {
        super.add(node);
        if (this.size < this.#most) return this;
        for (const each of this) if (!each.isConnected) this.delete(each);
        this.#most = Math.max(FEW, 2 * this.size);
        return this;
    }
}

/**
 * What has changed in a place that waits for quiet.
 * @typedef {object} Rest
 * @property {number} last when it changed last
 * @property {Set<MutationRecordType>} types
 * @property {Set<Node>} added
 * @property {boolean} lost
 */

export class Watch {
    #observer;
    #sizes;
    /** Whether something has changed its size. */
    #resized = false;
    /** Those whose changes are told. @type {WeakSet<ShadowRoot>} */
    #roots = new WeakSet();
    #onReport;
    #signal;
    /** @type {Set<Node>} */
    #added = new Nodes();
    /** @type {Set<Element>} */
    #altered = new Nodes();
    #lost = false;
    #since = 0;
    /** When the last look was over. */
    #looked = -REST_MS;
    #busy = false;
    /** Where the page has changed since the last look. @type {Set<Node>} */
    #places = new Nodes();
    /** In how many looks in a row a place was. @type {Map<Node, number>} */
    #looks = new Map();
    /** @type {Map<Node, Rest>} */
    #restless = new Map();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #restTimer = undefined;
    #page;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer = undefined;

    /**
     * @param {Document} page
     * @param {AbortSignal} signal ends it
     * @param {(texts: Set<Node>) => void} onText at once, before the page is painted again
     * @param {(changes: Changes) => Promise<void>} onReport later, and never two at a time
     */
    constructor(page, signal, onText, onReport) {
        this.#page = page;
        this.#signal = signal;
        this.#onReport = onReport;
        this.#observer = new MutationObserver((records) => {
            if (signal.aborted) return;
            /** @type {Set<Node>} */
            const texts = new Set();
            for (const record of records) {
                const rest = this.#restless.get(record.target);
                if (rest) this.#keep(rest, record);
                else this.#take(record);
                if (record.type === "characterData") texts.add(record.target);
            }
            if (texts.size > 0) onText(texts);
            this.#schedule();
        });
        this.#observer.observe(page.documentElement, WHAT);
        this.#sizes = new ResizeObserver(() => {
            this.#resized = true;
            this.#schedule();
        });
        this.#sizes.observe(page.documentElement);
        if (page.body) this.#sizes.observe(page.body);
        this.#rootsIn(page);
        signal.addEventListener("abort", () => {
            this.#observer.disconnect();
            this.#sizes.disconnect();
            clearTimeout(this.#timer);
            clearTimeout(this.#restTimer);
        });
        // Nobody reads a hidden page: what it does meanwhile is looked at when it is seen again.
        page.addEventListener("visibilitychange", () => this.#schedule(), { signal });
    }

    /** @param {{ type: string, target: Node, addedNodes: Iterable<Node>, removedNodes: Iterable<Node> }} change */
    #take({ type, target, addedNodes, removedNodes }) {
        this.#places.add(target);
        if (type === "characterData") {
            this.#added.add(target);
        } else if (type === "attributes") {
            this.#altered.add(/** @type {Element} */ (target));
        } else {
            for (const node of addedNodes) {
                if (node.nodeName === "SAYS-WHO") continue;
                if (hasText(node)) this.#added.add(node);
                if (node instanceof Element) this.#rootsIn(node);
            }
            for (const node of removedNodes) {
                if (/\S/.test(node.textContent ?? "")) this.#lost = true;
                if (!(node instanceof Element)) continue;
                for (const element of undefinedIn(node)) this.#sizes.unobserve(element);
            }
        }
    }

    /**
     * Observes the shadow roots below a node, and what may get one.
     * @param {Document | Element} node
     * @returns {ShadowRoot[]} those that were not observed before
     */
    #rootsIn(node) {
        const found = [...shadowRootsIn(node)].filter((root) => !this.#roots.has(root));
        for (const tree of [node, ...found]) {
            for (const element of undefinedIn(tree)) this.#sizes.observe(element);
        }
        for (const root of found) {
            this.#roots.add(root);
            this.#observer.observe(root, WHAT);
        }
        return found;
    }

    #schedule() {
        if (this.#busy || this.#page.hidden) return;
        if (this.#added.size + this.#altered.size === 0 && !this.#lost && !this.#resized) return;
        clearTimeout(this.#timer);
        const now = performance.now();
        this.#since ||= now;
        this.#timer = setTimeout(
            () => void this.#report(),
            Math.max(0, Math.min(QUIET_MS, this.#since + LONGEST_MS - now)),
        );
    }

    /** @param {Rest} rest @param {MutationRecord} record */
    #keep(rest, { type, addedNodes, removedNodes }) {
        rest.last = performance.now();
        rest.types.add(type);
        for (const node of addedNodes) rest.added.add(node);
        rest.lost ||= removedNodes.length > 0;
        this.#restTimer ??= setTimeout(() => this.#release(), REST_MS);
    }

    /** A restless place that has been quiet for a while is one like any other; the rest wait on. */
    #release() {
        const now = performance.now();
        for (const [target, { last, types, added, lost }] of this.#restless) {
            if (now - last < REST_MS) continue;
            for (const type of types) this.#take({ type, target, addedNodes: added, removedNodes: [] });
            this.#lost ||= lost;
            this.#restless.delete(target);
            this.#looks.delete(target);
        }
        const isOver = this.#restless.size === 0;
        this.#restTimer = isOver ? undefined : setTimeout(() => this.#release(), REST_MS);
        this.#schedule();
    }

    /** Counts the looks that each place has changed before. */
    #count() {
        const isInRow = performance.now() - this.#looked < REST_MS;
        /** @type {Map<Node, number>} */
        const looks = new Map();
        if (isInRow) for (const place of this.#places) looks.set(place, (this.#looks.get(place) ?? 0) + 1);
        for (const [place, count] of looks) {
            if (count < MOST_LOOKS) continue;
            this.#restless.set(place, {
                last: performance.now(),
                types: new Set(),
                added: new Nodes(),
                lost: false,
            });
        }
        this.#looks = looks;
        this.#places.clear();
    }

    async #report() {
        this.#count();
        if (this.#resized) for (const { host } of this.#rootsIn(this.#page)) this.#added.add(host);
        this.#resized = false;
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
            this.#looked = performance.now();
        }
        if (!this.#signal.aborted) this.#schedule();
    }
}

/** Whether there is anything to read in it, shadow roots included. @param {Node} node */
function hasText(node) {
    for (const text of textsIn(node)) if (/\S/.test(text.data)) return true;
    return false;
}
