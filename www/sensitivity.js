// How readily a sentence in the writer's own voice is shown as opinion: the extension's own rule, over a whole answer.
// It moves the line between fact and opinion and nothing else; claims and page furniture stay what they are.

import { labelAt } from "./shared.js";

/** @import { Sentence } from "./shared.js" */

/** Of 100: here the labels are the engine's own. */
export const MIDDLE = 50;

/**
 * The sentences as they are shown at a setting. Those that keep their label are the same objects.
 *
 * @param {Sentence[]} sentences
 * @param {number} setting  0, only the surest opinions, to 100
 * @returns {Sentence[]}
 */
export function atSetting(sentences, setting) {
    if (setting === MIDDLE) return sentences;
    return sentences.map((sentence) => {
        const label = labelAt(sentence, setting / 100);
        if (label === sentence.label) return sentence;
        // Words that give an opinion away are nothing where none is shown.
        if (label !== "unattributed-opinion") return { ...sentence, label, signals: [] };
        return { ...sentence, label, confidence: sentence.scores.opinion };
    });
}

/** What a setting does, in words. @param {number} setting @param {Sentence[]} own  At the engine's own balance. */
export function effectOf(setting, own) {
    if (setting === MIDDLE) return "As the engine judges.";
    const opinions = (/** @type {Sentence[]} */ some) =>
        some.filter(({ label }) => label === "unattributed-opinion").length;
    const more = opinions(atSetting(own, setting)) - opinions(own);
    if (more === 0) return "No sentence of this text changes.";
    const many = `${Math.abs(more)} ${Math.abs(more) === 1 ? "sentence" : "sentences"}`;
    return more > 0 ? `${many} more shown as opinion.` : `${many} fewer shown as opinion.`;
}
