// The panel: what it says is what is marked in the page, all of it is reachable by keyboard, and it exports safely.

import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { build } from "esbuild";

import { toCsv, toJson, toMarkdown } from "../../extension/content/export.js";
import { BROWSERS, launch, until } from "./browsers.js";
import { labelled, labels, sentences } from "./labels.js";
import { serve } from "./server.js";

/** @import { Page } from "puppeteer-core" */

const LABELS = ["unattributed-opinion", "attributed-claim", "reported-fact"];

describe("what the reader takes along", () => {
    const row = {
        text: '=HYPERLINK(1) says *all* <b>of</b> it, "twice"',
        label: "attributed-claim",
        mixed: false,
        confidence: 0.91,
        sources: ["@Ada", "+Moss"],
        signals: [],
    };
    const report = { title: "# A [title](x)", address: "https://example.org/a b", rows: [row] };

    test("CSV: no cell begins as a formula does", () => {
        for (const sign of ["=", "+", "-", "@", "\t=", " =", "\r@", "＝", "＋", "－", "＠"]) {
            const csv = toCsv({ ...report, rows: [{ ...row, text: `${sign}1+1` }] });
            assert.ok(csv.includes(`"'${sign}1+1"`), JSON.stringify(csv));
        }
        assert.ok(toCsv(report).includes(`"'@Ada; +Moss"`));
        assert.ok(toCsv(report).includes('""twice""'), "quotation marks are doubled");
        assert.ok(toCsv({ ...report, rows: [{ ...row, text: "A - b" }] }).includes('"A - b"'));
    });

    test("Markdown: the page's text is no markup", () => {
        const markdown = toMarkdown(report);
        assert.ok(markdown.startsWith("# \\# A \\[title\\]\\(x\\)\n"));
        assert.ok(markdown.includes("\\*all\\* \\<b\\>of\\</b\\> it"));
        assert.ok(markdown.includes("<https://example.org/a%20b>"));
        const sums = toMarkdown({ ...report, rows: [{ ...row, text: "$a^2$ ==b==\nc" }] });
        assert.ok(sums.includes("\\$a\\^2\\$ \\=\\=b\\=\\= c"), sums);
    });

    test("JSON: comes back as it went in", () => {
        assert.deepEqual(JSON.parse(toJson(report)), {
            title: report.title,
            address: report.address,
            sentences: report.rows,
        });
    });
});

/** @param {ShadowRoot} root */
function panelOf(root) {
    const panel = root.querySelector(".panel");
    const strip = panel?.querySelector(".strip");
    if (!panel || !strip) return null;
    const buttons = [...panel.querySelectorAll(".shares button")];
    return {
        role: panel.getAttribute("role"),
        name: panel.getAttribute("aria-label"),
        hidden: panel.hasAttribute("hidden"),
        pill: !root.querySelector(".pill")?.hasAttribute("hidden"),
        cells: [...strip.children].map((each) => each.getAttribute("data-label")),
        cellNames: [...strip.children].map((each) => each.getAttribute("aria-label") ?? ""),
        counts: Object.fromEntries(
            buttons.map((each) => [
                each.getAttribute("data-label"),
                Number(each.querySelector(".count")?.textContent),
            ]),
        ),
        shares: buttons.map((each) => parseInt(each.querySelector(".share")?.textContent ?? "")),
        listed: [...panel.querySelectorAll(".sentences .words")].map((each) => each.textContent ?? ""),
        listedLabels: [...panel.querySelectorAll(".sentences li")].map((each) =>
            each.getAttribute("data-label"),
        ),
        sources: [...panel.querySelectorAll(".sources button")].map((each) => ({
            name: each.getAttribute("data-name"),
            count: Number(each.querySelector(".count")?.textContent),
        })),
        live: root.querySelector("[aria-live=polite]")?.textContent ?? "",
        said: panel.querySelector(".said")?.textContent ?? "",
        focus: root.activeElement?.className ?? "",
    };
}

/** @param {ShadowRoot} root @param {string} selector @param {number} at */
function press(root, selector, at) {
    /** @type {HTMLElement | undefined} */ ([...root.querySelectorAll(selector)][at])?.click();
}

/** The text that is set off, and whether it is in the window. @param {Page} page */
function current(page) {
    return page.evaluate(() => {
        const ranges = [...(CSS.highlights.get("sayswho-current") ?? [])];
        if (!(ranges[0] instanceof Range)) return null;
        const { top, bottom } = ranges[0].getBoundingClientRect();
        return {
            text: ranges.map(String).join(" ").replace(/\s+/g, " "),
            seen: top >= 0 && bottom <= innerHeight,
        };
    });
}

