// A line a sentence, for spreadsheets: RFC 4180, with CRLF, a header, and every text in quotation marks.

import { rowsOf } from "./answer.js";
import { cell } from "../shared.js";

/** @import { Answer } from "./answer.js" */

const HEADER = [
    "number",
    "label",
    "mixed",
    "confidence",
    "fact",
    "attributed",
    "opinion",
    "sources",
    "signals",
    "sentence",
];

/** @param {Answer} answer */
export function toCsv(answer) {
    const lines = rowsOf(answer).map(({ sentence, sources, signals, words }, index) => [
        index + 1,
        cell(sentence.label ?? "none"),
        sentence.mixed,
        sentence.confidence,
        sentence.scores.fact,
        sentence.scores.attributed,
        sentence.scores.opinion,
        cell(sources.join("; ")),
        cell(signals.map((signal) => signal.words).join("; ")),
        cell(words),
    ]);
    return [HEADER, ...lines].map((line) => `${line.join(",")}\r\n`).join("");
}
