// The demo page as a visitor uses it, in both browsers.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { BROWSERS, highlights, labelled, launch, sentences, serve, tab, words, write } from "./browser.js";

/** @import { Browser, Page } from "puppeteer-core" */
/** @import { Site } from "./browser.js" */

const WWW = new URL("../../www/", import.meta.url);

const FACT = "The bridge opened in 1932 and carries 40,000 cars a day.";
const CLAIM = "“The cables are older than my grandmother,” said Ada Moss, the city's engineer.";
const OPINION = "What a shameful and disgraceful waste of money!";
const THREE = [FACT, CLAIM, OPINION].join("\n\n");

const GERMAN =
    "Die Brücke wurde im Jahr 1932 eröffnet und wird täglich von vierzigtausend Autos befahren. Der Stadtrat hat am " +
    "Dienstag beschlossen, dass sie im nächsten Sommer für drei Monate gesperrt werden soll. Viele Anwohner sind damit " +
    "nicht einverstanden und wollen vor Gericht ziehen.";

/** What the strip says of each sentence. @param {Page} page @returns {Promise<string[]>} */
function names(page) {
    return page.$$eval("#strip [role=option]", (cells) =>
        cells.map((cell) => cell.getAttribute("aria-label") ?? ""),
    );
}

/** The middle of the first line of a highlight. @param {Page} page @param {string} name */
function pointIn(page, name) {
    return page.evaluate((name) => {
        const [range] = CSS.highlights.get(name) ?? [];
        const line = /** @type {Range} */ (range).getClientRects()[0];
        return line
            ? { x: line.left + Math.min(60, line.width / 2), y: line.top + line.height / 2 }
            : { x: -1, y: -1 };
    }, name);
}

/** @param {Page} page @returns {Promise<string>} empty where there is none */
function popover(page) {
    return page.$eval(".sayswho-popover", (box) =>
        /** @type {HTMLElement} */ (box).hidden ? "" : (box.textContent ?? ""),
    );
}

/** @param {Page} page @param {RegExp} pattern */
async function popoverSays(page, pattern) {
    await page.waitForFunction(
        (source) => {
            const box = /** @type {HTMLElement} */ (document.querySelector(".sayswho-popover"));
            return !box.hidden && new RegExp(source).test(box.textContent ?? "");
        },
        {},
        pattern.source,
    );
}

/** @param {Page} page @param {string} selector @returns {Promise<string>} */
function textOf(page, selector) {
    return page.$eval(selector, (element) => /** @type {HTMLElement} */ (element).innerText);
}

