// The interface's words: all of them in _locales, each used, and none besides.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";

const folder = new URL("../extension/", import.meta.url);

/** @param {string} path @returns {string} */
const read = (path) => readFileSync(new URL(path, folder), "utf8");

const messages = /** @type {Record<string, { message: string }>} */ (
    JSON.parse(read("_locales/en/messages.json"))
);
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (path) => /\.(?:js|html)$|^manifest\.json$/.test(path) && !/^(?:dist|pkg)\//.test(path),
);
/** Without comments, which are prose. */
const texts = Object.fromEntries(
    sources.map((path) => [path, read(path).replace(/^\s*(?:\/\/|\/?\*).*$/gm, "")]),
);

/** Where a key is named as such. */
const USES = [
    /\bsay\(\s*"(\w+)"/g,
    /\bgetMessage\(\s*"(\w+)"/g,
    /\bdata-(?:say|name)="(\w+)"/g,
    /__MSG_(\w+)__/g,
];

/** Words that a reader would see: an element's text, or one written by a script. */
const PROSE = [
    />[^<>{}$]*[A-Za-z]{2}[^<>{}$]*</g, // in HTML
    /\b(?:textContent|innerText|title|placeholder)\s*=\s*["'`][A-Za-z][^"'`]*["'`]/g,
    /setAttribute\("(?:aria-label|aria-description|title|placeholder|alt)",\s*["'`]/g,
    /\b(?:make|#button)\([^)]*"[A-Z]?[a-z]+ [a-z]+[^"]*"/g,
];
/** The extension's name stands in each page's title until its script has run. */
const NAME = "<title>Says Who</title>";

/** @param {string} path @param {string} text */
function prose(path, text) {
    const [inHtml, ...inScript] = /** @type {[RegExp, ...RegExp[]]} */ (PROSE);
    return (path.endsWith(".html") ? [inHtml] : inScript).flatMap((rule) =>
        [...text.replace(NAME, "").matchAll(rule)].map(([words]) => `${path}: ${words.trim()}`),
    );
}

test("every key that is used is there", () => {
    const used = Object.entries(texts).flatMap(([path, text]) =>
        USES.flatMap((use) => [...text.matchAll(use)].map(([, key = ""]) => ({ path, key }))),
    );
    assert.ok(used.length > 100, `${used.length} uses`);
    assert.deepEqual(
        used.filter(({ key }) => !(key in messages)),
        [],
    );
});

test("every key that is there is used", () => {
    const all = Object.values(texts).join("\n");
    const idle = Object.keys(messages).filter((key) => !new RegExp(`"${key}"|__MSG_${key}__`).test(all));
    assert.deepEqual(idle, []);
});

test("there are no words besides", () => {
    assert.equal(prose("a.html", "<p>Nothing is labelled</p>").length, 1);
    assert.equal(prose("a.js", 'line.textContent = "Nothing is labelled";').length, 1);
    assert.equal(prose("a.js", 'box.setAttribute("aria-label", "About")').length, 1);
    assert.equal(prose("a.js", 'make("p", "", "None in this article")').length, 1);
    assert.deepEqual(
        Object.entries(texts).flatMap(([path, text]) => prose(path, text)),
        [],
    );
});
