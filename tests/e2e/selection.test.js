// The entry in the page's menu: labels for the words that are selected, in a window of their own.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { BROWSERS, launch } from "./browsers.js";
import { labels } from "./labels.js";
import { serve } from "./server.js";

const CLAIM = "“The bridge is safe,” said Ada Moss, the mayor.";
const OPINION = "It is a shameful waste of three years.";

for (const kind of BROWSERS) {
    describe(`selected words, in ${kind}`, () => {
        /** @type {Awaited<ReturnType<typeof launch>>} */
        let driver;
        /** @type {Awaited<ReturnType<typeof serve>>} */
        let server;
        before(async () => {
            server = await serve();
            driver = await launch(kind);
        });
        after(async () => {
            await driver?.close();
            server?.close();
        });

        test("they are labelled in the window, each with its reasons, and the page is left alone", async () => {
            const page = await driver.open(server.url("/front.html"));
            await driver.menu(page, `${CLAIM} ${OPINION}`);
            const shown = await driver.inOwn("welcome/selection.html", () =>
                [...document.querySelectorAll("#example [data-label]")].map((sentence) => {
                    /** @type {HTMLElement} */ (sentence).click();
                    return {
                        words: sentence.textContent?.trim(),
                        label: sentence.getAttribute("data-label"),
                        about: document.querySelector("#about")?.textContent ?? "",
                    };
                }),
            );
            assert.deepEqual(
                shown.map(({ words, label }) => [words, label]),
                [
                    [CLAIM, "claim"],
                    [OPINION, "opinion"],
                ],
            );
            assert.match(shown[0]?.about ?? "", /Says: Ada Moss/);
            assert.match(shown[1]?.about ?? "", /Nobody is named/);
            assert.deepEqual(await labels(page), {});
            assert.equal(await driver.inHost(page, () => true), null);
            await driver.closeOwn("welcome/selection.html");
            await page.close();
        });

        test("no exception", () => assert.deepEqual(driver.errors, []));
    });
}