for (const name of BROWSERS) {
    describe(`the demo page in ${name}`, () => {
        /** @type {Browser} */
        let browser;
        /** @type {Site} */
        let site;
        /** @type {Page} */
        let page;
        /** @type {string[]} */
        let complaints;
        /** @type {string[]} */
        const requests = [];

        before(async () => {
            site = await serve();
            browser = await launch(name);
            ({ page, complaints } = await tab(browser));
            page.on("request", (request) => requests.push(request.url()));
            await page.goto(site.root);
            await labelled(page);
        });
        after(async () => {
            await browser?.close();
            site?.close();
        });

        it("shows a labelled article at once, under a sentence that says what the page does", async () => {
            const painted = await highlights(page);
            for (const label of ["reported-fact", "attributed-claim", "unattributed-opinion"]) {
                assert.ok((painted[label] ?? 0) > 0, `${label}: ${JSON.stringify(painted)}`);
            }
            const bottom = await page.$eval(".lede", (lede) => lede.getBoundingClientRect().bottom);
            assert.ok(bottom < 200, `${bottom}`);
        });

        it("offers at least six samples, and labels each", async () => {
            const ids = await page.$$eval("#samples button", (all) =>
                all.map((button) => button.dataset["sample"] ?? ""),
            );
            assert.ok(ids.length >= 6);
            for (const id of ids) {
                await page.click(`[data-sample="${id}"]`);
                await labelled(page);
                const file = readFileSync(new URL(`samples/${id}.txt`, WWW), "utf8").trim();
                const shown = await page.$$eval("#article p", (all) =>
                    all.map((paragraph) => paragraph.textContent),
                );
                assert.deepEqual(shown, file.split("\n\n"));
                assert.ok((await page.$$("#strip [role=option]")).length >= 15, id);
                assert.equal(
                    await page.$eval(
                        "[aria-pressed=true]",
                        (one) => /** @type {HTMLElement} */ (one).dataset["sample"],
                    ),
                    id,
                );
            }
        });

        it("labels as one types", async () => {
            await write(page, FACT);
            await sentences(page, 1);
            await page.focus("#text");
            await page.keyboard.type(" What a shameful and disgraceful waste!");
            await sentences(page, 2);
            assert.deepEqual(await words(page, "sayswho-unattributed-opinion"), [
                "What a shameful and disgraceful waste!",
            ]);
            assert.equal(await page.$eval("#article", (article) => article.querySelectorAll("p").length), 1);
        });

        it("shows the newest text's labels, however fast texts follow one another", async () => {
            const long = `${FACT} ${OPINION} `.repeat(3000);
            await write(page, long);
            await page.waitForFunction(
                () => (document.querySelector("#article")?.textContent ?? "").length > 100_000,
            );
            await write(page, CLAIM);
            await sentences(page, 1);
            assert.match((await names(page))[0] ?? "", /Attributed claim.*Ada Moss/s);
        });

        it("keeps the labels of what an edit leaves alone", async () => {
            await write(page, THREE);
            await sentences(page, 3);
            await page.evaluate(() => {
                const [first, , last] = document.querySelectorAll("#article p");
                Object.assign(window, { first, last });
            });
            await write(page, THREE.replace("Ada", "Beatrice"));
            await page.waitForFunction(() =>
                /Beatrice Moss/.test(document.querySelector("#sources")?.textContent ?? ""),
            );
            const same = await page.evaluate(() => {
                const [first, , last] = document.querySelectorAll("#article p");
                return (
                    "first" in window && "last" in window && window.first === first && window.last === last
                );
            });
            assert.ok(same, "paragraphs before and after the edit are the same elements");
            assert.deepEqual(await words(page, "sayswho-unattributed-opinion"), [OPINION]);
        });

        it("says of a sentence that is pointed at what it is and who says so, and leaves with the pointer", async () => {
            await write(page, THREE);
            await sentences(page, 3);
            const { x, y } = await pointIn(page, "sayswho-attributed-claim");
            await page.mouse.move(x, y);
            await page.mouse.move(x + 1, y);
            await popoverSays(page, /Attributed claim.*Ada Moss/s);
            assert.deepEqual(await words(page, "sayswho-current"), [CLAIM]);
            await page.mouse.move(5, 5);
            await page.waitForFunction(
                () => /** @type {HTMLElement} */ (document.querySelector(".sayswho-popover")).hidden,
            );
        });

        it("keeps the popover after a click or tap, until Escape", async () => {
            const { x, y } = await pointIn(page, "sayswho-unattributed-opinion");
            await page.mouse.click(x, y);
            await popoverSays(page, /Unattributed opinion.*Nobody is named/s);
            await page.mouse.move(5, 5);
            assert.notEqual(await popover(page), "");
            await page.keyboard.press("Escape");
            assert.equal(await popover(page), "");
        });

        it("is reached by keyboard: from the text, through the strip, sentence by sentence", async () => {
            await page.focus("#text");
            for (
                let tabs = 0;
                (await page.evaluate(() => document.activeElement?.id)) !== "strip";
                tabs += 1
            ) {
                assert.ok(tabs < 8, "the strip comes soon after the text area");
                await page.keyboard.press("Tab");
            }
            const active = () =>
                page.$eval("#strip", (strip) => {
                    const cell = document.getElementById(strip.getAttribute("aria-activedescendant") ?? "");
                    return `${cell?.getAttribute("aria-selected")} ${cell?.getAttribute("aria-label")}`;
                });
            await popoverSays(page, /Reported fact/);
            await page.keyboard.press("ArrowRight");
            assert.match(await active(), /^true 2 of 3. Attributed claim. Says: Ada Moss/);
            await popoverSays(page, /Ada Moss/);
            await page.keyboard.press("End");
            assert.match(await active(), /^true 3 of 3. Unattributed opinion/);
            await page.keyboard.press("Home");
            assert.match(await active(), /^true 1 of 3. Reported fact/);
            await page.keyboard.press("Escape");
            assert.equal(await popover(page), "");
        });

        it("tells the figures in words, whose claims there are, and which words gave an opinion away", async () => {
            assert.match(
                await textOf(page, "#figures"),
                /1\s+reported fact\s+33%\s+1\s+attributed claim\s+33%\s+1\s+unattributed opinion/,
            );
            assert.match(await textOf(page, "#sources"), /Ada Moss\s+1 claim/);
            assert.match(await textOf(page, "#opinions"), /shameful/);
            await page.click("#every summary");
            await page.waitForFunction(() => document.querySelectorAll("#list li").length === 3);
            assert.match(await textOf(page, "#list"), /Attributed claim\s+Says: Ada Moss/);
            await page.click("#every summary");
        });

        it("lights up what a source says, and goes there", async () => {
            await page.focus("#sources button");
            assert.match(
                (await words(page, "sayswho-demo-said")).join(" "),
                /The cables are older than my grandmother/,
            );
            await page.keyboard.press("Enter");
            await popoverSays(page, /Ada Moss/);
            await page.focus("#text");
            assert.deepEqual(await words(page, "sayswho-demo-said"), []);
            await page.keyboard.press("Escape");
        });

        it("puts the text into a link that another visitor opens", async () => {
            const text = `${THREE}\n\nZoë's café – naïve 😀 <b>&amp;</b>`;
            await write(page, text);
            await sentences(page, 4);
            await page.click("#copy-link");
            await page.waitForFunction(() => location.hash.startsWith("#text="));
            const other = await tab(browser);
            await other.page.goto(page.url());
            await labelled(other.page);
            assert.equal(
                await other.page.$eval("#text", (area) => /** @type {HTMLTextAreaElement} */ (area).value),
                text,
            );
            assert.deepEqual(other.complaints, []);
            await other.page.close();
            await page.bringToFront();
        });

        it("keeps the paragraphs of pasted HTML, and runs none of it", async () => {
            await write(page, "");
            await page.$eval("#text", (area) => {
                // A real event takes its clipboard from the system, which these browsers do not lend to a test.
                const html =
                    `<style>p{}</style><h1>A  headline</h1><div><p>First <b>para</b>graph.</p><p>Second,<br>of two lines.</p></div>
                     <script>window.ran = 1</scr` +
                    `ipt><img src="/evil.png" onerror="window.ran = 1"><ul><li>One<li>Two</ul>`;
                const paste = new Event("paste", { bubbles: true, cancelable: true });
                area.dispatchEvent(Object.assign(paste, { clipboardData: { getData: () => html } }));
            });
            await page.waitForFunction(() => document.querySelectorAll("#article p").length === 5);
            assert.equal(
                await page.$eval("#text", (area) => /** @type {HTMLTextAreaElement} */ (area).value),
                "A headline\n\nFirst paragraph.\n\nSecond,\nof two lines.\n\nOne\n\nTwo",
            );
            assert.equal(await page.evaluate(() => "ran" in window), false);
            // Chromium notes what the page's policy forbade the pasted document.
            const noted = complaints
                .splice(0)
                .filter((text) => !/inline (style|event handler|script)/.test(text));
            assert.deepEqual(noted, []);
        });

        it("shows text as text", async () => {
            const text = `The <img src=x onerror=alert(1)> opened in 1932.`;
            await write(page, text);
            await sentences(page, 1);
            assert.equal(await page.$eval("#article", (article) => article.textContent), text);
        });

        it("says so when there is no text", async () => {
            await page.click("#clear");
            await page.waitForFunction(
                () => !(/** @type {HTMLElement} */ (document.querySelector("#empty")).hidden),
            );
            assert.deepEqual(await names(page), []);
            assert.equal(
                Object.values(await highlights(page)).reduce((sum, size) => sum + size, 0),
                0,
            );
            await write(page, " \n\n\t ");
            await page.waitForFunction(() => document.querySelectorAll("#article p").length === 0);
        });

        it("says so when the text is not English", async () => {
            await write(page, GERMAN);
            await page.waitForFunction(() =>
                /English/.test(document.querySelector("#notice")?.textContent ?? ""),
            );
            assert.deepEqual(await names(page), []);
            await write(page, THREE);
            await sentences(page, 3);
            assert.equal(
                await page.$eval("#notice", (notice) => /** @type {HTMLElement} */ (notice).hidden),
                true,
            );
        });

        it("takes odd text: unpaired surrogates, right to left, one sentence without an end", async () => {
            for (const text of [
                "He said \ud83d it \udc00 rained.",
                "She said “שלום עליכם” to him.",
                "a\u0000b\u2028c",
                "a".repeat(50_000),
            ]) {
                await write(page, text);
                await page.waitForFunction(
                    (text) =>
                        document.querySelector("#article")?.textContent === text &&
                        document.querySelector("#article")?.getAttribute("aria-busy") === "false",
                    {},
                    text,
                );
            }
        });

        it("takes 1 MB of text, and one line of 300 KB, and can be typed into meanwhile", async () => {
            // Seconds on a quiet machine: the browsers' own layout of so much text, above all.
            page.setDefaultTimeout(240_000);
            await page.mouse.move(5, 5);
            const line = `${FACT} ${CLAIM} ${OPINION} `.repeat(1700);
            await write(page, `${line}\n\n${`${THREE}\n\n`.repeat(4000)}`);
            await page.waitForFunction(() => document.querySelectorAll("#strip [role=option]").length > 20);
            await write(page, THREE);
            await sentences(page, 3);
        });

        it("works under a path, too", async () => {
            const other = await tab(browser);
            await other.page.goto(`${site.under}#sample=column`);
            await labelled(other.page);
            assert.match(await textOf(other.page, "#article"), /Brannock/);
            assert.deepEqual(other.complaints, []);
            await other.page.close();
        });

        it("says so when its engine does not load, and when the browser can't paint", async () => {
            // Of its own, without what other visits have kept.
            const visit = await browser.createBrowserContext();
            const broken = await tab(visit);
            site.missing.add("/pkg/sayswho_bg.wasm");
            site.missing.add("/pkg/sayswho_relaxed.wasm");
            await broken.page.goto(site.root);
            await broken.page.waitForFunction(() =>
                /could not start/.test(document.querySelector("#notice")?.textContent ?? ""),
            );
            site.missing.clear();
            await visit.close();

            const old = await tab(browser);
            await old.page.evaluateOnNewDocument(() => {
                Reflect.deleteProperty(CSS, "highlights");
                Reflect.deleteProperty(globalThis, "Highlight");
            });
            await old.page.goto(site.root);
            await labelled(old.page);
            assert.match(await textOf(old.page, "#notice"), /can't mark/);
            assert.ok((await old.page.$$("#list li")).length > 10, "the list in words is open");
            assert.deepEqual(old.complaints, []);
            await old.page.close();
        });

        it("asked for nothing but its own files, and none of this was complained of", () => {
            const foreign = requests.filter(
                (url) => !url.startsWith(site.root) && !/^(data|blob):/.test(url),
            );
            assert.deepEqual(foreign, []);
            const files = new Set(site.asked.map((path) => path.replace(/^\/some\/path\//, "/")));
            const own = [
                "/",
                "/dist/main.css",
                "/dist/main.js",
                "/dist/worker.js",
                "/icon.svg",
                "/model/sayswho.bin",
                "/sw.js",
            ];
            own.push("/pkg/sayswho.js", "/pkg/sayswho_bg.wasm", "/pkg/sayswho_relaxed.wasm");
            assert.deepEqual(
                [...files].filter((path) => !own.includes(path)),
                [],
            );
            assert.deepEqual(complaints, []);
        });
    });
}
