// Pages of real sites, served as they were saved, labelled by a click in each browser.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { longestTasks } from "../demo/blocks.js";
import { BROWSERS, launch, until } from "./browsers.js";
import { finished, labelled, labels, sentences, shared, traceOf, words } from "./labels.js";
import { savedArticle, savedPages, serve } from "./server.js";

/** @import { Page } from "puppeteer-core" */

/**
 * In milliseconds of the processor. A reader's page is held up for less than 50, which `make timing` holds it to on a machine
 * with nothing else to do; here a neighbour in the same caches may double a task.
 */
const LONGEST_TASK = 75;

if (savedPages.length === 0) {
    console.log("No saved pages: ../shared/pages is not beside this clone. Only our own pages are tested.");
}

for (const kind of savedPages.length > 0 ? BROWSERS : []) {
    describe(`saved pages in ${kind}`, () => {
        /** @type {Awaited<ReturnType<typeof launch>>} */
        let driver;
        /** @type {Awaited<ReturnType<typeof serve>>} */
        let server;
        /** @type {{ name: string, inside: number, outside: number, ms: number }[]} */
        const rows = [];
        before(async () => {
            server = await serve();
            driver = await launch(kind);
        });
        after(async () => {
            await driver?.close();
            server?.close();
        });

        for (const name of savedPages) {
            test(name, async (context) => {
                const page = await driver.open(server.url(`/saved/${name}/page.html`), "domcontentloaded");
                context.after(() => page.close());
                const start = performance.now();
                await driver.click(page);
                const found = words(sentences(await labelled(driver, page)).join(" "));
                const ms = performance.now() - start;
                const { title, paragraphs } = savedArticle(name);
                const article = words(paragraphs.join(" "));
                const inside = shared(article, found) / article.length;
                const outside = 1 - shared(found, words(title).concat(article)) / found.length;
                rows.push({ name, inside, outside, ms });
                assert.ok(
                    inside >= 0.8,
                    `${(inside * 100).toFixed(1)} % of the article's words are labelled`,
                );
                assert.ok(
                    outside <= 0.05,
                    `${(outside * 100).toFixed(1)} % of what is labelled is not the article`,
                );
            });
        }

        test("elements, text, markup and layout stay, with the labels and after them, nothing is fetched, and no page is held up", async () => {
            /** @type {Record<string, number>} */
            const over = {};
            for (const name of savedPages) {
                // Without the page's own scripts, so that what is measured is ours.
                const page = await driver.open(server.url(`/saved/${name}/page.html?policy=still`));
                const before = await traceOf(page);
                const requests = driver.requests.length;
                const label = async () => {
                    await driver.click(page);
                    await finished(driver, page);
                };
                // Of Firefox only the clock is to be had, which tells of the machine.
                if (kind === "chromium") {
                    const { own, whole } = await longestTasks(page, label);
                    console.log(
                        `${kind} ${name.padEnd(26)} longest task ${own.toFixed(1)} ms, ${whole.toFixed(1)} with the browser's styling`,
                    );
                    if (own >= LONGEST_TASK) over[name] = own;
                } else {
                    await label();
                }
                assert.ok(sentences(await labels(page)).length > 0, name);
                const isOpen = await driver.inHost(
                    page,
                    (root) => root.querySelector(".panel:not([hidden])") !== null,
                );
                assert.ok(isOpen, `the panel is open on ${name}`);
                assert.deepEqual(await traceOf(page), before, `${name}, labelled to the end`);
                await driver.command(page, "toggle");
                await until(async () => (await driver.toolbar(page)).badge === "", "an empty badge");
                assert.deepEqual(await labels(page), {}, name);
                // The browser itself fetches the page's icons for its tab, when it finds the time.
                const icons = await page.$$eval("link[rel*='icon']", (links) =>
                    links.map((link) => /** @type {HTMLLinkElement} */ (link).href),
                );
                const more = driver.requests.slice(requests).filter((each) => !icons.includes(each));
                assert.deepEqual(more, [], name);
                if (kind === "firefox") await page.evaluate(layOutAnew);
                assert.deepEqual(await traceOf(page), before, `${name}, its labels taken off`);
                await page.close();
            }
            assert.deepEqual(over, {}, `tasks of ${LONGEST_TASK} ms and more`);
        });

        test("labels cover the articles: 0.95 of their words on average", () => {
            for (const { name, inside, outside, ms } of rows) {
                console.log(
                    `${kind} ${name.padEnd(26)} inside ${inside.toFixed(3)}  outside ${outside.toFixed(3)}  ${ms.toFixed(0)} ms`,
                );
            }
            const mean = rows.reduce((sum, { inside }) => sum + inside, 0) / rows.length;
            console.log(`${kind} mean inside ${mean.toFixed(3)}`);
            assert.ok(mean >= 0.95, `${(mean * 100).toFixed(1)} % on average`);
        });
    });
}

/**
 * Has the browser lay the page out from nothing. Of one page Firefox makes 20 pixels less when a sheet is removed that
 * changes no box, until it is laid out the next time.
 */
function layOutAnew() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(":root { display: none !important }");
    document.adoptedStyleSheets.push(sheet);
    document.documentElement.getBoundingClientRect();
    document.adoptedStyleSheets.pop();
}
