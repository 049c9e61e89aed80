// The whole answer in words, one line a sentence: for screen readers, for print, and for browsers that can't paint.

import { describe } from "../extension/content/describe.js";
import { make } from "./make.js";

/** @import { Say } from "../extension/content/describe.js" */
/** @import { Analysis } from "../extension/pkg/sayswho.js" */

/** A list of thousands is slow to lay out; the JSON has them all. */
const MOST = 1000;

/**
 * @param {HTMLElement} list
 * @param {Analysis} analysis
 * @param {string} text
 * @param {Say} say
 */
export function showEvery(list, analysis, text, say) {
    const rows = analysis.sentences.slice(0, MOST).map((sentence) => {
        const row = make("li", "");
        const description = describe(sentence, analysis, text, say);
        const title = make("span", description?.title ?? "No statement", "title");
        title.dataset["label"] = sentence.label ?? "none";
        row.append(title);
        if (description && sentence.label === "attributed-claim")
            row.append(" ", make("span", description.who, "who"));
        const words = make("q", text.slice(sentence.start, sentence.end).replace(/\s+/g, " "));
        words.dir = "auto";
        row.append(" ", words);
        return row;
    });
    const left = analysis.sentences.length - rows.length;
    if (left > 0) rows.push(make("li", `and ${left} more: the JSON has them all`));
    list.replaceChildren(...rows);
}
