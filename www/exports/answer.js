// What an export is made from, and a row a sentence of it, in words.

import { sharesOf } from "../figures.js";
import { oneLine } from "../page.js";
import { MIDDLE } from "../sensitivity.js";
import { say, speakersOf, titleOf } from "../shared.js";
import { voicesOf } from "../sources.js";

/** @import { Analysis, Sentence } from "../shared.js" */

/**
 * @typedef {object} Answer
 * @property {string} text
 * @property {Analysis} analysis  As the engine gave it.
 * @property {Sentence[]} sentences  As they are shown, at the setting.
 * @property {number} setting  0 to 100; see sensitivity.js.
 * @property {string} version  Of the engine.
 */

/** @param {Answer} answer */
export function rowsOf({ text, analysis, sentences }) {
    return sentences.map((sentence) => ({
        sentence,
        label: sentence.label ? titleOf(sentence.label, say) : "No label",
        sources: sentence.label === "attributed-claim" ? speakersOf(sentence, analysis, text, say) : [],
        signals: sentence.signals.map(({ start, end, why }) => ({
            words: oneLine(text.slice(start, end)),
            why,
        })),
        words: oneLine(text.slice(sentence.start, sentence.end)),
    }));
}

/** @param {Answer} answer */
export function summaryOf(answer) {
    return { shares: sharesOf(answer.sentences), voices: voicesOf(answer.analysis, answer.text) };
}

/** What made it, for whoever finds the file later. @param {Answer} answer */
export function origin({ version, setting }) {
    const moved =
        setting === MIDDLE ? "" : ` Sensitivity to opinion ${setting} of 100; the engine's own is ${MIDDLE}.`;
    return `Labelled by Says Who ${version}, a program that is sometimes wrong. The labels judge language, not truth.${moved}`;
}
