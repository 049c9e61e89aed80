// What goes over the wire, and what may: labels before the model, nothing while one types, nothing to anybody else, and a
// second visit without a network.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, it } from "node:test";
import { BROWSERS, labelled, launch, sentences, serve, tab, write } from "./browser.js";

/** @import { Browser, Page } from "puppeteer-core" */
/** @import { Site } from "./browser.js" */

const CLAIM = "“The cables are older than my grandmother,” said Ada Moss, the city's engineer.";

/** Waits for the engine. @param {Page} page */
function engine(page) {
    return page.waitForFunction(() => document.documentElement.dataset["engine"] === "model");
}

for (const name of BROWSERS) {
    describe(`the network in ${name}`, () => {
        /** @type {Browser} */
        let browser;
        /** @type {Site} */
        let site;

        before(async () => {
            site = await serve();
            browser = await launch(name);
        });
        after(async () => {
            await browser?.close();
            site?.close();
        });

        it("labels the samples before the model has arrived, and shows how much of it has", async () => {
            let letGo = () => {};
            site.held.set("/model/sayswho.bin", new Promise((resolve) => (letGo = resolve)));
            const { page } = await tab(browser);
            await page.goto(site.root, { waitUntil: "domcontentloaded" });
            for (const id of ["slant", "wire", "column"]) {
                await page.click(`[data-sample=${id}]`);
                await labelled(page);
            }
            assert.equal(await page.evaluate(() => document.documentElement.dataset["engine"]), undefined);
            await page.evaluate(() => {
                /** @type {number[]} */
                const shares = [];
                Object.assign(window, { shares });
                const bar = /** @type {HTMLProgressElement} */ (document.querySelector("#arriving"));
                new MutationObserver(() => bar.hidden || shares.push(bar.value)).observe(bar, {
                    attributes: true,
                });
            });
            letGo();
            await engine(page);
            const shares = await page.evaluate(() =>
                "shares" in window ? /** @type {number[]} */ (window.shares) : [],
            );
            assert.ok(shares.length > 1 && shares.at(-1) === 1, `${shares.slice(-3)}`);
            await page.close();
        });

        it("asks for each file of its own once, and for nothing while one types", async () => {
            const visit = await browser.createBrowserContext();
            site.asked.length = 0;
            const { page } = await tab(visit);
            await page.goto(site.root);
            await engine(page);
            await page.waitForFunction(() => document.documentElement.dataset["offline"] === "ready");
            const large = site.asked.filter((path) => /\.(bin|wasm)$/.test(path)).sort();
            assert.match(large.join(" "), /^\/model\/sayswho\.bin \/pkg\/sayswho_(?:bg|relaxed)\.wasm$/);
            const before = site.asked.length;
            await write(page, CLAIM);
            await sentences(page, 1);
            await page.focus("#text");
            await page.keyboard.type(" It rained on Monday.");
            await sentences(page, 2);
            await page.focus("#strip");
            await page.keyboard.press("Home");
            assert.deepEqual(site.asked.slice(before), []);
            await visit.close();
        });

        it("works without a network, after one visit: a sample, and a text of one's own", async () => {
            const other = await serve();
            const { page } = await tab(browser);
            await page.goto(other.root);
            await page.waitForFunction(() => document.documentElement.dataset["offline"] === "ready");
            other.close();
            await page.reload();
            await labelled(page);
            await engine(page);
            await write(page, CLAIM);
            await sentences(page, 1);
            assert.match(await page.$eval("#sources", (list) => list.textContent ?? ""), /Ada Moss/);
            await page.close();
        });

        it("binds the worker to the page's own policy: a worker that would call elsewhere can't", async () => {
            let calls = 0;
            const elsewhere = createServer((_, response) => {
                calls += 1;
                response.writeHead(200, { "access-control-allow-origin": "*" });
                response.end();
            });
            await new Promise((resolve) => elsewhere.listen(0, "127.0.0.1", () => resolve(undefined)));
            const address = elsewhere.address();
            assert.ok(address && typeof address === "object");
            // In place of the page's own worker.
            site.instead.set(
                "/dist/worker.js",
                `fetch("http://127.0.0.1:${address.port}/").then(() => "called", () => "refused")
                    .then((message) => postMessage({ type: "failed", message }));`,
            );
            const visit = await browser.createBrowserContext();
            const { page } = await tab(visit);
            await page.goto(site.root);
            await page.waitForFunction(() =>
                /refused|called/.test(document.querySelector("#notice")?.textContent ?? ""),
            );
            assert.match(await page.$eval("#notice", (notice) => notice.textContent ?? ""), /refused/);
            assert.equal(calls, 0);
            // The same worker from its own address is bound by nothing: the test can fail.
            const free = await page.evaluate(
                (address) =>
                    new Promise((resolve) => {
                        new Worker(address, { type: "module" }).onmessage = ({ data }) =>
                            resolve(data.message);
                    }),
                `${site.root}dist/worker.js`,
            );
            assert.equal(free, "called");
            assert.equal(calls, 1);
            site.instead.clear();
            await visit.close();
            elsewhere.close();
        });
    });
}
