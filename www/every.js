// The whole answer in words, one line a sentence: for screen readers, for print, and for browsers that can't paint.

import { make } from "./make.js";
import { oneLine } from "./page.js";
import { describe, say } from "./shared.js";

/** @import { Analysis, Sentence } from "./shared.js" */

/** A list of thousands is slow to lay out; the JSON has them all. */
const MOST = 1000;

/**
 * @param {HTMLElement} list
 * @param {Sentence[]} sentences
 * @param {Analysis} analysis
 * @param {string} text
 */
export function showEvery(list, sentences, analysis, text) {
    const rows = sentences.slice(0, MOST).map((sentence) => {
        const row = make("li", "");
        const description = describe(sentence, analysis, text, say);
        const title = make("span", description?.title ?? "No statement", "title");
        title.dataset["label"] = sentence.label ?? "none";
        row.append(title);
        if (description && sentence.label === "attributed-claim")
            row.append(" ", make("span", description.who, "who"));
        const words = make("q", oneLine(text.slice(sentence.start, sentence.end)));
        words.dir = "auto";
        row.append(" ", words);
        return row;
    });
    const left = sentences.length - rows.length;
    if (left > 0) rows.push(make("li", `and ${left} more: the JSON has them all`));
    list.replaceChildren(...rows);
}
