// For everyone: no violation that axe finds, no layout shift, no motion where none is wanted, a print that carries the
// labels; and a plain sentence where JavaScript or WebAssembly is off.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { BROWSERS, labelled, launch, serve, tab, write } from "./browser.js";

/** @import { Browser } from "puppeteer-core" */
/** @import { Site } from "./browser.js" */

const AXE = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/** @type {Record<string, { width: number, height: number }>} */
const SIZES = {
    phone: { width: 390, height: 844 },
    laptop: { width: 1366, height: 768 },
    projector: { width: 1920, height: 1080 },
};

for (const name of BROWSERS) {
    describe(`for everyone in ${name}`, () => {
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

        for (const scheme of /** @type {const} */ (["light", "dark"])) {
            it(`has nothing that axe finds, on a phone, a laptop and a projector: ${scheme}`, async () => {
                const own = await launch(name, {
                    preferences: {
                        "layout.css.prefers-color-scheme.content-override": scheme === "dark" ? 0 : 1,
                    },
                });
                const { page } = await tab(own);
                if (name === "chrome") {
                    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
                }
                for (const path of ["", "compare.html"]) {
                    for (const [size, viewport] of Object.entries(SIZES)) {
                        await page.setViewport(viewport);
                        await page.goto(`${site.root}${path}`);
                        await page.waitForSelector("[role=img].chart rect");
                        assert.ok(
                            await page.evaluate(
                                (scheme) => matchMedia(`(prefers-color-scheme: ${scheme})`).matches,
                                scheme,
                            ),
                        );
                        if (path === "") {
                            await labelled(page);
                            await page.focus("#strip");
                            await page.keyboard.press("End");
                            await page.waitForSelector(".scores");
                            // Chromium may still be gliding to the chosen sentence: a real click would miss.
                            await page.$eval("#every summary", (summary) => {
                                /** @type {HTMLElement} */ (summary).click();
                            });
                        }
                        await page.evaluate(AXE);
                        const found = await page.evaluate(async () => {
                            /** @type {{ run(): Promise<{ violations: { id: string, nodes: { html: string, failureSummary: string }[] }[] }> }} */
                            const axe = Reflect.get(window, "axe");
                            const { violations } = await axe.run();
                            return violations.flatMap(({ id, nodes }) =>
                                nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
                            );
                        });
                        assert.deepEqual(found, [], `/${path}, ${size}`);
                        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
                        assert.ok(
                            wide <= viewport.width,
                            `/${path}, ${size}: ${wide}, nothing to scroll sideways`,
                        );
                    }
                }
                await own.close();
            });
        }

        it("keeps everything above the fold where it was while labels, engine and model arrive", async () => {
            const visit = await browser.createBrowserContext();
            const { page } = await tab(visit);
            await page.setViewport(SIZES["laptop"] ?? null);
            await page.goto(site.root);
            const places = () =>
                page.$$eval("h2, #strip, #article p, #take-report", (all) =>
                    all.map((one) => Math.round(one.getBoundingClientRect().top)),
                );
            await labelled(page);
            const first = await places();
            await page.waitForFunction(() => document.documentElement.dataset["engine"] === "model");
            assert.deepEqual(await places(), first);
            await visit.close();
        });

        it("does not move by itself where the visitor wants no motion", async () => {
            const still = await launch(name, { preferences: { "ui.prefersReducedMotion": 1 } });
            const { page } = await tab(still);
            if (name === "chrome") {
                await page.emulateMediaFeatures([{ name: "prefers-reduced-motion", value: "reduce" }]);
            }
            await page.goto(site.root);
            await labelled(page);
            await page.evaluate(() => {
                Object.assign(window, { asked: [] });
                window.scrollBy = (/** @type {any} */ options) =>
                    void Reflect.get(window, "asked").push(options.behavior);
            });
            await page.focus("#strip");
            await page.keyboard.press("End");
            assert.deepEqual(await page.evaluate(() => Reflect.get(window, "asked")), ["instant"]);
            await still.close();
        });

        it("prints the labelled article and its figures, and no buttons", async () => {
            const { page } = await tab(browser);
            await page.goto(site.root);
            await labelled(page);
            // No protocol shows a page as Firefox prints it: the style for print is put in force instead.
            await page.evaluate(() => {
                for (const { cssRules } of document.styleSheets) {
                    for (const rule of cssRules) {
                        if (rule instanceof CSSMediaRule && rule.media.mediaText === "print")
                            rule.media.mediaText = "all";
                    }
                }
            });
            const heights = await page.evaluate(() =>
                ["#article", "#figures", "#sources", "#text", "#samples", "#strip", "#take-report"].map(
                    (id) => (document.querySelector(id)?.getBoundingClientRect().height ?? 0) > 0,
                ),
            );
            assert.deepEqual(heights, [true, true, true, false, false, false, false]);
            const line = await page.$eval(
                "#article",
                (article) =>
                    getComputedStyle(article, "::highlight(sayswho-attributed-claim)").textDecorationLine,
            );
            assert.match(line, /underline/);
            await page.close();
        });

        it("says so when JavaScript is off", async () => {
            const plain = await launch(name, { preferences: { "javascript.enabled": false } });
            const { page } = await tab(plain);
            if (name === "chrome") await page.setJavaScriptEnabled(false);
            await page.goto(site.root);
            const notice = await page.$("noscript .notice");
            const box = await notice?.boundingBox();
            assert.ok(box && box.height > 10 && box.width > 100);
            await plain.close();
        });

        it("says so when WebAssembly is off, and labels the samples all the same", async () => {
            const without = await launch(name, {
                arguments: ["--js-flags=--jitless"],
                preferences: { "javascript.options.wasm": false },
            });
            const { page } = await tab(without);
            await page.goto(site.root);
            await page.waitForFunction(() =>
                /WebAssembly is switched off/.test(document.querySelector("#notice")?.textContent ?? ""),
            );
            await page.click("[data-sample=wire]");
            await labelled(page);
            await write(page, "The bridge opened in 1932.");
            await page.waitForFunction(
                () => document.querySelector("#article")?.getAttribute("aria-busy") === "false",
            );
            assert.match(await page.$eval("#notice", (notice) => notice.textContent ?? ""), /WebAssembly/);
            await without.close();
        });
    });
}
