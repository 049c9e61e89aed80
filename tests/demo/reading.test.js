// One sentence taken apart, the sensitivity, a file, a link with its setting, two texts side by side.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { BROWSERS, highlights, labelled, launch, sentences, serve, tab, words, write } from "./browser.js";

/** @import { Browser, ElementHandle, Page } from "puppeteer-core" */
/** @import { Site } from "./browser.js" */

const CLAIM = "“The cables are older than my grandmother,” said Ada Moss, the city's engineer.";
const OPINION = "What a shameful and disgraceful waste of money!";

/** The strip's cells, by label. @param {Page} page */
function labels(page) {
    return page.$$eval("#strip [role=option]", (cells) =>
        cells.map((cell) => cell.getAttribute("data-label") ?? ""),
    );
}

/** Moves the slider as a hand would. @param {Page} page @param {number} value */
async function slide(page, value) {
    await page.$eval(
        "#sensitivity",
        (slider, value) => {
            /** @type {HTMLInputElement} */ (slider).valueAsNumber = value;
            slider.dispatchEvent(new Event("input"));
        },
        value,
    );
    await labelled(page);
}

for (const name of BROWSERS) {
    describe(`reading in ${name}`, () => {
        /** @type {Browser} */
        let browser;
        /** @type {Site} */
        let site;
        /** @type {Page} */
        let page;
        /** @type {string[]} */
        let complaints;
        const folder = mkdtempSync(join(tmpdir(), "sayswho-"));

        before(async () => {
            site = await serve();
            browser = await launch(name);
            ({ page, complaints } = await tab(browser));
            await page.goto(site.root);
            await labelled(page);
        });
        after(async () => {
            await browser?.close();
            site?.close();
            rmSync(folder, { recursive: true });
        });

        it("takes a claim apart: source, cue and content, in words and lit up in the text", async () => {
            await write(page, `${CLAIM}\n\n${OPINION}`);
            await sentences(page, 2);
            await page.focus("#strip");
            await page.keyboard.press("Home");
            const parts = await page.$$eval(".chain li", (all) => all.map((part) => part.textContent ?? ""));
            assert.match(parts[0] ?? "", /^Source.*Ada Moss/);
            assert.match(parts[1] ?? "", /^Credited bysaid/);
            assert.match(parts[2] ?? "", /^What is said.*cables are older/);
            assert.match((await words(page, "sayswho-demo-source")).join(), /Ada Moss/);
            assert.deepEqual(await words(page, "sayswho-demo-cue"), ["said"]);
            // From a part to its words alone.
            await page.focus("[data-part=source] button");
            assert.match((await words(page, "sayswho-demo-source")).join(), /Ada Moss/);
            assert.deepEqual(await words(page, "sayswho-demo-cue"), []);
            const charts = await page.$$eval(".scores [role=img]", (all) =>
                all.map((chart) => chart.getAttribute("aria-label") ?? ""),
            );
            assert.equal(charts.length, 3);
            assert.match(charts[1] ?? "", /^Attributed claim: \d+ chances? in 100$/);
        });

        it("points both ways: from a claim to its source's name, from the name to what it says", async () => {
            await page.focus("#strip");
            await page.keyboard.press("Home");
            assert.match(await page.$eval(".speaks", (row) => row.textContent ?? ""), /Ada Moss/);
            await page.focus("#sources button");
            assert.match((await words(page, "sayswho-demo-said")).join(), /cables are older/);
        });

        it("names the words that gave an opinion away, each with what it does", async () => {
            await page.focus("#strip");
            await page.keyboard.press("End");
            assert.match(await page.$eval(".signals", (list) => list.textContent ?? ""), /shameful/);
            await page.keyboard.press("Escape");
        });

        it("moves by its sensitivity only what stands between fact and opinion, and all of it back", async () => {
            let moved = 0;
            for (const sample of ["slant", "column", "review", "press", "live"]) {
                await page.click(`[data-sample=${sample}]`);
                await labelled(page);
                const own = await labels(page);
                await slide(page, 100);
                const eager = await labels(page);
                await slide(page, 0);
                const strict = await labels(page);
                for (const [index, label] of own.entries()) {
                    const all = [strict[index], label, eager[index]];
                    const may = {
                        "reported-fact": /^reported-fact,reported-fact,(reported-fact|unattributed-opinion)$/,
                        "unattributed-opinion":
                            /^(none|unattributed-opinion),unattributed-opinion,unattributed-opinion$/,
                    }[label];
                    if (may) assert.match(String(all), may);
                    else assert.deepEqual(all, [label, label, label]);
                    if (all[0] !== all[2]) moved += 1;
                }
                assert.match(
                    await page.$eval("#effect", (effect) => effect.textContent ?? ""),
                    String(strict) === String(own) ? /^No sentence/ : /\d+ sentences? fewer/,
                );
                await slide(page, 50);
                assert.deepEqual(await labels(page), own);
            }
            assert.ok(moved > 0);
            await page.click("[data-sample=slant]");
            await labelled(page);
        });

        it("hands the setting on in the link, with the text or the sample's name", async () => {
            await slide(page, 80);
            await page.click("#copy-link");
            await page.waitForFunction(() => location.hash === "#sample=slant&sensitivity=80");
            const other = await tab(browser);
            await other.page.goto(page.url());
            await labelled(other.page);
            assert.equal(
                await other.page.$eval(
                    "#sensitivity",
                    (slider) => /** @type {HTMLInputElement} */ (slider).value,
                ),
                "80",
            );
            assert.deepEqual(await labels(other.page), await labels(page));
            await other.page.close();
            await page.bringToFront();
            await slide(page, 50);
        });

        it("opens a text file and an HTML file, and says of another that it is neither", async () => {
            const input = /** @type {ElementHandle<HTMLInputElement>} */ (await page.$("#file"));
            for (const [file, content] of [
                ["one.txt", `${CLAIM}\n\n${OPINION}`],
                [
                    "two.html",
                    `<title>No</title><p>${CLAIM}<p>${OPINION}<script>document.title = "hit"</script>`,
                ],
            ]) {
                await write(page, "");
                await sentences(page, 0);
                writeFileSync(join(folder, file ?? ""), content ?? "");
                await input.uploadFile(join(folder, file ?? ""));
                await sentences(page, 2);
                assert.equal(
                    await page.$eval("#text", (area) => /** @type {HTMLTextAreaElement} */ (area).value),
                    `${CLAIM}\n\n${OPINION}`,
                );
            }
            writeFileSync(join(folder, "three.txt"), "PNG\0\x01");
            await input.uploadFile(join(folder, "three.txt"));
            await page.waitForFunction(() =>
                /neither/.test(document.querySelector("#notice")?.textContent ?? ""),
            );
            assert.notEqual(await page.title(), "hit");
        });

        it("takes a file that is dropped anywhere on the page", async () => {
            await page.evaluate((text) => {
                const data = new DataTransfer();
                data.items.add(new File([text], "dropped.txt", { type: "text/plain" }));
                document
                    .querySelector("h1")
                    ?.dispatchEvent(
                        new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }),
                    );
            }, CLAIM);
            await sentences(page, 1);
        });

        it("shows two texts side by side, with their shares and who is heard in which", async () => {
            const other = await tab(browser);
            await other.page.goto(`${site.root}compare.html`);
            await other.page.waitForSelector("#voices tr");
            const row = (/** @type {string} */ who) =>
                other.page.$$eval(
                    "#voices tr",
                    (all, who) =>
                        all
                            .find((one) => one.textContent?.startsWith(who))
                            ?.innerText.split("\t")
                            .slice(1),
                    who,
                );
            assert.deepEqual(await row("Ines Okafor"), ["2 claims", "2 claims"]);
            assert.match(
                await other.page.$eval("#right-article", (article) => article.textContent ?? ""),
                /PORT HALLAM/,
            );
            // A text of one's own, by the engine, beside a sample.
            await other.page.click(".side:last-child summary");
            await other.page.$eval(
                "#right-text",
                (area, text) => {
                    /** @type {HTMLTextAreaElement} */ (area).value = text;
                    area.dispatchEvent(new InputEvent("input"));
                },
                `${CLAIM}\n\n${OPINION}`,
            );
            await other.page.waitForFunction(() =>
                /Ada Moss/.test(document.querySelector("#voices")?.textContent ?? ""),
            );
            assert.deepEqual(await row("Ada Moss"), ["–", "1 claim"]);
            assert.ok((await words(other.page, "sayswho-unattributed-opinion")).includes(OPINION));
            assert.ok(((await highlights(other.page))["reported-fact"] ?? 0) > 2, "the left stays painted");
            assert.match(
                await other.page.$eval(
                    "#right-bar [role=img]",
                    (chart) => chart.getAttribute("aria-label") ?? "",
                ),
                /1 attributed claim, 50%; 1 unattributed opinion, 50%/,
            );
            assert.deepEqual(other.complaints, []);
            await other.page.close();
            assert.deepEqual(complaints, []);
        });
    });
}
