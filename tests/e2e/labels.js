// Reading the labels off a page: the highlight registry is the document's, so the page's own world sees what the content
// script put there, in both browsers.

import { until } from "./browsers.js";

/** @import { Page } from "puppeteer-core" */
/** @import { Chromium, Firefox } from "./browsers.js" */

export const LABEL_NAMES = [
    "sayswho-reported-fact",
    "sayswho-attributed-claim",
    "sayswho-unattributed-opinion",
];

/**
 * The labelled text, a string for each range, by highlight name.
 * @param {Page} page
 * @returns {Promise<Record<string, string[]>>}
 */
export function labels(page) {
    return page.evaluate(() => {
        // Plain loops: some pages have tampered with what arrays can do.
        /** @type {Record<string, string[]>} */
        const found = {};
        for (const [name, ranges] of CSS.highlights) {
            if (!name.startsWith("sayswho-")) continue;
            const texts = (found[name] = /** @type {string[]} */ ([]));
            for (const range of ranges) texts[texts.length] = String(range).replace(/\s+/g, " ");
        }
        return found;
    });
}

/**
 * Waits until the page is labelled to the end, which the toolbar tells by a number. The page itself is asked nothing.
 * @param {Chromium | Firefox} driver
 * @param {Page} page
 */
export async function finished(driver, page) {
    await until(
        async () => /^\d+$/.test((await driver.toolbar(page)).badge),
        `labels on ${page.url()}; the toolbar says ${JSON.stringify(await driver.toolbar(page))}`,
    );
}

/**
 * The same, and the labels then.
 * @param {Chromium | Firefox} driver
 * @param {Page} page
 */
export async function labelled(driver, page) {
    await finished(driver, page);
    return labels(page);
}

/** @param {Record<string, string[]>} found */
export function sentences(found) {
    return LABEL_NAMES.flatMap((name) => found[name] ?? []);
}

/** @param {string} text @returns {string[]} */
export function words(text) {
    return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** How many words of `some` are also in `others`, each as often as it is there. @param {string[]} some @param {string[]} others */
export function shared(some, others) {
    /** @type {Map<string, number>} */
    const left = new Map();
    for (const word of others) left.set(word, (left.get(word) ?? 0) + 1);
    let count = 0;
    for (const word of some) {
        const there = left.get(word) ?? 0;
        if (there > 0) {
            left.set(word, there - 1);
            count += 1;
        }
    }
    return count;
}

/**
 * What must be the same before and after: the page's elements, its text, its markup without our one host.
 * @param {Page} page
 */
export function traceOf(page) {
    return page.evaluate(() => {
        const hosts = document.querySelectorAll(":root > says-who").length;
        // eslint-disable-next-line no-restricted-properties -- read, not written
        const markup = document.documentElement.outerHTML.replace(/<says-who[^>]*><\/says-who>/g, "");
        const boxes = [];
        for (const element of document.querySelectorAll(":root, :root > :not(says-who), :root > body *")) {
            const { left, top, width, height } = element.getBoundingClientRect();
            boxes.push(`${left} ${top} ${width} ${height}`);
        }
        return {
            elements: document.querySelectorAll("*").length - hosts,
            markup,
            sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
            globals: Object.keys(window).length,
            height: document.documentElement.scrollHeight,
            text: document.body.innerText,
            boxes: boxes.join("\n"),
        };
    });
}
