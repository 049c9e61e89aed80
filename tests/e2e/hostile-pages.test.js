// Pages that attack: they are huge, never quiet, lie, take our element away, or leave in the middle. What they get is
// labels, a plain word or nothing, never an exception, and bounded work.

import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";

import { hear, heard } from "./asked.js";
import { BROWSERS, launch, until } from "./browsers.js";
import { labelled, labels, sentences } from "./labels.js";
import { serve } from "./server.js";

/** @import { Page } from "puppeteer-core" */

const SENTENCE =
    "The council voted on Thursday to close the bridge, and the mayor said that repairs would begin soon. ";
const PARAGRAPH = `<p>${SENTENCE.repeat(2)}It is a shameful waste of three years.</p>`;
const article = `<article><h1>The bridge will close on Monday morning</h1>${PARAGRAPH.repeat(8)}</article>`;
/** No two paragraphs alike: each is read, and labelling takes a while. */
/** @param {number} paragraphs */
const bridges = (paragraphs) =>
    `<article><h1>Every bridge of the county</h1>${Array.from(
        { length: paragraphs },
        (_, at) =>
            `<p>Council ${at} voted to close bridge ${at} by ${at * 7} to one, and its mayor said that it was a shameful waste.</p>`,
    ).join("")}</article>`;

