// The options page: what is chosen holds at once, is kept, goes out to a file and comes back; what can't be read is said.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { isDeepStrictEqual } from "node:util";

import { BROWSERS, launch, LOOPBACK, until } from "./browsers.js";
import { labelled, labels } from "./labels.js";
import { says, tabStops, textOf, violations } from "./own-pages.js";
import { serve } from "./server.js";

/** @import { Page } from "puppeteer-core" */

/** What is stored, as any page of the extension's sees it. @param {Page} page @returns {Promise<any>} */
function stored(page) {
    return page.evaluate(async () => (await chrome.storage.sync.get("settings"))["settings"]);
}

/** Stores something behind the page's back. @param {Page} page @param {unknown} settings */
function store(page, settings) {
    return page.evaluate((value) => chrome.storage.sync.set({ settings: value }), settings);
}

/** How many sentences the example shows as what. @param {Page} page */
async function counts(page) {
    const [opinions, claims, facts] = (await textOf(page, "#counts")).match(/\d+/g)?.map(Number) ?? [];
    return { opinions, claims, facts };
}

/** How labels and signals are drawn. @param {Page} page */
function marks(page) {
    return page.evaluate(() => {
        const styles = ["reported-fact", "attributed-claim", "unattributed-opinion", "signal"].map((name) =>
            getComputedStyle(
                document.querySelector("main p") ?? document.body,
                `::highlight(sayswho-${name})`,
            ),
        );
        return {
            lines: styles.map((style) => `${style.textDecorationStyle} ${style.textDecorationThickness}`),
            grounds: styles.map(({ backgroundColor }) => backgroundColor),
        };
    });
}

/** Moves the slider, as keys would. @param {Page} page @param {"Home" | "End"} key */
async function slide(page, key) {
    await page.focus("#sensitivity");
    await page.keyboard.press(key);
}

