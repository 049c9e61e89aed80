// Nothing is sent: every surface is used once, and all that is asked for is the extension's own files and the page.
//
//   pages, background ─ network events ─┐
//   the page's server ─ what it is asked ┼─▶ only what is known
//   any other host ──── a proxy that listens ┘  and what the same browser asks for without the extension

import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { BROWSERS, Chromium, Firefox, launch, LOOPBACK, until } from "./browsers.js";
import { labelled } from "./labels.js";
import { says } from "./own-pages.js";
import { serve } from "./server.js";

/** @import { Page, Target } from "puppeteer-core" */

/** A proxy that passes nothing on, and writes down what it was to fetch. */
async function listen() {
    /** @type {string[]} */
    const heard = [];
    const server = createServer((request, response) => {
        heard.push(request.url ?? "");
        response.writeHead(502, { "access-control-allow-origin": "*" }).end();
    });
    server.on("connect", (request, socket) => {
        heard.push(request.url ?? "");
        socket.on("error", () => {}); // the browser has hung up
        socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
    const address = server.address();
    assert.ok(address && typeof address === "object");
    return {
        heard,
        port: address.port,
        close() {
            server.closeAllConnections();
            server.close();
        },
    };
}

/**
 * Writes down every request of the browser from now on: in Chromium those of each page and of the background, in
 * Firefox whatever its network stack opens for pages and extensions. What Firefox asks for in its own name is usual.
 * @param {Chromium | Firefox} driver
 * @param {Set<string>} usual hosts
 * @returns {Promise<() => Promise<string[]>>} what there was so far
 */
async function record(driver, usual) {
    if (driver instanceof Firefox) {
        await driver.privileged(`
            window.requestsSeen = { others: [], own: [] };
            Services.obs.addObserver((subject) => {
                const { URI, loadInfo } = subject.QueryInterface(Ci.nsIChannel);
                const isOwn = loadInfo.triggeringPrincipal.isSystemPrincipal;
                window.requestsSeen[isOwn ? "own" : "others"].push(URI.spec);
            }, "http-on-opening-request");
        `);
        return async () => {
            const { others, own } = await driver.privileged("return window.requestsSeen;");
            for (const url of own) usual.add(hostOf(url));
            return others;
        };
    }
    /** @type {string[]} */
    const seen = [];
    /** @param {Target} target */
    const watch = async (target) => {
        const session = await target.createCDPSession();
        session.on("Network.requestWillBeSent", ({ request }) => seen.push(request.url));
        await session.send("Network.enable");
    };
    // A target that is gone before it can be watched has asked for nothing that matters, or the proxy hears it.
    driver.browser.on("targetcreated", (target) => watch(target).catch(() => {}));
    const worker = await driver.worker();
    worker.client.on("Network.requestWillBeSent", ({ request }) => seen.push(request.url));
    await worker.client.send("Network.enable");
    return async () => seen;
}

/** Puts the pointer on the first marked sentence. @param {Page} page */
async function point(page) {
    const at = await page.evaluate(() => {
        const [range] = CSS.highlights.get("sayswho-attributed-claim") ?? [];
        if (!(range instanceof Range)) return null;
        range.startContainer.parentElement?.scrollIntoView({ block: "center", behavior: "instant" });
        const line = range.getClientRects()[0];
        return line ? { x: line.left + 20, y: line.top + line.height / 2 } : null;
    });
    assert.ok(at);
    await page.mouse.move(at.x + 2, at.y);
    await page.mouse.move(at.x, at.y);
}

for (const kind of BROWSERS) {
    describe(`the network, in ${kind}`, () => {
        /** @type {Awaited<ReturnType<typeof launch>>} */
        let driver;
        /** @type {Awaited<ReturnType<typeof serve>>} */
        let server;
        /** @type {Awaited<ReturnType<typeof listen>>} */
        let proxy;
        /** What the browser alone asks for, by host. @type {Set<string>} */
        let usual;
        before(async () => {
            server = await serve();
            proxy = await listen();
            const bare = await (kind === "chromium" ? Chromium : Firefox).launch(false, proxy.port);
            for (const path of ["/news.html", "/front.html"])
                await (await bare.open(server.url(path))).close();
            await bare.close();
            usual = new Set(proxy.heard.map(hostOf));
            proxy.heard.length = 0;
            server.asked.length = 0;
            driver = await launch(kind, { proxy: proxy.port, changes: LOOPBACK });
        });
        after(async () => {
            await driver?.close();
            proxy?.close();
            server?.close();
        });

        test("every surface, and no request but for our own files and the page", async (context) => {
            const folder = mkdtempSync(join(tmpdir(), "sayswho-saved-"));
            context.after(() => rmSync(folder, { recursive: true }));
            const requests = await record(driver, usual);
            const page = await driver.open(server.url("/news.html"));
            await labelled(driver, page);
            await driver.command(page, "panel");
            await until(
                () => driver.inHost(page, (root) => root.querySelector(".panel") !== null),
                "the panel",
            );
            await point(page);
            await until(
                () =>
                    driver.inHost(
                        page,
                        (root) => root.querySelector(".sayswho-popover")?.hasAttribute("hidden") === false,
                    ),
                "the popover",
            );
            await driver.saveTo(page, folder);
            await driver.inHost(page, (root) => {
                for (const part of [".sources button", ".sentences button", ".copy", ".save"])
                    /** @type {HTMLElement | null} */ (root.querySelector(part))?.click();
            });
            await until(
                async () => readdirSync(folder).some((name) => name.endsWith(".json")),
                "a saved list",
            );
            const popup = await driver.popup(page);
            await popup.click("#toggle");
            await until(async () => (await driver.toolbar(page)).badge === "", "no labels");
            await popup.close();
            const options = await driver.ownPage("options/options.html");
            await options.click("#fact");
            await until(
                () =>
                    options.evaluate(
                        async () =>
                            /** @type {any} */ ((await chrome.storage.sync.get("settings"))["settings"])?.show
                                .fact,
                    ),
                "a stored setting",
            );
            await driver.saveTo(options, folder);
            await options.click("#export");
            const settings = join(folder, "says-who-settings.json");
            await until(async () => readdirSync(folder).includes("says-who-settings.json"), "saved settings");
            writeFileSync(settings, '{"version":2,"look":"background"}');
            await /** @type {any} */ (await options.$("#file")).uploadFile(settings);
            await says(options, "#said", /settings are loaded/);
            const front = await driver.open(server.url("/front.html"));
            await driver.click(front);
            await until(
                () => driver.inHost(front, (root) => root.querySelector(".notice") !== null),
                "a notice",
            );
            await front.close();
            const welcome = await driver.ownPage("welcome/welcome.html");
            await welcome.click("#try");
            await welcome.waitForSelector("#example .sentence");
            const meaning = await driver.ownPage("welcome/labels.html");
            await driver.menu(page, "“It is safe,” said Ada Moss. What a shameful waste!");
            await driver.closeOwn("welcome/selection.html");
            await meaning.evaluate(() => chrome.storage.session.set({ selection: "What a shameful waste!" }));
            const selection = await driver.ownPage("welcome/selection.html");
            for (const each of [selection, meaning, welcome, options]) await each.close();

            const own = [`${await driver.origin()}/`, server.url("/"), "about:", "data:", "blob:"];
            const seen = [...(await requests()), ...driver.requests];
            assert.deepEqual(
                seen.filter((url) => !own.some((start) => url.startsWith(start)) && !usual.has(hostOf(url))),
                [],
            );
            assert.deepEqual(
                server.asked.filter((path) => path !== "/favicon.ico"),
                ["/news.html", "/front.html"],
                "each page is asked for by its reader, once",
            );
            assert.deepEqual(
                proxy.heard.filter((url) => !usual.has(hostOf(url))),
                [],
            );

            // They would have been seen: a request of the background's is, and so is one to another host.
            if (kind === "chromium")
                assert.ok(
                    seen.some((url) => url.endsWith("/model/sayswho.bin")),
                    "the background's",
                );
            await page.evaluate(() => fetch("http://elsewhere.example/seen").catch(() => {}));
            assert.ok((await requests()).includes("http://elsewhere.example/seen"));
            assert.deepEqual(
                proxy.heard.filter((url) => !usual.has(hostOf(url))),
                ["http://elsewhere.example/seen"],
            );
            await page.close();
        });

        test("the extension's policy lets no page of its own, nor its background, ask anybody", async () => {
            const address = server.url("/asked-by-the-extension");
            const ask = async (/** @type {string} */ url) => {
                // A permission for the host is held, so that only the policy stands in the way.
                const fetched = fetch(url).then(
                    () => "fetched",
                    () => "refused",
                );
                return fetched;
            };
            const own = await driver.ownPage("welcome/labels.html");
            assert.equal(await own.evaluate(ask, address), "refused");
            if (driver instanceof Chromium)
                assert.equal(await (await driver.worker()).evaluate(ask, address), "refused");
            const picture = await own.evaluate(
                (url) =>
                    new Promise((resolve) => {
                        const image = new Image();
                        addEventListener("securitypolicyviolation", () => resolve("refused"));
                        image.onload = image.onerror = () => resolve("asked for");
                        image.src = url;
                    }),
                `${address}.png`,
            );
            assert.equal(picture, "refused");
            assert.deepEqual(
                server.asked.filter((path) => path.startsWith("/asked-by")),
                [],
            );
            await own.close();
        });
    });
}

/** @param {string} address of a request, or `host:port` of a tunnel */
function hostOf(address) {
    return URL.canParse(address) ? new URL(address).hostname || address : (address.split(":")[0] ?? "");
}
