// The labelled article as one HTML file that needs nothing else: to print, to hand in, to open in ten years.

import { inWords, percent } from "../figures.js";
import { counted } from "../page.js";
import { paragraphsOf } from "../article.js";
import { origin, rowsOf, summaryOf } from "./answer.js";

/** @import { Answer } from "./answer.js" */

const STYLE = `
:root { color-scheme: light dark; }
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; font: 1.1rem/1.65 Georgia, serif; overflow-wrap: break-word; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
table { border-collapse: collapse; } th, td { padding: 0.2rem 0.8rem 0.2rem 0; text-align: start; }
.attributed-claim { text-decoration: underline dotted 2px #1a73e8; text-underline-offset: 0.2em; }
.unattributed-opinion { background: rgb(240 140 0 / 0.2); text-decoration: underline wavy 1.5px #d35400; text-underline-offset: 0.2em; }
.none { opacity: 0.7; }
mark { background: rgb(240 120 0 / 0.36); color: inherit; }
footer, .key { font: 0.85rem/1.5 system-ui, sans-serif; }
`;

/** @param {Answer} answer */
export function toReport(answer) {
    const { shares, voices } = summaryOf(answer);
    const rows = shares.map(
        ({ name, count, share }) =>
            `<tr><th scope="row">${name}</th><td>${count}</td><td>${percent(share)}</td></tr>`,
    );
    const heard = voices.map(
        ({ name, named, claims }) =>
            `<li>${html(name)}: ${counted(claims.length, "claim")}${named ? "" : ", nobody named"}</li>`,
    );
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Who says so: ${html(paragraphsOf(answer.text)[0]?.text.trim().slice(0, 80) ?? "")}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Who says so</h1>
<p class="key">Unmarked: reported fact. <span class="attributed-claim">Dotted: attributed claim.</span>
<span class="unattributed-opinion">Wavy: unattributed opinion</span>, <mark>the words that gave it away</mark> set off.</p>
<main>
${article(answer)}
</main>
<h2>In figures</h2>
<table aria-label="${inWords(shares)}">${rows.join("")}</table>
<h2>Who is heard</h2>
<ul>${heard.join("") || "<li>Nobody but the writer.</li>"}</ul>
<footer><p>${origin(answer)}</p></footer>
</body>
</html>
`;
}

/** @param {Answer} answer */
function article(answer) {
    const { text } = answer;
    const rows = rowsOf(answer);
    let next = 0;
    return paragraphsOf(text)
        .map((paragraph) => {
            const end = paragraph.start + paragraph.text.length;
            let at = paragraph.start;
            let inner = "";
            for (let row; (row = rows[next]) && row.sentence.start < end; next += 1) {
                const { sentence, label, sources } = row;
                inner += html(text.slice(at, sentence.start));
                const title = sources.length > 0 ? `${label}: ${sources.join(", ")}` : label;
                inner += `<span class="${sentence.label ?? "none"}" title="${html(title)}">`;
                at = sentence.start;
                for (const signal of sentence.signals) {
                    if (signal.start < at) continue;
                    inner += `${html(text.slice(at, signal.start))}<mark title="${html(signal.why)}">`;
                    inner += `${html(text.slice(signal.start, signal.end))}</mark>`;
                    at = signal.end;
                }
                inner += `${html(text.slice(at, sentence.end))}</span>`;
                at = sentence.end;
            }
            return `<p dir="auto">${inner}${html(text.slice(at, Math.max(at, end)))}</p>`;
        })
        .join("\n");
}

/** @type {Record<string, string>} */
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** @param {string} words */
function html(words) {
    return words.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? "");
}
