// Pages that go wrong: the answer is a label, a plain message or nothing, and never an exception.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { BROWSERS, launch, until } from "./browsers.js";
import { labelled, labels, sentences } from "./labels.js";
import { serve } from "./server.js";

const SENTENCE =
    "The council voted on Thursday to close the bridge, and the mayor said that repairs would begin soon. ";

/** @param {string} body @param {string} [head] */
const page = (body, head = "") =>
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>${head}</head><body>${body}</body></html>`;

const article = `<article><h1>The bridge will close on Monday morning</h1>${`<p>${SENTENCE.repeat(3)}</p>`.repeat(8)}</article>`;

const ONE_PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";

/** What each page gets: labels to the end, the first of many, or a word that says why not. @type {Record<string, { made: string, gets: "labels" | "sorry" | "first labels" | "an end" }>} */
const PAGES = {
    "/empty.html": { made: "", gets: "sorry" },
    // A parser of HTML would make a body.
    "/no-body.xhtml": {
        made: `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>No body</title></head></html>`,
        gets: "sorry",
    },
    "/images.html": { made: page(`<img src="${ONE_PIXEL}" alt="">`.repeat(50)), gets: "sorry" },
    "/megabyte.html": {
        made: page(
            `<article><h1>A long report</h1>${`<p>${SENTENCE.repeat(10)}</p>`.repeat(1050)}</article>`,
        ),
        gets: "first labels",
    },
    "/one-line.html": {
        made: page(`<article><p>${SENTENCE.repeat(3050)}</p></article>`),
        gets: "first labels",
    },
    "/one-word.html": {
        made: page(`<article><p>${"word".repeat(75_000)}</p></article>`),
        gets: "an end",
    },
    "/surrogates.html": {
        made: page(
            `${article}<script>for (const p of document.querySelectorAll("p")) p.firstChild.data = "\\ud800 " + p.firstChild.data + "\\udc00 He said so. \\ud83d\\ude00";</script>`,
        ),
        gets: "labels",
    },
    "/rtl.html": {
        made: page(`<div dir="rtl">${article}<p>אמר ראש העיר \u202e${SENTENCE}</p></div>`),
        gets: "labels",
    },
    "/tampered.html": {
        made: page(
            `<script>
                Array.prototype.map = Array.prototype.push = () => { throw new Error("tampered"); };
                Range.prototype.setStart = Node.prototype.appendChild = () => { throw new Error("tampered"); };
                window.saysWho = { alive: () => true };
            </script>${article}`,
        ),
        gets: "labels",
    },
    // Every door that a content script could go through if it had the page's world; shut once the test has come in.
    "/tampered-more.html": {
        made: page(
            `${article}<script>window.tamper = () => {
                const fail = () => { throw new Error("tampered"); };
                for (const [type, ...names] of [
                    [HighlightRegistry, "set", "delete", "clear"],
                    [Highlight, "add", "delete", "clear"],
                    [Element, "attachShadow", "getBoundingClientRect", "querySelectorAll", "matches", "getAttribute", "append"],
                    [EventTarget, "addEventListener", "removeEventListener", "dispatchEvent"],
                    [Document, "createElement", "createRange", "elementFromPoint", "caretPositionFromPoint", "caretRangeFromPoint"],
                    [CSSStyleSheet, "replaceSync", "insertRule"],
                    [MutationObserver, "observe", "takeRecords", "disconnect"],
                    [ResizeObserver, "observe"], [IntersectionObserver, "observe"],
                    [Range, "setEnd", "getClientRects", "cloneRange"],
                    [AbortController, "abort"],
                    [Map, "get", "set", "has"], [WeakMap, "get", "set"], [Set, "add", "has"],
                ]) for (const name of names) if (name in type.prototype) type.prototype[name] = fail;
                for (const name of ["Highlight", "AbortController", "MutationObserver", "CSSStyleSheet", "Range", "requestAnimationFrame", "setTimeout", "getComputedStyle", "scrollTo", "TextEncoder"])
                    window[name] = fail;
                JSON.parse = JSON.stringify = Object.assign = Object.entries = Array.from = fail;
                Object.defineProperty(Element.prototype, "shadowRoot", { get: fail });
                Object.defineProperty(Node.prototype, "textContent", { get: fail });
                Object.defineProperty(Text.prototype, "data", { get: fail });
            }</script>`,
        ),
        gets: "labels",
    },
    "/clobbered.html": {
        made: page(
            `<form name="body"><input name="attributes"></form><img name="querySelectorAll">${article}`,
        ),
        gets: "labels",
    },
    "/markup.html": {
        made: page(article.replaceAll("the mayor", "&lt;img src=x onerror=document.title='owned'&gt;")),
        gets: "labels",
    },
    "/hostile.html": {
        made: page(
            article,
            "<style>says-who, says-who * { display: none !important } * { all: revert }</style>",
        ),
        gets: "labels",
    },
    "/deep.html": { made: page(`${"<div>".repeat(400)}${article}`), gets: "labels" },
    "/plain.txt": { made: SENTENCE.repeat(40), gets: "sorry" },
    "/feed.xml": {
        made: `<?xml version="1.0"?><feed><entry>${SENTENCE.repeat(20)}</entry></feed>`,
        gets: "sorry",
    },
    "/page.xhtml": {
        made: `<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>A page</title></head><body>${article}</body></html>`,
        gets: "labels",
    },
    "/picture.svg": {
        made: `<svg xmlns="http://www.w3.org/2000/svg"><text y="20">${SENTENCE}</text></svg>`,
        gets: "sorry",
    },
};

for (const kind of BROWSERS) {
    describe(`hard pages in ${kind}`, () => {
        /** @type {Awaited<ReturnType<typeof launch>>} */
        let driver;
        /** @type {Awaited<ReturnType<typeof serve>>} */
        let server;
        before(async () => {
            server = await serve({
                ...Object.fromEntries(Object.entries(PAGES).map(([path, { made }]) => [path, made])),
                "/fleeting.html": page(article.replaceAll("</p>", `</p>${`<p>${SENTENCE}</p>`.repeat(20)}`)),
            });
            driver = await launch(kind);
        });
        after(async () => {
            await driver?.close();
            server?.close();
        });

        for (const [path, { gets }] of Object.entries(PAGES)) {
            test(path, async (context) => {
                const open = await driver.open(server.url(path));
                // In any case: a page that is left open would go on being labelled beside the next one.
                context.after(() => open.close());
                await open.evaluate(() => Reflect.get(window, "tamper")?.());
                await driver.click(open);
                if (gets === "first labels") {
                    await until(async () => sentences(await labels(open)).length > 0, "a label");
                    return;
                }
                const badge = await until(async () => {
                    const seen = (await driver.toolbar(open)).badge;
                    return seen !== "…" && seen;
                }, "an end to it");
                const { title } = await driver.toolbar(open);
                if (gets === "labels") {
                    assert.match(badge, /^\d+$/, title);
                    assert.ok(sentences(await labels(open)).length > 0);
                } else if (gets === "sorry") {
                    assert.equal(badge, "–", title);
                    assert.match(title, /finds no article/);
                }
                assert.notEqual(await open.title(), "owned");
                assert.deepEqual(driver.errors, []);
            });
        }

        test("a page that takes its article away in the middle", async () => {
            const open = await driver.open(server.url("/fleeting.html"));
            await open.evaluate(() => {
                // At the first sign of labels; the most of them are still to come.
                const away = () => {
                    const labelled = [...CSS.highlights.values()].some(({ size }) => size > 0);
                    if (labelled) document.querySelector("article")?.replaceChildren();
                    else requestAnimationFrame(away);
                };
                away();
            });
            await driver.click(open);
            await until(async () => !["", "…"].includes((await driver.toolbar(open)).badge), "an end to it");
            assert.equal(sentences(await labels(open)).filter((text) => text !== "").length, 0);
            assert.deepEqual(driver.errors, []);
            await open.close();
        });

        test("an extension reloaded under an open page goes quietly, and works again at the next click", async () => {
            const open = await driver.open(server.url("/page.xhtml"));
            await driver.click(open);
            await labelled(driver, open);
            await driver.reload();
            let x = 100;
            // In Chromium the script that was cut off goes on, and finds out at the reader's next move. Firefox takes
            // the script away and the style sheet with it, so that there is nobody left to find out.
            await until(async () => {
                await open.mouse.move((x += 3) % 500, 200);
                return kind === "firefox" || Object.keys(await labels(open)).length === 0;
            }, "labels gone");
            await open.evaluate(() => {
                for (const [name] of CSS.highlights) CSS.highlights.delete(name);
            });
            await driver.click(open);
            await until(async () => sentences(await labels(open)).length > 0, "labels again");
            const hosts = () => open.evaluate(() => document.querySelectorAll("says-who").length);
            assert.equal(await until(hosts, "the panel's host"), 1, "and nothing of the old ones");
            assert.deepEqual(driver.errors, []);
            await open.close();
        });
    });
}
