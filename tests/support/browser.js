// A browser that does not outlive its tests.
//
// A test that fails between opening a browser and closing it leaves the browser open, and a test file with something open
// never ends: one failure would hold up the whole suite until somebody stopped it.

import { after } from "node:test";
import { launch } from "puppeteer-core";

/** @import { Browser, LaunchOptions } from "puppeteer-core" */

/** @type {Set<Browser>} */
const open = new Set();

/**
 * As puppeteer's own, and closed when the file's tests have ended, if none has closed it before.
 *
 * @param {LaunchOptions} options
 * @returns {Promise<Browser>}
 */
export async function launchBrowser(options) {
    const browser = await launch(options);
    open.add(browser);
    browser.on("disconnected", () => open.delete(browser));
    return browser;
}

// The scripts that measure and take pictures share this, and are no tests.
if (process.env["NODE_TEST_CONTEXT"]) {
    after(async () => {
        await Promise.allSettled([...open].map((browser) => browser.close()));
    });
}
