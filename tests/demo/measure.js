// What a visit costs, as figures to look at: `node tests/demo/measure.js [ROUNDS]`. No test, because a wall clock on a
// machine that does other things as well says little; run it on a quiet one. smooth.test.js holds what can be held.
//
//   bytes at the first load, packed as most hosts pack them; time to the first label; the longest block of the page while
//   5,000 words are pasted and labelled, and while somebody types into them; how long until an edit is answered whole

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { longestSilence, longestTask, longText } from "./blocks.js";
import { BROWSERS, labelled, launch, serve, tab, write } from "./browser.js";

const WWW = new URL("../../www/", import.meta.url);

const rounds = Number(process.argv[2] ?? 9);

/** @param {string} path */
function packed(path) {
    return gzipSync(readFileSync(new URL(path, WWW))).length;
}

/** @param {number[]} times */
function summary(times) {
    const sorted = times.map(Math.round).sort((a, b) => a - b);
    return `${sorted.at(-1)} ms at worst, ${sorted[sorted.length >> 1]} in the middle (${sorted.join(" ")})`;
}

for (const name of BROWSERS) {
    const site = await serve();
    const browser = await launch(name);
    try {
        const { page } = await tab(browser);
        page.setDefaultTimeout(120_000);
        await page.goto(site.root, { waitUntil: "domcontentloaded" });
        await labelled(page);
        const first = await page.evaluate(() => performance.now());
        await page.waitForFunction(() => document.documentElement.dataset["offline"] === "ready");
        const paths = [...new Set(site.asked)].map((path) => (path === "/" ? "index.html" : path.slice(1)));
        const bytes = Object.fromEntries(paths.map((path) => [path, packed(path)]));
        const page1 = paths.filter((path) => /^(index|dist.main|icon)/.test(path));
        console.log(`${name}: labelled ${Math.round(first)} ms after the address was entered, at most`);
        console.log(
            `${name}: ${page1.reduce((sum, path) => sum + (bytes[path] ?? 0), 0)} bytes until then, gzipped`,
        );
        console.log(`${name}: all of it:`, bytes);

        const paste = async () => {
            await write(page, longText());
            await page.waitForFunction(() => document.querySelectorAll("#article p").length > 100);
            await labelled(page);
        };
        const clear = () => page.click("#clear");
        const edit = async () => {
            await page.keyboard.type(" x");
            await page.waitForFunction(
                () => document.querySelector("#article")?.getAttribute("aria-busy") === "true",
            );
            await labelled(page);
        };
        const middle = () =>
            page.$eval("#text", (element) => {
                const area = /** @type {HTMLTextAreaElement} */ (element);
                area.focus();
                const middle = area.value.indexOf(".", area.value.length / 2);
                area.setSelectionRange(middle, middle);
            });
        for (const [how, measure] of Object.entries({
            "by the clock": longestSilence,
            ...(name === "chrome" && { "of the processor": longestTask }),
        })) {
            const pastes = [];
            const edits = [];
            const answers = [];
            for (let round = 0; round < rounds; round += 1) {
                await clear();
                pastes.push(await measure(page, paste));
                await middle();
                const start = performance.now();
                edits.push(await measure(page, edit));
                answers.push(performance.now() - start);
            }
            console.log(`${name}: 5,000 words pasted and labelled, longest block ${how}: ${summary(pastes)}`);
            console.log(`${name}: an edit of 5,000 words, longest block ${how}: ${summary(edits)}`);
            if (measure === longestSilence) {
                console.log(`${name}: from the keys to the whole answer: ${summary(answers)}`);
            }
        }
    } finally {
        await browser.close();
        site.close();
    }
}
