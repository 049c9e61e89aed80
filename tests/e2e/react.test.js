// A page built on React that renders its paragraphs anew again and again while it is labelled. React owns its nodes: a
// label that had put an element among them would break it.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { build } from "esbuild";

import { BROWSERS, launch, until } from "./browsers.js";
import { labelled, labels, sentences } from "./labels.js";
import { serve } from "./server.js";

const SOURCE = `
import { createElement as h, useState } from "react";
import { createRoot } from "react-dom/client";
import { flushSync } from "react-dom";

const TEXTS = [
    "The harbour office counted nine hundred ships last year, " ,
    "“Nobody at the ministry has ever asked us,” said Per Aldous, the harbour master, ",
    "It is a scandalous waste of everybody's money, and they should be ashamed, ",
];

function Story() {
    const [round, setRound] = useState(0);
    window.render = (next) => flushSync(() => setRound(next));
    // Some paragraphs change their text, some are built anew, some come and go.
    return h("article", null,
        h("h1", null, "Nine hundred ships came to the harbour last year"),
        TEXTS.map((text, index) => h("p", { key: index }, text, "round ", round, ".")),
        h("p", { key: "new" + round }, "The port authority said on Tuesday that it would build a second quay."),
        round % 2 === 0 && h("p", { key: "even" }, "Critics say that the quay will never be built, whatever the office promises."),
        TEXTS.map((text, index) => h("p", { key: "still" + index }, text, "as it was in the year before.")));
}
createRoot(document.querySelector("#root")).render(h(Story));
`;

for (const kind of BROWSERS) {
    describe(`React in ${kind}`, () => {
        /** @type {Awaited<ReturnType<typeof launch>>} */
        let driver;
        /** @type {Awaited<ReturnType<typeof serve>>} */
        let server;
        before(async () => {
            const { outputFiles } = await build({
                stdin: { contents: SOURCE, resolveDir: import.meta.dirname },
                bundle: true,
                write: false,
                define: { "process.env.NODE_ENV": '"production"' },
            });
            const script = outputFiles[0]?.text.replaceAll("</script", "<\\/script") ?? "";
            server = await serve({
                "/react.html": `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ships</title></head><body><div id="root"></div><script>${script}</script></body></html>`,
            });
            driver = await launch(kind);
        });
        after(async () => {
            await driver?.close();
            server?.close();
        });

        test("200 renders: no exception, the right labels at the end, and no more ranges than sentences", async () => {
            const page = await driver.open(server.url("/react.html"));
            await driver.click(page);
            await labelled(driver, page);
            const render = (/** @type {number} */ from, /** @type {number} */ to) =>
                page.evaluate(
                    async (first, last) => {
                        for (let round = first; round <= last; round += 1) {
                            /** @type {any} */ (window).render(round);
                            await new Promise((resolve) => requestAnimationFrame(resolve));
                        }
                    },
                    from,
                    to,
                );
            const settled = (/** @type {number} */ round) =>
                until(async () => {
                    const all = sentences(await labels(page));
                    return (
                        all.filter((text) => text.endsWith(`round ${round}.`)).length === 3 &&
                        all.some((text) => text.startsWith("Critics say"))
                    );
                }, `the labels of round ${round}`);
            await render(1, 20);
            await settled(20);
            const early = sentences(await labels(page)).length;
            const before = await memory(page);
            await render(21, 200);
            await settled(200);
            const found = await labels(page);
            assert.equal(sentences(found).length, early, "as many ranges after 200 renders as after 20");
            assert.ok(found["sayswho-attributed-claim"]?.some((text) => text.includes("Per Aldous")));
            assert.ok(found["sayswho-unattributed-opinion"]?.some((text) => text.includes("scandalous")));
            const texts = await page.$$eval("h1, p", (all) => all.map((each) => each.textContent ?? ""));
            for (const text of sentences(found)) {
                assert.ok(
                    texts.some((each) => each.includes(text)),
                    `${text} stands in the page`,
                );
            }
            assert.deepEqual(driver.errors, []);
            const after = await memory(page);
            // Chromium alone says; its page and content script share a heap. 2 MB is less than 200 renders' worth of nodes.
            if (before !== null && after !== null) {
                console.log(
                    `${kind}: ${((after - before) / 1024).toFixed(0)} KB more after 180 more renders`,
                );
                assert.ok(after - before < 2_000_000, `${after - before} bytes more`);
            }
            await page.close();
        });
    });
}

/** @param {import("puppeteer-core").Page} page @returns {Promise<number | null>} bytes in use after collecting garbage */
async function memory(page) {
    if (!("createCDPSession" in page)) return null;
    try {
        const session = await page.createCDPSession();
        await session.send("HeapProfiler.collectGarbage");
        const { usedSize } = await session.send("Runtime.getHeapUsage");
        await session.detach();
        return usedSize;
    } catch {
        return null;
    }
}
