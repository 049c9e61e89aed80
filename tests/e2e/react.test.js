// A page built on React that renders its paragraphs anew again and again while it is labelled. React owns its nodes: a
// label that had put an element among them would break it.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { build } from "esbuild";

import { BROWSERS, Firefox, launch, until } from "./browsers.js";
import { LABEL_NAMES, labelled, labels, sentences } from "./labels.js";
import { serve } from "./server.js";

/** @import { Page } from "puppeteer-core" */
/** @import { Chromium } from "./browsers.js" */

/** Less than 200 renders' worth of nodes, in bytes; Firefox counts more than the page's own. */
const MOST_MORE = { chromium: 2_000_000, firefox: 8_000_000 };

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
            const before = await memory(driver, page);
            await render(21, 200);
            await settled(200);
            const found = await labels(page);
            assert.equal(sentences(found).length, early, "as many ranges after 200 renders as after 20");
            const more = (await memory(driver, page)) - before;
            console.log(`${kind}: ${(more / 1024).toFixed(0)} KB more after 180 more renders`);
            assert.ok(more < MOST_MORE[kind], `${more} bytes more`);
            // A page that was there in the 200th round from the start is labelled so too. The words that give an opinion
            // away are not compared: they hang on what else was read at the same time.
            const fresh = await driver.open(server.url("/react.html?fresh"));
            await fresh.evaluate(() => /** @type {any} */ (window).render(200));
            await driver.click(fresh);
            const right = await labelled(driver, fresh);
            assert.deepEqual(sorted(found), sorted(right));
            assert.deepEqual(driver.errors, []);
            for (const each of [fresh, page]) await each.close();
        });
    });
}

/** The labels of a page, in an order of their own. @param {Record<string, string[]>} found */
const sorted = (found) => LABEL_NAMES.map((name) => [name, found[name]?.toSorted()]);

/**
 * What a page and its content script hold after their garbage is collected, in bytes: of Chromium the heap of its
 * scripts, of Firefox all that the page's process has allocated.
 * @param {Chromium | Firefox} driver
 * @param {Page} page
 * @returns {Promise<number>}
 */
async function memory(driver, page) {
    if (driver instanceof Firefox) {
        await page.bringToFront();
        return driver.privileged(`
            const { messageManager } = gBrowser.selectedBrowser;
            const answer = new Promise((resolve) => messageManager.addMessageListener("allocated", function heard({ data }) {
                messageManager.removeMessageListener("allocated", heard);
                resolve(data);
            }));
            messageManager.loadFrameScript("data:,(" + encodeURIComponent(\`() => {
                const manager = Components.classes["@mozilla.org/memory-reporter-manager;1"]
                    .getService(Components.interfaces.nsIMemoryReporterManager);
                manager.minimizeMemoryUsage(() => sendAsyncMessage("allocated", manager.heapAllocated));
            }\`) + ")()", false);
            return answer;
        `);
    }
    const session = await page.createCDPSession();
    await session.send("HeapProfiler.collectGarbage");
    const { usedSize } = await session.send("Runtime.getHeapUsage");
    await session.detach();
    return usedSize;
}
