// The toolbar button and its popup: the first click labels, later ones open the popup, which says what the page is and
// switches the site and automatic labelling.
//
// The popup is opened in a tab, by the address that the toolbar has for it: neither browser's protocol reaches into the
// real one. Chromium's prompt for a permission can't be answered either; there the site is granted by the manifest.
// Firefox is told to grant what is asked for, and the whole way is gone.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { BROWSERS, launch, LOOPBACK, MODULES, until } from "./browsers.js";
import { labelled, labels, sentences } from "./labels.js";
import { says, tabStops, textOf, violations } from "./own-pages.js";
import { serve } from "./server.js";

/** @import { Page } from "puppeteer-core" */

/** What a page is, in the popup's words. @type {[path: string, words: RegExp][]} */
const REFUSED = [
    ["/front.html", /finds no article/],
    ["/german.html", /not in English/],
    ["/picture.svg", /finds no article/],
    ["/paper.pdf", /This is a PDF/],
    ["/paper?as=paper.pdf&page=1", /This is a PDF/],
];

/** The least that is a PDF: one empty page. */
const PAPER = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
trailer<</Root 1 0 R>>
%%EOF`;

for (const kind of BROWSERS) {
    describe(`the toolbar and its popup, in ${kind}`, () => {
        /** @type {Awaited<ReturnType<typeof launch>>} */
        let driver;
        /** @type {Awaited<ReturnType<typeof serve>>} */
        let server;
        before(async () => {
            server = await serve({
                "/picture.svg": `<svg xmlns="http://www.w3.org/2000/svg"><text y="20">A line.</text></svg>`,
                "/paper.pdf": PAPER,
                "/paper": PAPER,
                "/frame.html": `<!doctype html><title>Today</title><h1>Today</h1><iframe src="/news.html" width="900" height="600"></iframe>`,
            });
            driver = await launch(kind);
        });
        after(async () => {
            await driver?.close();
            server?.close();
        });

        test("the first click labels with no popup in the way; from then on there is one; off, there is none", async () => {
            const page = await driver.open(server.url("/news.html"));
            assert.equal(await driver.popupOf(page), "");
            await driver.click(page);
            const opinions = (await labelled(driver, page))["sayswho-unattributed-opinion"] ?? [];
            const popup = await driver.popup(page);
            assert.equal(
                await textOf(popup, "#state"),
                `This is an article. Unattributed opinions in it: ${opinions.length}.`,
            );
            assert.equal(await textOf(popup, "#toggle"), "Take the labels off");
            await popup.click("#toggle");
            await until(async () => Object.keys(await labels(page)).length === 0, "no labels");
            await says(popup, "#toggle", /Label this page/);
            await popup.close();
            assert.equal(await driver.popupOf(page), "", "the next click labels again");
            await page.close();
        });

        test("the shortcut takes the labels off, and labels", async () => {
            const page = await driver.open(server.url("/news.html"));
            await driver.click(page);
            await labelled(driver, page);
            await driver.command(page, "toggle");
            await until(async () => Object.keys(await labels(page)).length === 0, "no labels");
            await driver.command(page, "toggle");
            await until(async () => sentences(await labels(page)).length > 10, "labels again");
            await page.close();
        });

        test("a new page in the tab is labelled by its first click", async () => {
            const page = await driver.open(server.url("/news.html"));
            await driver.click(page);
            await labelled(driver, page);
            await page.goto(server.url("/brs.html"));
            await until(async () => (await driver.popupOf(page)) === "", "no popup");
            await driver.click(page);
            assert.ok(sentences(await labelled(driver, page)).length > 0);
            await page.close();
        });

        for (const [path, where] of /** @type {const} */ ([
            ["/news.html", "the page"],
            ["/frame.html", "the frame that has the article"],
        ])) {
            test(`the popup's button leads into the panel in ${where}, open or closed before`, async () => {
                const page = await driver.open(server.url(path));
                await driver.click(page);
                await until(async () => /^\d+$/.test((await driver.toolbar(page)).badge), "labels");
                for (const before of ["as it was", "closed"]) {
                    const popup = await driver.popup(page);
                    await popup.click("#panel");
                    await until(() => driver.inHost(page, isInPanel), `the focus in the panel, ${before}`);
                    if (!popup.isClosed()) await popup.close();
                    await page.bringToFront();
                    await driver.command(page, "panel");
                    await until(() => driver.inHost(page, isPanelClosed), "a closed panel");
                }
                await page.close();
            });
        }

        for (const [path, words] of REFUSED) {
            test(`${path}: one plain sentence`, async () => {
                const page = await driver.open(server.url(path));
                await driver.click(page);
                await until(async () => (await driver.toolbar(page)).badge === "–", "a refusal");
                const popup = await driver.popup(page);
                await says(popup, "#state", words);
                await popup.close();
                await page.close();
            });
        }

        test("a page of the browser's own: one plain sentence, and nothing to press", async () => {
            const page = await driver.openOwn(`${await driver.origin()}/welcome/labels.html`);
            await driver.click(page);
            await until(async () => (await driver.toolbar(page)).badge === "–", "a refusal");
            const popup = await driver.popup(page);
            await says(popup, "#state", /one of the browser's own pages/);
            assert.ok(await popup.$eval("#toggle", (button) => /** @type {any} */ (button).disabled));
            assert.ok(await popup.$eval("#site", (input) => /** @type {any} */ (input).disabled));
            await popup.close();
            await page.close();
        });

        test("everything in it is reached by Tab, with a ring", async () => {
            const page = await driver.open(server.url("/news.html"));
            await driver.click(page);
            await labelled(driver, page);
            const popup = await driver.popup(page);
            assert.deepEqual(await tabStops(driver, popup), [
                "toggle",
                "panel",
                "site",
                "automatic",
                "labels",
                "options",
            ]);
            await popup.close();
            await page.close();
        });

        test("no exception", () => assert.deepEqual(driver.errors, []));
    });

    describe(`the popup's switches, in ${kind}`, () => {
        /** @type {Awaited<ReturnType<typeof launch>>} */
        let driver;
        /** @type {Awaited<ReturnType<typeof serve>>} */
        let server;
        before(async () => {
            server = await serve();
            driver = await launch(kind, { changes: LOOPBACK });
        });
        after(async () => {
            await driver?.close();
            server?.close();
        });

        test("the site goes off and on at once, and stays so for pages that load", async () => {
            const page = await driver.open(server.url("/news.html"));
            await labelled(driver, page);
            const popup = await driver.popup(page);
            assert.ok(await isOn(popup, "#site"), "it is on, since the site is granted");
            await popup.click("#site");
            await until(async () => Object.keys(await labels(page)).length === 0, "no labels");
            const second = await driver.open(server.url("/news.html?second"));
            await popup.bringToFront();
            await popup.click("#site");
            await page.bringToFront(); // here the popup is a tab, and one that hides it
            await until(async () => sentences(await labels(page)).length > 10, "labels at once");
            // The page that loaded meanwhile had none; now it has them too.
            await second.bringToFront();
            await until(async () => sentences(await labels(second)).length > 10, "labels there too");
            for (const each of [popup, page, second]) await each.close();
        });

        test("automatic labelling goes off and on at once", async () => {
            const page = await driver.open(server.url("/news.html"));
            await labelled(driver, page);
            const popup = await driver.popup(page);
            assert.ok(await isOn(popup, "#automatic"));
            await popup.click("#automatic");
            await until(async () => Object.keys(await labels(page)).length === 0, "no labels");
            assert.equal(await isOn(popup, "#site"), false, "and the site with it");
            await popup.click("#automatic");
            await page.bringToFront();
            await until(async () => sentences(await labels(page)).length > 10, "labels at once");
            await popup.close();
            await page.close();
        });

        test("no exception", () => assert.deepEqual(driver.errors, []));
    });

    test(`an engine that does not start: one plain sentence, in ${kind}`, async (context) => {
        const server = await serve();
        const driver = await launch(kind, { spoilt: MODULES });
        context.after(async () => {
            await driver.close();
            server.close();
        });
        const page = await driver.open(server.url("/news.html"));
        await driver.click(page);
        await until(async () => (await driver.toolbar(page)).badge === "–", "a refusal");
        await says(await driver.popup(page), "#state", /engine did not answer/);
        assert.deepEqual(await labels(page), {});
    });

    for (const dark of [false, true]) {
        test(`axe-core finds nothing in the popup, ${dark ? "dark" : "light"}, in ${kind}`, async (context) => {
            const server = await serve();
            const driver = await launch(kind, { dark });
            context.after(async () => {
                await driver.close();
                server.close();
            });
            const page = await driver.open(server.url("/news.html"));
            await driver.click(page);
            await labelled(driver, page);
            assert.deepEqual(await violations(await driver.popup(page)), []);
            const refused = await driver.open(server.url("/front.html"));
            await driver.click(refused);
            await until(async () => (await driver.toolbar(refused)).badge === "–", "a refusal");
            const popup = await driver.popup(refused);
            await says(popup, "#state", /finds no article/);
            assert.deepEqual(await violations(popup), []);
        });
    }
}

