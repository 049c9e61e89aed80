// The popover: by pointer and by tap, beside its sentence wherever that stands, and with it when the page moves.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { BROWSERS, launch, until } from "./browsers.js";
import { labelled } from "./labels.js";
import { serve } from "./server.js";

/** @import { Page } from "puppeteer-core" */

const NAMES = ["sayswho-attributed-claim", "sayswho-unattributed-opinion"];

/** @param {ShadowRoot} root */
function popoverOf(root) {
    const box = /** @type {HTMLElement | null} */ (root.querySelector(".sayswho-popover"));
    if (!box || box.hidden) return null;
    const { top, bottom, left, right } = box.getBoundingClientRect();
    return {
        text: box.innerText,
        link: box.querySelector("button")?.innerText ?? "",
        top,
        bottom,
        left,
        right,
    };
}

/**
 * The lines of one range of a highlight, scrolled to where it is asked for.
 * @param {Page} page
 * @param {string} name
 * @param {number} index
 * @param {"start" | "center" | "end"} block
 */
function linesOf(page, name, index, block) {
    return page.evaluate(
        (wanted, at, where) => {
            const range = [...(CSS.highlights.get(wanted) ?? [])][at];
            if (!(range instanceof Range)) return null;
            range.startContainer.parentElement?.scrollIntoView({
                block: /** @type {ScrollLogicalPosition} */ (where),
                behavior: "instant",
            });
            return [...range.getClientRects()]
                .filter((line) => line.width > 40 && line.top >= 0 && line.bottom <= innerHeight)
                .map(({ left, right, top, bottom }) => ({ left, right, top, bottom }));
        },
        name,
        index,
        block,
    );
}

for (const kind of BROWSERS) {
    describe(`the popover, in ${kind}`, () => {
        /** @type {Awaited<ReturnType<typeof launch>>} */
        let driver;
        /** @type {Awaited<ReturnType<typeof serve>>} */
        let server;
        /** @type {Page} */
        let page;
        const shown = () => driver.inHost(page, popoverOf);
        const gone = () => until(async () => (await shown()) === null, "no popover");
        before(async () => {
            server = await serve();
            driver = await launch(kind);
            page = await driver.open(server.url("/news.html"));
            await driver.click(page);
            await labelled(driver, page);
            // Out of the way, so that every sentence can be pointed at.
            await driver.inHost(page, (root) => {
                /** @type {HTMLElement | null} */ (root.querySelector(".panel .head button"))?.click();
            });
        });
        after(async () => {
            await driver?.close();
            server?.close();
        });

        for (const [width, height] of /** @type {const} */ ([
            [1000, 800],
            [700, 400],
        ])) {
            test(`at any marked sentence, in a window of ${width} by ${height}, it covers none of its lines`, async () => {
                await page.setViewport({ width, height });
                let seen = 0;
                for (const name of NAMES) {
                    for (const block of /** @type {const} */ (["start", "end"])) {
                        for (const index of [0, 1, 2]) {
                            const lines = await linesOf(page, name, index, block);
                            const [line] = lines ?? [];
                            if (!lines || !line) continue;
                            await page.mouse.move(line.left + 25, (line.top + line.bottom) / 2);
                            const box = await until(shown, `the popover on ${name} ${index}`);
                            for (const each of lines) {
                                const apart =
                                    box.top >= each.bottom - 1 ||
                                    box.bottom <= each.top + 1 ||
                                    box.left >= each.right ||
                                    box.right <= each.left;
                                assert.ok(apart, `${JSON.stringify(box)} on ${JSON.stringify(each)}`);
                            }
                            assert.ok(box.left >= 0 && box.right <= width && box.top >= 0, "in the window");
                            seen += 1;
                            await page.keyboard.press("Escape");
                            await gone();
                            await page.mouse.move(2, 2);
                        }
                    }
                }
                assert.ok(seen >= 8, `${seen} sentences were pointed at`);
            });
        }

        test("it says what, who, why and how surely, and links to what the labels mean", async () => {
            await page.setViewport({ width: 1000, height: 800 });
            const [claim] = (await linesOf(page, "sayswho-attributed-claim", 1, "center")) ?? [];
            assert.ok(claim);
            await page.mouse.move(claim.left + 25, (claim.top + claim.bottom) / 2);
            const said = await until(shown, "the popover");
            assert.match(said.text, /Attributed claim/);
            assert.match(said.text, /Says: /);
            assert.match(said.text, /Quite sure|Fairly sure|Not sure/);
            assert.equal(said.link, "What the labels mean");
            await page.keyboard.press("Escape");
            await gone();
            await page.mouse.move(2, 2);
            const [opinion] = (await linesOf(page, "sayswho-unattributed-opinion", 0, "center")) ?? [];
            assert.ok(opinion);
            await page.mouse.move(opinion.left + 25, (opinion.top + opinion.bottom) / 2);
            assert.match((await until(shown, "the popover")).text, /Nobody is named as holding this view/);
        });

        test("it goes with its sentence when the page is scrolled", async () => {
            const before = await until(shown, "the popover");
            await page.evaluate(() => scrollBy({ top: 60, behavior: "instant" }));
            const moved = await until(async () => {
                const box = await shown();
                return box && Math.abs(before.top - 60 - box.top) < 2 ? box : null;
            }, "a popover 60 pixels higher");
            assert.equal(moved.left, before.left);
            await page.evaluate(() => scrollBy({ top: -60, behavior: "instant" }));
            await page.keyboard.press("Escape");
            await gone();
            await page.mouse.move(2, 2);
        });

        test("a tap opens it", async () => {
            const [line] = (await linesOf(page, "sayswho-attributed-claim", 1, "center")) ?? [];
            assert.ok(line);
            await page.touchscreen.tap(line.left + 25, (line.top + line.bottom) / 2);
            assert.match((await until(shown, "the popover")).text, /Attributed claim/);
            await page.keyboard.press("Escape");
            await gone();
        });

        test("no exception on the page", () => assert.deepEqual(driver.errors, []));
    });
}
