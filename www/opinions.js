// The sentences in which the writer's own view shows, with the words that gave it away.

import { make } from "./make.js";
import { oneLine } from "./page.js";

/** @import { Sentence } from "./shared.js" */

/** A very long column has more than anybody reads in a list. */
const MOST = 100;

/** Of a sentence that no words gave away, this much stands in the list, in characters. */
const EXCERPT = 90;

/**
 * @param {HTMLElement} list
 * @param {Sentence[]} sentences
 * @param {string} text
 * @param {(index: number) => void} go
 */
export function showOpinions(list, sentences, text, go) {
    const found = [...sentences.entries()].filter(
        ([, { label, mixed }]) => label === "unattributed-opinion" || (mixed && label === "attributed-claim"),
    );
    const rows = found.slice(0, MOST).map(([index, sentence]) => {
        const button = make("button", "");
        button.type = "button";
        const words = sentence.signals.map(({ start, end }) => oneLine(text.slice(start, end)));
        if (words.length > 0) {
            button.append(make("span", words.map((word) => `“${word}”`).join(" "), "words"));
            const whys = [...new Set(sentence.signals.map(({ why }) => why))];
            button.append(" ", make("span", whys.join("; "), "why"));
        } else {
            button.append(
                make("span", excerpt(oneLine(text.slice(sentence.start, sentence.end))), "words plain"),
            );
        }
        if (sentence.label === "attributed-claim")
            button.append(" ", make("span", "around somebody's claim", "tag"));
        button.addEventListener("click", () => go(index));
        const row = make("li", "");
        row.append(button);
        return row;
    });
    if (found.length > MOST) rows.push(make("li", `and ${found.length - MOST} more`));
    list.replaceChildren(...(rows.length > 0 ? rows : [make("li", "No opinion without an owner.", "quiet")]));
}

/** @param {string} words */
function excerpt(words) {
    if (words.length <= EXCERPT) return words;
    return `${words.slice(0, EXCERPT).replace(/\s+\S*$/, "")}…`;
}
