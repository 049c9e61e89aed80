// What the reader has before them is labelled first, wherever in a long page that is, and wherever they go meanwhile.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { hear, heard } from "./asked.js";
import { BROWSERS, launch, until } from "./browsers.js";
import { serve } from "./server.js";

/** @import { Page } from "puppeteer-core" */

const PARAGRAPHS = 300;
/** In paragraphs, as many as the engine reads at once. */
const NEAR = 6;

/** No two paragraphs are the same: what was read before is not read again. */
const article = `<article><h1>The bridges of the county will close on Monday</h1>${Array.from(
    { length: PARAGRAPHS },
    (_, at) =>
        `<p>In its meeting ${at} the council voted to close bridge ${at} by a vote of ${at * 7} to one. “We had ${at} days and no choice,” said Ada Moss, the mayor. It is a shameful waste of ${at} years.</p>`,
).join("")}</article>`;

/** @param {string} body */
const html = (body) =>
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title></head><body>${body}</body></html>`;

const PAGES = {
    "/page.html": html(article),
    "/shell.html": html(
        `<style>html, body { height: 100%; margin: 0; overflow: hidden } main { height: 100%; overflow: auto }</style><main>${article}</main>`,
    ),
};

/** Scrolls to a paragraph, in the page or in what scrolls within it. @param {Page} page @param {number} paragraph */
function scrollTo(page, paragraph) {
    return page.evaluate(
        (at) => document.querySelectorAll("p")[at]?.scrollIntoView({ behavior: "instant" }),
        paragraph,
    );
}

/**
 * Has the page write down in which order its labels come: the paragraphs of each frame's new ones, and which of them lie
 * in the window.
 * @param {Page} page
 */
function watch(page) {
    return page.evaluate(() => {
        const paragraphs = [...document.querySelectorAll("p")];
        /** @type {{ paragraph: number, isSeen: boolean }[][]} */
        const came = [];
        /** @type {Set<AbstractRange>} */
        const known = new Set();
        const look = () => {
            const fresh = [...CSS.highlights].flatMap(([name, ranges]) =>
                name === "sayswho-signal" ? [] : [...ranges].filter((range) => !known.has(range)),
            );
            for (const range of fresh) known.add(range);
            if (fresh.length > 0) {
                came.push(
                    fresh.map(({ startContainer }) => {
                        const paragraph = paragraphs.findIndex((each) => each.contains(startContainer));
                        const { top, bottom } =
                            paragraphs[paragraph]?.getBoundingClientRect() ?? new DOMRect();
                        return { paragraph, isSeen: bottom > 0 && top < innerHeight };
                    }),
                );
            }
            requestAnimationFrame(look);
        };
        Object.assign(window, { came });
        look();
    });
}

/** @param {Page} page @returns {Promise<{ paragraph: number, isSeen: boolean }[][]>} */
const came = (page) => page.evaluate(() => /** @type {any} */ (window).came);

for (const kind of BROWSERS) {
    describe(`what is in view, in ${kind}`, () => {
        /** @type {Awaited<ReturnType<typeof launch>>} */
        let driver;
        /** @type {Awaited<ReturnType<typeof serve>>} */
        let server;
        before(async () => {
            server = await serve(PAGES);
            driver = await launch(kind);
        });
        after(async () => {
            await driver?.close();
            server?.close();
        });

        for (const path of ["/page.html", "/shell.html"]) {
            test(`${path}: the first labels of a long page lie in the window`, async () => {
                const page = await driver.open(server.url(path));
                await scrollTo(page, PARAGRAPHS / 2);
                await watch(page);
                await driver.click(page);
                const first = await until(async () => (await came(page))[0] ?? null, "the first labels");
                assert.ok(first.some(({ isSeen }) => isSeen));
                // The engine reads several sentences at once, and the first of these may lie a little above.
                for (const { paragraph } of first)
                    assert.ok(
                        Math.abs(paragraph - PARAGRAPHS / 2) <= NEAR,
                        `a label on paragraph ${paragraph}`,
                    );
                await page.close();
            });
        }

        test("who scrolls within the page meanwhile is followed", async () => {
            const own = await driver.ownPage("welcome/labels.html");
            await hear(own);
            const page = await driver.open(server.url("/shell.html"));
            await watch(page);
            await driver.click(page);
            await until(async () => (await came(page)).length > 0, "the first labels");
            const there = PARAGRAPHS - 40;
            await scrollTo(page, there);
            const text = await page.evaluate(
                (at) => document.querySelectorAll("p")[at]?.textContent ?? "",
                there,
            );
            await until(async () => {
                const { texts, looks } = await heard(own);
                return looks.some((look) => texts[0]?.startsWith(text, look));
            }, "a word of where the reader is");
            await until(
                async () => (await came(page)).flat().some(({ paragraph }) => paragraph === there),
                "a label there",
            );
            const skipped = (await came(page)).flat().filter(({ paragraph }) => paragraph === there - 30);
            assert.deepEqual(skipped, [], "what lies between can wait");
            for (const each of [page, own]) await each.close();
        });

        test("no exception on any page", () => assert.deepEqual(driver.errors, []));
    });
}
