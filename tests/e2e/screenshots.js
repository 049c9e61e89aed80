// Pictures of each surface in both browsers, light and dark, on pages of our own: `make screenshots`, or
// `node tests/e2e/screenshots.js [folder]`. To be looked at; the README shows the first of them.

import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { BROWSERS, launch, until } from "./browsers.js";
import { labelled } from "./labels.js";
import { serve } from "./server.js";

/** @import { Page } from "puppeteer-core" */

const folder = process.argv[2] ?? "tests/out";
mkdirSync(folder, { recursive: true });

/** The first line of a highlight's first range, in the middle of the window. @param {Page} page @param {string} name */
function placeOf(page, name) {
    return page.evaluate((wanted) => {
        const [range] = [...(CSS.highlights.get(wanted) ?? [])];
        if (!(range instanceof Range)) return null;
        range.startContainer.parentElement?.scrollIntoView({ block: "center", behavior: "instant" });
        const [line] = range.getClientRects();
        return line ? { x: line.left + 30, y: line.top + line.height / 2 } : null;
    }, name);
}

for (const kind of BROWSERS) {
    for (const dark of [false, true]) {
        const server = await serve();
        const driver = await launch(kind, { dark });
        const page = await driver.open(server.url("/news.html"));
        await page.setViewport({ width: 1040, height: 720 });
        const shoot = (/** @type {string} */ what, shown = page, fullPage = false) => {
            const name = `extension${what}-${kind}-${dark ? "dark" : "light"}.png`;
            return shown.screenshot({
                path: /** @type {`${string}.png`} */ (join(folder, name)),
                fullPage,
            });
        };
        await driver.click(page);
        await labelled(driver, page);
        const pointAt = async (/** @type {string} */ highlight) => {
            const place = await placeOf(page, highlight);
            if (!place) return;
            await page.mouse.move(place.x, place.y);
            await until(
                () =>
                    driver.inHost(
                        page,
                        (root) => root.querySelector(".sayswho-popover:not([hidden])") !== null,
                    ),
                "the popover",
            );
        };
        await pointAt("sayswho-unattributed-opinion");
        await shoot("");
        await page.keyboard.press("Escape");
        // A source lit up, and what it says in the list.
        await driver.inHost(page, (root) => {
            /** @type {HTMLElement | null} */ (root.querySelector(".sources button"))?.click();
            root.querySelector(".file")?.scrollIntoView({ block: "end" });
        });
        await shoot("-source");
        // Narrow, as on a telephone.
        await driver.inHost(page, (root) => {
            /** @type {HTMLElement | null} */ (root.querySelector(".panel .head button"))?.click();
        });
        await page.setViewport({ width: 400, height: 720 });
        await pointAt("sayswho-attributed-claim");
        await shoot("-narrow");
        await page.keyboard.press("Escape");
        await page.setViewport({ width: 1040, height: 720 });

        const popup = await driver.popup(page);
        await popup.setViewport({ width: 340, height: 460 });
        await shoot("-popup", popup);
        await popup.close();
        for (const name of ["options/options", "welcome/welcome", "welcome/labels"]) {
            const own = await driver.ownPage(`${name}.html`);
            await own.setViewport({ width: 900, height: 720 });
            await own.evaluate(() =>
                /** @type {HTMLElement | null} */ (document.querySelector("#try"))?.click(),
            );
            await until(
                () =>
                    own.evaluate(
                        () =>
                            !document.querySelector("#example") ||
                            document.querySelector("#example .sentence") !== null,
                    ),
                "the example",
            );
            await shoot(`-${name.split("/")[1]}`, own, true);
            if (name.startsWith("options")) {
                await own.click("[name=look][value=background]");
                await until(
                    () =>
                        own.evaluate(
                            async () =>
                                /** @type {any} */ ((await chrome.storage.sync.get("settings"))["settings"])
                                    ?.look === "background",
                        ),
                    "a stored look",
                );
            }
            await own.close();
        }
        // The other look.
        await page.bringToFront();
        await page.evaluate(() => scrollTo(0, 0));
        await until(
            () =>
                page.evaluate(
                    () =>
                        getComputedStyle(document.body, "::highlight(sayswho-attributed-claim)")
                            .backgroundColor !== "rgba(0, 0, 0, 0)",
                ),
            "the other look",
        );
        await shoot("-background");
        await driver.menu(
            page,
            "“It is safe,” said Ada Moss, the mayor. The bridge opened in 1932. What a shameful waste!",
        );
        await driver.closeOwn("welcome/selection.html");
        const selection = await driver.ownPage("welcome/selection.html");
        await selection.setViewport({ width: 900, height: 500 });
        await shoot("-selection", selection);
        await selection.close();
        const front = await driver.open(server.url("/front.html"));
        await front.setViewport({ width: 1040, height: 500 });
        await driver.click(front);
        await until(
            () => driver.inHost(front, (root) => root.querySelector(".notice") !== null),
            "the notice",
        );
        await shoot("-notice", front);
        await driver.close();
        server.close();
    }
}
