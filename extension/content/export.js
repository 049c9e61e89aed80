// The labels of an article as a file: JSON to go on working with, CSV for a table, Markdown to read.

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

/** A spreadsheet takes what begins so for a formula, and runs it. @param {string} text */
function cell(text) {
    const safe = /^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return `"${safe.replaceAll('"', '""')}"`;
}

/** @param {Report} report */
export function toMarkdown({ title, address, rows }) {
    const lines = rows.map(({ label, sources, text }) => {
        const who = sources.length > 0 ? ` (${escape(sources.join(", "))})` : "";
        return `- **${escape(label)}**${who}: ${escape(text)}`;
    });
    return [`# ${escape(title)}`, "", `<${encodeURI(decodeSafely(address))}>`, "", ...lines, ""].join("\n");
}

/** What Markdown, or HTML within it, would take for markup. @param {string} text */
function escape(text) {
    return text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>()#+\-.!|~&:@]/g, (sign) => `\\${sign}`);
}

/** @param {string} address */
function decodeSafely(address) {
    try {
        return decodeURI(address);
    } catch {
        return address;
    }
}
