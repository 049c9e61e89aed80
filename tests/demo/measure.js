// What a visit costs, as figures to look at: `node tests/demo/measure.js`. No test, because a wall clock on a machine that
// does other things as well says little; run it on a quiet one.
//
//   bytes at the first load, packed as most hosts pack them; time to the first label; the longest block of the page while
//   somebody types into 5,000 words

import { readFileSync, readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { BROWSERS, labelled, launch, serve, tab, write } from "./browser.js";

const WWW = new URL("../../www/", import.meta.url);

/** Edits to take the longest block of. */
const EDITS = 5;

/** Of 5,000 words. */
function longText() {
    const folder = new URL("samples/", WWW);
    const all = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8").trim());
    let text = "";
    for (let round = 0; text.split(/\s+/).length < 5000; round += 1) {
        text += `${all[round % all.length]}\n\nThis was part ${round}.\n\n`;
    }
    return text;
}

/** @param {string} path */
function packed(path) {
    return gzipSync(readFileSync(new URL(path, WWW))).length;
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

        await write(page, longText());
        await page.waitForFunction(() => document.querySelectorAll("#article p").length > 100);
        await labelled(page);
        await page.evaluate(() => {
            const { port1, port2 } = new MessageChannel();
            let last = performance.now();
            port1.onmessage = () => {
                const now = performance.now();
                Object.assign(window, { longest: Math.max(Reflect.get(window, "longest") ?? 0, now - last) });
                last = now;
                port2.postMessage(null);
            };
            port2.postMessage(null);
        });
        await page.$eval("#text", (element) => {
            const area = /** @type {HTMLTextAreaElement} */ (element);
            area.focus();
            const middle = area.value.indexOf(".", area.value.length / 2);
            area.setSelectionRange(middle, middle);
        });
        const longest = [];
        for (let edit = 0; edit < EDITS; edit += 1) {
            await page.evaluate(() => Object.assign(window, { longest: 0 }));
            await page.keyboard.type(" x");
            await page.waitForFunction(
                () => document.querySelector("#article")?.getAttribute("aria-busy") === "true",
            );
            await labelled(page);
            longest.push(Math.round(await page.evaluate(() => Reflect.get(window, "longest"))));
        }
        console.log(`${name}: the longest block of each edit of 5,000 words: ${longest.join(", ")} ms`);
    } finally {
        await browser.close();
        site.close();
    }
}
