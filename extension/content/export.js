// The labels of an article as a file: JSON to go on working with, CSV for a table, Markdown to read.

import { cell, escaped } from "./escape.js";

/**
 * @typedef {object} Row
 * @property {string} text
 * @property {string} label
 * @property {boolean} mixed
 * @property {number} confidence 0 to 1
 * @property {string[]} sources whose claim it is
 * @property {string[]} signals the words that gave an opinion away
 */

/** @typedef {{ title: string, address: string, rows: Row[] }} Report */
/** @typedef {"json" | "csv" | "markdown"} Format */

/** @type {Record<Format, { type: string, ending: string, write: (report: Report) => string }>} */
export const FORMATS = {
    json: { type: "application/json", ending: "json", write: toJson },
    csv: { type: "text/csv;charset=utf-8", ending: "csv", write: toCsv },
    markdown: { type: "text/markdown;charset=utf-8", ending: "md", write: toMarkdown },
};

/** @param {Report} report */
export function toJson({ title, address, rows }) {
    return JSON.stringify({ title, address, sentences: rows }, null, 2) + "\n";
}

/** @param {Report} report */
export function toCsv({ rows }) {
    const head = ["label", "mixed", "confidence", "sources", "signals", "text"];
    const lines = rows.map(({ label, mixed, confidence, sources, signals, text }) =>
        [label, String(mixed), confidence.toFixed(2), sources.join("; "), signals.join("; "), text]
            .map(cell)
            .join(","),
    );
    return [head.join(","), ...lines].join("\r\n") + "\r\n";
}

/** @param {Report} report */
export function toMarkdown({ title, address, rows }) {
    const lines = rows.map(({ label, sources, text }) => {
        const who = sources.length > 0 ? ` (${escaped(sources.join(", "))})` : "";
        return `- **${escaped(label)}**${who}: ${escaped(text)}`;
    });
    return [`# ${escaped(title)}`, "", `<${encodeURI(decodeSafely(address))}>`, "", ...lines, ""].join("\n");
}

/** @param {string} address */
function decodeSafely(address) {
    try {
        return decodeURI(address);
    } catch {
        return address;
    }
}
