// The two browsers, and the page in them.
//
//   serve www/ on loopback, at the root and under a path ──▶ open the page ──▶ wait until it is labelled
//
// Nothing here waits for a fixed time: each wait is for something that the page does.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { launchBrowser } from "../support/browser.js";

/** @import { Browser, BrowserContext, Page } from "puppeteer-core" */

const WWW = fileURLToPath(new URL("../../www/", import.meta.url));

/** @type {Record<string, string>} */
const TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
};

const PROGRAMS = {
    chrome: { names: ["chromium", "chromium-browser", "google-chrome"], install: "apt-get install chromium" },
    firefox: { names: ["firefox-esr", "firefox"], install: "apt-get install firefox-esr" },
};

/** @typedef {keyof typeof PROGRAMS} Name */

/** @type {Name[]} */
export const BROWSERS = ["chrome", "firefox"];

/**
 * A browser that is missing is a failure, not a test left out.
 *
 * @param {Name} name
 * @param {{ arguments?: string[], preferences?: Record<string, unknown> }} [more]  For Chromium, and for Firefox.
 * @returns {Promise<Browser>}
 */
export async function launch(name, more = {}) {
    const { names, install } = PROGRAMS[name];
    const path = (process.env["PATH"] ?? "")
        .split(":")
        .flatMap((folder) => names.map((program) => join(folder, program)))
        .find((program) => existsSync(program));
    assert.ok(path, `no ${names.join(" or ")} on PATH: ${install}`);
    return launchBrowser({
        browser: name,
        executablePath: path,
        headless: true,
        args:
            name === "chrome"
                ? [
                      "--no-sandbox",
                      "--disable-gpu",
                      "--disable-quic",
                      "--no-first-run",
                      "--disable-background-networking",
                      ...(more.arguments ?? []),
                  ]
                : [],
        extraPrefsFirefox: {
            // It asks Mozilla's servers for settings and updates by itself, which is none of the page's doing.
            "browser.shell.checkDefaultBrowser": false,
            "app.normandy.enabled": false,
            ...more.preferences,
        },
    });
}

/**
 * @typedef {object} Site
 * @property {string} root  The page's address.
 * @property {string} under  The same page, deeper down.
 * @property {string[]} asked  Every path that was asked for, in order.
 * @property {Set<string>} missing  Paths to answer with 404.
 * @property {Map<string, string>} instead  Other content for some paths.
 * @property {Map<string, Promise<void>>} held  Paths whose answers wait.
 * @property {() => void} close
 */

/**
 * Serves www/ as any static host would.
 *
 * @param {{ packed?: boolean }} [how]  With gzip, as most hosts do, for what takes a measure of the page.
 * @returns {Promise<Site>}
 */
export async function serve({ packed = false } = {}) {
    /** @type {string[]} */
    const asked = [];
    /** @type {Set<string>} */
    const missing = new Set();
    /** @type {Map<string, string>} */
    const instead = new Map();
    /** @type {Map<string, Promise<void>>} */
    const held = new Map();
    const server = createServer(async (request, response) => {
        const path = decodeURIComponent(new URL(request.url ?? "/", "http://host").pathname);
        asked.push(path);
        const inside = normalize(path.replace(/^\/some\/path\//, "/"));
        try {
            if (missing.has(inside)) throw new Error("left out by the test");
            await held.get(inside);
            const file = join(WWW, inside.endsWith("/") ? `${inside}index.html` : inside);
            const body = instead.get(inside) ?? (await readFile(file));
            response.writeHead(200, {
                "content-type": TYPES[extname(inside) || ".html"] ?? "application/octet-stream",
                ...(packed && { "content-encoding": "gzip" }),
            });
            response.end(packed ? gzipSync(body) : body);
        } catch {
            response.writeHead(404);
            response.end();
        }
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
    const address = server.address();
    assert.ok(address && typeof address === "object");
    const origin = `http://127.0.0.1:${address.port}`;
    return {
        root: `${origin}/`,
        under: `${origin}/some/path/`,
        asked,
        missing,
        instead,
        held,
        close: () => {
            server.close();
            server.closeAllConnections();
        },
    };
}

/**
 * A fresh tab, with whatever the page complains of written down.
 *
 * @param {Browser | BrowserContext} browser
 * @returns {Promise<{ page: Page, complaints: string[] }>}
 */
export async function tab(browser) {
    const page = await browser.newPage();
    await page.setViewport({ width: 1280, height: 800 });
    page.setDefaultTimeout(20_000);
    /** @type {string[]} */
    const complaints = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
        // A build without a model says so by its absence; browsers note every 404.
        const model =
            message.location().url?.endsWith("/model/sayswho.bin") || /sayswho\.bin/.test(message.text());
        if (message.type() === "error" && !model) complaints.push(message.text());
    });
    return { page, complaints };
}

/** Until the newest text has its whole answer. @param {Page} page */
export async function labelled(page) {
    await page.waitForFunction(
        () =>
            document.querySelector("#article")?.getAttribute("aria-busy") === "false" &&
            document.querySelector("#strip [role=option]:last-child")?.hasAttribute("aria-label"),
    );
}

/** Until the strip tells of exactly these many sentences of what now stands in the text area. @param {Page} page @param {number} count */
export async function sentences(page, count) {
    await page.waitForFunction(
        (count) => {
            const article = document.querySelector("#article");
            const area = /** @type {HTMLTextAreaElement | null} */ (document.querySelector("#text"));
            const letters = (/** @type {string | null | undefined} */ text) => text?.replace(/\s+/g, "");
            return (
                document.querySelectorAll("#strip [aria-label]").length === count &&
                article?.getAttribute("aria-busy") === "false" &&
                letters(article.textContent) === letters(area?.value)
            );
        },
        {},
        count,
    );
}

/** Replaces what stands in the text area, as one paste would. @param {Page} page @param {string} text */
export async function write(page, text) {
    await page.$eval(
        "#text",
        (area, value) => {
            /** @type {HTMLTextAreaElement} */ (area).value = value;
            area.dispatchEvent(new InputEvent("input"));
        },
        text,
    );
}

/** How many ranges each of our highlights holds. @param {Page} page @returns {Promise<Record<string, number>>} */
export function highlights(page) {
    return page.evaluate(() =>
        Object.fromEntries(
            [...CSS.highlights].map(([name, ranges]) => [name.replace("sayswho-", ""), ranges.size]),
        ),
    );
}

/** The words under a highlight. @param {Page} page @param {string} name @returns {Promise<string[]>} */
export function words(page, name) {
    return page.evaluate((name) => [...(CSS.highlights.get(name) ?? [])].map(String), name);
}
