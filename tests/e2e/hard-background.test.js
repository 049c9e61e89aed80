// A background that is stopped, reloaded, spoken to wrongly, out of storage or without its engine: each ends in labels or
// one plain sentence, and the next click works.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";

import { BROWSERS, Chromium, Firefox, launch, LOOPBACK, MODULES, PATIENCE, until } from "./browsers.js";
import { finished, labelled, labels, sentences } from "./labels.js";
import { says } from "./own-pages.js";
import { serve } from "./server.js";

/** @import { Page } from "puppeteer-core" */

/** @typedef {Chromium | Firefox} Driver */

/** How many tabs are opened at once; TABS=200 once in a while. */
const TABS = Number(process.env["TABS"] ?? 20);

/** No two paragraphs are the same: what was read before is not read again. @param {number} paragraphs */
const article = (paragraphs) =>
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title></head><body><article><h1>The bridges will close on Monday morning</h1>${Array.from(
        { length: paragraphs },
        (_, at) =>
            `<p>In its meeting ${at} the council voted to close bridge ${at} by a vote of ${at * 7} to one. “We had ${at} days and no choice,” said Ada Moss, the mayor. It is a shameful waste of ${at} years.</p>`,
    ).join("")}</article></body></html>`;

/** Where the extension may never answer, as one without its guard does: that is a failure then, and no endless wait. */
const BOUNDED = { timeout: 3 * PATIENCE };

const PAGES = { "/long.html": article(150), "/short.html": article(8) };

/** What no message is, and what is nearly one. @type {unknown[]} */
const NONSENSE = [
    null,
    0,
    1e308,
    "",
    "x".repeat(5_000_000),
    true,
    [],
    {},
    { type: null },
    { type: {} },
    { type: "constructor" },
    { type: "__proto__" },
    { type: "page" },
    { type: "page", tab: {} },
    { type: "label" },
    { type: "label", tab: "one" },
    { type: "label", tab: -1 },
    { type: "off", tab: [] },
    { type: "off", tab: 1.5 },
    { type: "panel", tab: null },
    { type: "site" },
    { type: "site", host: 5, on: true },
    { type: "site", host: "a b", on: true },
    { type: "site", host: { toString: 5, valueOf: 5 }, on: true },
    { type: "site", host: null, on: false },
    { type: "automatic" },
    { type: "automatic", mode: "sometimes" },
    { type: "automatic", mode: { toString: 5 } },
];

/** What a content script could never say. @type {unknown[]} */
const NONSENSE_OF_PAGES = [
    null,
    7,
    { type: "state" },
    { type: "state", state: "sparkling" },
    { type: "state", state: {}, opinions: {} },
    { type: "style" },
    { type: "style", on: true, sheets: "content/paint.css" },
    { type: "style", on: true, sheets: ["popup/popup.css", "../manifest.json", 5, null] },
    { type: "open", page: "constructor" },
    { type: "open", page: { toString: 5 } },
    { type: "site", host: "example.org", on: true },
    { type: "automatic", mode: "never" },
];

/** What no text to be labelled is. @type {unknown[]} */
const NONSENSE_FOR_PORTS = [
    null,
    5,
    "text",
    [],
    { text: 5 },
    { text: null, lang: "en" },
    { text: {} },
    { look: -1 },
    { look: "far" },
    { look: 2 ** 53, hidden: "no" },
];

/** What is stored where settings should be. @type {unknown[]} */
const NO_SETTINGS = [
    0,
    "nonsense",
    [],
    true,
    { version: "two" },
    { version: -1, sensitivity: 1 },
    {
        version: 2,
        show: { fact: 1, claim: null },
        look: {},
        sensitivity: "0.9",
        panelOpen: 0,
        automatic: ["never"],
        sites: "example.org",
        except: [null, 5, {}],
    },
    { version: 1e9, show: [], sensitivity: -1, sites: { length: 3 }, except: ["127.0.0.1 "] },
];

/** The labels of a page, in an order of their own. @param {Record<string, string[]>} found */
const sorted = (found) => Object.entries(found).map(([name, texts]) => [name, [...texts].sort()]);

/** The sentence in the page that says why there are no labels. @param {Driver} driver @param {Page} page */
const notice = (driver, page) =>
    driver.inHost(page, (root) => root.querySelector(".notice p")?.textContent ?? "");

/** One plain sentence in the page and in the popup, and no labels. @param {Driver} driver @param {Page} page */
async function isSorry(driver, page) {
    await until(async () => (await driver.toolbar(page)).badge === "–", "a refusal");
    await until(async () => /engine did not answer/.test((await notice(driver, page)) ?? ""), "a notice");
    assert.deepEqual(await labels(page), {});
    const popup = await driver.popup(page);
    await says(popup, "#state", /engine did not answer/);
    return popup;
}

/** A page that is labelled by a click. @param {Driver} driver @param {string} url */
async function clicked(driver, url) {
    const page = await driver.open(url);
    await driver.click(page);
    return { page, found: sorted(await labelled(driver, page)) };
}

/** Fills a storage area until a short text more does not go in. Chromium does not count the very shortest. @param {Page} own @param {"sync" | "session"} area */
function fill(own, area) {
    return own.evaluate(async (name) => {
        const storage = chrome.storage[name];
        let at = 0;
        for (const size of name === "sync" ? [8000, 1000, 100, 10] : [4e6, 1e6, 1e5, 1e4, 1e3, 100]) {
            for (;;) {
                const put = storage.set({ [`fill ${at}`]: "x".repeat(size) });
                if (
                    !(await put.then(
                        () => true,
                        () => false,
                    ))
                )
                    break;
                at += 1;
            }
        }
        return at;
    }, area);
}

for (const kind of BROWSERS) {
    describe(`a background in trouble, in ${kind}`, () => {
        /** @type {Driver} */
        let driver;
        /** @type {Awaited<ReturnType<typeof serve>>} */
        let server;
        /** What the pages' labels are when nothing is wrong. @type {{ long: unknown, short: unknown }} */
        let right;
        before(async () => {
            server = await serve(PAGES);
            driver = await launch(kind);
            const long = await clicked(driver, server.url("/long.html"));
            const short = await clicked(driver, server.url("/short.html"));
            right = { long: long.found, short: short.found };
            await long.page.close();
            await short.page.close();
        });
        after(async () => {
            await driver?.close();
            server?.close();
        });

        afterEach(async () => {
            // What a test that failed has left open must not be taken for the next one's.
            const [, ...rest] = await driver.browser.pages();
            for (const page of rest) await page.close();
        });

        /** The next click works. */
        async function nextClick() {
            const { page, found } = await clicked(driver, server.url("/short.html"));
            assert.deepEqual(found, right.short);
            await page.close();
        }

        /** Labels come, and the popup knows the page. */
        async function works() {
            const { page, found } = await clicked(driver, server.url("/short.html"));
            assert.deepEqual(found, right.short);
            const popup = await driver.popup(page);
            await says(popup, "#state", /This is an article/);
            await popup.close();
            await page.close();
        }

        let x = 100;
        /** Firefox takes the script of an old extension away. In Chromium it goes on, and finds out at the reader's next move. @param {Page} page */
        async function gone(page) {
            await page.mouse.move((x += 3) % 500, 200);
            return kind === "firefox" || Object.keys(await labels(page)).length === 0;
        }

        test("put to sleep in the middle of an article: all its labels come", async () => {
            const page = await driver.open(server.url("/long.html"));
            await driver.click(page);
            await until(async () => sentences(await labels(page)).length > 0, "the first labels");
            await driver.putToSleep();
            const soFar = sentences(await labels(page)).length;
            const found = await labelled(driver, page);
            assert.ok(soFar < sentences(found).length, "it was in the middle");
            assert.deepEqual(sorted(found), right.long);
            await page.close();
        });

        test("put to sleep again and again: one plain sentence, and the next click labels", async () => {
            const page = await driver.open(server.url("/long.html"));
            await driver.click(page);
            await until(async () => sentences(await labels(page)).length > 0, "the first labels");
            await driver.putToSleep();
            const soFar = sentences(await labels(page)).length;
            await until(async () => sentences(await labels(page)).length > soFar, "more of them");
            await driver.putToSleep();
            const popup = await isSorry(driver, page);
            await popup.click("#toggle");
            await popup.close(); // here it is a tab, and one that hides the page
            assert.deepEqual(sorted(await labelled(driver, page)), right.long);
            await page.close();
        });

        test("asleep between two clicks: it knows the page that it labelled, and labels as before", async () => {
            const { page } = await clicked(driver, server.url("/short.html"));
            await driver.putToSleep();
            const second = await driver.open(server.url("/short.html?second"));
            await driver.click(second);
            assert.deepEqual(sorted(await labelled(driver, second)), right.short);
            const popup = await driver.popup(page);
            await says(popup, "#state", /This is an article/);
            await popup.click("#toggle");
            await until(async () => Object.keys(await labels(page)).length === 0, "no labels");
            for (const each of [popup, second, page]) await each.close();
        });

        test("reloaded in the middle of an article: the next click labels", async () => {
            const page = await driver.open(server.url("/long.html"));
            await driver.click(page);
            await until(async () => sentences(await labels(page)).length > 0, "the first labels");
            await driver.reload();
            await until(() => gone(page), "no labels");
            await driver.click(page);
            assert.deepEqual(sorted(await labelled(driver, page)), right.long);
            assert.equal(await page.evaluate(() => document.querySelectorAll("says-who").length), 1);
            await page.close();
        });

        test("messages of the wrong shape change nothing, and raise nothing", BOUNDED, async () => {
            const own = await driver.ownPage("welcome/labels.html");
            const before = await own.evaluate(() => chrome.storage.sync.get(null));
            const { page } = await clicked(driver, server.url("/short.html"));
            const worker = driver instanceof Chromium ? await driver.worker() : null;
            await worker?.evaluate(() => {
                /** @type {string[]} */
                const raised = [];
                Object.assign(self, { raised });
                self.addEventListener("error", (event) => raised.push(event.message));
                self.addEventListener("unhandledrejection", (event) => raised.push(String(event.reason)));
            });
            await own.evaluate(async (messages) => {
                // Each is answered, if only by nothing.
                for (const each of JSON.parse(messages))
                    await chrome.runtime.sendMessage(each).catch(() => {});
            }, JSON.stringify(NONSENSE));
            const tab = await own.evaluate(async (address) => {
                const tabs = await chrome.tabs.query({});
                // The address is told where a click has given the page.
                return tabs.find(({ url }) => url === address)?.id ?? -1;
            }, page.url());
            /** What is known of the page, what the toolbar says of it, and what it looks like. */
            const looks = async () => ({
                state: await own.evaluate((id) => chrome.runtime.sendMessage({ type: "page", tab: id }), tab),
                toolbar: await own.evaluate(
                    async (tabId) => [
                        await chrome.action.getPopup({ tabId }),
                        await chrome.action.getBadgeText({ tabId }),
                        await chrome.action.getTitle({ tabId }),
                    ],
                    tab,
                ),
                styles: await page.evaluate(() => {
                    const { font, margin, padding, width } = getComputedStyle(document.body);
                    return { font, margin, padding, width };
                }),
            });
            const looked = await looks();
            await own.evaluate(
                async (tabId, messages) => {
                    await chrome.scripting.executeScript({
                        target: { tabId },
                        args: [messages],
                        func: async (all) => {
                            for (const each of JSON.parse(all))
                                await chrome.runtime.sendMessage(each).catch(() => {});
                        },
                    });
                },
                tab,
                JSON.stringify(NONSENSE_OF_PAGES),
            );
            const answer = await own.evaluate(async (messages) => {
                const port = chrome.runtime.connect({ name: "label" });
                const other = chrome.runtime.connect({ name: "toString" });
                for (const each of JSON.parse(messages)) {
                    port.postMessage(each);
                    other.postMessage(each);
                }
                const answer = new Promise((resolve) =>
                    port.onMessage.addListener((each) => each.sentences || resolve(each)),
                );
                port.postMessage({ text: "", lang: { toString: 5 }, look: 2 ** 53, hidden: "no" });
                const answered = await answer;
                port.disconnect();
                other.disconnect();
                return answered;
            }, JSON.stringify(NONSENSE_FOR_PORTS));
            assert.deepEqual(
                answer.analysis?.sentences,
                [],
                "of the one that was a text, though an empty one",
            );
            assert.deepEqual(await own.evaluate(() => chrome.storage.sync.get(null)), before);
            assert.deepEqual(await looks(), looked, "the page is what it was");
            const raised = worker
                ? await worker.evaluate(() => /** @type {any} */ (self).raised)
                : await /** @type {Firefox} */ (driver).privileged(`
                      return Services.console.getMessageArray()
                          .filter((each) => each instanceof Ci.nsIScriptError && !(each.flags & 1))
                          .filter(({ sourceName }) => sourceName.startsWith(extension.baseURL + "background"))
                          .map(({ errorMessage }) => errorMessage);
                  `);
            assert.deepEqual(raised, []);
            await page.close();
            await own.close();
            await nextClick();
        });

        test("another extension gets no answer", BOUNDED, async (context) => {
            const folder = mkdtempSync(join(tmpdir(), "sayswho-other-"));
            context.after(() => rmSync(folder, { recursive: true }));
            mkdirSync(folder, { recursive: true });
            writeFileSync(
                join(folder, "manifest.json"),
                JSON.stringify({
                    manifest_version: 3,
                    name: "Another",
                    version: "1",
                    browser_specific_settings: { gecko: { id: "another@another.example" } },
                }),
            );
            writeFileSync(
                join(folder, "page.html"),
                '<!doctype html><html data-ready="true"><title>Another</title></html>',
            );
            const other = await driver.browser.installExtension(folder);
            const origin =
                driver instanceof Firefox
                    ? await driver.privileged(
                          `return WebExtensionPolicy.getByID(${JSON.stringify(other)}).extension.baseURL;`,
                      )
                    : `chrome-extension://${other}/`;
            const page = await driver.openOwn(`${origin}page.html`);
            const answers = await page.evaluate(async (id) => {
                /** @type {unknown[]} */
                const all = [];
                for (const message of [
                    { type: "page", tab: 1 },
                    { type: "automatic", mode: "never" },
                    null,
                ]) {
                    all.push(
                        await chrome.runtime.sendMessage(id, message).then(
                            (answer) => answer ?? "nothing",
                            () => "refused",
                        ),
                    );
                }
                all.push(
                    await new Promise((resolve) => {
                        const port = chrome.runtime.connect(id, { name: "label" });
                        port.onDisconnect.addListener(() => {
                            void chrome.runtime.lastError;
                            resolve("refused");
                        });
                        port.onMessage.addListener(resolve);
                        port.postMessage({ text: "It rained on Monday.", lang: "en", look: 0 });
                    }),
                );
                return all;
            }, driver.id);
            assert.deepEqual(answers, Array(4).fill("refused"));
            await page.close();
            await driver.browser.uninstallExtension(other);
            await nextClick();
        });

        test("stored nonsense: labels as by the defaults", BOUNDED, async () => {
            const own = await driver.ownPage("welcome/labels.html");
            for (const settings of NO_SETTINGS) {
                await own.evaluate(async (value) => {
                    await chrome.storage.sync.set({ settings: value });
                    await chrome.storage.local.set({ auto: {}, panel: 7 });
                }, settings);
                await nextClick();
            }
            await own.evaluate(async () => {
                await chrome.storage.sync.clear();
                await chrome.storage.local.remove(["auto", "panel"]);
            });
            await own.close();
        });

        test("storage that is full: labels, the toolbar and the popup all the same", BOUNDED, async () => {
            const own = await driver.ownPage("welcome/labels.html");
            assert.ok((await fill(own, "session")) > 0);
            await works();
            await own.evaluate(() => chrome.storage.session.clear());
            await own.close();
        });

        test("settings that can't be saved: said so, and shown as they are", async () => {
            const own = await driver.ownPage("welcome/labels.html");
            assert.ok((await fill(own, "sync")) > 0);
            const { page, found } = await clicked(driver, server.url("/short.html"));
            assert.deepEqual(found, right.short);
            const popup = await driver.popup(page);
            const isOn = (/** @type {Page} */ where, /** @type {string} */ selector) =>
                where.$eval(selector, (input) => /** @type {HTMLInputElement} */ (input).checked);
            assert.equal(await isOn(popup, "#automatic"), true);
            await popup.click("#automatic");
            await says(popup, "#said", /could not save/);
            await until(() => isOn(popup, "#automatic"), "the switch as it was");
            const options = await driver.ownPage("options/options.html");
            await options.click("#fact");
            await says(options, "#said", /could not save/);
            await until(async () => !(await isOn(options, "#fact")), "the box as it was");
            await own.evaluate(() => chrome.storage.sync.clear());
            await options.click("#fact");
            await says(options, "#said", /Saved/);
            await own.evaluate(() => chrome.storage.sync.clear());
            for (const each of [options, popup, page, own]) await each.close();
        });

        test(
            "a permission that the browser refuses: the switch goes back, and nothing is kept",
            BOUNDED,
            async () => {
                const { page } = await clicked(driver, server.url("/short.html"));
                const popup = await driver.popup(page);
                const options = await driver.ownPage("options/options.html");
                // Either browser refuses at once where no reader's hand was on the page in the last seconds. A test's own
                // question to the page counts as a hand in Chromium: one alone, in which the page waits until that is over,
                // presses the button itself, and says what it shows then.
                const pressLater = (/** @type {Page} */ where, /** @type {string} */ selector) =>
                    where.evaluate(async (wanted) => {
                        const until = async (/** @type {() => boolean} */ holds) => {
                            while (!holds()) await new Promise((done) => setTimeout(done, 50));
                        };
                        const said = /** @type {HTMLElement} */ (document.querySelector("#said"));
                        await until(() => !navigator.userActivation.isActive);
                        /** @type {HTMLElement} */ (document.querySelector(wanted)).click();
                        await until(() => said.innerText !== "");
                        return said.innerText;
                    }, selector);
                for (const said of await Promise.all([
                    pressLater(popup, "#site"),
                    pressLater(options, "[name=automatic][value=articles]"),
                ])) {
                    assert.match(said, /Without the permission nothing has changed/);
                }
                assert.equal(
                    await popup.$eval("#site", (input) => /** @type {HTMLInputElement} */ (input).checked),
                    false,
                );
                assert.ok(
                    await options.$eval(
                        "[value=sites]",
                        (radio) => /** @type {HTMLInputElement} */ (radio).checked,
                    ),
                );
                assert.deepEqual(await options.evaluate(() => chrome.storage.sync.get(null)), {});
                assert.deepEqual(
                    await options.evaluate(async () => (await chrome.permissions.getAll()).origins ?? []),
                    [],
                );
                for (const each of [options, popup, page]) await each.close();
            },
        );

        const oneByte = (/** @type {Buffer} */ whole) => {
            const changed = Buffer.from(whole);
            const middle = changed.length >> 1;
            changed.writeUInt8(changed.readUInt8(middle) ^ 1, middle);
            return changed;
        };
        const half = (/** @type {Buffer} */ whole) => whole.subarray(0, whole.length >> 1);
        const missing = () => null;
        for (const [
            files,
            what,
            spoilt,
        ] of /** @type {[string[], string, (whole: Buffer) => Buffer | null][]} */ ([
            [["model/sayswho.bin"], "a model with one byte changed", oneByte],
            [["model/sayswho.bin"], "a model that is cut short", half],
            [["model/sayswho.bin"], "a model that is empty", () => Buffer.alloc(0)],
            [["model/sayswho.bin"], "a model that is missing", missing],
            [MODULES, "an engine that is missing", missing],
        ])) {
            test(`${what}: one plain sentence at each click, and labels once it is mended`, async () => {
                /** @type {[string, Buffer][]} */
                const whole = [];
                for (const path of files.map((file) => join(driver.folder, file))) {
                    const bytes = readFileSync(path);
                    whole.push([path, bytes]);
                    const changed = spoilt(bytes);
                    if (changed) writeFileSync(path, changed);
                    else rmSync(path);
                }
                // Without the engine that it has in hand.
                await driver.reload();
                const page = await driver.open(server.url("/short.html"));
                await driver.click(page);
                const popup = await isSorry(driver, page);
                await popup.click("#toggle");
                await popup.close();
                const again = await isSorry(driver, page);
                for (const [path, bytes] of whole) writeFileSync(path, bytes);
                // The failure is not remembered.
                await again.click("#toggle");
                await again.close();
                assert.deepEqual(sorted(await labelled(driver, page)), right.short);
                await page.close();
            });
        }

        /**
         * Reloads the background with a script that runs before any of its own, until the end of the test: Firefox lets
         * nobody into the background of an extension. What is sent to the channel `sabotage` reaches it.
         * @param {import("node:test").TestContext} context
         * @param {() => void} run
         */
        async function sabotage(context, run) {
            const background = join(driver.folder, "background.js");
            const whole = readFileSync(background);
            writeFileSync(join(driver.folder, "sabotage.js"), `(${run})();`);
            writeFileSync(background, `import "./sabotage.js";\n${whole}`);
            await driver.reload();
            const own = await driver.ownPage("welcome/labels.html");
            context.after(async () => {
                writeFileSync(background, whole);
                rmSync(join(driver.folder, "sabotage.js"));
                await driver.reload();
            });
            return own;
        }

        test("storage that fails: labels and the toolbar all the same", BOUNDED, async (context) => {
            await sabotage(context, () => {
                for (const area of [chrome.storage.session, chrome.storage.sync, chrome.storage.local]) {
                    const fail = () => Promise.reject(new Error("the disk is gone"));
                    for (const name of ["get", "set", "remove"])
                        Object.defineProperty(area, name, { value: fail });
                }
            });
            await works();
            await driver.putToSleep();
            await nextClick();
        });

        test("an engine that fails in the middle is not asked again: the next click has a fresh one", async (context) => {
            const own = await sabotage(context, () => {
                const make = WebAssembly.instantiate;
                let fails = true;
                new BroadcastChannel("sabotage").onmessage = () => {
                    fails = false;
                };
                /** Engines that have failed: their memory may be in any state. @type {Set<number>} */
                const failed = new Set();
                Object.assign(WebAssembly, {
                    /** @param {any} bytes @param {any} imports */
                    instantiate: async (bytes, imports) => {
                        const { instance, module } = /** @type {any} */ (await make(bytes, imports));
                        const begin = instance.exports.engine_begin;
                        const engine_begin = (
                            /** @type {number} */ engine,
                            /** @type {number[]} */ ...rest
                        ) => {
                            if (fails) failed.add(engine);
                            if (failed.has(engine)) throw new WebAssembly.RuntimeError("unreachable");
                            return begin(engine, ...rest);
                        };
                        return { module, instance: { exports: { ...instance.exports, engine_begin } } };
                    },
                });
            });
            const page = await driver.open(server.url("/short.html"));
            await driver.click(page);
            const popup = await isSorry(driver, page);
            await own.evaluate(() => new BroadcastChannel("sabotage").postMessage("mended"));
            await popup.click("#toggle");
            await popup.close();
            assert.deepEqual(sorted(await labelled(driver, page)), right.short);
            await page.close();
        });

        test("updated in the middle of an article: the next click labels, by the new version, with the reader's settings", async (context) => {
            const manifest = join(driver.folder, "manifest.json");
            const whole = readFileSync(manifest, "utf8");
            const before = await driver.ownPage("options/options.html");
            await before.click("#fact");
            await says(before, "#said", /Saved/);
            await before.close();
            const page = await driver.open(server.url("/long.html"));
            await driver.click(page);
            await until(async () => sentences(await labels(page)).length > 0, "the first labels");
            writeFileSync(manifest, JSON.stringify({ ...JSON.parse(whole), version: "999.1" }));
            context.after(() => writeFileSync(manifest, whole));
            await driver.reload();
            await until(() => gone(page), "no labels");
            await driver.click(page);
            const found = await labelled(driver, page);
            assert.ok(
                (found["sayswho-reported-fact"] ?? []).length > 0,
                "facts are marked, as the reader wished",
            );
            assert.equal(await page.evaluate(() => document.querySelectorAll("says-who").length), 1);
            const own = await driver.ownPage("options/options.html");
            assert.equal(await own.evaluate(() => chrome.runtime.getManifest().version), "999.1");
            await own.evaluate(() => chrome.storage.sync.clear());
            await own.close();
            await page.close();
        });

        test("no exception in a page", () => assert.deepEqual(driver.errors, []));
    });

    test(`${TABS} tabs at once, each with its labels and its number when it is seen, in ${kind}`, async (context) => {
        const server = await serve(PAGES);
        const driver = await launch(kind, { changes: LOOPBACK });
        context.after(async () => {
            await driver.close();
            server.close();
        });
        /** @type {Page[]} */
        const pages = [];
        // Twenty at a time, as fast as the browser opens them; none is waited for until all are there.
        for (let at = 0; at < TABS; at += 20) {
            const some = Array.from({ length: Math.min(20, TABS - at) }, (_, index) =>
                driver.open(server.url(`/short.html?${at + index}`)),
            );
            pages.push(...(await Promise.all(some)));
        }
        const numbers = new Set();
        for (const page of pages) {
            await page.bringToFront(); // nothing is labelled that nobody sees
            await finished(driver, page);
            numbers.add((await driver.toolbar(page)).badge);
        }
        assert.equal(numbers.size, 1, [...numbers].join());
        const first = sorted(await labels(/** @type {Page} */ (pages[0])));
        assert.ok(first.length > 0);
        for (const page of pages) assert.deepEqual(sorted(await labels(page)), first, page.url());
        assert.deepEqual(driver.errors, []);
    });
}
