// The panel by the keyboard alone: one way in and back, every part of it a stop, and each sentence in words.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { BROWSERS, launch, until } from "./browsers.js";
import { finished, labelled, labels } from "./labels.js";
import { serve } from "./server.js";

/** @import { Page } from "puppeteer-core" */

const LINK = 'a[href="#region"]';

/** Everything in the panel that Tab stops at, in its order. */
const STOPS = [
    "Close the list",
    "The article, sentence by sentence",
    "filter: unattributed-opinion",
    "filter: attributed-claim",
    "filter: reported-fact",
    "Previous",
    "Next",
    "a sentence",
    "a source",
    "Format",
    "Copy",
    "Save",
    "What the labels mean",
];

/** What of ours has the focus; null when nothing has. @param {ShadowRoot} root */
function focusOf(root) {
    const at = /** @type {HTMLElement | null} */ (root.activeElement);
    const panel = root.querySelector(".panel");
    if (!at) return null;
    const list = at.closest(".sentences") ? "a sentence" : at.closest(".sources") && "a source";
    const filter = at.closest(".shares") && `filter: ${at.dataset["label"]}`;
    return {
        inPanel: panel?.contains(at) === true,
        ringed: at.matches(":focus-visible") && getComputedStyle(at).outlineStyle !== "none",
        name: list || filter || at.getAttribute("aria-label") || at.innerText,
        words: at.querySelector(".words")?.textContent ?? at.dataset["name"] ?? "",
    };
}

/** @param {ShadowRoot} root */
function isOpen(root) {
    return root.querySelector(".panel")?.hasAttribute("hidden") === false;
}

