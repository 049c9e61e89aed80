// How long a reader waits, and how long the page has to: `node tests/e2e/timing.js`, on a machine with nothing else to do.
// It fails only where a page is held up for 50 ms: the rest is the machine's.
//
//   click ─▶ first label in the registry ─▶ last, on an article of 1,000 words, ten times      both browsers
//   the longest task of the main thread while a page is labelled, on each saved page           Chromium alone tells

import { performance } from "node:perf_hooks";

import { BROWSERS, launch } from "./browsers.js";
import { longestTasks } from "../demo/blocks.js";
import { finished, labelled } from "./labels.js";
import { savedPages, serve } from "./server.js";

const RUNS = 10;

/** In milliseconds of the processor, the least of three tries: what is our own doing is there each time. */
const LONGEST_TASK = 50;

const SENTENCES = [
    "The harbour office counted nine hundred ships last year, forty more than in the year before.",
    "“Nobody at the ministry has ever asked us what we need,” said Per Aldous, the harbour master.",
    "It is a scandalous waste of public money, and everybody involved should be ashamed.",
    "A second quay is to be built on the north side by the end of next year.",
    "Critics say that the quay will never be finished, whatever the office promises.",
];

/** An article of a thousand words. */
function article() {
    const paragraphs = [];
    let words = 0;
    for (let round = 1; words < 1000; round += 1) {
        const text = SENTENCES.map((sentence) => sentence.replace(/\.$/, `, in case ${round}.`)).join(" ");
        words += text.split(" ").length;
        paragraphs.push(`<p>${text}</p>`);
    }
    return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Nine hundred ships came to the harbour</title></head><body><article><h1>Nine hundred ships came to the harbour last year</h1>${paragraphs.join("")}</article></body></html>`;
}

/** @param {number[]} times */
function figures(times) {
    const sorted = times.toSorted((a, b) => a - b);
    return `median ${sorted[Math.floor(sorted.length / 2)]?.toFixed(0)} ms, worst ${sorted.at(-1)?.toFixed(0)} ms`;
}

for (const kind of BROWSERS) {
    const server = await serve({ "/article.html": article() });
    const driver = await launch(kind);
    /** @type {number[]} */
    const first = [];
    /** @type {number[]} */
    const last = [];
    for (let run = 0; run < RUNS; run += 1) {
        const page = await driver.open(server.url("/article.html"));
        // Looks at every frame, on the page's own clock, which is brought to ours by the moment of the look.
        await page.evaluate(() => {
            const seen = { first: 0, last: 0, count: 0 };
            Object.assign(window, { seen });
            const look = () => {
                let count = 0;
                for (const [name, ranges] of CSS.highlights)
                    if (name.startsWith("sayswho-")) count += ranges.size;
                const now = performance.timeOrigin + performance.now();
                if (count > 0 && seen.first === 0) seen.first = now;
                if (count > seen.count) [seen.count, seen.last] = [count, now];
                requestAnimationFrame(look);
            };
            look();
        });
        const clicked = performance.timeOrigin + performance.now();
        await driver.click(page);
        await labelled(driver, page);
        const seen = await page.evaluate(
            () => /** @type {{ seen: { first: number, last: number } }} */ (/** @type {any} */ (window)).seen,
        );
        first.push(seen.first - clicked);
        last.push(seen.last - clicked);
        await page.close();
    }
    console.log(
        `${kind}: click to first labels: ${figures(first)}; to the last: ${figures(last)} (${RUNS} runs)`,
    );
    if (kind === "chromium") {
        for (const name of savedPages) {
            let [own, whole] = [Infinity, Infinity];
            for (let tries = 0; tries < 3; tries += 1) {
                // The page's own scripts stay out, so that what is measured is ours.
                const page = await driver.open(server.url(`/saved/${name}/page.html?policy=still`));
                const longest = await longestTasks(page, async () => {
                    await driver.click(page);
                    await finished(driver, page);
                });
                if (longest.own < own) ({ own, whole } = longest);
                await page.close();
            }
            console.log(
                `${kind}: longest task on ${name.padEnd(26)} ${own.toFixed(1)} ms, ${whole.toFixed(1)} with the browser's styling`,
            );
            if (own >= LONGEST_TASK) process.exitCode = 1;
        }
    }
    await driver.close();
    server.close();
}
