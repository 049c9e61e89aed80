// What a page says of its language against what its text is in: the text counts where it is long enough to tell.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { BROWSERS, launch, until } from "./browsers.js";
import { labels, sentences } from "./labels.js";
import { serve } from "./server.js";

const ENGLISH = [
    "The ferry to the islands will not sail this week, because its engine has to be repaired on the mainland.",
    "“We did what we could,” said the captain, who has sailed it since 1998.",
    "Islanders were told to order what they need by post, and the shop will stay open until ten at night.",
    "A smaller boat will take those who have to see a doctor, twice a day and free of charge, the county said.",
];
const GERMAN = [
    "Die Fähre zu den Inseln fährt diese Woche nicht, weil ihre Maschine auf dem Festland repariert werden muss.",
    "„Wir haben getan, was wir konnten“, sagte der Kapitän, der sie seit 1998 fährt.",
    "Die Leute sollen mit der Post bestellen, was sie brauchen, und der Laden bleibt bis zehn Uhr abends offen.",
    "Ein kleineres Boot bringt zweimal am Tag und kostenlos hinüber, wer zum Arzt muss, teilte der Kreis mit.",
];

/** @param {string} lang @param {string[]} paragraphs */
const page = (lang, paragraphs) =>
    `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>A page</title></head><body><article>${paragraphs
        .map((text) => `<p>${text}</p>`)
        .join("")}</article></body></html>`;

/** As much as makes an article at all. @param {string[]} paragraphs */
const short = (paragraphs) => [paragraphs.slice(0, 3).join(" ")];

/** Each with whether it is labelled. @type {[string, string, boolean][]} */
const CASES = [
    ["German that says it is English", page("en", GERMAN), false],
    ["English that says it is German", page("de", ENGLISH), true],
    ["English that says nothing", page("", ENGLISH), true],
    ["English of another country", page("en-AU", ENGLISH), true],
    // So short that the page's word is taken for it.
    ["a short English text that says it is German", page("de", short(ENGLISH)), false],
    ["a short English text that says it is English", page("en", short(ENGLISH)), true],
    ["a short English text that says nothing", page("", short(ENGLISH)), true],
    ["a short German text that says it is English", page("en", short(GERMAN)), false],
];

for (const kind of BROWSERS) {
    describe(`languages, in ${kind}`, () => {
        /** @type {Awaited<ReturnType<typeof launch>>} */
        let driver;
        /** @type {Awaited<ReturnType<typeof serve>>} */
        let server;
        before(async () => {
            server = await serve(Object.fromEntries(CASES.map(([, made], at) => [`/${at}.html`, made])));
            driver = await launch(kind);
        });
        after(async () => {
            await driver?.close();
            server?.close();
        });

        for (const [at, [name, , isLabelled]] of CASES.entries()) {
            test(`${name}: ${isLabelled ? "labels" : "said to be no English"}`, async () => {
                const open = await driver.open(server.url(`/${at}.html`));
                await driver.click(open);
                const { badge, title } = await until(async () => {
                    const seen = await driver.toolbar(open);
                    return !["", "…"].includes(seen.badge) && seen;
                }, "an end to it");
                if (isLabelled) assert.match(badge, /^\d+$/, title);
                else assert.match(title, /not in English/);
                assert.equal(sentences(await labels(open)).length > 0, isLabelled);
                await open.close();
            });
        }

        test("a page that the browser keeps from all extensions: said so, and nothing else", async () => {
            const gone = await serve();
            const open = await driver.open(gone.url("/news.html"));
            gone.close();
            // What an address shows that nobody answers at is the browser's own page.
            await open.reload().catch(() => {});
            await driver.click(open);
            await until(async () => (await driver.toolbar(open)).badge === "–", "a refusal");
            assert.match((await driver.toolbar(open)).title, /lets no extension read this page/);
            const popup = await driver.popup(open);
            const shown = await popup.evaluate(() => ({
                state: /** @type {HTMLElement | null} */ (document.querySelector("#state"))?.innerText,
                toggle: /** @type {HTMLButtonElement | null} */ (document.querySelector("#toggle"))?.disabled,
            }));
            assert.deepEqual(shown, { state: "The browser lets no extension read this page.", toggle: true });
            for (const each of [popup, open]) await each.close();
        });

        test("no exception", () => assert.deepEqual(driver.errors, []));
    });
}
