// Many pages through the extension in one Chromium: `node benches/loads.mjs [LOADS]`, after `make extension`.
//
// Each load is another article of its own words in a new tab, labelled to the end by the toolbar button; one in five is
// left in the middle. Printed before the first and at each tenth of them, what nobody holds any more collected: the memory
// of the process in which the extension runs, that of its objects, and that of the browser with all its processes, what they
// share counted once (Linux's proportional set size). Exits with 1 where the process has at the end over a tenth more
// than at the second tenth, when everything has long been loaded. The whole browser's is only shown: Chromium keeps spare
// processes of 100 MB, and lets them go as it likes.
import { readdirSync, readFileSync } from "node:fs";

import { launch, until } from "../tests/e2e/browsers.js";
import { serve } from "../tests/e2e/server.js";

const count = Number(process.argv[2] ?? 500);
const words = readFileSync(new URL("article.txt", import.meta.url), "utf8");
const paragraphs = words.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== "");

/** @param {number} load */
function page(load) {
    const first = load % paragraphs.length;
    const chosen = [...paragraphs.slice(first), ...paragraphs.slice(0, first)].slice(0, 12);
    const body = chosen.map((paragraph) => `<p>${paragraph} It is number ${load}.</p>`).join("");
    return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${load}</title></head><body><article><h1>Report ${load} on the bridge and its keepers</h1>${body}</article></body></html>`;
}

/** The memory of a process and all that it started, in bytes, and what of it is the extension's. @param {number} root */
function memoryOf(root) {
    /** @type {Map<number, number[]>} */
    const children = new Map();
    for (const name of readdirSync("/proc").filter((each) => /^\d+$/.test(each))) {
        const parent = Number(/^PPid:\s+(\d+)/m.exec(read(`/proc/${name}/status`))?.[1]);
        children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    }
    const memory = { whole: 0, extension: 0 };
    /** @param {number} at */
    const add = (at) => {
        const own = 1024 * Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${at}/smaps_rollup`))?.[1] ?? 0);
        memory.whole += own;
        if (read(`/proc/${at}/cmdline`).includes("--extension-process")) memory.extension += own;
        for (const child of children.get(at) ?? []) add(child);
    };
    add(root);
    return memory;
}

/** A file of a process; nothing where it has ended meanwhile. @param {string} path */
function read(path) {
    try {
        return readFileSync(path, "utf8");
    } catch {
        return "";
    }
}

const server = await serve(
    Object.fromEntries(Array.from({ length: count }, (_, load) => [`/${load}.html`, page(load)])),
);
const driver = await launch("chromium");
const MB = 2 ** 20;
/** Of the extension's process, before the first load and at each tenth. @type {number[]} */
const memory = [];

/** @param {number} loads */
async function show(loads) {
    const { client } = await driver.worker();
    await client.send("HeapProfiler.collectGarbage");
    const { usedSize } = await client.send("Runtime.getHeapUsage");
    const { extension, whole } = memoryOf(driver.browser.process()?.pid ?? 0);
    memory.push(extension);
    const shown = [extension, usedSize, whole].map((bytes) => `${(bytes / MB).toFixed(1)} MB`.padStart(12));
    console.log(String(loads).padStart(5), shown.join(""));
}

let labelled = 0;
console.log("loads   extension     objects     browser");
await show(0);
const tenth = Math.max(1, Math.floor(count / 10));
for (let load = 0; load < count; load += 1) {
    const open = await driver.open(server.url(`/${load}.html`));
    await driver.click(open);
    if (load % 5 !== 4) {
        await until(async () => /^\d+$/.test((await driver.toolbar(open)).badge), `labels on page ${load}`);
        labelled += 1;
    }
    await open.close();
    if ((load + 1) % tenth === 0) await show(load + 1);
}
await driver.close();
server.close();
const growth = (memory.at(-1) ?? NaN) / (memory[2] ?? NaN) - 1;
console.log(
    `${count} loads, ${labelled} labelled to the end, ${driver.errors.length} exceptions, the extension's memory ${(100 * growth).toFixed(1)}% up`,
);
if (!(growth <= 0.1) || driver.errors.length > 0) process.exitCode = 1;
