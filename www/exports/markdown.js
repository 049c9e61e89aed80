// The answer as Markdown, for notes and reports. What the article says is escaped: it shows as text.

import { percent } from "../figures.js";
import { counted } from "../page.js";
import { origin, rowsOf, summaryOf } from "./answer.js";
import { escaped } from "../shared.js";

/** @import { Answer } from "./answer.js" */

/** @param {Answer} answer */
export function toMarkdown(answer) {
    const { shares, voices } = summaryOf(answer);
    const lines = [
        "# Who says so",
        "",
        origin(answer),
        "",
        "| label | sentences | share |",
        "| --- | ---: | ---: |",
    ];
    for (const { name, count, share } of shares) lines.push(`| ${name} | ${count} | ${percent(share)} |`);
    lines.push("", "## Who is heard", "");
    for (const { name, named, claims } of voices) {
        lines.push(`- ${escaped(name)}: ${counted(claims.length, "claim")}${named ? "" : ", nobody named"}`);
    }
    if (voices.length === 0) lines.push("Nobody but the writer.");
    lines.push("", "## Every sentence", "");
    for (const [index, { label, sources, signals, words }] of rowsOf(answer).entries()) {
        const who = sources.length > 0 ? ` (${escaped(sources.join(", "))})` : "";
        lines.push(`${index + 1}. **${label}**${who}: ${escaped(words)}`);
        for (const signal of signals) lines.push(`    - “${escaped(signal.words)}”: ${signal.why}`);
    }
    return `${lines.join("\n")}\n`;
}
