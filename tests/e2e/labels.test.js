// Labels come when asked for, or unasked where a site is granted; they go when asked again; and nothing else changes.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { BROWSERS, launch, LOOPBACK, until } from "./browsers.js";
import { labelled, labels, sentences, traceOf } from "./labels.js";
import { serve } from "./server.js";

/** @import { Page } from "puppeteer-core" */

/** Text and ground, as pages have them. */
const GROUNDS = [
    ["#222222", "#ffffff"],
    ["#595959", "#ffffff"],
    ["#e4e7eb", "#14181d"],
    ["#ffffff", "#000000"],
    ["#ffffff", "#1a57c0"],
    ["#ffffff", "#b3261e"],
    ["#1d1d1b", "#ffe600"],
    ["#4a382c", "#f4ecd8"],
    ["#33302e", "#fff1e5"],
    ["#0b3d0b", "#c8e6c9"],
];

const grounds = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A shameful end for the old harbour bridge</title><style>p { margin: 0; padding: 6px; font: 15px/1.9 serif }</style></head><body><article>${GROUNDS.map(
    ([ink, ground]) =>
        `<p style="color: ${ink}; background: ${ground}">It is a shameful, pitiful end to a decade of dithering, and a disgrace. “Nobody had asked us about it,” said Marta Lindqvist, an engineer. The bridge opened in 1964 and carries two lanes.</p>`,
).join("")}</article></body></html>`;

/** Marks of notes in the line, behind a full stop, two of them, and behind an opinion's last word. */
const notes = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The harbour bridge</title></head><body><article><h1>The harbour bridge</h1>${"<p>The harbour bridge opened in 1964<sup><a href='#1'>[1]</a></sup> and carries two lanes.<sup><a href='#2'>[2]</a></sup><sup><a href='#3'>[3]</a></sup> Engineers closed it in March after an inspection. Its end is a shameful disgrace.<sup>[4]</sup></p>".repeat(4)}<ol><li id="1">Courier, 3 May 1964.</li></ol></article></body></html>`;

/**
 * For each paragraph: of the pixels that the labels changed, the strongest contrast to the ground; and the least contrast
 * that the text has to the washes behind it. Runs in the page.
 * @param {string} before
 * @param {string} after pictures of the window, in base64
 */
