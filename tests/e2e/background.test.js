// What happens in the background without a click: the first-run page, the menu's entry, frames, the permissions.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { BROWSERS, launch, LOOPBACK, until } from "./browsers.js";
import { labels, sentences } from "./labels.js";
import { serve } from "./server.js";

/** @import { Frame, Page } from "puppeteer-core" */

const ARTICLE = `<article><h1>The bridge will close on Monday morning</h1>${"<p>The council voted on Thursday to close the bridge. “We had no choice,” said Ada Moss, the mayor. It is a shameful waste of three years.</p>".repeat(6)}</article>`;
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
            await driver.click(open);
            const frame = open.frames().find((each) => each.url().endsWith("/inner.html"));
            assert.ok(frame);
            await until(async () => (await inFrame(frame)) > 0, "labels in the frame");
            const badge = await until(async () => {
                const seen = (await driver.toolbar(open)).badge;
                return /^\d+$/.test(seen) && seen;
            }, "a number on the badge");
            assert.ok(Number(badge) > 0);
            await driver.command(open, "toggle");
            await until(async () => (await inFrame(frame)) === 0, "no labels in the frame");
            await until(async () => (await driver.toolbar(open)).badge === "", "an empty badge");
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
        before(async () => {
            server = await serve({
                "/inner.html": page(ARTICLE),
                "/outer.html": page(
                    '<p>Below</p><iframe src="/inner.html" style="width: 900px; height: 600px"></iframe>',
                ),
            });
            driver = await launch(kind, { changes: LOOPBACK });
        });
        after(async () => {
            await driver?.close();
            server?.close();
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