for (const kind of BROWSERS) {
    describe(`options, in ${kind}`, () => {
        /** @type {Awaited<ReturnType<typeof launch>>} */
        let driver;
        /** @type {Awaited<ReturnType<typeof serve>>} */
        let server;
        /** @type {Page} */
        let options;
        const folder = mkdtempSync(join(tmpdir(), "sayswho-options-"));
        before(async () => {
            server = await serve();
            driver = await launch(kind, { changes: LOOPBACK });
            options = await driver.ownPage("options/options.html");
        });
        beforeEach(async () => {
            await options.bringToFront();
            await options.evaluate(() => chrome.storage.sync.clear());
        });
        after(async () => {
            await driver?.close();
            server?.close();
            rmSync(folder, { recursive: true });
        });

        test("which labels show, and how, is kept and holds in the example", async () => {
            await options.click("#claim");
            await until(async () => (await stored(options))?.show.claim === false, "a stored setting");
            assert.equal((await options.$$("#example [data-label=claim]")).length, 0);
            await options.click("[value=background]");
            await until(async () => (await stored(options))?.look === "background", "a stored look");
            const again = await driver.ownPage("options/options.html");
            assert.equal(await again.$eval("#claim", (box) => /** @type {any} */ (box).checked), false);
            await again.close();
        });

        test("the example looks as a page does, in both looks", async () => {
            const page = await driver.open(server.url("/news.html"));
            await labelled(driver, page);
            for (const look of ["lines", "background"]) {
                await store(options, { version: 2, look, show: { fact: true, claim: true, opinion: true } });
                await until(
                    async () =>
                        (await options.$(`[value=${look}]:checked`)) &&
                        isDeepStrictEqual(await marks(options), await marks(page)),
                    `one look in both, ${look}`,
                );
                const { lines, grounds } = await marks(options);
                assert.deepEqual(
                    lines,
                    ["solid 1px", "dotted 2px", "wavy 1.5px", "solid 3px"],
                    "labels differ by line",
                );
                assert.equal(grounds[1] === "rgba(0, 0, 0, 0)", look === "lines", `claims in ${grounds[1]}`);
            }
            const shown = await labels(options);
            assert.ok(shown["sayswho-signal"]?.length, "the words that gave an opinion away are marked");
            for (const [kind, name] of [
                ["claim", "attributed-claim"],
                ["opinion", "unattributed-opinion"],
                ["fact", "reported-fact"],
            ]) {
                const spans = await options.$$eval(`#example [data-label=${kind}]`, (all) =>
                    all.map(({ textContent }) => textContent?.replace(/\s+/g, " ")),
                );
                assert.ok(spans.length > 0, kind);
                assert.deepEqual(shown[`sayswho-${name}`], spans);
            }
            await page.close();
        });

        test("a full list of sites says so, and asks for nothing", async () => {
            const sites = Array.from({ length: 100 }, (_, at) => `site${at}.example`);
            await store(options, { version: 2, sites });
            await until(async () => (await options.$$("#sites li")).length === 100, "the list");
            await options.type("#host", "one-more.example");
            await options.keyboard.press("Enter");
            await says(options, "#said", /The list is full: it holds 100 sites/);
            assert.equal(
                await options.$eval("#host", (input) => /** @type {any} */ (input).value),
                "one-more.example",
            );
            assert.equal((await stored(options)).sites.length, 100);
            await options.$eval("#host", (input) => {
                /** @type {any} */ (input).value = "";
            });
        });

        test("sensitivity: the example loses opinions at one end and gains them at the other", async () => {
            const middle = await counts(options);
            await slide(options, "Home");
            await until(async () => (await stored(options))?.sensitivity === 0, "the lowest");
            const low = await counts(options);
            await slide(options, "End");
            await until(async () => (await stored(options))?.sensitivity === 1, "the highest");
            const high = await counts(options);
            assert.ok((low.opinions ?? 9) < (middle.opinions ?? 0), JSON.stringify({ low, middle }));
            assert.ok((high.opinions ?? 0) >= (middle.opinions ?? 9), JSON.stringify({ high, middle }));
            assert.deepEqual([low.claims, high.claims], [middle.claims, middle.claims], "claims stay claims");
        });

        test("never: pages that load are left alone; on again, the open ones are labelled", async () => {
            const page = await driver.open(server.url("/news.html"));
            await labelled(driver, page);
            await options.bringToFront();
            await options.click("[name=automatic][value=never]");
            await until(async () => Object.keys(await labels(page)).length === 0, "no labels");
            await options.click("[name=automatic][value=sites]");
            await until(async () => Object.keys(await labels(page)).length > 0, "labels");
            await page.close();
        });

        test("stored values that are no use fall back, and the page says which", async () => {
            await store(options, { version: 2, look: "sparkling", sensitivity: "high", panelOpen: false });
            await says(options, "#problems", /how they look, sensitivity\.$/);
            assert.ok(await options.$eval("[value=lines]", (radio) => /** @type {any} */ (radio).checked));
            assert.equal(
                await options.$eval("#panelOpen", (box) => /** @type {any} */ (box).checked),
                false,
                "what was good is kept",
            );
            await store(options, "nonsense");
            await says(options, "#problems", /which labels are marked/);
            // The first change puts it right.
            await options.click("#fact");
            await until(async () => (await stored(options))?.show?.fact === true, "sound settings");
            await until(async () => (await textOf(options, "#problems")) === "", "no complaint");
        });

        test("what version 1 stored is taken over", async () => {
            await options.evaluate(() => chrome.storage.local.set({ auto: false, panel: "closed" }));
            const again = await driver.ownPage("options/options.html");
            assert.ok(await again.$eval("[value=never]", (radio) => /** @type {any} */ (radio).checked));
            assert.equal(await again.$eval("#panelOpen", (box) => /** @type {any} */ (box).checked), false);
            await again.evaluate(() => chrome.storage.local.remove(["auto", "panel"]));
            await again.close();
        });

        test("import: a file's settings hold at once; one that holds none changes nothing; reset undoes all", async () => {
            const good = join(folder, "good.json");
            writeFileSync(
                good,
                JSON.stringify({ version: 2, look: "background", sensitivity: 0.8, sites: ["a b"] }),
            );
            const bad = join(folder, "bad.json");
            writeFileSync(bad, "these are no settings");
            const file = await options.$("#file");
            await /** @type {any} */ (file).uploadFile(good);
            await says(options, "#said", /but for what was no use: the list of sites/);
            assert.equal((await stored(options)).look, "background");
            assert.equal(
                await options.$eval("#sensitivity", (range) => /** @type {any} */ (range).value),
                "80",
            );
            // Of a bad field the reader's own value stays; so do all where a file has none of ours, or none of use.
            for (const { content, said } of [
                { content: { version: 2, look: "lines", sensitivity: 7 }, said: /but for what was no use: / },
                { content: { version: 2, look: "background" }, said: /settings are loaded\.$/ },
            ]) {
                await options.evaluate(() => document.querySelector("#said")?.replaceChildren());
                writeFileSync(good, JSON.stringify(content));
                await /** @type {any} */ (file).uploadFile(good);
                await says(options, "#said", said);
                assert.equal((await stored(options)).look, content.look);
                assert.equal((await stored(options)).sensitivity, 0.8);
            }
            for (const content of [
                "these are no settings",
                '{"version":3,"name":"another"}',
                '{"version":2,"look":7}',
            ]) {
                await options.evaluate(() => document.querySelector("#said")?.replaceChildren());
                writeFileSync(bad, content);
                await /** @type {any} */ (file).uploadFile(bad);
                await says(options, "#said", /holds no settings/);
                assert.equal((await stored(options)).look, "background");
                assert.equal((await stored(options)).sensitivity, 0.8);
            }
            await options.click("#reset");
            await says(options, "#said", /back at its default/);
            assert.equal((await stored(options)).look, "lines");
            assert.ok(await options.$eval("[value=lines]", (radio) => /** @type {any} */ (radio).checked));
        });

        test("export: the file holds what import takes", async () => {
            await options.click("#fact");
            await until(async () => (await stored(options))?.show.fact === true, "a stored setting");
            await driver.saveTo(options, folder);
            await options.click("#export");
            const settings = await until(async () => {
                try {
                    return JSON.parse(readFileSync(join(folder, "says-who-settings.json"), "utf8"));
                } catch {
                    return null; // not there yet, or not all of it
                }
            }, "the file");
            assert.equal(settings.version, 2);
            assert.equal(settings.show.fact, true);
            assert.deepEqual(settings, await stored(options));
        });

        test("the shortcuts are shown, and the browser has given each its keys", async () => {
            const keys = await textOf(options, "#keys");
            assert.match(keys, /Label this page, or take the labels off/);
            assert.match(keys, /Open or close the list of sentences/);
            const given = await options.$$eval("#keys dd", (all) => all.map((each) => each.textContent));
            assert.deepEqual(given.sort(), ["Alt+Shift+L", "Alt+Shift+S"]);
        });

        test("what is no site is refused", async () => {
            await options.type("#host", "not a site");
            await options.keyboard.press("Enter");
            await says(options, "#said", /not the name of a site/);
        });

        test("every article, chosen without its permission, says so", async () => {
            const shown = () =>
                options.$eval("#articles-missing", (each) => !(/** @type {any} */ (each).hidden));
            assert.equal(await shown(), false);
            await store(options, { version: 2, automatic: "articles" });
            await until(shown, "what is missing");
        });

        test("every control is reached by Tab, with a ring", async () => {
            const again = await driver.ownPage("options/options.html");
            const stops = await tabStops(driver, again);
            for (const id of [
                "opinion",
                "panelOpen",
                "sensitivity",
                "host",
                "change-keys",
                "export",
                "reset",
            ]) {
                assert.ok(stops.includes(id), `${id} in ${stops}`);
            }
            assert.deepEqual(
                stops.filter((stop) => stop.includes("without")),
                [],
            );
            await again.close();
        });

        test("no exception", () => assert.deepEqual(driver.errors, []));
    });

    for (const dark of [false, true]) {
        test(`axe-core finds nothing in the options, ${dark ? "dark" : "light"}, in ${kind}`, async (context) => {
            const driver = await launch(kind, { dark });
            context.after(() => driver.close());
            const options = await driver.ownPage("options/options.html");
            await store(options, {
                version: 2,
                look: "sparkling",
                sites: ["example.org"],
                except: ["example.com"],
            });
            await says(options, "#problems", /how they look/);
            await until(async () => (await options.$$("#sites li")).length === 1, "the list");
            assert.deepEqual(await violations(options), []);
        });
    }
}

