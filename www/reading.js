// The text being read and its labels: what the engine has said so far, as it is painted in one or two articles.
//
//   sentences a window at a time ─▶ merged with those that an edit left alone ─▶ painted
//   the whole answer ─▶ painted again only where it differs
//
// A label that an edit did not touch stays painted until its new one is there. The whole text is labelled again all the
// same: who "he" is, and whether a quotation is still open, may hang on any sentence before.

import { atSetting } from "./sensitivity.js";
import { Paint, rangesFor } from "./shared.js";

/** @import { Kept } from "./article.js" */
/** @import { Analysis, Collected, Sentence } from "./shared.js" */

const canPaint = typeof Highlight === "function" && "highlights" in CSS;

export class Reading {
    /** What stands on the page, and where. @type {Collected} */
    collected = { text: "", pieces: [] };
    /** The text, as the engine got it. */
    text = "";
    /** The engine's labels; while an answer is coming, with those from before where they still hold. @type {Sentence[]} */
    own = [];
    /** The same at the setting. @type {Sentence[]} */
    sentences = [];
    /** @type {Analysis | null} */
    analysis = null;
    /** Of 100; see sensitivity.js. */
    setting = 50;

    /** @type {Paint | null} */
    #paint = null;
    /** What is painted, by its start. @type {Map<number, Sentence>} */
    #painted = new Map();

    static canPaint = canPaint;

    /**
     * Begins on a text that stands on the page already.
     *
     * @param {string} text
     * @param {Collected} collected
     * @param {Kept} kept  What of the text before stands in it.
     */
    begin(text, collected, kept) {
        const before = this.text.length;
        this.text = text;
        this.collected = collected;
        this.analysis = null;
        this.own = carriedOver(this.own, before, text.length, kept);
        this.#repaint();
    }

    /** Some sentences with their labels. @param {Sentence[]} some  In the order of the text. */
    add(some) {
        this.own = merged(this.own, some);
        this.sentences = atSetting(this.own, this.setting);
        this.#put(atSetting(some, this.setting));
    }

    /** The whole answer. @param {Analysis} analysis */
    finish(analysis) {
        this.analysis = analysis;
        this.own = analysis.sentences;
        this.sentences = atSetting(this.own, this.setting);
        const stale =
            this.#painted.size > this.sentences.length ||
            this.sentences.some((sentence) => !isPainted(this.#painted.get(sentence.start), sentence));
        if (stale) this.#repaint();
    }

    /** No labels: the text is not English, or the engine is gone. */
    forget() {
        this.analysis = null;
        this.own = [];
        this.#repaint();
    }

    /** @param {number} setting */
    set(setting) {
        this.setting = setting;
        this.#repaint();
    }

    /** @param {Sentence} sentence @returns {Range[]} */
    rangesOf(sentence) {
        return this.#paint?.rangesOf(sentence) ?? rangesFor(this.collected, sentence.start, sentence.end);
    }

    /** Sets off one sentence from the others, or none. @param {Sentence | null} sentence */
    point(sentence) {
        this.#paint?.point(sentence);
    }

    #repaint() {
        this.sentences = atSetting(this.own, this.setting);
        if (!canPaint) return;
        const old = this.#paint;
        this.#paint = new Paint(this.collected);
        this.#painted.clear();
        this.#put(this.sentences);
        old?.clear();
    }

    /** @param {Sentence[]} some */
    #put(some) {
        this.#paint?.add(some);
        for (const sentence of some) {
            if (!this.#painted.has(sentence.start)) this.#painted.set(sentence.start, sentence);
        }
    }
}

/** @param {Sentence | undefined} painted @param {Sentence} sentence */
function isPainted(painted, sentence) {
    return (
        painted !== undefined &&
        painted.label === sentence.label &&
        painted.end === sentence.end &&
        painted.signals.length === sentence.signals.length &&
        painted.signals.every(({ start, end }, index) => {
            const signal = sentence.signals[index];
            return signal?.start === start && signal.end === end;
        })
    );
}

/**
 * Sentences that stood before or after an edit, at their new places.
 *
 * @param {Sentence[]} old
 * @param {number} before  The length of the text before.
 * @param {number} now
 * @param {Kept} kept
 */
function carriedOver(old, before, now, { head, tail }) {
    const shift = now - before;
    return old.flatMap((sentence) => {
        // Whose claim it is has to be found anew.
        if (sentence.end <= head) return [{ ...sentence, attributions: [] }];
        if (sentence.start < before - tail) return [];
        return [
            {
                ...sentence,
                attributions: [],
                start: sentence.start + shift,
                end: sentence.end + shift,
                signals: sentence.signals.map((signal) => ({
                    ...signal,
                    start: signal.start + shift,
                    end: signal.end + shift,
                })),
            },
        ];
    });
}

/**
 * Both in the order of the text; where they overlap, the newer ones.
 *
 * @param {Sentence[]} old
 * @param {Sentence[]} fresh
 * @returns {Sentence[]}
 */
function merged(old, fresh) {
    const all = [];
    let at = 0;
    for (const sentence of fresh) {
        for (let other; (other = old[at]) && other.start < sentence.end; at += 1) {
            if (other.end <= sentence.start) all.push(other);
        }
        all.push(sentence);
    }
    return all.concat(old.slice(at));
}
