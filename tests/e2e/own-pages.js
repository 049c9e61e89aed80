// What the tests of popup, options and first-run page share.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { until } from "./browsers.js";

/** @import { Page } from "puppeteer-core" */
/** @import { Chromium, Firefox } from "./browsers.js" */

/** @typedef {Chromium | Firefox} Driver */

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * What axe-core finds wrong with a page, a line each.
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
export async function violations(page) {
    await page.evaluate(AXE);
    return page.evaluate(async () => {
        const { axe } = /** @type {any} */ (globalThis);
        const { violations } = await axe.run(document);
        return violations.flatMap((/** @type {any} */ { id, nodes }) =>
            nodes.map((/** @type {any} */ node) => `${id}: ${node.html} ${node.failureSummary}`),
        );
    });
}

/** @param {Page} page @param {string} selector @returns {Promise<string>} */
export function textOf(page, selector) {
    return page.evaluate(
        (wanted) => /** @type {HTMLElement | null} */ (document.querySelector(wanted))?.innerText ?? "",
        selector,
    );
}

/** Waits until an element says something. @param {Page} page @param {string} selector @param {RegExp} words */
export async function says(page, selector, words) {
    let said = "";
    await until(
        async () => words.test((said = await textOf(page, selector))),
        () => `${words} in ${selector}, which says ${JSON.stringify(said)}`,
    );
}

/**
 * Where Tab stops, from the page's start until it comes round: the id or the text of each.
 * @param {Driver} driver
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
export async function tabStops(driver, page) {
    /** @type {string[]} */
    const stops = [];
    await driver.activate(page);
    for (let press = 0; press < 60; press += 1) {
        await page.keyboard.press("Tab");
        let stop = await page.evaluate(stopped);
        // Once more in a window that is surely the active one: what opens or closes late takes that away in between.
        for (let again = 0; again < 3 && stop.endsWith(WITHOUT); again += 1) {
            await driver.activate(page);
            stop = await page.evaluate(stopped);
        }
        if (stop === "" || stop === stops[0]) break;
        stops.push(stop);
    }
    return stops;
}

const WITHOUT = " (without a ring)";

/** The focused element's id or text, and whether it has no ring; in the page. */
async function stopped() {
    const at = document.activeElement;
    if (!at || at === document.body) return "";
    const ringed = () => at.matches(":focus-visible") && getComputedStyle(at).outlineStyle !== "none";
    // A window that is only now becoming the active one shows its ring a moment later.
    for (let wait = 0; wait < 20 && !ringed(); wait += 1) await new Promise((done) => setTimeout(done, 50));
    const name = at.id || /** @type {HTMLElement} */ (at).innerText || at.getAttribute("value") || "";
    return ringed() ? name : `${name} (without a ring)`;
}
