// What the page shows before its engine arrives is what the engine says: the samples' stored answers are those of the module
// and the model that the page carries, and the bundles hold them. A build that went half way fails here.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { Engine, initSync, version } from "../../extension/pkg/sayswho.js";

const WWW = new URL("../../www/", import.meta.url);
/** @param {string} path */
const bytes = (path) => readFileSync(new URL(path, WWW));
/** @param {string} path */
const json = (path) => JSON.parse(bytes(path).toString());

const module = bytes("pkg/sayswho_bg.wasm");
const model = existsSync(new URL("model/sayswho.bin", WWW)) ? bytes("model/sayswho.bin") : undefined;

describe("what is stored in the demo page", () => {
    it("is from the very module and model beside it", () => {
        assert.ok(
            module.equals(bytes("../extension/pkg/sayswho_bg.wasm")),
            "another module than the extension's",
        );
        const hash = (/** @type {Buffer} */ of) => createHash("sha256").update(of).digest("hex").slice(0, 12);
        assert.deepEqual(json("dist/versions.json"), {
            modules: {
                "sayswho_bg.wasm": hash(module),
                "sayswho_relaxed.wasm": hash(bytes("pkg/sayswho_relaxed.wasm")),
            },
            model: model ? hash(model) : "none",
            modelBytes: model?.length ?? 0,
        });
    });

    it("is what the engine answers now: `make www` where it is not", () => {
        initSync({ module });
        const engine = new Engine(model && new Uint8Array(model));
        const stored = json("dist/stored.json");
        assert.equal(stored.version, version());
        assert.equal(stored.model, model !== undefined);
        const samples = readdirSync(new URL("samples/", WWW)).map((name) => name.replace(".txt", ""));
        assert.deepEqual(Object.keys(stored.answers).sort(), samples.sort());
        for (const name of samples) {
            const text = bytes(`samples/${name}.txt`).toString().trim();
            assert.deepEqual(stored.answers[name], engine.analyze(text), name);
        }
        for (const { text, said } of stored.hard) {
            assert.equal(said, engine.analyze(text).sentences[0]?.label ?? null, text);
        }
        assert.ok(stored.hard.length > 0);
    });

    it("is in the bundles that a visitor gets", async () => {
        const { outputFiles } = await build({
            entryPoints: ["main", "compare", "worker"].map((name) =>
                fileURLToPath(new URL(`${name}.js`, WWW)),
            ),
            bundle: true,
            format: "esm",
            charset: "utf8",
            outdir: fileURLToPath(new URL("dist/", WWW)),
            write: false,
            logLevel: "silent",
        });
        assert.ok(outputFiles.length >= 4);
        for (const { path, text } of outputFiles) {
            assert.ok(readFileSync(path, "utf8") === text, `${path} is older than its sources: make www`);
        }
    });
});
