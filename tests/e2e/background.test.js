// What happens in the background without a click: the first-run page, the menu's entry, frames, the permissions.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { BROWSERS, launch, LOOPBACK, until } from "./browsers.js";
import { labels, sentences } from "./labels.js";
import { serve } from "./server.js";

/** @import { Frame, Page } from "puppeteer-core" */

const ARTICLE = `<article><h1>The bridge will close on Monday morning</h1>${"<p>The council voted on Thursday to close the bridge. “We had no choice,” said Ada Moss, the mayor. It is a shameful waste of three years.</p>".repeat(6)}</article>`;
/** No two of its paragraphs are the same: what was read before is not read again. */
const LONG = Array.from(
    { length: 400 },
    (_, at) =>
        `<p>In its meeting ${at} the council voted to close bridge ${at} by a vote of ${at * 7} to one. “We had ${at} days and no choice,” said Ada Moss, the mayor. It is a shameful waste of ${at} years.</p>`,
).join("");

/** @param {string} body */
const page = (body) =>
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title></head><body>${body}</body></html>`;

/** @param {Page | Frame} frame */
const inFrame = async (frame) => sentences(await labels(/** @type {Page} */ (frame))).length;

for (const kind of BROWSERS) {
    describe(`the background, in ${kind}`, () => {
        /** @type {Awaited<ReturnType<typeof launch>>} */
        let driver;
        /** @type {Awaited<ReturnType<typeof serve>>} */
        let server;
        before(async () => {
            server = await serve({
                "/inner.html": page(ARTICLE),
                "/outer.html": page(
                    '<p>Below</p><iframe src="/inner.html" style="width: 900px; height: 600px"></iframe>',
                ),
            });
            driver = await launch(kind);
        });
        after(async () => {
            await driver?.close();
            server?.close();
        });

        test("an article in a frame is labelled by a click, counted, and taken off by the shortcut", async () => {
            const open = await driver.open(server.url("/outer.html"));
            await open.evaluate(() => {
                const seen = { hosts: 0 };
                Object.assign(window, { seen });
                new MutationObserver((records) => {
                    for (const { addedNodes } of records)
                        for (const { nodeName } of addedNodes) if (nodeName === "SAYS-WHO") seen.hosts += 1;
                }).observe(document.documentElement, { childList: true });
            });
            await driver.click(open);
            const frame = open.frames().find((each) => each.url().endsWith("/inner.html"));
            assert.ok(frame);
            await until(async () => (await inFrame(frame)) > 0, "labels in the frame");
            const badge = await until(async () => {
                const seen = (await driver.toolbar(open)).badge;
                return /^\d+$/.test(seen) && seen;
            }, "a number on the badge");
            assert.ok(Number(badge) > 0);
            const hosts = await open.evaluate(() => /** @type {any} */ (window).seen.hosts);
            assert.equal(hosts, 0, "the page was never told that it has no article");
            await driver.command(open, "toggle");
            await until(async () => (await inFrame(frame)) === 0, "no labels in the frame");
            await until(async () => (await driver.toolbar(open)).badge === "", "an empty badge");
            await open.close();
        });

        test("the menu's entry opens a window for the selected words", async () => {
            const open = await driver.open(server.url("/inner.html"));
            await driver.menu(open, "“It is safe,” said Ada Moss. What a shameful waste!");
            await driver.closeOwn("welcome/selection.html");
            await open.close();
        });

        test("it holds no site's permission", async () => {
            const own = await driver.ownPage("welcome/labels.html");
            const held = await own.evaluate(() => chrome.permissions.getAll());
            assert.deepEqual(held.origins ?? [], []);
            await own.close();
        });

        test("no exception", () => assert.deepEqual(driver.errors, []));
    });

    describe(`unasked, in ${kind}`, () => {
        /** @type {Awaited<ReturnType<typeof launch>>} */
        let driver;
        /** @type {Awaited<ReturnType<typeof serve>>} */
        let server;
        /** Another port is another origin. @type {Awaited<ReturnType<typeof serve>>} */
        let other;
        before(async () => {
            other = await serve({ "/inner.html": page(ARTICLE) });
            const frame = (/** @type {string} */ url) =>
                page(`<p>Below</p><iframe src="${url}" style="width: 900px; height: 600px"></iframe>`);
            server = await serve({
                "/inner.html": page(ARTICLE),
                "/outer.html": frame("/inner.html"),
                "/cross.html": frame(other.url("/inner.html")),
                "/long.html": page(`<article>${LONG}</article>`),
            });
            driver = await launch(kind, { changes: LOOPBACK });
        });
        after(async () => {
            await driver?.close();
            server?.close();
            other?.close();
        });

        test("an article in a frame of another origin is labelled as it loads", async () => {
            const open = await driver.open(server.url("/cross.html"));
            const frame = open.frames().find((each) => each.url() === other.url("/inner.html"));
            assert.ok(frame);
            await until(async () => (await inFrame(frame)) > 0, "labels in the frame");
            await until(async () => Number((await driver.toolbar(open)).badge) > 0, "their number");
            await open.close();
        });

        test("who asks while labels come by themselves wants them, and gets the list too", async () => {
            const open = await driver.open(server.url("/long.html"), "domcontentloaded");
            await until(async () => (await driver.toolbar(open)).badge === "…", "the automatic start");
            await driver.command(open, "toggle");
            await until(
                () => driver.inHost(open, (root) => root.querySelector(".panel") !== null),
                "the list of sentences",
            );
            assert.ok(await until(() => inFrame(open), "labels"));
            assert.notEqual((await driver.toolbar(open)).badge, "");
            await open.close();
        });

        test("an article in a frame is labelled as it loads", async () => {
            const open = await driver.open(server.url("/outer.html"));
            const frame = open.frames().find((each) => each.url().endsWith("/inner.html"));
            assert.ok(frame);
            await until(async () => (await inFrame(frame)) > 0, "labels in the frame");
            await open.close();
        });
    });
}