if (BROWSERS.includes("firefox")) {
    // Chromium asks in a window that no protocol answers.
    test("sites and every article ask for their permission, and give it back, in firefox", async (context) => {
        const driver = await launch("firefox");
        context.after(() => driver.close());
        const options = await driver.ownPage("options/options.html");
        const origins = () =>
            options.evaluate(async () => (await chrome.permissions.getAll()).origins?.sort() ?? []);
        await options.type("#host", "https://www.example.org/news");
        await options.keyboard.press("Enter");
        await until(async () => (await options.$$("#sites li")).length === 1, "the site in the list");
        assert.deepEqual(await origins(), ["http://*.example.org/*", "https://*.example.org/*"]);
        await options.click("[value=articles]");
        await until(async () => (await origins()).includes("https://*/*"), "every site");
        await options.click("[name=automatic][value=sites]");
        await until(async () => !(await origins()).includes("https://*/*"), "no longer every site");
        assert.deepEqual(await origins(), ["http://*.example.org/*", "https://*.example.org/*"]);
        // From a file, say, or another computer.
        await store(options, { version: 2, automatic: "articles", sites: ["example.org"] });
        await options.waitForSelector("#articles-allow", { visible: true });
        await options.click("#articles-allow");
        await until(async () => (await origins()).includes("https://*/*"), "every site again");
        await options.waitForSelector("#articles-allow", { hidden: true });
        await options.click("[name=automatic][value=sites]");
        await until(async () => !(await origins()).includes("https://*/*"), "no longer every site");
        await options.click("#sites button");
        await until(async () => (await origins()).length === 0, "nothing");
        await until(async () => (await options.$$("#sites li")).length === 0, "an empty list");
    });
}
