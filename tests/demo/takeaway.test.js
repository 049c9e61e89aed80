// What a visitor takes along, against the command line and against hostile texts.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { BROWSERS, labelled, launch, sentences, serve, tab, write } from "./browser.js";

/** @import { Browser, Page } from "puppeteer-core" */
/** @import { Site } from "./browser.js" */

const HOSTILE = [
    '=HYPERLINK("http://evil.example/") is what the clerk typed into cell B2 on Monday.',
    "<img src=x onerror=\"document.title='hit'\"> & <b>bold</b> stood in the mayor's letter.",
    "“The *cables* are older than my [grandmother](x),” said Zoë Moss 😀, the city's engineer.",
    "What a shameful and disgraceful waste of money!",
].join("\n\n");

/** Clicks a button that saves a file, and returns what was saved. @param {Page} page @param {string} id */
async function saved(page, id) {
    return page.evaluate(async (id) => {
        const make = URL.createObjectURL;
        /** @type {Promise<string>} */
        const content = new Promise((resolve) => {
            URL.createObjectURL = (blob) => {
                void new Response(/** @type {Blob} */ (blob)).text().then(resolve);
                return make.call(URL, blob);
            };
        });
        document.getElementById(id)?.click();
        URL.createObjectURL = make;
        return content;
    }, id);
}

/** What the command line prints for a text. @param {string} text */
function commandLine(text) {
    const { status, stdout, stderr } = spawnSync(
        "cargo",
        // The profile that the native tests have built: without optimisation the encoder takes half a minute a text.
        "run --quiet --profile test --features cli --bin sayswho -- label --json -".split(" "),
        { input: text, encoding: "utf8", cwd: fileURLToPath(new URL("../../", import.meta.url)) },
    );
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout);
}

for (const name of BROWSERS) {
    describe(`what can be taken away in ${name}`, () => {
        /** @type {Browser} */
        let browser;
        /** @type {Site} */
        let site;
        /** @type {Page} */
        let page;

        before(async () => {
            site = await serve();
            browser = await launch(name);
            ({ page } = await tab(browser));
            await page.goto(site.root);
            await labelled(page);
        });
        after(async () => {
            await browser?.close();
            site?.close();
        });

        it("gives the JSON that the command line prints, of a stored sample and of the engine's own answer", async () => {
            const sample = await page.$eval(
                "#text",
                (area) => /** @type {HTMLTextAreaElement} */ (area).value,
            );
            assert.deepEqual(JSON.parse(await saved(page, "take-json")), commandLine(sample));
            await write(page, HOSTILE);
            await sentences(page, 4);
            assert.deepEqual(JSON.parse(await saved(page, "take-json")), commandLine(HOSTILE));
        });

        it("gives a CSV of which no cell is a formula", async () => {
            const csv = await saved(page, "take-csv");
            const lines = csv.split("\r\n");
            assert.match(lines[0] ?? "", /^number,label,mixed,/);
            assert.equal(lines.length, 6, "a header, four sentences, and an end of line");
            assert.match(lines[1] ?? "", /,"'=HYPERLINK\(""http:\/\/evil\.example\/""\) is what/);
            assert.doesNotMatch(csv, /(^|,)"?[=+@]/m);
        });

        it("gives Markdown in which what the article says is text", async () => {
            const markdown = await saved(page, "take-markdown");
            assert.match(markdown, /\| attributed claim.* \| \d \| \d+% \|/);
            assert.match(markdown, /\\<img src\\=x/);
            assert.match(markdown, /The \\\*cables\\\* are older than my \\\[grandmother\\\]\\\(x\\\)/);
        });

        it("gives a report that stands alone, fetches nothing, and shows markup as text", async () => {
            const report = await saved(page, "take-report");
            site.instead.set("/report.html", report);
            const other = await tab(browser);
            /** @type {string[]} */
            const fetched = [];
            other.page.on("request", (request) => {
                const { protocol, pathname } = new URL(request.url());
                // Firefox reports a font of its own as a request, at an address that holds its own bytes.
                if (protocol !== "data:") fetched.push(pathname);
            });
            await other.page.goto(`${site.root}report.html`);
            assert.deepEqual(
                await other.page.$$eval("main p", (all) => all.map((paragraph) => paragraph.textContent)),
                HOSTILE.split("\n\n"),
            );
            assert.equal((await other.page.$$("main img, main b")).length, 0);
            assert.ok((await other.page.$$("main mark")).length > 0);
            assert.match(await other.page.title(), /^Who says so/);
            assert.deepEqual(
                fetched.filter((path) => path !== "/favicon.ico"),
                ["/report.html"],
            );
            await other.page.close();
        });
    });
}
