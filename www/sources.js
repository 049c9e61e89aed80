// Who is heard in the article, and how often. Pointing at a source lights up what it says; a click goes from one of its
// claims to the next.

import { make } from "./make.js";
import { counted, oneLine } from "./page.js";

/** @import { Analysis, Span } from "./shared.js" */

/**
 * @typedef {object} Voice
 * @property {string} name  As the engine has it: a name, or the article's words.
 * @property {boolean} named  Not so with “critics” and the like.
 * @property {number[]} claims  Indices into the analysis's attributions.
 */

/** Of whom all that the article says nearby is “it” or “she”. */
const NOT_FOUND = "somebody not made out";

/** A very long text has more sources than anybody reads. */
const MOST = 100;

/**
 * @param {Analysis} analysis
 * @param {string} text
 * @returns {Voice[]} the one heard most often first, and last whoever was not made out
 */
export function voicesOf(analysis, text) {
    /** @type {Map<string, Voice>} */
    const voices = new Map();
    const heard = new Set(
        analysis.sentences.flatMap(({ label, attributions }) =>
            label === "attributed-claim" ? attributions : [],
        ),
    );
    for (const [index, { speaker, source, vague }] of analysis.attributions.entries()) {
        // What stands in a sentence that is no claim is a mere mention: “voted to”, “declined to”.
        if (!heard.has(index)) continue;
        const words = oneLine(source.map(([start, end]) => text.slice(start, end)).join(" "));
        // A claim whose source could not be found stands in the text with its label; there is no name to list.
        if (speaker === null && words === "") continue;
        // Words that the engine gave no speaker for stand for one that it did not find: “it”, “she”.
        const name = speaker ?? NOT_FOUND;
        const key = name.toLowerCase();
        const voice = voices.get(key) ?? { name, named: !vague, claims: [] };
        voice.claims.push(index);
        voices.set(key, voice);
    }
    return [...voices.values()].sort(
        (a, b) =>
            Number(a.name === NOT_FOUND) - Number(b.name === NOT_FOUND) || b.claims.length - a.claims.length,
    );
}

/** What a voice is given as saying; a claim whose content was not found counts with its cue. @param {Voice} voice @param {Analysis} analysis @returns {Span[]} */
export function wordsOf(voice, analysis) {
    return voice.claims.flatMap((index) => {
        const attribution = analysis.attributions[index];
        if (!attribution) return [];
        return attribution.content.length > 0 ? attribution.content : attribution.cue;
    });
}

/**
 * @param {HTMLElement} list
 * @param {Voice[]} voices
 * @param {(voice: Voice | null) => void} light  Lights up what a voice says, or nothing.
 * @param {(voice: Voice) => void} go  To the voice's next claim.
 */
export function showSources(list, voices, light, go) {
    const rows = voices.slice(0, MOST).map((voice) => {
        const button = make("button", "");
        button.type = "button";
        const count = voice.claims.length;
        button.append(make("span", voice.name, "name"), " ", make("span", counted(count, "claim"), "count"));
        if (!voice.named) button.append(" ", make("span", "nobody named", "tag"));
        button.addEventListener("pointerenter", () => light(voice));
        button.addEventListener("pointerleave", () => light(null));
        button.addEventListener("focus", () => light(voice));
        button.addEventListener("blur", () => light(null));
        button.addEventListener("click", () => go(voice));
        const row = make("li", "");
        row.append(button);
        return row;
    });
    if (voices.length > MOST) rows.push(make("li", `and ${voices.length - MOST} more`));
    list.replaceChildren(...(rows.length > 0 ? rows : [make("li", "Nobody but the writer.", "quiet")]));
}