/** @param {string} body @param {string} [head] */
const page = (body, head = "") =>
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>${head}</head><body>${body}</body></html>`;

/** Fields whose names are what a walk through the page asks of an element; in Chromium the form answers with the field. */
const FIELDS =
    "nodeType nodeName firstChild nextSibling parentNode assignedSlot shadowRoot localName tagName attributes getAttribute matches querySelectorAll id isConnected textContent".split(
        " ",
    );
const fields = FIELDS.map((name) => `<input name="${name}"><button name="${name}">Go</button>`).join("");

const MARKUP = "<img src=x onerror=document.title='owned'><b>bold</b>";
const asText = MARKUP.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** Each with what it gets, and why it is tried. @type {Record<string, { made: string, gets: "labels" | "first labels" | "an end" }>} */
const PAGES = {
    // Finding the article looks at every node: a hundred thousand must not be too many.
    "/nodes.html": {
        made: page(
            `${"<div><i>x</i></div>".repeat(25_000)}${article}${"<div><i>x</i></div>".repeat(25_000)}`,
        ),
        gets: "labels",
    },
    // Ten megabytes that all look like an article.
    "/text.html": {
        made: page(
            `<article>${Array.from({ length: 10_000 }, (_, at) => `<p>${at} ${SENTENCE.repeat(10)}</p>`).join("")}</article>`,
        ),
        gets: "first labels",
    },
    // A form answers for its properties with its fields, and many pages stand in a form as a whole.
    "/fields.html": { made: page(`<form>${fields}${article}</form>`), gets: "labels" },
    // Elements of our names, there before ours: they are the page's, and stay.
    "/names.html": {
        made: page(
            `<says-who id="saysWho"></says-who><form id="sayswho-popover" class="panel"></form><img name="documentElement"><img name="createElement">${article}<script>const theirs = document.querySelector("says-who").cloneNode(); theirs.title = "theirs"; document.body.parentNode.append(theirs);</script>`,
        ),
        gets: "labels",
    },
    // One slot for everything: to look for each in the list of all takes the square of their number.
    "/slots.html": {
        made: page(
            `<div id="host">${"<i></i>".repeat(30_000)}${article}${"<i></i>".repeat(30_000)}</div><script>document.getElementById("host").attachShadow({ mode: "open" }).append(document.createElement("slot"));</script>`,
        ),
        gets: "labels",
    },
    // Everything is moved and see-through, and our element told to go; what is hidden is no text to be read.
    "/moved.html": {
        made: page(
            article,
            "<style>body * { transform: rotate(3deg) translateX(9px) !important; opacity: .5 !important } :root > :not(body), says-who { display: none !important; visibility: hidden !important; opacity: 0 !important; transform: translate(-9999px) !important; clip-path: inset(50%) !important; pointer-events: none !important; z-index: -1 !important; width: 0 !important }</style>",
        ),
        gets: "labels",
    },
    "/hidden.html": { made: page(article, "<style>* { display: none !important }</style>"), gets: "an end" },
    // Each frame is a page of its own to be asked.
    "/frames.html": {
        made: page(
            `<p>Below</p><script>
                let at = document;
                for (let depth = 0; depth < 100; depth += 1) {
                    const frame = at.createElement("iframe");
                    frame.width = 900; frame.height = 600;
                    at.body.append(frame);
                    at = frame.contentDocument;
                    if (!at) break; // Firefox has enough after ten
                }
            </script>`,
        ),
        gets: "an end",
    },
};

/** Nests deeper than a function may call itself, if it keeps what it has to do next. @param {{ hosts: boolean, text: string }} what */
function nest({ hosts, text }) {
    const outer = document.createElement("div");
    /** @type {HTMLElement} */
    let at = outer;
    for (let depth = 0; depth < 4000; depth += 1) {
        const inner = document.createElement("span");
        if (hosts && depth % 4 === 0) at.attachShadow({ mode: "open" }).append(inner);
        else at.append(inner);
        at = inner;
    }
    at.textContent = text;
    document.querySelector("article")?.append(outer);
}

/** Everything that a page can send, in every shape that it may hope for. */
function forge() {
    const shapes = ["off", "label", "toggle", "panel", "state", "style", "open"].flatMap((type) => [
        { type },
        { type, state: "off", on: false, sheets: ["content/paint.css"] },
        { source: "says-who", data: { type } },
    ]);
    for (const shape of [
        ...shapes,
        null,
        undefined,
        0,
        "off",
        [],
        { sorry: "engine" },
        { sentences: null },
    ]) {
        postMessage(shape, "*");
        for (const target of [
            window,
            document,
            document.documentElement,
            document.querySelector("says-who"),
        ]) {
            for (const name of [
                "message",
                "saysWho",
                "says-who",
                "connect",
                "pointermove",
                "pointerup",
                "keydown",
                "scroll",
                "copy",
                "pageshow",
                "visibilitychange",
                "abort",
            ])
                target?.dispatchEvent(
                    new CustomEvent(name, { detail: shape, bubbles: true, composed: true }),
                );
        }
    }
    document.documentElement.dispatchEvent(new PointerEvent("pointermove", { clientX: 1e9, clientY: -1e9 }));
    // Its own echo comes after all the others.
    return new Promise((done) => {
        addEventListener("message", ({ data }) => data === "the last" && done(true));
        postMessage("the last", "*");
    });
}

for (const kind of BROWSERS) {
    describe(`pages that attack, in ${kind}`, () => {
        /** @type {Awaited<ReturnType<typeof launch>>} */
        let driver;
        /** @type {Awaited<ReturnType<typeof serve>>} */
        let server;
        /** A page of the extension's, which hears what content scripts ask. @type {Page} */
        let own;
        before(async () => {
            server = await serve({
                ...Object.fromEntries(Object.entries(PAGES).map(([path, { made }]) => [path, made])),
                "/article.html": page(article),
                "/long.html": page(bridges(900)),
                "/half.html": page(bridges(250)),
                "/many-frames.html": page(
                    Array.from({ length: 14 }, (_, at) => 500 + at)
                        .map((width) => `<iframe src="/article.html" width="${width}" height="400"></iframe>`)
                        .join(""),
                ),
                "/junk.html": page(
                    article +
                        `<nav>${`<p>${"Another line of very many ".repeat(1000)}</p>`.repeat(90)}</nav>`,
                ),
                "/runtime.html": page(
                    article,
                    "<script>window.chrome = window.browser = { runtime: { connect() { throw 1; }, sendMessage() { throw 1; }, onMessage: null } };</script>",
                ),
                "/markup.html": page(
                    `<article><h1>${asText} and the bridge on Monday morning</h1>${`<p>${SENTENCE}It is a shameful ${asText} waste of three years. “We had no choice,” said Ada ${asText} Moss, the mayor.</p><p>=HYPERLINK(1) is a shameful and pathetic waste, the mayor said.</p>`.repeat(5)}</article>`,
                    `<title>${asText}</title>`,
                ),
            });
            driver = await launch(kind);
            own = await driver.ownPage("welcome/labels.html");
            await hear(own);
        });
        // An exception is the fault of the case that it came in, not of those after it.
        beforeEach(() => {
            driver.errors.length = 0;
        });
        after(async () => {
            await driver?.close();
            server?.close();
        });
        const asked = () => heard(own);

        for (const [path, { gets }] of Object.entries(PAGES)) {
            test(path, async (context) => {
                const open = await driver.open(server.url(path));
                context.after(() => open.close());
                await driver.click(open);
                if (gets === "labels") assert.ok(sentences(await labelled(driver, open)).length > 0);
                else if (gets === "first labels")
                    await until(async () => sentences(await labels(open)).length > 0, "a label");
                else
                    await until(
                        async () => !["", "…"].includes((await driver.toolbar(open)).badge),
                        "an end",
                    );
                if (path === "/text.html") {
                    for (const { length } of (await asked()).texts)
                        assert.ok(length <= 201_000, `asked about ${length}`);
                }
                if (path === "/names.html")
                    assert.equal(
                        await open.evaluate(
                            () => document.querySelectorAll("body > says-who, says-who[title=theirs]").length,
                        ),
                        2,
                    );
                if (path === "/moved.html") {
                    const onTop = await driver.inHost(open, (root) => {
                        const box = root.querySelector(".panel")?.getBoundingClientRect();
                        if (!box || box.width < 200 || box.right > innerWidth || box.left < 0) return false;
                        return document.elementFromPoint(box.left + 40, box.top + 20) === root.host;
                    });
                    assert.ok(onTop, "the panel is in the window, and on top");
                }
                assert.deepEqual(driver.errors, []);
            });
        }

        test("what is beyond the bound of a huge page is not read, and the reader is told", async (context) => {
            const open = await driver.open(server.url("/junk.html"));
            context.after(() => open.close());
            await driver.click(open);
            await labelled(driver, open);
            const notes = await until(
                () =>
                    driver.inHost(open, (root) =>
                        [...root.querySelectorAll(".note")].map((e) => e.textContent).join(" "),
                    ),
                "the panel",
            );
            assert.match(notes, /This page is very long/);
        });

        test("a text that changes with every frame is not labelled again for ever; the others are", async (context) => {
            const open = await driver.open(server.url("/article.html"));
            context.after(() => open.close());
            await driver.click(open);
            await labelled(driver, open);
            const start = (await asked()).texts.length;
            await open.evaluate(tick);
            await until(
                () => open.evaluate(() => /** @type {any} */ (window).ticker.at > 540),
                "many frames",
            );
            const count = (await asked()).texts.length - start;
            assert.ok(count <= 5, `asked ${count} times`);
            const says = async (/** @type {string} */ words) =>
                sentences(await labels(open)).some((text) => text.includes(words));
            await open.evaluate(() => {
                const more = document.createElement("p");
                more.textContent = "The harbour was a pathetic disgrace to everybody who had built it.";
                document.querySelector("article")?.append(more);
            });
            await until(() => says("pathetic disgrace"), "a label elsewhere");
            await open.evaluate(() => {
                const { ticker } = /** @type {any} */ (window);
                ticker.on = false;
            });
            await until(() => says("The council sold"), "a label once it is quiet");
            assert.deepEqual(driver.errors, []);
        });

        test("tickers that take turns fill no memory, and hold up nothing that has come to rest", async (context) => {
            const open = await driver.open(server.url("/article.html"));
            context.after(() => open.close());
            await driver.click(open);
            await labelled(driver, open);
            /** What the page's world and ours hold, in megabytes, where the browser tells it. */
            const held = async () => {
                if (kind !== "chromium") return 0;
                const session = await open.createCDPSession();
                await session.send("HeapProfiler.collectGarbage");
                const { usedSize } = await session.send("Runtime.getHeapUsage");
                await session.detach();
                return usedSize / 1e6;
            };
            const frames = (/** @type {number} */ least) =>
                until(
                    () => open.evaluate((count) => /** @type {any} */ (window).tickers.at >= count, least),
                    "many frames",
                );
            await open.evaluate(() => {
                const [first, second, third, fourth] = [...document.querySelectorAll("article p")];
                const texts = /** @type {Text[]} */ ([first?.firstChild, second?.firstChild]);
                const tickers = { at: 0 };
                Object.assign(window, { tickers });
                const tick = () => {
                    tickers.at += 1;
                    for (let turn = 0; turn < 100; turn += 1) {
                        for (const text of texts) text.data = `The council sold ${turn} houses.`;
                        fourth?.append(fourth.lastChild ?? "");
                    }
                    if (tickers.at < 360 && third)
                        third.textContent = `The council lost ${tickers.at} houses, a pathetic disgrace.`;
                    requestAnimationFrame(tick);
                };
                tick();
            });
            await frames(360);
            await until(
                async () => sentences(await labels(open)).some((text) => text.includes("lost 359 houses")),
                "a label on the one that has come to rest",
            );
            const before = await held();
            const at = await open.evaluate(() => /** @type {any} */ (window).tickers.at);
            await frames(at + 200);
            const grown = (await held()) - before;
            assert.ok(grown < 5, `${grown.toFixed(1)} MB more`);
            assert.deepEqual(driver.errors, []);
        });

        test("our element removed, cloned and moved: the next wish is met, with one of ours at most", async (context) => {
            const open = await driver.open(server.url("/article.html"));
            context.after(() => open.close());
            await driver.click(open);
            await labelled(driver, open);
            const panel = () => driver.inHost(open, (root) => root.querySelector(".panel") !== null);
            for (const attack of ["remove", "clone", "move"]) {
                await until(panel, "the panel");
                await open.evaluate((how) => {
                    const host = document.querySelector("says-who");
                    if (how === "clone" && host)
                        document.documentElement.append(host.cloneNode(true), host.cloneNode(true));
                    if (how === "move" && host) document.body.prepend(host);
                    else host?.remove();
                }, attack);
                if (attack !== "move") {
                    await driver.command(open, "panel");
                    await until(panel, `the panel, asked for after ${attack}`);
                }
                await driver.command(open, "toggle");
                await until(async () => sentences(await labels(open)).length === 0, "no labels");
                await driver.command(open, "toggle");
                await labelled(driver, open);
                await until(panel, `the panel after ${attack}`);
                const hosts = await open.evaluate(() => document.querySelectorAll("says-who").length);
                assert.equal(hosts, 1, attack);
            }
            assert.deepEqual(driver.errors, []);
        });

        test("a page that empties the registry of highlights: the next wish is met, and its own highlights stay", async (context) => {
            const open = await driver.open(server.url("/article.html"));
            context.after(() => open.close());
            await open.evaluate(() => {
                const range = document.createRange();
                range.selectNodeContents(/** @type {Node} */ (document.querySelector("h1")));
                Object.assign(window, { theirs: new Highlight(range) });
                const empty = () => {
                    if (Reflect.get(window, "empties") === false) return;
                    CSS.highlights.clear();
                    requestAnimationFrame(empty);
                };
                empty();
            });
            await driver.click(open);
            await until(async () => /^\d+$/.test((await driver.toolbar(open)).badge), "an end");
            await driver.command(open, "toggle");
            await until(async () => (await driver.toolbar(open)).badge === "", "an empty badge");
            await open.evaluate(() => {
                Object.assign(window, { empties: false });
                CSS.highlights.set("theirs", Reflect.get(window, "theirs"));
            });
            await driver.command(open, "toggle");
            await until(async () => sentences(await labels(open)).length > 0, "labels");
            await driver.command(open, "toggle");
            await until(async () => sentences(await labels(open)).length === 0, "no labels");
            assert.deepEqual(await open.evaluate(() => [...CSS.highlights.keys()]), ["theirs"]);
            assert.deepEqual(driver.errors, []);
        });

        test("elements and shadow roots nested by the thousand, there at first and added later", async (context) => {
            const open = await driver.open(server.url("/article.html"));
            context.after(() => open.close());
            await open.evaluate(nest, { hosts: true, text: "" });
            await driver.click(open);
            const before = sentences(await labelled(driver, open)).length;
            await open.evaluate(nest, {
                hosts: false,
                text: `${SENTENCE.repeat(5)}It is a pathetic disgrace.`,
            });
            await until(
                async () => sentences(await labels(open)).some((text) => text.includes("pathetic disgrace")),
                "labels in the depth",
            );
            assert.ok(before > 0);
            assert.deepEqual(driver.errors, []);
        });

        test("of a page of frames the ten largest are labelled", async (context) => {
            const open = await driver.open(server.url("/many-frames.html"));
            context.after(() => open.close());
            await driver.click(open);
            const framed = open.frames().filter((each) => each !== open.mainFrame());
            assert.equal(framed.length, 14);
            const held = () =>
                Promise.all(
                    framed.map((each) =>
                        each.evaluate(() => [...CSS.highlights.values()].some((h) => h.size > 0)),
                    ),
                );
            // Small ones first in the page: their order is not what chooses.
            const wanted = framed.map((_, at) => at >= 4);
            await until(async () => (await held()).join() === wanted.join(), "labels in the ten largest");
            assert.deepEqual(driver.errors, []);
        });

        test("forged messages and events do nothing", async (context) => {
            const open = await driver.open(server.url("/runtime.html"));
            context.after(() => open.close());
            // Nobody has asked: not by these either.
            await open.evaluate(forge);
            assert.deepEqual(await labels(open), {});
            await driver.click(open);
            const before = await labelled(driver, open);
            const { texts } = await asked();
            const toolbar = await driver.toolbar(open);
            await open.evaluate(forge);
            assert.deepEqual(await labels(open), before);
            assert.deepEqual(await driver.toolbar(open), toolbar);
            assert.equal((await asked()).texts.length, texts.length);
            assert.deepEqual(driver.errors, []);
        });

        test("markup stays text in panel, popover, popup and files; no cell begins as a formula", async (context) => {
            const folder = mkdtempSync(join(tmpdir(), "sayswho-saved-"));
            const open = await driver.open(server.url("/markup.html"));
            context.after(async () => {
                await open.close();
                rmSync(folder, { recursive: true });
            });
            await driver.click(open);
            await labelled(driver, open);
            await driver.saveTo(open, folder);
            const shown = await until(
                () =>
                    driver.inHost(open, (root) => {
                        for (const at of [1, 2])
                            /** @type {HTMLElement | undefined} */ (
                                root.querySelectorAll(".shares button")[at]
                            )?.click();
                        const items = [...root.querySelectorAll(".sentences button")];
                        const item = items.find(({ textContent }) => textContent?.includes("<img"));
                        /** @type {HTMLElement | undefined} */ (item)?.click();
                        return (
                            item && {
                                text: root.textContent ?? "",
                                made: root.querySelectorAll("img, b, script").length,
                            }
                        );
                    }),
                "a sentence with markup",
            );
            assert.ok(shown.text.includes(MARKUP), shown.text.slice(0, 300));
            assert.equal(shown.made, 0);
            /** @param {string} format @param {string} ending */
            const file = async (format, ending) => {
                await driver.inHost(
                    open,
                    (root, wanted) => {
                        /** @type {HTMLSelectElement} */ (root.querySelector(".file select")).value = wanted;
                        /** @type {HTMLElement | null} */ (root.querySelector(".save"))?.click();
                    },
                    format,
                );
                return until(async () => {
                    const name = readdirSync(folder).find((each) => each.endsWith(ending));
                    return name ? readFileSync(join(folder, name), "utf8") : "";
                }, format);
            };
            const markdown = await file("markdown", ".md");
            assert.match(markdown, /\\<img/);
            assert.doesNotMatch(markdown.replace(/^<http.*>$/m, ""), /(?<!\\)<|(?<!\\)\[/);
            const csv = await file("csv", ".csv");
            assert.match(csv, /"'=HYPERLINK/);
            assert.doesNotMatch(csv, /(^|,|\n)"?\s*[=+\-@]/);
            const popup = await driver.popup(open);
            assert.equal(await popup.evaluate(() => document.querySelectorAll("img[src=x], b").length), 0);
            await popup.close();
            assert.notEqual(await open.title(), "owned");
            assert.deepEqual(driver.errors, []);
        });

        test("a page that leaves in the middle: the question is withdrawn, and the next page is labelled", async (context) => {
            const open = await driver.open(server.url("/long.html"));
            context.after(() => open.close());
            await driver.click(open);
            await until(async () => (await asked()).open > 0, "a question");
            await open.goto(server.url("/article.html"));
            await until(async () => (await asked()).open === 0, "a withdrawn question");
            await until(async () => (await driver.toolbar(open)).badge === "", "an empty badge");
            await driver.click(open);
            assert.ok(sentences(await labelled(driver, open)).length > 0);
            assert.deepEqual(driver.errors, []);
        });

        test("switched off in the middle, work stops, and what changes later is not looked at", async (context) => {
            const open = await driver.open(server.url("/long.html"));
            context.after(() => open.close());
            await driver.click(open);
            await until(async () => (await asked()).open > 0, "a question");
            await driver.command(open, "toggle");
            await until(async () => (await asked()).open === 0, "a withdrawn question");
            assert.deepEqual(await labels(open), {});
            const { texts } = await asked();
            await open.evaluate(change);
            await open.evaluate(() => {
                for (const paragraph of [...document.querySelectorAll("article p")].slice(8))
                    paragraph.remove();
            });
            // The page's timers come in their order: what a look at that change would have asked comes before what is
            // asked about a change to a page whose labels have come back.
            await driver.command(open, "toggle");
            await labelled(driver, open);
            await open.evaluate(() => {
                const more = document.createElement("p");
                more.textContent = "The pier was a pitiful ruin, said the woman who had sold it.";
                document.querySelector("article")?.append(more);
            });
            const since = await until(async () => {
                const all = (await asked()).texts.slice(texts.length);
                return all.at(-1)?.includes("pitiful ruin") && all;
            }, "a question about what came last");
            assert.equal(since.length, 2, "one question for the labels that came back, and one for that");
            assert.deepEqual(driver.errors, []);
        });

        test("hidden in the middle, the work stops until the page is seen", async (context) => {
            const count = async (/** @type {Page} */ page) => sentences(await labels(page)).length;
            const open = await driver.open(server.url("/half.html"));
            context.after(() => open.close());
            await driver.click(open);
            await until(async () => (await count(open)) > 0, "the first labels");
            const beside = await driver.open(server.url("/article.html"));
            context.after(() => beside.close());
            await until(() => open.evaluate(() => document.hidden), "a hidden tab");
            await driver.click(beside);
            await labelled(driver, beside);
            // What was under way has come by now. Another of its length is read to the end before it goes on.
            const soFar = await count(open);
            const whole = await driver.open(server.url("/half.html?whole"));
            context.after(() => whole.close());
            await driver.click(whole);
            const all = sentences(await labelled(driver, whole)).length;
            assert.equal(await count(open), soFar);
            assert.ok(soFar < all, `${soFar} of ${all} before it was hidden`);
            await open.bringToFront();
            await until(async () => (await count(open)) === all, "the rest of the labels");
            assert.deepEqual(driver.errors, []);
        });

        test("in a hidden tab nothing is labelled again until it is seen", async (context) => {
            const open = await driver.open(server.url("/article.html"));
            context.after(() => open.close());
            await driver.click(open);
            await labelled(driver, open);
            const beside = await driver.open(server.url("/article.html"));
            context.after(() => beside.close());
            await driver.click(beside);
            await labelled(driver, beside);
            await until(() => open.evaluate(() => document.hidden), "a hidden tab");
            const { length } = (await asked()).texts;
            const since = async (/** @type {string} */ words) =>
                (await asked()).texts.slice(length).filter((text) => text.includes(words)).length;
            await open.evaluate(change);
            // A page in sight that is never quiet is looked at twice meanwhile: longer than a look takes to come, also
            // where the browser lets the timers of hidden pages wait.
            await beside.evaluate(tick);
            await until(async () => (await since("houses")) >= 2, "two looks at the other page");
            assert.equal(await since("pathetic disgrace"), 0);
            await open.bringToFront();
            await until(async () => (await since("pathetic disgrace")) > 0, "a look at what has changed");
            assert.deepEqual(driver.errors, []);
        });
    });
}

/** Changes the article. */
function change() {
    const text = /** @type {Text} */ (document.querySelector("article p")?.firstChild);
    text.data = "The harbour was a pathetic disgrace to everybody who had built it, its owner said.";
}

/** Changes the article with every frame, until `ticker.on` is false. */
function tick() {
    const text = /** @type {Text} */ (document.querySelector("article p")?.firstChild);
    const ticker = { at: 0, on: true };
    Object.assign(window, { ticker });
    const next = () => {
        ticker.at += 1;
        text.data = `The council sold ${ticker.at} houses on Monday, and it is a shameful waste.`;
        if (ticker.on) requestAnimationFrame(next);
    };
    next();
}
