// Words of the article that are lit up while something about them is pointed at: what a source says, the parts of a
// trace. Beside the labels' highlights, over them.

import { rangesFor } from "./shared.js";

/** @import { Collected, Span } from "./shared.js" */

/** What lit words are: what a source says; or of one claim, its source, the word that credits it, and what is said. */
export const LIGHTS = /** @type {const} */ (["said", "source", "cue", "content"]);

/** @typedef {typeof LIGHTS[number]} Light */

export class Lights {
    /** @type {Map<Light, Highlight>} */
    #highlights = new Map();

    /** @param {boolean} canPaint */
    constructor(canPaint) {
        if (!canPaint) return;
        for (const [above, light] of LIGHTS.entries()) {
            const highlight = new Highlight();
            highlight.priority = 10 + above;
            CSS.highlights.set(`sayswho-demo-${light}`, highlight);
            this.#highlights.set(light, highlight);
        }
    }

    /**
     * Lights up words, and puts out what was lit before.
     *
     * @param {Collected} collected
     * @param {Partial<Record<Light, Span[]>>} words
     */
    show(collected, words) {
        for (const [light, highlight] of this.#highlights) {
            highlight.clear();
            for (const [start, end] of words[light] ?? []) {
                for (const range of rangesFor(collected, start, end)) highlight.add(range);
            }
        }
    }

    clear() {
        for (const highlight of this.#highlights.values()) highlight.clear();
    }
}
