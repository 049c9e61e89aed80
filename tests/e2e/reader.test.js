// What a reader sees and does on a labelled page, by pointer and by keyboard.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { BROWSERS, launch, until } from "./browsers.js";
import { labelled } from "./labels.js";
import { serve } from "./server.js";

/** @import { Page } from "puppeteer-core" */

/** The middle of the first line of the first range of a highlight, scrolled to. @param {Page} page @param {string} name */
function placeOf(page, name) {
    return page.evaluate((wanted) => {
        const [range] = CSS.highlights.get(wanted) ?? [];
        if (!(range instanceof Range)) return null;
        range.startContainer.parentElement?.scrollIntoView({ block: "center", behavior: "instant" });
        const [line] = range.getClientRects();
        const box = range.getBoundingClientRect();
        if (!line) return null;
        return {
            x: line.left + 20,
            y: line.top + line.height / 2,
            top: box.top,
            bottom: box.bottom,
            text: String(range),
        };
    }, name);
}

/** @param {ShadowRoot} root */
function popoverOf(root) {
    const box = /** @type {HTMLElement | null} */ (root.querySelector(".sayswho-popover"));
    if (!box || box.hidden) return null;
    const { top, bottom, left, right } = box.getBoundingClientRect();
    return { text: box.innerText, top, bottom, left, right };
}

for (const kind of BROWSERS) {
    describe(`the reader, in ${kind}`, () => {
        /** @type {Awaited<ReturnType<typeof launch>>} */
        let driver;
        /** @type {Awaited<ReturnType<typeof serve>>} */
        let server;
        /** @type {Page} */
        let page;
        before(async () => {
            server = await serve();
            driver = await launch(kind);
            page = await driver.open(server.url("/news.html"));
            await driver.click(page);
            await labelled(driver, page);
        });
        after(async () => {
            await driver?.close();
            server?.close();
        });

        test("a pointer on a claim shows whose it is, beside the sentence; Escape closes it", async () => {
            const place = await placeOf(page, "sayswho-attributed-claim");
            assert.ok(place);
            await page.mouse.move(place.x, place.y);
            const popover = await until(() => driver.inHost(page, popoverOf), "the popover");
            assert.match(popover.text, /Attributed claim/);
            assert.match(popover.text, /Says: /);
            assert.ok(
                popover.top >= place.bottom || popover.bottom <= place.top,
                "the popover does not cover the sentence",
            );
            await page.keyboard.press("Escape");
            await until(async () => (await driver.inHost(page, popoverOf)) === null, "no popover");
        });

        test("a pointer on an opinion says why it is one, and goes when it leaves", async () => {
            const place = await placeOf(page, "sayswho-unattributed-opinion");
            assert.ok(place);
            await page.mouse.move(place.x, place.y);
            const popover = await until(() => driver.inHost(page, popoverOf), "the popover");
            assert.match(popover.text, /Unattributed opinion/);
            assert.match(popover.text, /Nobody is named/);
            await page.mouse.move(5, 400);
            await until(async () => (await driver.inHost(page, popoverOf)) === null, "no popover");
        });

        test("a pointer on a reported fact or in the margin opens nothing", async () => {
            const place = await placeOf(page, "sayswho-reported-fact");
            assert.ok(place);
            await page.mouse.move(place.x, place.y);
            await page.mouse.move(5, place.y);
            // The claim's popover, opened after, shows that the pointer was followed throughout.
            const claim = await placeOf(page, "sayswho-attributed-claim");
            assert.ok(claim);
            await page.mouse.move(claim.x, claim.y);
            const popover = await until(() => driver.inHost(page, popoverOf), "the popover");
            assert.match(popover.text, /Attributed claim/);
            await page.keyboard.press("Escape");
        });

        test("by keyboard: a sentence in the list brings the page to it and says what it is", async () => {
            await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
            await driver.inHost(page, (root) => {
                /** @type {HTMLElement | null} */ (root.querySelector(".panel h2"))?.focus();
            });
            const focused = () =>
                driver.inHost(page, (root) => ({
                    words: root.activeElement?.querySelector(":scope > .words")?.textContent ?? "",
                    name: root.activeElement?.localName,
                }));
            // From the heading: the close button, the section's heading, its list.
            await until(async () => {
                if ((await focused())?.words) return true;
                await page.keyboard.press("Tab");
                return false;
            }, "a sentence under focus");
            const first = await focused();
            const popover = await until(() => driver.inHost(page, popoverOf), "the popover");
            assert.match(popover.text, /Unattributed opinion/);
            await page.keyboard.press("ArrowDown");
            const second = await focused();
            assert.notEqual(second?.words, first?.words, "an arrow goes to the next");
            await page.keyboard.press("Enter");
            const box = await page.evaluate(() => {
                const [range] = CSS.highlights.get("sayswho-current") ?? [];
                return range instanceof Range
                    ? { text: String(range), top: range.getBoundingClientRect().top, high: innerHeight }
                    : null;
            });
            assert.equal(box?.text.replace(/\s+/g, " "), second?.words);
            assert.ok(box && box.top >= 0 && box.top < box.high, "the sentence is in view");
            await page.keyboard.press("Escape");
            await until(async () => (await driver.inHost(page, popoverOf)) === null, "no popover");
            await page.keyboard.press("Escape");
            await until(
                () => driver.inHost(page, (root) => root.querySelector(".panel")?.hasAttribute("hidden")),
                "a closed panel",
            );
        });

        test("no exception on the page", () => assert.deepEqual(driver.errors, []));
    });
}
