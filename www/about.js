// How well it does and where it fails, as the build found: figures from the repository's own files, and sentences that
// were written to be hard, with what this build's engine makes of them.

import { percent } from "./figures.js";
import { make } from "./make.js";
import { byId, counted } from "./page.js";
import { say, titleOf } from "./shared.js";
import { STORED } from "./stored.js";

/** @import { Label } from "./shared.js" */

/** More examples teach nothing more. */
const MOST = 6;

/** What is measured, by its name in EVALUATION.md, and for a reader. */
const MEASURES = /** @type {const} */ ([
    ["three labels, accuracy", "sentences labelled as careful readers do"],
    ["reported-fact, F1", "reported facts (F1)"],
    ["attributed-claim, F1", "attributed claims (F1)"],
    ["unattributed-opinion, F1", "unattributed opinions (F1)"],
    ["content words, F1", "what somebody says, by words (F1)"],
    ["source words, F1", "who says it, by words (F1)"],
    ["whole attributions, F1", "source, cue and content all exact (F1)"],
]);

export function showAbout() {
    byId("version").textContent =
        `Engine ${STORED.version}, ${STORED.model ? "with its model" : "by rules alone"}.`;
    byId("measured").replaceChildren(...STORED.figures.map(table));
    const wrong = STORED.hard.filter(({ said, right }) => said !== right);
    const some = wrong.slice(0, MOST);
    const of = counted(STORED.hard.length, "hard sentence");
    byId("failing").textContent =
        `Of ${of} that we wrote to trip it, it gets ${wrong.length} wrong` +
        (wrong.length > some.length ? `, these ${some.length} among them:` : wrong.length > 0 ? ":" : ".");
    byId("failures").replaceChildren(
        ...some.map(({ text, said, right, why }) => {
            const item = make("li", "");
            item.append(
                make("q", text),
                make("span", `${why} It says ${name(said)}; we say ${name(right)}.`, "quiet"),
            );
            return item;
        }),
    );
}

/** @param {Label | null} label */
function name(label) {
    return label ? titleOf(label, say).toLowerCase() : "no label";
}

/** @param {typeof STORED.figures[number]} row */
function table({ what, documents, figures }) {
    const box = make("table", "");
    box.append(make("caption", `${what}: ${documents} articles`));
    const body = make("tbody", "");
    for (const [key, words] of MEASURES) {
        const figure = figures[key];
        if (figure === undefined) continue;
        const line = make("tr", "");
        const head = make("th", words);
        head.scope = "row";
        line.append(head, make("td", key.endsWith("accuracy") ? percent(figure) : figure.toFixed(2)));
        body.append(line);
    }
    box.append(body);
    return box;
}