for (const kind of BROWSERS) {
    describe(`the panel by keyboard, in ${kind}`, () => {
        /** @type {Awaited<ReturnType<typeof launch>>} */
        let driver;
        /** @type {Awaited<ReturnType<typeof serve>>} */
        let server;
        /** @type {Page} */
        let page;
        const focus = () => driver.inHost(page, focusOf);
        const open = () => driver.inHost(page, isOpen);
        const inside = () => until(async () => (await focus())?.inPanel, "the focus in the panel");
        const closed = () => until(async () => (await open()) === false, "a closed panel");
        const onLink = () => page.evaluate((link) => document.activeElement?.matches(link) === true, LINK);
        before(async () => {
            server = await serve();
            driver = await launch(kind);
            page = await driver.open(server.url("/news.html"));
            await driver.click(page);
            await labelled(driver, page);
            await driver.activate(page);
        });
        after(async () => {
            await driver?.close();
            server?.close();
        });

        test("the shortcut gets into a panel that opened by itself; again, it closes it and the focus is back", async () => {
            await page.focus(LINK);
            assert.equal(await open(), true, "it has opened by itself");
            assert.equal(await focus(), null, "and has left the focus where it was");
            await driver.command(page, "panel");
            await inside();
            assert.equal(await open(), true);
            await driver.command(page, "panel");
            await closed();
            assert.ok(await onLink(), "the focus is back on the link");
        });

        test("it opens a closed one, and Escape goes back", async () => {
            await driver.command(page, "panel");
            await inside();
            await page.keyboard.press("Escape");
            await closed();
            assert.ok(await onLink());
        });

        test("Escape goes back to where Tab or a click came from", async () => {
            await driver.command(page, "panel");
            await inside();
            await page.focus(LINK);
            await driver.inHost(page, (root) => {
                /** @type {HTMLElement | null} */ (root.querySelector(".copy"))?.focus();
            });
            await page.keyboard.press("Escape");
            await closed();
            assert.ok(await onLink());
        });

        test("through the small button, back to the small button", async () => {
            await driver.inHost(page, (root) => {
                /** @type {HTMLElement | null} */ (root.querySelector(".pill"))?.focus();
            });
            await page.keyboard.press("Enter");
            await inside();
            await page.keyboard.press("Escape");
            await closed();
            assert.equal((await focus())?.name, "Says Who: open the list of sentences");
        });

        test("labels that go off give it back too", async () => {
            await page.focus(LINK);
            await driver.command(page, "panel");
            await inside();
            await driver.command(page, "toggle");
            await until(async () => Object.keys(await labels(page)).length === 0, "no labels");
            assert.ok(await onLink());
        });

        test("on a page without labels it brings them, and opens whatever was remembered", async () => {
            // Closed, and remembered so.
            await driver.command(page, "toggle");
            await labelled(driver, page);
            await driver.command(page, "panel");
            await inside();
            await page.keyboard.press("Escape");
            await closed();
            await driver.command(page, "toggle");
            await until(async () => Object.keys(await labels(page)).length === 0, "no labels");
            await driver.command(page, "panel");
            await labelled(driver, page);
            await inside();
            assert.equal(await open(), true);
        });

        test("every part of it is one stop for Tab, with a ring", async () => {
            /** @type {string[]} */
            const stops = [];
            // The list is there when the labels are, and grows with them; sources come with the claims.
            await finished(driver, page);
            await until(
                () =>
                    driver.inHost(page, (root) =>
                        [".sentences button", ".sources button", ".meaning"].every((part) =>
                            root.querySelector(part),
                        ),
                    ),
                "all of it",
            );
            for (let press = 0; press < STOPS.length; press += 1) {
                await page.keyboard.press("Tab");
                const at = await focus();
                stops.push(`${at?.name}${at?.ringed ? "" : " (without a ring)"}`);
            }
            assert.deepEqual(stops, STOPS);
            await page.keyboard.press("Tab");
            assert.notEqual((await focus())?.inPanel, true, "the next is out of it");
            // It may be the browser's own, which then keeps keys from pressing what is in the page.
            await driver.activate(page);
            await page.focus(LINK);
        });

        test("arrows go along the strip", async () => {
            await driver.inHost(page, (root) => {
                /** @type {HTMLElement | null} */ (root.querySelector(".strip"))?.focus();
            });
            const selected = () =>
                driver.inHost(page, (root) => {
                    const strip = root.querySelector(".strip");
                    const cell = root.getElementById(strip?.getAttribute("aria-activedescendant") ?? "");
                    return cell?.getAttribute("aria-selected") === "true"
                        ? [...(strip?.children ?? [])].indexOf(cell)
                        : -1;
                });
            for (const [key, at] of /** @type {const} */ ([
                ["Home", 0],
                ["ArrowRight", 1],
                ["ArrowRight", 2],
                ["ArrowLeft", 1],
            ])) {
                await page.keyboard.press(key);
                await until(async () => (await selected()) === at, `cell ${at} after ${key}`);
            }
        });

        test("Space chooses a label; the list is one stop whose arrows show each sentence", async () => {
            const listed = () =>
                driver.inHost(page, (root) => root.querySelectorAll(".sentences button").length);
            const before = (await listed()) ?? 0;
            for (let press = 0; press < 2; press += 1) await page.keyboard.press("Tab");
            assert.equal((await focus())?.name, "filter: attributed-claim", "two stops behind the strip");
            await page.keyboard.press(" ");
            await until(async () => ((await listed()) ?? 0) > before, "claims in the list");
            assert.equal((await focus())?.name, "filter: attributed-claim", "the focus is kept");
            for (let press = 0; press < 4; press += 1) await page.keyboard.press("Tab");
            const first = await focus();
            assert.equal(first?.name, "a sentence");
            await page.keyboard.press("ArrowDown");
            const second = await focus();
            assert.equal(second?.name, "a sentence");
            assert.notEqual(second?.words, first?.words);
            const shown = await page.evaluate(() =>
                [...(CSS.highlights.get("sayswho-current") ?? [])].map(String).join(" ").replace(/\s+/g, " "),
            );
            assert.equal(shown, second?.words, "it is the one set off in the page");
        });

        test("arrows go through the sources, and Enter lights one up", async () => {
            await page.keyboard.press("Tab");
            const first = await focus();
            assert.equal(first?.name, "a source");
            await page.keyboard.press("ArrowDown");
            const second = await focus();
            assert.equal(second?.name, "a source");
            assert.notEqual(second?.words, first?.words);
            await page.keyboard.press("Enter");
            await until(
                async () => ((await labels(page))["sayswho-said"]?.length ?? 0) > 0,
                "what the source says, lit up",
            );
            assert.equal((await focus())?.words, second?.words, "the focus is kept");
            await page.keyboard.press("Tab");
            assert.equal((await focus())?.name, "Format", "the whole list is one stop");
            await page.keyboard.down("Shift");
            await page.keyboard.press("Tab");
            await page.keyboard.up("Shift");
            assert.equal((await focus())?.words, second?.words, "and is come back to where it was left");
            await page.keyboard.press("Enter");
        });

        test("each sentence in the list says its label in its name, and who, why and how surely", async () => {
            const items = await until(
                () =>
                    driver.inHost(page, (root) =>
                        [...root.querySelectorAll(".sentences li")].map((item) => {
                            const button = item.querySelector("button");
                            return {
                                label: item.getAttribute("data-label") ?? "",
                                name: button?.textContent ?? "",
                                words: item.querySelector(".words")?.textContent ?? "",
                                about:
                                    root.getElementById(button?.getAttribute("aria-describedby") ?? "")
                                        ?.textContent ?? "",
                            };
                        }),
                    ),
                "the list",
            );
            assert.ok(new Set(items.map(({ label }) => label)).size >= 2, "opinions and claims");
            for (const { label, name, words, about } of items) {
                const isOpinion = label === "unattributed-opinion";
                assert.ok(
                    name.startsWith(`${isOpinion ? "Unattributed opinion" : "Attributed claim"}`),
                    name,
                );
                assert.ok(name.includes(`: ${words}`), name);
                assert.match(
                    about,
                    isOpinion ? /^Nobody is named as holding this view\. ./ : /^Says: .+\. ./,
                );
                assert.match(about, /(Quite sure|Fairly sure|Not sure: judge for yourself)\.$/);
            }
            assert.ok(
                items.some(({ label, about }) => label === "unattributed-opinion" && /“.+”: /.test(about)),
                "the words that gave an opinion away",
            );
            assert.equal(new Set(items.map(({ about }) => about)).size > 1, true, "to each its own");
        });

        if (kind === "chromium") {
            // Firefox gives its tree to no driver.
            test("so does the tree that a screen reader gets", async () => {
                const session = await page.createCDPSession();
                const { nodes } = await session.send("Accessibility.getFullAXTree");
                await session.detach();
                const items = nodes.filter(
                    ({ role, name }) =>
                        role?.value === "button" &&
                        /^(Unattributed opinion|Attributed claim).*: /.test(name?.value ?? ""),
                );
                assert.ok(items.length > 10, `${items.length} sentences`);
                for (const { name, description } of items) {
                    assert.match(description?.value ?? "", /(named|Says: ).+ [Ss]ure/, name?.value);
                }
            });
        }

        test("no exception on the page", () => assert.deepEqual(driver.errors, []));
    });
}
