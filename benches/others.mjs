// Beside others, in one run on one core, in turns: `node benches/others.mjs`, after `npm ci --prefix benches`.
//
// What each does with 388 KB of news differs, so the column "does" belongs to the figure. Best of five; only figures of
// the same run can be compared.
import { readFile } from "node:fs/promises";
import compromise from "compromise/three";
import model from "wink-eng-lite-web-model";
import winkNLP from "wink-nlp";

const root = new URL("../", import.meta.url);
const { default: init, Engine } = await import(new URL("extension/pkg/sayswho.js", root).href);
await init({ module_or_path: await readFile(new URL("extension/pkg/sayswho_bg.wasm", root)) });
const article = await readFile(new URL("benches/article.txt", root), "utf8");
// Sixty articles of a thousand words.
const articles = Array.from({ length: 60 }, (_, index) => article.slice(index * 7));
const bytes = articles.reduce((sum, text) => sum + Buffer.byteLength(text), 0);

const rules = new Engine();
const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });
const wink = winkNLP(model, ["sbd", "pos", "sentiment"]);
/** @type {[string, string, (text: string) => unknown, number][]} */
const rows = [
    ["Intl.Segmenter", "sentences", (text) => [...segmenter.segment(text)].length, 60],
    ["Says Who by rules", "labels, attributions, reasons", (text) => rules.analyze(text), 60],
    ["wink-nlp", "sentences, tags, sentiment", (text) => wink.readDoc(text).sentences().length(), 60],
    ["compromise", "sentences, tags, quotations", (text) => compromise(text).quotations().out("array"), 6],
];
const best = new Map(rows.map(([name]) => [name, Infinity]));
for (let round = 0; round < 5; round++) {
    for (const [name, , work, count] of rows) {
        const start = performance.now();
        for (const text of articles.slice(0, count)) work(text);
        const took = ((performance.now() - start) * articles.length) / count;
        best.set(name, Math.min(best.get(name), took));
    }
}
console.log(`${(bytes / 1024).toFixed(0)} KB in ${articles.length} articles`);
for (const [name, does] of rows) {
    console.log(`${(bytes / 1e3 / best.get(name)).toFixed(2).padStart(8)} MB/s  ${name}: ${does}`);
}
