// Labels come when asked for, or unasked where a site is granted; they go when asked again; and nothing else changes.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { BROWSERS, launch, LOOPBACK, until } from "./browsers.js";
import { labelled, labels, sentences, traceOf } from "./labels.js";
import { serve } from "./server.js";

for (const kind of BROWSERS) {
    describe(`asked for, in ${kind}`, () => {
        /** @type {Awaited<ReturnType<typeof launch>>} */
        let driver;
        /** @type {Awaited<ReturnType<typeof serve>>} */
        let server;
        before(async () => {
            server = await serve();
            driver = await launch(kind);
        });
        after(async () => {
            await driver?.close();
            server?.close();
        });

        test("a click labels the article and nothing else; the shortcut takes all off", async () => {
            const page = await driver.open(server.url("/news.html"));
            assert.deepEqual(await labels(page), {}, "nothing before it is asked for");
            const before = await traceOf(page);
            const requests = driver.requests.length;
            const asked = server.asked.length;
            await driver.click(page);
            const found = await labelled(driver, page);
            const all = sentences(found);
            assert.ok(
                all.includes("Harbour bridge to close for a year after engineers find cracks"),
                "the headline",
            );
            assert.ok(
                all.some((text) => text.startsWith("The bridge was built in 1964 by a consortium")),
                "the caption",
            );
            for (const text of [
                "Ferry timetable",
                "Imprint",
                "hidden from every reader",
                "Opens in a new window",
                "R. Abara",
            ]) {
                assert.ok(!all.some((each) => each.includes(text)), `${text} is not labelled`);
            }
            const claims = found["sayswho-attributed-claim"] ?? [];
            const opinions = found["sayswho-unattributed-opinion"] ?? [];
            assert.ok(
                claims.some((text) => text.includes("said Marta Lindqvist")),
                "a quotation is a claim",
            );
            assert.ok(
                opinions.some((text) => text.includes("shameful end")),
                "a judgement is an opinion",
            );
            assert.ok((found["sayswho-signal"] ?? []).length > 0, "the words that gave it away are marked");
            assert.equal(
                (await driver.toolbar(page)).badge,
                String(opinions.length),
                "the badge counts opinions",
            );
            assert.deepEqual(await traceOf(page), before, "the page is as it was");
            assert.equal(driver.requests.length, requests, "the page has asked for nothing more");
            assert.equal(server.asked.length, asked, "and the server was asked for nothing more");

            await driver.command(page, "toggle");
            await until(async () => (await driver.toolbar(page)).badge === "", "an empty badge");
            assert.deepEqual(await labels(page), {});
            assert.equal(await driver.inHost(page, () => true), null, "our element is gone");
            assert.deepEqual(await traceOf(page), before);
            await page.close();
        });

        for (const policy of ["none", "self", "sandbox"]) {
            test(`a page whose policy is ${policy}`, async () => {
                const page = await driver.open(server.url(`/news.html?policy=${policy}`));
                await driver.click(page);
                assert.ok(sentences(await labelled(driver, page)).length > 10);
                const padding = await driver.inHost(page, (root) => {
                    const panel = root.querySelector(".panel");
                    return panel ? getComputedStyle(panel).position : null;
                });
                assert.equal(padding, "fixed", "the panel has its styles");
                await page.close();
            });
        }

        test("an old page of tables and line breaks", async () => {
            const page = await driver.open(server.url("/brs.html"));
            await driver.click(page);
            const all = sentences(await labelled(driver, page));
            assert.ok(all.some((text) => text.startsWith("The company said it would pay")));
            await page.close();
        });

        for (const [file, state, words] of [
            ["front.html", "no article", "finds no article"],
            ["german.html", "no English", "not in English"],
            ["arabic.html", "no English", "not in English"],
        ]) {
            test(`${file}: ${state}, and it says so`, async () => {
                const page = await driver.open(server.url(`/${file}`));
                await driver.click(page);
                const said = await until(
                    () => driver.inHost(page, (root) => root.querySelector(".notice p")?.textContent ?? ""),
                    "a notice",
                );
                assert.ok(said.includes(words ?? ""), said);
                assert.ok((await driver.toolbar(page)).title.includes(words ?? ""));
                assert.equal((await driver.toolbar(page)).badge, "–");
                assert.deepEqual(await labels(page), {});
                await page.close();
            });
        }

        test("no exception on any page", () => assert.deepEqual(driver.errors, []));
    });

    describe(`unasked, in ${kind}`, () => {
        /** @type {Awaited<ReturnType<typeof launch>>} */
        let driver;
        /** @type {Awaited<ReturnType<typeof serve>>} */
        let server;
        before(async () => {
            server = await serve();
            driver = await launch(kind, { changes: LOOPBACK });
        });
        after(async () => {
            await driver?.close();
            server?.close();
        });

        test("an article is labelled as it loads, quietly", async () => {
            const page = await driver.open(server.url("/news.html"));
            assert.ok(sentences(await labelled(driver, page)).length > 10);
            assert.equal(await driver.inHost(page, () => true), null, "nothing of ours in the page yet");
            await page.close();
        });

        test("a page that is no article is left alone", async () => {
            const page = await driver.open(server.url("/front.html"));
            // What can be waited for is the click's answer, which comes after whatever would have come by itself.
            await driver.click(page);
            await until(
                () => driver.inHost(page, (root) => root.querySelector(".notice") !== null),
                "a notice",
            );
            assert.deepEqual(await labels(page), {});
            await page.close();
        });

        test("a reloaded extension labels the open page anew, and leaves nothing of the old one", async () => {
            const page = await driver.open(server.url("/news.html"));
            const before = await labelled(driver, page);
            await page.evaluate(() => CSS.highlights.set("sayswho-old", new Highlight()));
            await page.evaluate(() => {
                // Seen again only by the labels that come after these.
                for (const [name, ranges] of CSS.highlights) if (name.startsWith("sayswho-")) ranges.clear();
            });
            await driver.reload();
            await until(
                async () => sentences(await labels(page)).length === sentences(before).length,
                "labels again",
            );
            await page.mouse.move(300, 300);
            await page.mouse.move(310, 310);
            assert.equal(
                await page.evaluate(() => document.querySelectorAll("says-who").length <= 1),
                true,
                "at most one host",
            );
            assert.deepEqual(driver.errors, []);
            await page.close();
        });
    });
}
