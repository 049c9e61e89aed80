// The article in figures: how many sentences of each label, in words, and as a chart that says the same once more.

import { bar } from "./chart.js";
import { make } from "./make.js";
import { LABELS, say, titleOf } from "./shared.js";

/** @import { Label, Sentence } from "./shared.js" */

/**
 * One label's part of an article.
 *
 * @typedef {{ label: Label, name: string, count: number, share: number }} Share
 */

/**
 * From what the paper vouches for to what nobody does.
 *
 * @param {Sentence[]} sentences
 * @returns {Share[]} shares of the sentences that have a label, 0 to 1
 */
export function sharesOf(sentences) {
    const labelled = sentences.filter(({ label }) => label !== null).length;
    return LABELS.toReversed().map((label) => {
        const count = sentences.filter((sentence) => sentence.label === label).length;
        const title = titleOf(label, say).toLowerCase();
        return {
            label,
            name: count === 1 ? title : `${title}s`,
            count,
            share: labelled > 0 ? count / labelled : 0,
        };
    });
}

/** @param {Share[]} shares */
export function inWords(shares) {
    return shares.map(({ name, count, share }) => `${count} ${name}, ${percent(share)}`).join("; ");
}

/** @param {number} share 0 to 1 */
export function percent(share) {
    return `${Math.round(100 * share)}%`;
}

/**
 * @param {HTMLElement} list
 * @param {HTMLElement} chart
 * @param {Sentence[]} sentences
 */
export function showFigures(list, chart, sentences) {
    const shares = sharesOf(sentences);
    const rows = shares.map(({ label, name, count, share }) => {
        const row = make("li", "");
        const swatch = make("span", "", "swatch");
        swatch.dataset["label"] = label;
        row.append(swatch, make("b", String(count)), make("span", name));
        row.append(make("span", sentences.length > 0 ? percent(share) : "", "share"));
        return row;
    });
    list.replaceChildren(...rows);
    chart.replaceChildren(bar(inWords(shares), shares));
}