for (const kind of BROWSERS) {
    describe(`the panel, in ${kind}`, () => {
        /** @type {Awaited<ReturnType<typeof launch>>} */
        let driver;
        /** @type {Awaited<ReturnType<typeof serve>>} */
        let server;
        /** @type {Page} */
        let page;
        const panel = () => until(() => driver.inHost(page, panelOf), "the panel");
        before(async () => {
            server = await serve();
            driver = await launch(kind);
            page = await driver.open(server.url("/news.html"));
            await driver.click(page);
            await labelled(driver, page);
        });
        after(async () => {
            await driver?.close();
            server?.close();
        });

        test("it counts and lists what is marked in the page, and says so politely", async () => {
            const { role, name, cells, counts, shares, listed, live } = await panel();
            assert.equal(role, "complementary");
            assert.ok(name?.includes("Says Who"));
            const found = await labels(page);
            for (const label of LABELS) {
                assert.equal(counts[label], found[`sayswho-${label}`]?.length, label);
                assert.equal(
                    cells.filter((each) => each === label).length,
                    counts[label],
                    `cells of ${label}`,
                );
            }
            const total = shares.reduce((sum, share) => sum + share, 0);
            assert.ok(total >= 99 && total <= 101, `shares of ${total} %`);
            assert.deepEqual(listed, found["sayswho-unattributed-opinion"]);
            assert.ok(live.startsWith("This article is labelled:"), "it is announced");
        });

        test("a cell of the strip brings the page to its sentence", async () => {
            const { cellNames } = await panel();
            for (const at of [cellNames.length - 1, 0]) {
                await driver.inHost(page, press, ".strip [role=option]", at);
                const seen = await until(() => current(page), "a sentence set off");
                assert.ok(seen.seen, "in view");
                assert.ok(cellNames[at]?.endsWith(seen.text.trim()), `${cellNames[at]} is ${seen.text}`);
            }
        });

        test("labels can be chosen for the list", async () => {
            await driver.inHost(page, press, ".shares button", 1);
            const { listedLabels, counts } = await panel();
            assert.equal(
                listedLabels.length,
                (counts["attributed-claim"] ?? 0) + (counts["unattributed-opinion"] ?? 0),
            );
            await driver.inHost(page, press, ".shares button", 1);
            assert.ok((await panel()).listedLabels.every((each) => each === "unattributed-opinion"));
        });

        test("n and p go from one listed sentence to the next and back, round the end too", async () => {
            const { listed } = await panel();
            await driver.inHost(page, (root) => {
                /** @type {HTMLElement | null} */ (root.querySelector(".panel h2"))?.focus();
            });
            /** @type {string[]} */
            const visited = [];
            for (const key of /** @type {const} */ (["n", "n", "p"])) {
                const before = visited.at(-1);
                await page.keyboard.press(key);
                const now = await until(async () => {
                    const seen = await current(page);
                    return seen && seen.text !== before ? seen : null;
                }, "another sentence");
                assert.ok(now.seen, "in view");
                visited.push(now.text);
            }
            const from = listed.indexOf(visited[0] ?? "");
            assert.ok(from >= 0, "a listed one");
            assert.equal(visited[1], listed[(from + 1) % listed.length]);
            assert.equal(visited[2], visited[0]);
            await page.keyboard.press("Escape");
        });

        test("a source lights up what it says, and nothing else", async () => {
            const { sources } = await panel();
            assert.ok(sources.length > 0);
            await driver.inHost(page, press, ".sources button", 0);
            const { listed } = await panel();
            const lit = (await labels(page))["sayswho-said"] ?? [];
            assert.equal(lit.length, sources[0]?.count);
            assert.deepEqual(listed, lit);
            await driver.inHost(page, press, ".sources button", 0);
            assert.deepEqual((await labels(page))["sayswho-said"], []);
        });

        test("what is copied is said to be, and stays in the reader's hands", async () => {
            const requests = server.asked.length;
            // Lists are laid out as they come into sight, and move what is below them: where it has come to rest.
            let before = "";
            const place = await until(async () => {
                const now = await driver.inHost(page, (root) => {
                    const box = root.querySelector(".copy");
                    box?.scrollIntoView();
                    const { left, top, width, height } = box?.getBoundingClientRect() ?? new DOMRect();
                    return { x: left + width / 2, y: top + height / 2 };
                });
                const rests = JSON.stringify(now) === before;
                before = JSON.stringify(now);
                return rests ? now : null;
            }, "a button at rest");
            await page.mouse.click(place.x, place.y);
            await until(async () => (await panel()).said === "Copied.", "a word that it is copied");
            assert.equal(server.asked.length, requests);
        });

        test("what is saved is a file with every sentence", async (context) => {
            const folder = mkdtempSync(join(tmpdir(), "sayswho-saved-"));
            context.after(() => rmSync(folder, { recursive: true }));
            await driver.saveTo(page, folder);
            await driver.inHost(page, (root) => {
                /** @type {HTMLButtonElement | null} */ (root.querySelector(".save"))?.click();
            });
            const rows = await until(async () => {
                const name = readdirSync(folder).find((each) => each.endsWith(".json"));
                try {
                    return JSON.parse(readFileSync(join(folder, name ?? ""), "utf8")).sentences;
                } catch {
                    return null; // not there yet, or not all of it
                }
            }, "the file");
            assert.equal(rows.length, sentences(await labels(page)).length);
        });

        test("closed, it gives the focus back, and stays closed for the next labels", async () => {
            await driver.inHost(page, press, ".panel .head button", 0);
            await until(async () => (await panel()).hidden, "a closed panel");
            assert.equal((await panel()).focus, "pill", "the focus is on what opens it again");
            await driver.command(page, "toggle");
            await until(async () => sentences(await labels(page)).length === 0, "no labels");
            await driver.command(page, "toggle");
            await labelled(driver, page);
            const again = await until(
                () =>
                    driver.inHost(page, (root) => ({
                        hidden: root.querySelector(".panel")?.hasAttribute("hidden") ?? null,
                    })),
                "the host",
            );
            assert.equal(again.hidden, true);
        });

        test("no exception on the page", () => assert.deepEqual(driver.errors, []));
    });
}

