// Pages that go on living while they are labelled: only what changed is labelled anew, and nothing wrong stays.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { hear, heard } from "./asked.js";
import { BROWSERS, launch, LOOPBACK, until } from "./browsers.js";
import { labelled, labels, sentences } from "./labels.js";
import { serve } from "./server.js";

/** @import { Page } from "puppeteer-core" */

const REPORT = [
    "The water board closed the old pumping station at Dunmore on Wednesday after its roof had given way.",
    "“We had warned them for years that the beams were rotten,” said Olga Fenn, who ran the station until May.",
    "It was a pitiful display of neglect by people who should be ashamed of themselves.",
    "The station had served four villages since 1931, and a new one is to be built beside the reservoir.",
    "Residents told the paper that their taps had run dry twice in the past month.",
];
const MORE =
    "The regional court ruled on Friday that the contract with the builder was void, according to its spokesman. ";

const paragraphs = REPORT.map((text) => `<p>${text}</p>`).join("");
const article = `<article><h1>Pumping station at Dunmore closed for good</h1>${paragraphs}</article>`;

/** @param {string} body */
const html = (body) =>
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Pumping station at Dunmore closed for good</title></head><body>${body}</body></html>`;

const PAGES = {
    "/report.html": html(
        `<div id="app"><main>${article}</main></div><section class="comments" id="comments"></section>`,
    ),
    "/late.html": html('<main id="main"><p>Loading</p></main>'),
    "/more.html": html(
        `<article><h1>Pumping station at Dunmore closed for good</h1>${paragraphs}<div id="rest" hidden><p>${MORE}</p></div></article>`,
    ),
    "/shadow.html": html(
        `<news-story></news-story><script>document.querySelector("news-story").attachShadow({mode:"open"}).innerHTML = ${JSON.stringify(article + `<p>${MORE.repeat(3)}</p>`)};</script>`,
    ),
    // A live blog: the newest entry in front, and clocks that say how long ago each was written.
    "/blog.html": html(
        `<main><h1>Pumping station at Dunmore closed for good</h1><div id="entries">${REPORT.map(
            (text, at) =>
                `<div class="entry"><time>${at} minutes and 0 seconds ago</time><p>${text} That was entry ${at} of the day.</p></div>`,
        ).join("")}</div></main><script>
            var seconds = 0;
            setInterval(() => {
                seconds += 1;
                for (const [at, clock] of document.querySelectorAll("time").entries())
                    clock.textContent = at + " minutes and " + seconds + " seconds ago";
            }, 200);
        </script>`,
    ),
    // Elements there from the start, whose scripts come later: in the page, and in a part that scrolls by itself.
    "/upgraded.html": html("<news-story></news-story>"),
    "/upgraded-shell.html": html(
        "<style>html, body { height: 100%; margin: 0; overflow: hidden } main { height: 100%; overflow: auto } news-story { display: block }</style><main><news-story></news-story></main>",
    ),
    // Another host is another origin, and in either browser another process.
    "/foreign-frame.html": html(
        `<h1>Today</h1><script>
            const frame = document.createElement("iframe");
            frame.src = "http://localhost:" + location.port + "/report.html";
            [frame.width, frame.height] = [900, 700];
            document.body.append(frame);
        </script>`,
    ),
    "/frame.html": html(
        '<h1>Today</h1><iframe src="/report.html" width="900" height="700" style="border:0"></iframe>',
    ),
};

/** @param {Page} page @param {string} words */
async function hasLabel(page, words) {
    return sentences(await labels(page)).some((text) => text.includes(words));
}

for (const kind of BROWSERS) {
    describe(`pages that live, in ${kind}`, () => {
        /** @type {Awaited<ReturnType<typeof launch>>} */
        let driver;
        /** @type {Awaited<ReturnType<typeof serve>>} */
        let server;
        /** A page of the extension's, which hears what content scripts ask. @type {Page} */
        let own;
        before(async () => {
            server = await serve(PAGES);
            driver = await launch(kind, {
                changes: { host_permissions: [...LOOPBACK.host_permissions, "http://localhost/*"] },
            });
            own = await driver.ownPage("welcome/labels.html");
            await hear(own);
        });
        after(async () => {
            await driver?.close();
            server?.close();
        });

        test("a text that changes loses its label at once and gets a new one", async () => {
            const page = await driver.open(server.url("/report.html"));
            await labelled(driver, page);
            assert.ok(await hasLabel(page, "pitiful display"));
            const left = await page.evaluate(async () => {
                const [, , third] = document.querySelectorAll("p");
                const text = /** @type {Text} */ (third?.firstChild);
                text.data = "The mayor declined to say when the works would begin, the ministry announced.";
                await new Promise((resolve) => requestAnimationFrame(resolve));
                let over = 0;
                for (const [name, ranges] of CSS.highlights) {
                    if (!name.startsWith("sayswho-")) continue;
                    for (const range of ranges)
                        if (range.startContainer === text && !range.collapsed) over += 1;
                }
                return over;
            });
            assert.equal(left, 0, "no label lies on words that it was not given to");
            await until(() => hasLabel(page, "The mayor declined to say"), "a label on the new text");
            assert.ok(await hasLabel(page, "Olga Fenn"), "the others stay");
            await page.close();
        });

        test("only what changed is asked about, with the paragraph before it", async () => {
            const page = await driver.open(server.url("/report.html"));
            await labelled(driver, page);
            const { length } = (await heard(own)).texts;
            const text = "The mayor of Dunmore announced that she would not stand again in the autumn.";
            await page.evaluate((words) => {
                const [, , third] = document.querySelectorAll("p");
                third?.replaceChildren(words);
            }, text);
            await until(() => hasLabel(page, "would not stand again"), "a label on the new text");
            assert.deepEqual((await heard(own)).texts.slice(length), [`${REPORT[1]}\n\n${text}`]);
            await page.close();
        });

        test("a live blog: what is new in front is labelled, and the rest keeps its labels while clocks tick", async () => {
            const page = await driver.open(server.url("/blog.html"));
            await labelled(driver, page);
            await page.evaluate(() => {
                const before = [...CSS.highlights].flatMap(([name, ranges]) =>
                    name.startsWith("sayswho-")
                        ? [...ranges].map((range) => ({ name, range, text: String(range) }))
                        : [],
                );
                Object.assign(window, { before });
            });
            const { length } = (await heard(own)).texts;
            for (let entry = 5; entry < 8; entry += 1) {
                await page.evaluate(
                    (at, more) => {
                        const made = document.createElement("div");
                        made.className = "entry";
                        const clock = document.createElement("time");
                        clock.textContent = "Now";
                        const paragraph = document.createElement("p");
                        paragraph.textContent = `${more}That was entry ${at} of the day.`;
                        made.append(clock, paragraph);
                        document.querySelector("#entries")?.prepend(made);
                    },
                    entry,
                    MORE,
                );
                await until(() => hasLabel(page, `That was entry ${entry} of`), `a label on entry ${entry}`);
            }
            const kept = await page.evaluate(() =>
                /** @type {any} */ (window).before.map(
                    (/** @type {{ name: string, range: Range, text: string }} */ { name, range, text }) =>
                        (CSS.highlights.get(name)?.has(range) && String(range) === text) || text,
                ),
            );
            assert.ok(kept.length > 5);
            assert.deepEqual(
                kept.filter((/** @type {unknown} */ each) => each !== true && !/ ago$/.test(String(each))),
                [],
            );
            // Each clock stands beside a paragraph, and would have it asked about again at every tick.
            const ticks = () => page.evaluate(() => Number(Reflect.get(window, "seconds")));
            const start = await ticks();
            await until(async () => (await ticks()) > start + 20, "many ticks");
            const since = (await heard(own)).texts.slice(length);
            assert.ok(since.length <= 9, `asked ${since.length} times`);
            await page.close();
        });

        test("paragraphs that are added to the article are labelled, comments are not", async () => {
            const page = await driver.open(server.url("/report.html"));
            await labelled(driver, page);
            await page.evaluate((more) => {
                const remark = document.createElement("p");
                remark.textContent = "I could not agree less with a word of this, said nobody ever. ".repeat(
                    12,
                );
                document.querySelector("#comments")?.append(remark);
                const update = document.createElement("p");
                update.textContent = more;
                document.querySelector("article")?.append(update);
            }, MORE);
            await until(() => hasLabel(page, "The regional court ruled"), "a label on the update");
            assert.ok(!(await hasLabel(page, "I could not agree less")), "comments are left alone");
            await page.close();
        });

        test("the next article of an endless page is labelled too", async () => {
            const page = await driver.open(server.url("/report.html"));
            await labelled(driver, page);
            await page.evaluate((more) => {
                const next = document.createElement("article");
                const heading = document.createElement("h2");
                heading.textContent = "Court voids contract for the new reservoir";
                next.append(heading);
                for (let each = 0; each < 5; each += 1) {
                    const paragraph = document.createElement("p");
                    paragraph.textContent =
                        `${more} Part ${each} of the ruling was read out in public. `.repeat(2);
                    next.append(paragraph);
                }
                document.querySelector("#app")?.append(next);
            }, MORE);
            await until(() => hasLabel(page, "Part 4 of the ruling"), "labels on the next article");
            assert.ok(await hasLabel(page, "Olga Fenn"), "and those of the first stay");
            await page.close();
        });

        test("another article in the place of the first, without a new page", async () => {
            const page = await driver.open(server.url("/report.html"));
            await labelled(driver, page);
            await page.evaluate((more) => {
                history.pushState({}, "", "/second.html");
                const next = document.createElement("article");
                for (let each = 0; each < 6; each += 1) {
                    const paragraph = document.createElement("p");
                    paragraph.textContent =
                        `${more} Chapter ${each} of the file was closed on Monday. `.repeat(2);
                    next.append(paragraph);
                }
                document.querySelector("main")?.replaceChildren(next);
            }, MORE);
            await until(() => hasLabel(page, "Chapter 5 of the file"), "labels on the second article");
            assert.ok(!(await hasLabel(page, "Olga Fenn")), "none on the first");
            await page.close();
        });

        test("an article that arrives late", async () => {
            const page = await driver.open(server.url("/late.html"));
            await page.evaluate((texts) => {
                const paragraphs = texts.map((text) => {
                    const paragraph = document.createElement("p");
                    paragraph.textContent = `${text} The board will meet again on Thursday to talk about it in public.`;
                    return paragraph;
                });
                setTimeout(() => document.querySelector("#main")?.replaceChildren(...paragraphs), 300);
            }, REPORT);
            await until(() => hasLabel(page, "Olga Fenn"), "labels on what came late");
            await page.close();
        });

        test("the rest of an article behind “read more”", async () => {
            const page = await driver.open(server.url("/more.html"));
            await labelled(driver, page);
            assert.ok(!(await hasLabel(page, "The regional court ruled")), "hidden text has no label");
            await page.evaluate(() => document.querySelector("#rest")?.removeAttribute("hidden"));
            await until(() => hasLabel(page, "The regional court ruled"), "a label on what was hidden");
            await page.close();
        });

        test("an article in an open shadow root", async () => {
            const page = await driver.open(server.url("/shadow.html"));
            await until(() => hasLabel(page, "Olga Fenn"), "labels in the shadow root");
            const line = await page.evaluate(() => {
                const paragraph = document.querySelector("news-story")?.shadowRoot?.querySelector("p");
                return getComputedStyle(paragraph ?? document.body, "::highlight(sayswho-attributed-claim)")
                    .textDecorationStyle;
            });
            assert.equal(line, "dotted", "and they can be seen there");
            await page.close();
        });

        for (const path of ["/upgraded.html", "/upgraded-shell.html"]) {
            for (const asked of [false, true]) {
                test(`${path}: an article in a shadow root that comes late${asked ? ", with labels on the page" : ""}`, async () => {
                    const page = await driver.open(server.url(path));
                    if (asked) {
                        await page.evaluate(
                            (texts) => {
                                const made = document.createElement("article");
                                for (const text of texts) {
                                    const paragraph = document.createElement("p");
                                    paragraph.textContent = text;
                                    made.append(paragraph);
                                }
                                document.querySelector("news-story")?.before(made);
                            },
                            [...REPORT, MORE.repeat(3)],
                        );
                        await until(() => hasLabel(page, "Olga Fenn"), "labels on what is there");
                    } else {
                        // It knows by now that there is no article.
                        await driver.command(page, "toggle");
                        await until(async () => (await driver.toolbar(page)).badge === "–", "a refusal");
                    }
                    await page.evaluate((texts) => {
                        customElements.define(
                            "news-story",
                            class extends HTMLElement {
                                constructor() {
                                    super();
                                    const paragraphs = texts.map((text) => {
                                        const paragraph = document.createElement("p");
                                        paragraph.textContent = `${text} The harbour had been told of it in good time, its master said.`;
                                        return paragraph;
                                    });
                                    this.attachShadow({ mode: "open" }).append(...paragraphs);
                                }
                            },
                        );
                    }, REPORT);
                    await until(
                        () => hasLabel(page, "The harbour had been told"),
                        "labels in the shadow root",
                    );
                    await page.close();
                });
            }
        }

        /** Until the frame's article has labels, or none. @param {Page} page @param {boolean} wanted */
        const framed = (page, wanted) =>
            until(
                async () => {
                    const [frame] = page.mainFrame().childFrames();
                    const has = await frame?.evaluate(
                        () => (CSS.highlights.get("sayswho-attributed-claim")?.size ?? 0) > 0,
                    );
                    return has === wanted;
                },
                `${wanted ? "" : "no "}labels in the frame`,
            );

        for (const path of ["/frame.html", "/foreign-frame.html"]) {
            test(`${path}: an article in a frame is labelled, and the shortcut takes its labels off`, async () => {
                const page = await driver.open(server.url(path));
                await driver.click(page);
                await framed(page, true);
                await driver.command(page, "toggle");
                await framed(page, false);
                await page.close();
            });
        }

        test("a page that is translated loses its labels", async () => {
            const page = await driver.open(server.url("/report.html"));
            await labelled(driver, page);
            await page.evaluate(() => {
                // As translators in the browser do it: each text in an element of theirs.
                for (const paragraph of document.querySelectorAll("p, h1")) {
                    const font = document.createElement("font");
                    font.textContent =
                        "Die Wasserwerke haben das alte Pumpwerk am Mittwoch geschlossen, nachdem sein Dach eingestürzt war.";
                    paragraph.replaceChildren(font);
                }
            });
            await until(async () => {
                const found = await labels(page);
                return sentences(found).every((text) => text === "");
            }, "no labels");
            await until(
                async () => (await driver.toolbar(page)).title.includes("not in English"),
                "a word that it is not English now",
            );
            await page.close();
        });

        test("no exception on any page", () => assert.deepEqual(driver.errors, []));
    });
}
