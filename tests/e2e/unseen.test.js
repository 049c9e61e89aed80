// What a page can find out about the extension: nothing before the reader asks for labels, and then this list.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { BROWSERS, Chromium, Firefox, launch, until } from "./browsers.js";
import { labelled, labels } from "./labels.js";
import { serve } from "./server.js";

/** @import { Page } from "puppeteer-core" */

/** Files that a page could guess, since anybody can look into the package. */
const FILES = ["manifest.json", "icons/48.png", "dist/content.js", "content/paint.css", "popup/popup.html"];

/** Runs before anything else on the page, and writes down what the page is told while it is open. */
const SPY = `
    const spied = { listeners: [], mutations: [], messages: 0 };
    const original = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (type, ...rest) {
        spied.listeners.push(type);
        return original.call(this, type, ...rest);
    };
    new MutationObserver((records) => {
        for (const { type, target, addedNodes, removedNodes, attributeName } of records)
            for (const node of [...addedNodes, ...removedNodes, ...(attributeName ? [target] : [])])
                if (document.readyState === "complete") spied.mutations.push(type + " " + target.nodeName + " " + node.nodeName + " " + attributeName);
    }).observe(document, { attributes: true, characterData: true, childList: true, subtree: true });
    original.call(window, "message", () => (spied.messages += 1));
`;

// With an icon: for one that it asks for by itself the browser makes an entry, in its own time, which the page can read.
const ARTICLE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"><title>The bridge will close</title><script>${SPY}</script></head><body><article><h1>The bridge will close on Monday morning</h1>${"<p>The council voted on Thursday to close the bridge. “We had no choice,” said Ada Moss, the mayor. It is a shameful waste of three years.</p>".repeat(6)}</article></body></html>`;

/** All that a page can see of itself. @param {Page} page @param {string} origin of the extension's files */
function observed(page, origin) {
    return page.evaluate(
        async (from, files) => {
            const names = (/** @type {object} */ of) => Object.getOwnPropertyNames(of).sort();
            /** @param {string} tag @param {string} url */
            const element = (tag, url) =>
                new Promise((resolve) => {
                    const one = /** @type {any} */ (document.createElement(tag));
                    const end = (/** @type {string} */ how) => {
                        one.remove();
                        resolve(how);
                    };
                    one.onload = () => end("loaded");
                    one.onerror = () => end("failed");
                    if (tag === "link") [one.rel, one.href] = ["stylesheet", url];
                    else one.src = url;
                    document.head.append(one);
                });
            const { spied } = /** @type {any} */ (window.eval("({ spied })"));
            const told = structuredClone(spied);
            /** @type {Record<string, unknown>} */
            const asked = {};
            for (const file of files) {
                const url = `${from}/${file}`;
                asked[file] = [
                    await fetch(url).then(
                        ({ status }) => status,
                        (error) => error.name,
                    ),
                    await fetch(url, { mode: "no-cors" }).then(
                        ({ type }) => type,
                        (error) => error.name,
                    ),
                    await element("img", url),
                    await element("script", url),
                ];
            }
            const { chrome, browser } = /** @type {any} */ (window);
            const root = document.documentElement;
            const hosts = [...document.querySelectorAll("says-who")];
            return {
                told,
                asked,
                globals: names(window),
                prototypes: [Node, Element, Document, Range, EventTarget].map(({ prototype }) =>
                    names(prototype),
                ),
                navigator: names(Navigator.prototype),
                extensions: [chrome && names(chrome), chrome?.runtime === undefined, browser === undefined],
                elements: [...document.querySelectorAll("*")].map(({ nodeName }) => nodeName),
                attributes: [root, document.body].map((each) => each.getAttributeNames()),
                hosts: hosts.map((each) => [
                    each.getAttributeNames(),
                    each.childNodes.length,
                    each.shadowRoot,
                ]),
                sheets: [document.styleSheets.length, document.adoptedStyleSheets.length],
                highlights: [...CSS.highlights.keys()],
                entries: performance
                    .getEntries()
                    .filter(({ entryType }) => entryType === "resource" || entryType === "mark")
                    .map(({ name }) => name)
                    .sort(),
                storage: [localStorage.length, sessionStorage.length, document.cookie],
                frames: window.length,
            };
        },
        origin,
        FILES,
    );
}

for (const kind of BROWSERS) {
    describe(`what a page can see, in ${kind}`, () => {
        /** @type {Chromium | Firefox} */
        let driver;
        /** A browser without the extension. @type {Chromium | Firefox} */
        let bare;
        /** @type {Awaited<ReturnType<typeof serve>>} */
        let server;
        before(async () => {
            server = await serve({ "/article.html": ARTICLE });
            driver = await launch(kind);
            bare = await (kind === "chromium" ? Chromium : Firefox).launch(false);
        });
        after(async () => {
            await driver?.close();
            await bare?.close();
            server?.close();
        });

        test("before the reader asks: the same as in a browser without the extension", async () => {
            const origin = await driver.origin();
            const [without, installed] = [
                await bare.open(server.url("/article.html")),
                await driver.open(server.url("/article.html")),
            ];
            assert.deepEqual(await observed(installed, origin), await observed(without, origin));
            await installed.close();
            await without.close();
        });

        test("with labels: one bare element and the names of highlights, no more; without them, nothing again", async () => {
            const origin = await driver.origin();
            const page = await driver.open(server.url("/article.html"));
            const before = await page.evaluate(() =>
                [...document.querySelectorAll("*")].map((e) => e.nodeName),
            );
            const first = await bare.open(server.url("/article.html"));
            const without = await observed(first, origin);
            await first.close();
            await driver.click(page);
            await labelled(driver, page);
            const seen = await observed(page, origin);
            assert.deepEqual(seen.hosts, [[[], 0, null]], "an element with nothing on it or in it");
            assert.deepEqual(seen.elements, [...before, "SAYS-WHO"]);
            assert.deepEqual(seen.told.mutations, ["childList HTML SAYS-WHO null"]);
            assert.deepEqual(seen.highlights, [
                "sayswho-reported-fact",
                "sayswho-attributed-claim",
                "sayswho-unattributed-opinion",
                "sayswho-signal",
                "sayswho-said",
                "sayswho-current",
            ]);
            /** What is not in the list of SECURITY.md. @param {typeof seen} all */
            const rest = (all) => ({
                ...all,
                hosts: 0,
                elements: 0,
                highlights: 0,
                told: { ...all.told, mutations: 0 },
            });
            assert.deepEqual(rest(seen), rest(without));
            await driver.command(page, "toggle");
            await until(async () => Object.keys(await labels(page)).length === 0, "no labels");
            const after = await page.evaluate(() =>
                [...document.querySelectorAll("*")].map((e) => e.nodeName),
            );
            assert.deepEqual(after, before);
            await page.close();
        });

        test("no exception", () => {
            // Firefox tells the console, not the page, of each file of the extension that the page is refused.
            assert.deepEqual(
                driver.errors.filter((words) => !words.startsWith("Security Error")),
                [],
            );
        });
    });
}