const MOUNT = `
import messages from "./extension/_locales/en/messages.json";
import { sayFrom } from "./extension/content/words.js";
import { Host } from "./extension/content/host.js";
import { Popover } from "./extension/content/popover.js";
import { Panel } from "./extension/content/panel.js";
import { describe } from "./extension/content/describe.js";

const text = document.querySelector("p").textContent;
const scores = { fact: 0.1, attributed: 0.1, opinion: 0.8 };
const sentence = (start, end, label, signals = []) =>
    ({ start, end, label, mixed: false, confidence: 0.8, scores, attributions: label === "attributed-claim" ? [0] : [], signals });
const sentences = [
    sentence(0, 30, "reported-fact"), sentence(31, 60, "attributed-claim"),
    sentence(61, 90, "unattributed-opinion", [{ start: 61, end: 70, kind: "evaluation", why: "praises or blames" }]),
];
const analysis = {
    sentences,
    attributions: [{ kind: "indirect", speaker: "Ada Moss", source: [[31, 39]], cue: [], content: [[40, 60]], vague: false, named: true, "source-kind": "expert" }],
    summary: { sources: [{ name: "Ada Moss", claims: 1, kind: "expert", named: true }] },
};
const question = { text, parts: [], analysis };
const statements = sentences.map((each) => ({ sentence: each, label: each.label, question, words: text.slice(each.start, each.end) }));
const say = sayFrom(messages);
// The extension's own host, but open.
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function () { return attach.call(this, { mode: "open" }); };
const host = new Host(document);
const { root } = host;
// In the body: of what stands beside it axe can tell no ground.
document.body.append(root.host);
const nothing = () => {};
const panel = new Panel(root, { say, onLook: nothing, onGo: nothing, onLight: nothing, onLeave: nothing, onOpen: nothing, onCopy: async () => true, onSave: nothing, onSay: nothing, onMeaning: nothing });
panel.open(false);
panel.fill({ statements, sources: [{ name: "Ada Moss", claims: 1, kind: "expert", statements: [statements[1]] }], cut: true });
root.querySelectorAll(".shares button")[1].click();
const range = document.createRange();
range.selectNodeContents(document.querySelector("p"));
new Popover(root, say, nothing).show(describe(sentences[2], analysis, text, say), [range]);
host.notice(say("noArticle"), say, nothing);
const pill = root.querySelector(".pill");
pill.hidden = false;
document.documentElement.dataset.ready = "true";
`;

for (const kind of BROWSERS) {
    for (const dark of [false, true]) {
        test(`axe finds nothing in panel, popover, notice and small button, ${dark ? "dark" : "light"}, in ${kind}`, async (context) => {
            // In an open root on a page of the test's own: axe can't see into the closed one.
            const { outputFiles } = await build({
                stdin: { contents: MOUNT, resolveDir: process.cwd() },
                bundle: true,
                write: false,
                format: "iife",
            });
            const server = await serve({
                "/mounted.html": `<!doctype html><html lang="en"><head><title>Panel</title><meta charset="utf-8"><style>:root{color-scheme:light dark;background:Canvas;color:CanvasText}</style></head><body><main><h1>Panel</h1><p>The bridge is closed for a year. Ada Moss says that it is safe. A shameful end to a sad story, and it shows.</p></main><script>${outputFiles[0]?.text.replaceAll("</script", "<\\/script")}</script></body></html>`,
            });
            const driver = await launch(kind, { dark });
            context.after(async () => {
                await driver.close();
                server.close();
            });
            const page = await driver.open(server.url("/mounted.html"));
            await page.waitForFunction(() => document.documentElement.dataset["ready"] === "true");
            await page.evaluate(readFileSync("node_modules/axe-core/axe.min.js", "utf8"));
            const found = await page.evaluate(async () => {
                const { violations, passes } = await /** @type {any} */ (window).axe.run();
                return {
                    violations: violations.flatMap((/** @type {any} */ { id, nodes }) =>
                        nodes.map((/** @type {any} */ node) => `${id}: ${node.failureSummary} ${node.html}`),
                    ),
                    contrasts: passes.find((/** @type {any} */ { id }) => id === "color-contrast")?.nodes
                        .length,
                };
            });
            assert.deepEqual(found.violations, []);
            assert.ok(found.contrasts > 30, "it looked into the root");
        });
    }
}
