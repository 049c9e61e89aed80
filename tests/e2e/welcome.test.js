// The first-run page comes once, explains in pictures, and labels on the spot; the page on labels, and the selection's.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { BROWSERS, launch, until } from "./browsers.js";
import { says, tabStops, textOf, violations } from "./own-pages.js";

/** @import { Page } from "puppeteer-core" */

for (const kind of BROWSERS) {
    describe(`the first run, in ${kind}`, () => {
        /** @type {Awaited<ReturnType<typeof launch>>} */
        let driver;
        before(async () => {
            // Waits for the page and closes it: that it comes is proved by every test of every file.
            driver = await launch(kind);
        });
        after(() => driver?.close());

        test("it does not come again", async () => {
            await driver.reload();
            const page = await driver.ownPage("welcome/labels.html");
            await until(
                () =>
                    page.evaluate(
                        async () => (await chrome.storage.local.get("welcomed"))["welcomed"] === true,
                    ),
                "the mark that it was there",
            );
            assert.deepEqual(
                (await driver.tabs()).filter((url) => url.endsWith("/welcome.html")),
                [],
            );
            await page.close();
        });

        test("it labels the text in it, and says of each sentence who says so and why", async () => {
            const page = await driver.ownPage("welcome/welcome.html");
            assert.equal((await page.$$(".pictures svg")).length, 3);
            await page.click("#try");
            await until(async () => (await page.$$("#example .sentence")).length === 6, "six sentences");
            assert.ok((await page.$$("#example [data-label=claim]")).length >= 2);
            await page.$$eval("#example [data-label=claim]", (claims) => {
                const quoted = claims.find((each) => each.textContent?.includes("nine years"));
                /** @type {HTMLElement} */ (quoted).focus();
            });
            await says(page, "#about", /Says: Ines Calder/);
            await page.hover("#example [data-label=opinion]");
            await says(page, "#about", /Nobody is named/);
            await page.close();
        });

        test("another text can be tried, and one in another language is refused in words", async () => {
            const page = await driver.ownPage("welcome/welcome.html");
            await write(page, "The bridge closed on Monday. “It is safe,” said Ada Moss.");
            await page.click("#try");
            await until(async () => (await page.$$("#example .sentence")).length === 2, "two sentences");
            await write(
                page,
                "Der Rat hat am Dienstag beschlossen, dass die Brücke gesperrt wird. ".repeat(8),
            );
            await page.click("#try");
            await says(page, "#about", /not in English/);
            await page.close();
        });

        test("the selection's page labels the words it is given, and keeps them nowhere", async () => {
            const page = await driver.ownPage("welcome/labels.html");
            await page.evaluate(() =>
                chrome.storage.session.set({
                    selection: "“It is safe,” said Ada Moss. What a shameful waste!",
                }),
            );
            const selection = await driver.ownPage("welcome/selection.html");
            assert.equal((await selection.$$("#example [data-label=claim]")).length, 1);
            assert.equal((await selection.$$("#example [data-label=opinion]")).length, 1);
            assert.equal((await selection.$$("#example .sentence")).length, 2);
            assert.deepEqual(await page.evaluate(() => chrome.storage.session.get("selection")), {});
            await selection.close();
            await page.close();
        });

        test("the page on labels has a heading for each, and an example that looks like one", async () => {
            const page = await driver.ownPage("welcome/labels.html");
            const text = await textOf(page, "main");
            for (const words of ["Reported fact", "Attributed claim", "Unattributed opinion", "No label"]) {
                assert.ok(text.includes(words), words);
            }
            // The line is the highlight's, as in a publisher's page, and it lies on the example's words.
            const marked = await page.$$eval("[data-label]", (all) =>
                all.map((each) => {
                    const [name] = [...CSS.highlights].find(([, ranges]) =>
                        [...ranges].some((range) => String(range) === each.textContent),
                    ) ?? ["none"];
                    const { textDecorationStyle } = getComputedStyle(each, `::highlight(${name})`);
                    return `${each.getAttribute("data-label")}: ${name}, ${textDecorationStyle}`;
                }),
            );
            assert.deepEqual(marked, [
                "claim: sayswho-attributed-claim, dotted",
                "claim: sayswho-attributed-claim, dotted",
                "opinion: sayswho-unattributed-opinion, wavy",
            ]);
            const telling = await page.evaluate(() =>
                [...(CSS.highlights.get("sayswho-signal") ?? [])].map(String),
            );
            assert.deepEqual(telling, ["rambling", "foolish", "will haunt"]);
            await page.close();
        });

        test("every control is reached by Tab, with a ring", async () => {
            const page = await driver.ownPage("welcome/welcome.html");
            const stops = await tabStops(driver, page);
            assert.deepEqual(stops, ["text", "try", "What the labels mean", "Options"]);
            await page.close();
        });

        test("no element is without its words", async () => {
            for (const path of ["welcome/welcome", "welcome/labels", "options/options", "popup/popup"]) {
                const page = await driver.ownPage(`${path}.html`);
                const empty = await page.$$eval("[data-say]", (all) =>
                    all
                        .filter((each) => each.textContent === "")
                        .map((each) => each.getAttribute("data-say")),
                );
                assert.deepEqual(empty, [], path);
                await page.close();
            }
        });

        test("no exception", () => assert.deepEqual(driver.errors, []));
    });

    for (const dark of [false, true]) {
        test(`axe-core finds nothing on the first-run pages, ${dark ? "dark" : "light"}, in ${kind}`, async (context) => {
            const driver = await launch(kind, { dark });
            context.after(() => driver.close());
            const page = await driver.ownPage("welcome/welcome.html");
            await page.click("#try");
            await page.waitForSelector("#example .sentence");
            await page.focus("#example [data-label=opinion]");
            assert.deepEqual(await violations(page), []);
            assert.deepEqual(await violations(await driver.ownPage("welcome/labels.html")), []);
            await page.evaluate(() =>
                chrome.storage.session.set({
                    selection: "“It is safe,” said Ada Moss. What a shameful waste!",
                }),
            );
            const selection = await driver.ownPage("welcome/selection.html");
            await selection.waitForSelector("#example .sentence");
            await selection.focus("#example [data-label=claim]");
            assert.deepEqual(await violations(selection), []);
            assert.deepEqual(await violations(await driver.ownPage("welcome/selection.html")), [], "empty");
        });
    }
}

/** @param {Page} page @param {string} words */
function write(page, words) {
    return page.$eval(
        "#text",
        (area, text) => {
            /** @type {HTMLTextAreaElement} */ (area).value = text;
        },
        words,
    );
}
