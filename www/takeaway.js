// What a visitor can take along: the answer as a file of their choice, or a link that holds the text.

import { toCsv } from "./exports/csv.js";
import { toJson } from "./exports/json.js";
import { toMarkdown } from "./exports/markdown.js";
import { toReport } from "./exports/report.js";
import * as fragment from "./fragment.js";
import { make } from "./make.js";
import { byId } from "./page.js";
import { SAMPLES } from "./samples.js";

/** @import { Answer } from "./exports/answer.js" */

/** By the button's id. @type {Record<string, { name: string, type: string, write: (answer: Answer) => string }>} */
const FILES = {
    "take-json": { name: "sayswho.json", type: "application/json", write: toJson },
    "take-csv": { name: "sayswho.csv", type: "text/csv;charset=utf-8", write: toCsv },
    "take-markdown": { name: "sayswho.md", type: "text/markdown;charset=utf-8", write: toMarkdown },
    "take-report": { name: "sayswho.html", type: "text/html;charset=utf-8", write: toReport },
};

/**
 * @param {() => Answer | null} answer  Null while there is none.
 * @param {() => { text: string, setting: number }} shown
 */
export function offer(answer, shown) {
    for (const [id, { name, type, write }] of Object.entries(FILES)) {
        byId(id).addEventListener("click", () => {
            const now = answer();
            if (now) save(name, type, write(now));
        });
    }
    byId("copy-json").addEventListener("click", () => {
        const now = answer();
        if (now) void copy(toJson(now), "The JSON is copied.", "use the download instead");
    });
    byId("copy-link").addEventListener("click", async () => {
        const { text, setting } = shown();
        const sample = SAMPLES.find((one) => one.text === text)?.id;
        const hash = await fragment.write(sample ? { sample, setting } : { text, setting });
        if (!hash) return said("This text is too long for a link.");
        history.replaceState(null, "", hash);
        await copy(
            location.href,
            sample ? "The link is copied." : "The link is copied; it holds the whole text.",
            "it is in the address bar",
        );
    });
}

/** @param {boolean} ready */
export function allow(ready) {
    for (const id of [...Object.keys(FILES), "copy-json"]) {
        /** @type {HTMLButtonElement} */ (byId(id)).disabled = !ready;
    }
}

/** @param {string} words */
function said(words) {
    byId("taken").textContent = words;
}

/** @param {string} name @param {string} type @param {string} content */
function save(name, type, content) {
    const link = make("a", "");
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = name;
    link.click();
    // The download begins a moment later.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    said(`Saved as ${name}.`);
}

/** @param {string} what @param {string} done @param {string} otherwise */
async function copy(what, done, otherwise) {
    try {
        await navigator.clipboard.writeText(what);
        said(done);
    } catch {
        said(`The browser allows no copying here: ${otherwise}.`);
    }
}
