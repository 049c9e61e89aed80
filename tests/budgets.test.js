// What a reader downloads and keeps, checked as sizes: a wall clock would flake on a shared machine.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import test from "node:test";
import { gzipSync } from "node:zlib";

const root = new URL("../", import.meta.url);
const KB = 1024;

for (const name of ["sayswho_bg.wasm", "sayswho_relaxed.wasm"]) {
    test(`the module ${name} is at most 600 KB gzipped`, () => {
        const bytes = gzipSync(readFileSync(new URL(`extension/pkg/${name}`, root)), { level: 9 }).length;
        console.log(`${name}: ${(bytes / KB).toFixed(0)} KB gzipped`);
        assert.ok(bytes <= 600 * KB, `${bytes} bytes`);
    });
}

test("the content script is at most 300 KB", () => {
    const bytes = readFileSync(new URL("extension/dist/content.js", root)).length;
    console.log(`content script: ${(bytes / KB).toFixed(0)} KB`);
    assert.ok(bytes <= 300 * KB, `${bytes} bytes`);
});

test("the module with the model loaded and an article labelled holds at most 28 MB of the 64 in the browser", async () => {
    const { default: init, Engine } = await import(new URL("extension/pkg/sayswho.js", root).href);
    const { memory } = await init({
        module_or_path: readFileSync(new URL("extension/pkg/sayswho_bg.wasm", root)),
    });
    const model = new URL("model/sayswho.bin", root);
    const engine = new Engine(existsSync(model) ? new Uint8Array(readFileSync(model)) : undefined);
    const loaded = memory.buffer.byteLength;
    const article = readFileSync(new URL("benches/article.txt", root), "utf8");
    assert.ok(engine.analyze(article).sentences.length > 20);
    const labelled = memory.buffer.byteLength;
    console.log(
        `memory: ${[loaded, labelled].map((bytes) => (bytes / KB / KB).toFixed(1)).join(", then ")} MB`,
    );
    assert.ok(labelled <= 28 * KB * KB, `${labelled} bytes`);
});

test("the model, where this build has one, is at most 12 MB, and all three users carry the same file", () => {
    const model = new URL("model/sayswho.bin", root);
    if (!existsSync(model)) return;
    const bytes = readFileSync(model);
    console.log(`model: ${(bytes.length / KB / KB).toFixed(2)} MB`);
    assert.ok(bytes.length <= 12 * KB * KB, `${bytes.length} bytes`);
    for (const copy of ["extension/model/sayswho.bin", "www/model/sayswho.bin"]) {
        assert.ok(bytes.equals(readFileSync(new URL(copy, root))), `${copy} differs from model/sayswho.bin`);
    }
});
