// The two builds of the module, with relaxed SIMD and without: the browser runs the one that it should, and both answer
// alike.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { BROWSERS, launch, MODULES } from "./browsers.js";
import { labelled, sentences } from "./labels.js";
import { serve } from "./server.js";

const ARTICLE = readFileSync(new URL("../../benches/article.txt", import.meta.url), "utf8");

for (const kind of BROWSERS) {
    test(`each module that runs gives the same answer, to the last bit, in ${kind}`, async (context) => {
        const driver = await launch(kind);
        context.after(() => driver.close());
        const page = await driver.ownPage("options/options.html");
        const answers = await page.evaluate(
            async (modules, text) => {
                /** @param {string} path */
                const read = async (path) => (await fetch(chrome.runtime.getURL(path))).arrayBuffer();
                const model = await read("model/sayswho.bin");
                const answers = [];
                for (const path of modules) {
                    const module = await read(path);
                    if (!WebAssembly.validate(module)) continue;
                    // The glue again for each: it keeps the first module that it was given.
                    const glue = await import(chrome.runtime.getURL(`pkg/sayswho.js?${path}`));
                    await glue.default({ module_or_path: module });
                    const engine = new glue.Engine(new Uint8Array(model));
                    answers.push(JSON.stringify(engine.analyze(text)));
                }
                return answers;
            },
            MODULES,
            ARTICLE,
        );
        if (kind === "chromium") assert.equal(answers.length, 2, "Chromium has relaxed SIMD");
        assert.ok((answers[0]?.length ?? 0) > 10_000);
        for (const answer of answers) assert.equal(answer, answers[0]);
    });

    test(`the extension needs only the module that this browser can run best, in ${kind}`, async (context) => {
        const server = await serve();
        const driver = await launch(kind);
        const page = await driver.ownPage("options/options.html");
        const chosen = await page.evaluate(
            async () => (await import(chrome.runtime.getURL("relaxed.js"))).MODULE,
        );
        const runs = await page.evaluate(
            async (url) =>
                WebAssembly.validate(await (await fetch(chrome.runtime.getURL(url))).arrayBuffer()),
            "pkg/sayswho_relaxed.wasm",
        );
        await driver.close();
        assert.equal(chosen, runs ? "sayswho_relaxed.wasm" : "sayswho_bg.wasm");
        const alone = await launch(kind, { spoilt: MODULES.filter((path) => path !== `pkg/${chosen}`) });
        context.after(async () => {
            await alone.close();
            server.close();
        });
        const news = await alone.open(server.url("/news.html"));
        await alone.click(news);
        assert.ok(sentences(await labelled(alone, news)).length > 0);
    });
}
