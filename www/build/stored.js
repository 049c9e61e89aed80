// What the page knows before its engine has arrived: `make www` runs this.
//
//   samples, hard sentences ─ the module and model of this build ─┐
//   EVALUATION.md, model/CARD.md ─ figures.js ────────────────────┴─▶ dist/stored.json
//   SHA-256 of module and model ─▶ dist/versions.json

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { Engine, initSync, version } from "../../extension/pkg/sayswho.js";
import { readFigures } from "./figures.js";

/** @import { Analysis, Label } from "../../extension/pkg/sayswho.js" */
/** @import { Row } from "./figures.js" */

/**
 * A sentence that was written to be hard, and what the engine makes of it.
 *
 * @typedef {{ text: string, right: Label, said: Label | null, why: string }} Hard
 */

/**
 * @typedef {object} Stored
 * @property {string} version  Of the engine.
 * @property {boolean} model  Whether the build has one, or judges by rules alone.
 * @property {Record<string, Analysis>} answers  By sample.
 * @property {Row[]} figures
 * @property {Hard[]} hard
 */

/** @param {string} path  From the repository's root. */
const file = (path) => new URL(`../../${path}`, import.meta.url);
/** @param {string} path */
const read = (path) => readFileSync(file(path), "utf8");

/** As extension/relaxed.js chooses; the first runs everywhere, and both answer alike. */
const MODULES = ["sayswho_bg.wasm", "sayswho_relaxed.wasm"];
const wasm = readFileSync(file("www/pkg/sayswho_bg.wasm"));
const model = existsSync(file("www/model/sayswho.bin"))
    ? readFileSync(file("www/model/sayswho.bin"))
    : undefined;
initSync({ module: wasm });
const engine = new Engine(model && new Uint8Array(model));

/** @type {Record<string, Analysis>} */
const answers = {};
for (const name of readdirSync(file("www/samples"))) {
    answers[name.replace(".txt", "")] = engine.analyze(read(`www/samples/${name}`).trim());
}

/** @type {Hard[]} */
const hard = [];
for (const line of read("www/failures.txt").split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const [right, text = "", why = ""] = line.split("\t");
    const said = engine.analyze(text).sentences[0]?.label ?? null;
    hard.push({ text, right: /** @type {Label} */ (right), said, why });
}

/** @type {Stored} */
const stored = {
    version: version(),
    model: model !== undefined,
    answers,
    figures: readFigures(read("EVALUATION.md"), read("model/CARD.md")),
    hard,
};

/** @param {Buffer} bytes */
const hash = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 12);

mkdirSync(file("www/dist"), { recursive: true });
writeFileSync(file("www/dist/stored.json"), JSON.stringify(stored));
writeFileSync(
    file("www/dist/versions.json"),
    JSON.stringify({
        modules: Object.fromEntries(
            MODULES.map((name) => [name, hash(readFileSync(file(`www/pkg/${name}`)))]),
        ),
        model: model ? hash(model) : "none",
        modelBytes: model?.length ?? 0,
    }),
);
