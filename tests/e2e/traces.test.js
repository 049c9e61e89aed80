// A labelled page that is printed, copied from, or shown by the browser's own reader: it is the page, without a trace.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { BROWSERS, Firefox, launch, until } from "./browsers.js";
import { labelled } from "./labels.js";
import { serve } from "./server.js";

/** @import { Page } from "puppeteer-core" */
/** @import { Chromium } from "./browsers.js" */

/** Names of ours, which would show in what is taken away. */
const OURS = /says-?who/i;

/** Where copied words are put: it writes down what it is given, in each form. */
const PASTE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Paste</title></head><body><div contenteditable="true">Here</div><script>
    document.addEventListener("paste", ({ clipboardData }) => {
        window.pasted = { text: clipboardData.getData("text/plain"), html: clipboardData.getData("text/html") };
    });
</script></body></html>`;

/** The reader's keys: Control and a letter. @param {Page} page @param {"c" | "v"} key */
async function control(page, key) {
    await page.keyboard.down("Control");
    // A headless Chromium has no menu that would turn the keys into a command.
    await page.keyboard.press(key, { commands: [key === "c" ? "Copy" : "Paste"] });
    await page.keyboard.up("Control");
}

/** What the page's own styles and ours make of an opinion. @param {Page} page */
function decoration(page) {
    return page.evaluate(() => {
        const [range] = CSS.highlights.get("sayswho-unattributed-opinion") ?? [];
        const element = range?.startContainer.parentElement ?? document.body;
        return getComputedStyle(element, "::highlight(sayswho-unattributed-opinion)").textDecorationLine;
    });
}

/** Shows a page as it is printed, or as it is on the screen again. @param {Chromium | Firefox} driver @param {Page} page @param {"print" | ""} medium */
async function show(driver, page, medium) {
    if (!(driver instanceof Firefox)) return page.emulateMediaType(medium || undefined);
    await page.bringToFront();
    await driver.privileged(
        `gBrowser.selectedBrowser.browsingContext.mediumOverride = ${JSON.stringify(medium)};`,
    );
}

for (const kind of BROWSERS) {
    describe(`no trace, in ${kind}`, () => {
        /** @type {Chromium | Firefox} */
        let driver;
        /** @type {Awaited<ReturnType<typeof serve>>} */
        let server;
        before(async () => {
            server = await serve({ "/paste.html": PASTE });
            driver = await launch(kind);
        });
        after(async () => {
            await driver?.close();
            server?.close();
        });

        test("what is copied is the page's text and markup", async () => {
            const page = await driver.open(server.url("/news.html"));
            const paste = await driver.open(server.url("/paste.html"));
            /** Everything, by the reader's keys. */
            const copied = async () => {
                await driver.activate(page);
                await page.evaluate(() => getSelection()?.selectAllChildren(document.body));
                await control(page, "c");
                await page.evaluate(() => getSelection()?.removeAllRanges());
                await driver.activate(paste);
                await paste.evaluate(() => {
                    Object.assign(window, { pasted: null });
                    /** @type {HTMLElement | null} */ (document.querySelector("div"))?.focus();
                });
                await control(paste, "v");
                return until(
                    () =>
                        paste.evaluate(
                            () =>
                                /** @type {{ text: string, html: string } | null} */ (
                                    /** @type {any} */ (window).pasted
                                ),
                        ),
                    "what was copied",
                );
            };
            const before = await copied();
            assert.match(before.text, /Harbour bridge to close/);
            assert.match(before.html, /<p/);
            await driver.activate(page);
            await driver.click(page);
            await labelled(driver, page);
            const now = await copied();
            assert.deepEqual(now, before);
            assert.doesNotMatch(now.html, OURS);
            for (const each of [paste, page]) await each.close();
        });

        test("what is printed is the page", async () => {
            const page = await driver.open(server.url("/news.html"));
            await driver.click(page);
            await labelled(driver, page);
            const display = () => driver.inHost(page, (root) => getComputedStyle(root.host).display);
            assert.equal(await decoration(page), "underline", "marked on the screen");
            assert.equal(await display(), "block");
            await show(driver, page, "print");
            await until(() => page.evaluate(() => matchMedia("print").matches), "the page as it is printed");
            assert.notEqual(await decoration(page), "underline", "not marked in print");
            assert.equal(await display(), "none", "nor is anything of ours there");
            await show(driver, page, "");
            await until(async () => (await decoration(page)) === "underline", "the marks again");
            await page.close();
        });

        // Chromium's reading mode is a side panel of the browser's own window, which a headless one has not.
        if (kind === "firefox") {
            test("what the browser's reader shows is the article", async () => {
                const firefox = /** @type {Firefox} */ (driver);
                const page = await driver.open(server.url("/news.html"));
                await driver.click(page);
                await labelled(driver, page);
                await page.bringToFront();
                // As its button does it: from the page as it is, and not from a new one.
                await firefox.privileged(`
                    gBrowser.selectedBrowser.browsingContext.currentWindowGlobal.getActor("AboutReader")
                        .sendAsyncMessage("Reader:ToggleReaderMode", {});
                `);
                const shown = await until(
                    () =>
                        page
                            .evaluate(() => ({
                                url: document.URL,
                                text: /** @type {HTMLElement | null} */ (
                                    document.querySelector(".moz-reader-content")
                                )?.innerText,
                                // eslint-disable-next-line no-restricted-properties -- read, not written
                                markup: document.querySelector(".container")?.innerHTML ?? "",
                                hosts: document.querySelectorAll("says-who").length,
                                labels: CSS.highlights.size,
                            }))
                            // One page goes while the other comes.
                            .then((seen) => (/^about:reader/.test(seen.url) && seen.text ? seen : null))
                            .catch(() => null),
                    "the article in the reader",
                );
                assert.match(shown.text ?? "", /Marta Lindqvist/);
                assert.doesNotMatch(shown.markup, OURS);
                assert.deepEqual([shown.hosts, shown.labels], [0, 0]);
                await page.close();
            });
        }

        test("no exception on the page", () => assert.deepEqual(driver.errors, []));
    });
}