/** @param {ShadowRoot} root */
function isInPanel(root) {
    const panel = root.querySelector(".panel:not([hidden])");
    return panel?.contains(root.activeElement) === true;
}

/** @param {ShadowRoot} root */
function isPanelClosed(root) {
    return root.querySelector(".panel")?.hasAttribute("hidden") === true;
}

/** @param {Page} page @param {string} selector */
function isOn(page, selector) {
    return page.$eval(selector, (input) => /** @type {HTMLInputElement} */ (input).checked);
}

if (BROWSERS.includes("firefox")) {
    test("a permission is asked for by the switch, and given back by it, in firefox", async (context) => {
        const server = await serve();
        const driver = await launch("firefox");
        context.after(async () => {
            await driver.close();
            server.close();
        });
        const page = await driver.open(server.url("/news.html"));
        await driver.command(page, "toggle");
        await labelled(driver, page);
        const popup = await driver.popup(page);
        const origins = () =>
            popup.evaluate(async () => (await chrome.permissions.getAll()).origins?.sort() ?? []);
        assert.deepEqual(await origins(), [], "nothing is held after the install");
        assert.equal(await isOn(popup, "#site"), false);
        await popup.click("#site");
        await until(async () => (await origins()).length > 0, "a permission");
        assert.deepEqual(
            await origins(),
            ["http://127.0.0.1/*", "https://127.0.0.1/*"],
            "for this site alone",
        );
        const second = await driver.open(server.url("/brs.html"));
        await until(async () => sentences(await labels(second)).length > 0, "labels with no click");
        await popup.bringToFront();
        await popup.click("#site");
        await until(async () => (await origins()).length === 0, "nothing held any more");
        await until(async () => Object.keys(await labels(second)).length === 0, "no labels");
    });
}
