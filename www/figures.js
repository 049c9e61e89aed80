// The article in figures: how many sentences of each label, in words, and as a bar that says the same once more.

import { LABELS, titleOf } from "../extension/content/describe.js";
import { make } from "./make.js";

/** @import { Say } from "../extension/content/describe.js" */
/** @import { Sentence } from "../extension/pkg/sayswho.js" */

/**
 * @param {HTMLElement} list
 * @param {HTMLElement} bar
 * @param {Sentence[]} sentences
 * @param {Say} say
 */
export function showFigures(list, bar, sentences, say) {
    const labelled = sentences.filter(({ label }) => label !== null).length;
    const rows = [];
    const parts = [];
    // As a reader of the bar wants them: from what the paper vouches for to what nobody does.
    for (const label of LABELS.toReversed()) {
        const count = sentences.filter((sentence) => sentence.label === label).length;
        const share = labelled > 0 ? count / labelled : 0;
        const row = make("li", "");
        const swatch = make("span", "", "swatch");
        swatch.dataset["label"] = label;
        row.append(swatch, make("b", String(count)), make("span", many(titleOf(label, say), count)));
        row.append(make("span", labelled > 0 ? `${Math.round(share * 100)}%` : "", "share"));
        rows.push(row);
        const part = make("span", "");
        part.dataset["label"] = label;
        part.style.flexGrow = String(count);
        if (count > 0) parts.push(part);
    }
    list.replaceChildren(...rows);
    bar.replaceChildren(...parts);
}

/** The label's name, for one or for many. @param {string} title @param {number} count */
function many(title, count) {
    return count === 1 ? title.toLowerCase() : `${title.toLowerCase()}s`;
}