async function measure(before, after) {
    const luminance = (/** @type {number[]} */ channels) => {
        const [r = 0, g = 0, b = 0] = channels.map((value) => {
            const part = value / 255;
            return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (/** @type {number} */ a, /** @type {number} */ b) =>
        (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const read = async (/** @type {string} */ picture) => {
        const image = new Image();
        image.src = `data:image/png;base64,${picture}`;
        await image.decode();
        const canvas = Object.assign(document.createElement("canvas"), {
            width: image.naturalWidth,
            height: image.naturalHeight,
        });
        const context = canvas.getContext("2d");
        context?.drawImage(image, 0, 0);
        return (/** @type {DOMRect} */ box) =>
            context?.getImageData(box.left, box.top, box.width, box.height).data ?? new Uint8ClampedArray();
    };
    const [old, now] = await Promise.all([read(before), read(after)]);
    return [...document.querySelectorAll("p")].map((paragraph) => {
        const box = paragraph.getBoundingClientRect();
        const [was, is] = [old(box), now(box)];
        const { color, backgroundColor } = getComputedStyle(paragraph);
        const numbers = (/** @type {string} */ css) =>
            css
                .match(/[\d.]+/g)
                ?.slice(0, 3)
                .map(Number) ?? [];
        const ground = luminance(numbers(backgroundColor));
        const ink = luminance(numbers(color));
        let line = 1;
        for (let at = 0; at < is.length; at += 4) {
            const pixel = [is[at] ?? 0, is[at + 1] ?? 0, is[at + 2] ?? 0];
            const past = [was[at] ?? 0, was[at + 1] ?? 0, was[at + 2] ?? 0];
            if (String(pixel) === String(past)) continue;
            const seen = luminance(pixel);
            line = Math.max(line, contrast(seen, ground));
        }
        // Each wash over the ground, and over the one that can lie below it; the strongest counts.
        let behind = numbers(backgroundColor);
        let text = contrast(ink, ground);
        for (const name of ["attributed-claim", "unattributed-opinion", "signal", "current"]) {
            const css = getComputedStyle(paragraph, `::highlight(sayswho-${name})`).backgroundColor;
            const [red = 0, green = 0, blue = 0, alpha = 1] = css.match(/[\d.]+/g)?.map(Number) ?? [];
            const below = name === "attributed-claim" || name === "unattributed-opinion";
            const under = below ? numbers(backgroundColor) : behind;
            behind = [red, green, blue].map((value, at) => value * alpha + (under[at] ?? 0) * (1 - alpha));
            text = Math.min(text, contrast(ink, luminance(behind)));
        }
        return { where: `${color} on ${backgroundColor}`, line, text };
    });
}

/**
 * The colour behind the longest line of a highlight's first range as it is drawn: what most of its pixels have.
 * @param {Page} page
 * @param {string} name
 */
async function groundOf(page, name) {
    const clip = await page.evaluate((wanted) => {
        const [range] = [...(CSS.highlights.get(wanted) ?? [])];
        if (!(range instanceof Range)) throw new Error(`nothing is ${wanted}`);
        range.startContainer.parentElement?.scrollIntoView({ block: "center", behavior: "instant" });
        const lines = [...range.getClientRects()].sort((a, b) => b.width - a.width);
        const { x = 0, y = 0, width = 0, height = 0 } = lines[0] ?? {};
        return { x: x + scrollX, y: y + scrollY, width: Math.min(width, 200), height };
    }, name);
    const picture = await page.screenshot({ encoding: "base64", clip });
    return page.evaluate(async (base64) => {
        const image = new Image();
        image.src = `data:image/png;base64,${base64}`;
        await image.decode();
        const { naturalWidth: width, naturalHeight: height } = image;
        const canvas = Object.assign(document.createElement("canvas"), { width, height });
        const context = canvas.getContext("2d");
        context?.drawImage(image, 0, 0);
        const pixels = new Uint32Array(context?.getImageData(0, 0, width, height).data.buffer ?? []);
        /** @type {Map<number, number>} */
        const counts = new Map();
        for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
        return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]?.toString(16);
    }, picture);
}

for (const kind of BROWSERS) {
    describe(`asked for, in ${kind}`, () => {
        /** @type {Awaited<ReturnType<typeof launch>>} */
        let driver;
        /** @type {Awaited<ReturnType<typeof serve>>} */
        let server;
        before(async () => {
            server = await serve({ "/grounds.html": grounds, "/notes.html": notes });
            driver = await launch(kind);
        });
        after(async () => {
            await driver?.close();
            server?.close();
        });

        test("the marks of a sentence's notes are within its label, and no telling words", async () => {
            const page = await driver.open(server.url("/notes.html"));
            await driver.click(page);
            const found = await labelled(driver, page);
            const all = sentences(found);
            for (const text of [
                "The harbour bridge opened in 1964[1] and carries two lanes.[2][3]",
                "Engineers closed it in March after an inspection.",
                "Its end is a shameful disgrace.[4]",
            ]) {
                assert.equal(all.filter((each) => each === text).length, 4, text);
            }
            const signals = found["sayswho-signal"] ?? [];
            assert.ok(signals.length > 0, "telling words");
            assert.deepEqual(
                signals.filter((text) => text.includes("[")),
                [],
            );
            await page.close();
        });

        test("a click labels the article and nothing else; the shortcut takes all off", async () => {
            const page = await driver.open(server.url("/news.html"));
            assert.deepEqual(await labels(page), {}, "nothing before it is asked for");
            const before = await traceOf(page);
            const requests = driver.requests.length;
            const asked = server.asked.length;
            await driver.click(page);
            const found = await labelled(driver, page);
            const all = sentences(found);
            assert.ok(
                all.includes("Harbour bridge to close for a year after engineers find cracks"),
                "the headline",
            );
            for (const text of [
                "The bridge was built in 1964 by a consortium",
                "Ferry timetable",
                "Imprint",
                "hidden from every reader",
                "Opens in a new window",
                "R. Abara",
            ]) {
                assert.ok(!all.some((each) => each.includes(text)), `${text} is not labelled`);
            }
            const claims = found["sayswho-attributed-claim"] ?? [];
            const opinions = found["sayswho-unattributed-opinion"] ?? [];
            assert.ok(
                claims.some((text) => text.includes("said Marta Lindqvist")),
                "a quotation is a claim",
            );
            assert.ok(
                opinions.some((text) => text.includes("shameful end")),
                "a judgement is an opinion",
            );
            assert.ok((found["sayswho-signal"] ?? []).length > 0, "the words that gave it away are marked");
            assert.equal(
                (await driver.toolbar(page)).badge,
                String(opinions.length),
                "the badge counts opinions",
            );
            assert.deepEqual(await traceOf(page), before, "the page is as it was");
            assert.equal(driver.requests.length, requests, "the page has asked for nothing more");
            assert.equal(server.asked.length, asked, "and the server was asked for nothing more");

            await driver.command(page, "toggle");
            await until(async () => (await driver.toolbar(page)).badge === "", "an empty badge");
            assert.deepEqual(await labels(page), {});
            assert.equal(await driver.inHost(page, () => true), null, "our element is gone");
            assert.deepEqual(await traceOf(page), before);
            await page.close();
        });

        for (const policy of ["none", "self", "sandbox"]) {
            test(`a page whose policy is ${policy}`, async () => {
                const page = await driver.open(server.url(`/news.html?policy=${policy}`));
                await driver.click(page);
                assert.ok(sentences(await labelled(driver, page)).length > 10);
                const padding = await driver.inHost(page, (root) => {
                    const panel = root.querySelector(".panel");
                    return panel ? getComputedStyle(panel).position : null;
                });
                assert.equal(padding, "fixed", "the panel has its styles");
                await page.close();
            });
        }

        test("an old page of tables and line breaks", async () => {
            const page = await driver.open(server.url("/brs.html"));
            await driver.click(page);
            const all = sentences(await labelled(driver, page));
            assert.ok(all.some((text) => text.startsWith("The company said it would pay")));
            await page.close();
        });

        for (const [file, state, words] of [
            ["front.html", "no article", "finds no article"],
            ["german.html", "no English", "not in English"],
            ["arabic.html", "no English", "not in English"],
        ]) {
            test(`${file}: ${state}, and it says so`, async () => {
                const page = await driver.open(server.url(`/${file}`));
                await driver.click(page);
                const said = await until(
                    () => driver.inHost(page, (root) => root.querySelector(".notice p")?.textContent ?? ""),
                    "a notice",
                );
                assert.ok(said.includes(words ?? ""), said);
                // The toolbar hears of it by way of the background, after the page.
                await until(
                    async () => (await driver.toolbar(page)).title.includes(words ?? ""),
                    "the same in the toolbar",
                );
                await until(async () => (await driver.toolbar(page)).badge === "–", "the badge");
                assert.deepEqual(await labels(page), {});
                await page.close();
            });
        }

        for (const look of ["lines", "background"]) {
            test(`with ${look}, lines differ by shape and have 3 : 1 on any ground, and the text keeps 4.5 : 1`, async () => {
                const own = await driver.ownPage("welcome/labels.html");
                const show = { fact: true, claim: true, opinion: true };
                await own.evaluate((settings) => chrome.storage.sync.set({ settings }), {
                    version: 2,
                    look,
                    show,
                });
                const page = await driver.open(server.url("/grounds.html"));
                const before = await page.screenshot({ encoding: "base64" });
                await driver.click(page);
                await labelled(driver, page);
                await driver.inHost(page, (root) => root.host.setAttribute("style", "visibility: hidden"));
                const shapes = await page.evaluate(
                    (names) =>
                        names.map((name) => {
                            const style = getComputedStyle(document.body, `::highlight(${name})`);
                            return `${style.textDecorationStyle} ${style.textDecorationThickness}`;
                        }),
                    [
                        "sayswho-reported-fact",
                        "sayswho-attributed-claim",
                        "sayswho-unattributed-opinion",
                        "sayswho-signal",
                    ],
                );
                assert.equal(new Set(shapes).size, 4, shapes.join());
                const found = await until(async () => {
                    const after = await page.screenshot({ encoding: "base64" });
                    const all = await page.evaluate(measure, before, after);
                    return all.every(({ line }) => line > 1) && all;
                }, "labels on every ground");
                assert.equal(found.length, GROUNDS.length);
                for (const { where, line, text } of found) {
                    assert.ok(
                        line >= 3,
                        `${where}: the strongest of the lines' pixels has ${line.toFixed(2)} : 1`,
                    );
                    assert.ok(
                        text >= 4.5,
                        `${where}: the text has ${text.toFixed(2)} : 1 where it is washed`,
                    );
                }
                await page.close();
                await own.evaluate(() => chrome.storage.sync.clear());
                await own.close();
            });
        }

        test("the washes behind telling words, the sentence pointed at, a source's claims and, in the other look, each label are drawn", async () => {
            const own = await driver.ownPage("welcome/labels.html");
            const page = await driver.open(server.url("/news.html"));
            await driver.click(page);
            await labelled(driver, page);
            const plain = await groundOf(page, "sayswho-reported-fact");
            const isWashed = (/** @type {string} */ name) =>
                until(async () => (await groundOf(page, name)) !== plain, `a wash of ${name}`);
            await isWashed("sayswho-signal");
            assert.equal(await groundOf(page, "sayswho-attributed-claim"), plain, "lines alone");
            await driver.inHost(page, (root) => {
                /** @type {HTMLElement | null} */ (root.querySelector(".sources button"))?.click();
            });
            await isWashed("sayswho-said");
            await driver.inHost(page, (root) => {
                /** @type {HTMLElement | null} */ (root.querySelector(".sentences button"))?.focus();
            });
            await isWashed("sayswho-current");
            await page.bringToFront();
            await own.evaluate(() =>
                chrome.storage.sync.set({ settings: { version: 2, look: "background" } }),
            );
            await isWashed("sayswho-attributed-claim");
            await isWashed("sayswho-unattributed-opinion");
            assert.equal(
                await groundOf(page, "sayswho-reported-fact"),
                plain,
                "and the ground is what it was",
            );
            await page.close();
            await own.evaluate(() => chrome.storage.sync.clear());
            await own.close();
        });

        test("no exception on any page", () => assert.deepEqual(driver.errors, []));
    });

    describe(`unasked, in ${kind}`, () => {
        /** @type {Awaited<ReturnType<typeof launch>>} */
        let driver;
        /** @type {Awaited<ReturnType<typeof serve>>} */
        let server;
        before(async () => {
            server = await serve();
            driver = await launch(kind, { changes: LOOPBACK });
        });
        after(async () => {
            await driver?.close();
            server?.close();
        });

        test("settings change the look at once, and sensitivity moves opinions only", async () => {
            const page = await driver.open(server.url("/news.html"));
            const before = await labelled(driver, page);
            const options = await driver.ownPage("options/options.html");
            const change = (/** @type {Record<string, unknown>} */ settings) =>
                options.evaluate(async (changes) => {
                    const { settings } = await chrome.storage.sync.get("settings");
                    const stored = /** @type {object} */ (settings ?? { version: 2 });
                    await chrome.storage.sync.set({ settings: { ...stored, ...changes } });
                }, settings);
            const lineOf = (/** @type {string} */ name) =>
                page.evaluate(
                    (highlight) =>
                        getComputedStyle(
                            document.querySelector("main p") ?? document.body,
                            `::highlight(${highlight})`,
                        ).textDecorationLine,
                    name,
                );
            assert.notEqual(
                await lineOf("sayswho-reported-fact"),
                "underline",
                "facts are unmarked by default",
            );
            await change({ show: { fact: true, claim: false, opinion: true } });
            await until(async () => (await lineOf("sayswho-reported-fact")) === "underline", "marked facts");
            await until(async () => (await lineOf("sayswho-attributed-claim")) === "none", "unmarked claims");
            const claims = before["sayswho-attributed-claim"];
            const opinions = before["sayswho-unattributed-opinion"] ?? [];
            assert.deepEqual(
                (await labels(page))["sayswho-attributed-claim"],
                claims,
                "they are labelled still",
            );
            for (const [sensitivity, moved] of /** @type {const} */ ([
                [0, (/** @type {number} */ count) => count <= opinions.length],
                [1, (/** @type {number} */ count) => count >= opinions.length],
            ])) {
                await change({ sensitivity });
                await until(async () => {
                    const { badge } = await driver.toolbar(page);
                    const count = (await labels(page))["sayswho-unattributed-opinion"]?.length ?? 0;
                    return badge === String(count) && moved(count);
                }, `opinions at sensitivity ${sensitivity}`);
                const now = await labels(page);
                assert.deepEqual(now["sayswho-attributed-claim"]?.toSorted(), claims?.toSorted());
            }
            await change({ sensitivity: 0.5, show: { fact: false, claim: true, opinion: true } });
            await until(
                async () => (await labels(page))["sayswho-unattributed-opinion"]?.length === opinions.length,
                "the engine's own labels again",
            );
            await options.close();
            await page.close();
        });

        test("an article is labelled as it loads, quietly", async () => {
            const page = await driver.open(server.url("/news.html"));
            assert.ok(sentences(await labelled(driver, page)).length > 10);
            assert.equal(await driver.inHost(page, () => true), null, "nothing of ours in the page yet");
            await page.close();
        });

        test("a page that is no article is left alone", async () => {
            const page = await driver.open(server.url("/front.html"));
            // What can be waited for is the click's answer, which comes after whatever would have come by itself.
            await driver.click(page);
            await until(
                () => driver.inHost(page, (root) => root.querySelector(".notice") !== null),
                "a notice",
            );
            assert.deepEqual(await labels(page), {});
            await page.close();
        });

        test("a reloaded extension labels the open page anew, and leaves nothing of the old one", async () => {
            const page = await driver.open(server.url("/news.html"));
            const before = await labelled(driver, page);
            await page.evaluate(() => CSS.highlights.set("sayswho-old", new Highlight()));
            await page.evaluate(() => {
                // Seen again only by the labels that come after these.
                for (const [name, ranges] of CSS.highlights) if (name.startsWith("sayswho-")) ranges.clear();
            });
            await driver.reload();
            await until(
                async () => sentences(await labels(page)).length === sentences(before).length,
                "labels again",
            );
            await page.mouse.move(300, 300);
            await page.mouse.move(310, 310);
            assert.equal(
                await page.evaluate(() => document.querySelectorAll("says-who").length <= 1),
                true,
                "at most one host",
            );
            assert.deepEqual(driver.errors, []);
            await page.close();
        });
    });
}
