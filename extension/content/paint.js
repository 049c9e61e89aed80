// Labels on the page: spans of the text ──▶ ranges ──▶ the document's highlight registry. paint.css says how they look.
//
// Nothing of the page's DOM is touched: wrapping words in elements breaks pages that own their nodes (React) and moves
// the layout. All three labels stand in the registry whether or not a style shows them. No chrome.*: the demo page
// uses this too.

import { rangesFor, rangesForSentence } from "./text.js";

/** @import { Collected } from "./text.js" */
/** @import { Label, Sentence } from "../pkg/sayswho.js" */

/** @type {Record<Label, string>} */
export const REGISTRY_NAMES = {
    "reported-fact": "sayswho-reported-fact",
    "attributed-claim": "sayswho-attributed-claim",
    "unattributed-opinion": "sayswho-unattributed-opinion",
};
/** The words that gave an opinion away. */
export const SIGNAL_NAME = "sayswho-signal";
/** The sentence that the reader has the popover or the panel on. */
export const CURRENT_NAME = "sayswho-current";

/** What one source says, lit up from the panel. */
export const SAID_NAME = "sayswho-said";

/** Every name that is ever set, in the order in which they lie on one another. */
export const HIGHLIGHT_NAMES = [...Object.values(REGISTRY_NAMES), SIGNAL_NAME, SAID_NAME, CURRENT_NAME];

/** More live ranges than this cost a changing page more than it notices; beyond it they are static. */
const MOST_LIVE = 1000;

/** Our names in the document's highlight registry. */
export class Highlights {
    /** @type {Map<string, Highlight>} */
    #highlights = new Map();
    #live = 0;

    constructor() {
        for (const [priority, name] of HIGHLIGHT_NAMES.entries()) {
            const highlight = new Highlight();
            highlight.priority = priority;
            this.#highlights.set(name, highlight);
            CSS.highlights.set(name, highlight);
        }
    }

    /**
     * @param {string} name
     * @param {AbstractRange[]} ranges
     * @returns {AbstractRange[]} what was put there, for `take`
     */
    put(name, ranges) {
        const highlight = this.#highlights.get(name);
        return ranges.map((range) => {
            // A live range is told of every change of the page. Its owner drops a static one when its text changes.
            const put = this.#live < MOST_LIVE ? range : new StaticRange(range);
            if (put === range) this.#live += 1;
            highlight?.add(put);
            return put;
        });
    }

    /** @param {string} name @param {AbstractRange[]} ranges */
    take(name, ranges) {
        const highlight = this.#highlights.get(name);
        for (const range of ranges) {
            if (highlight?.delete(range) && range instanceof Range) this.#live -= 1;
        }
    }

    /** Takes everything off the page; what somebody else has put under the same name since stays. */
    clear() {
        for (const [name, highlight] of this.#highlights) {
            highlight.clear();
            if (CSS.highlights.get(name) === highlight) CSS.highlights.delete(name);
        }
        this.#live = 0;
    }
}

/** The labels of one article that stays as it is. */
export class Paint {
    /** @type {Collected} */
    #collected;
    #highlights = new Highlights();
    /** Sentences whose ranges are painted, by their start. @type {Map<number, Range[]>} */
    #painted = new Map();
    /** @type {AbstractRange[]} */
    #pointed = [];

    /** @param {Collected} collected what was read, and where */
    constructor(collected) {
        this.#collected = collected;
    }

    /**
     * Paints sentences, each once: labels that a step of the engine gives are final.
     * @param {Sentence[]} sentences
     */
    add(sentences) {
        for (const sentence of sentences) {
            if (!sentence.label || this.#painted.has(sentence.start)) continue;
            const ranges = rangesForSentence(this.#collected, sentence.start, sentence.end);
            if (ranges.length === 0) continue;
            this.#painted.set(sentence.start, ranges);
            this.#highlights.put(REGISTRY_NAMES[sentence.label], ranges);
            for (const { start, end } of sentence.signals) {
                this.#highlights.put(SIGNAL_NAME, rangesFor(this.#collected, start, end));
            }
        }
    }

    /**
     * Where a painted sentence stands; nothing where the page had changed under it.
     * @param {Sentence} sentence
     * @returns {Range[]}
     */
    rangesOf(sentence) {
        return (
            this.#painted.get(sentence.start) ??
            rangesForSentence(this.#collected, sentence.start, sentence.end)
        );
    }

    /** Sets off one sentence from the others, or none. @param {Sentence | null} sentence */
    point(sentence) {
        this.#highlights.take(CURRENT_NAME, this.#pointed);
        this.#pointed = sentence ? this.#highlights.put(CURRENT_NAME, this.rangesOf(sentence)) : [];
    }

    /** Takes everything off the page. */
    clear() {
        this.#highlights.clear();
        this.#painted.clear();
    }
}
