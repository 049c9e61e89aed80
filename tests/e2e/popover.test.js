// The popover: by pointer and by tap, beside its sentence wherever that stands, and with it when the page moves.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { BROWSERS, launch, until } from "./browsers.js";
import { labelled } from "./labels.js";
import { serve } from "./server.js";

/** @import { Page } from "puppeteer-core" */

const NAMES = ["sayswho-attributed-claim", "sayswho-unattributed-opinion"];

/** A short article, all but one of whose sentences are short. */
const LONG = `<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"><title>The old lock</title></head><body><article><h1>The old lock is closed for good</h1>
<p>The lock at Weir End was closed on Monday after its gates had jammed for the third time this year.</p>
<p>“It was plain to everybody who worked there that the gates were worn, that the paddles leaked, that the chains had rusted through, and that not one of the many letters which we had written about it since the spring had ever been answered,” said Jon Varley, who had kept the lock.</p>
${"<p>The harbour office opened in 1922. It has nine rooms. Four people work in it. The council bought it in May and let it in June.</p>".repeat(8)}</article></body></html>`;

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
            server = await serve({ "/long.html": LONG });
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

        test("beside a sentence that nearly fills a telephone's window it is small, and covers none of it", async () => {
            const long = await driver.open(server.url("/long.html"));
            await long.setViewport({ width: 360, height: 640 });
            await driver.click(long);
            await labelled(driver, long);
            await driver.inHost(long, (root) => {
                /** @type {HTMLElement | null} */ (root.querySelector(".panel .head button"))?.click();
            });
            // 70 pixels are left above it, and less below.
            const { left, top, bottom } = await long.evaluate(() => {
                const range = [...(CSS.highlights.get("sayswho-attributed-claim") ?? [])]
                    .filter((each) => each instanceof Range)
                    .find((each) => String(each).startsWith("“It was"));
                const box = () => range?.getBoundingClientRect() ?? new DOMRect();
                const paragraph = /** @type {HTMLElement} */ (range?.startContainer.parentElement);
                for (let size = 16; box().height < 520; size += 0.5) paragraph.style.fontSize = `${size}px`;
                scrollBy({ top: box().top - 70, behavior: "instant" });
                return box().toJSON();
            });
            assert.ok(top > 60 && bottom < 640 && 640 - bottom < 62, `it stands from ${top} to ${bottom}`);
            await long.mouse.move(left + 40, top + 20);
            const box = await until(() => driver.inHost(long, popoverOf), "the popover");
            assert.ok(box.bottom <= top + 1 || box.top >= bottom - 1, JSON.stringify(box));
            assert.ok(box.top >= 0 && box.bottom <= 640 && box.bottom - box.top >= 40, JSON.stringify(box));
            await long.close();
        });

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
