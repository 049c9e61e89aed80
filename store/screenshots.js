// The pictures for the stores, 1280 × 800, light and dark: `node store/screenshots.js FOLDER`.
//
// Of the built extension in Chromium, on a page of our own.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { argv } from "node:process";

import { launch, until } from "../tests/e2e/browsers.js";
import { labelled } from "../tests/e2e/labels.js";
import { serve } from "../tests/e2e/server.js";

/** @import { Page } from "puppeteer-core" */

const folder = argv[2] ?? "tests/out";
mkdirSync(folder, { recursive: true });

for (const theme of ["light", "dark"]) {
    const server = await serve();
    const driver = await launch("chromium", { dark: theme === "dark" });
    /** @param {Page} page @param {string} name */
    const take = async (page, name) => {
        await page.setViewport({ width: 1280, height: 800 });
        await page.bringToFront();
        await page.screenshot({
            path: /** @type {`${string}.png`} */ (join(folder, `${name}-${theme}.png`)),
        });
    };

    const article = await driver.open(server.url("/news.html"));
    await driver.click(article);
    await labelled(driver, article);
    await take(article, "1-article");

    const popup = await driver.popup(article);
    await popup.setViewport({ width: 340, height: 460 });
    await popup.screenshot({ path: /** @type {`${string}.png`} */ (join(folder, `popup-${theme}.png`)) });

    const welcome = await driver.ownPage("welcome/welcome.html");
    await take(welcome, "2-welcome");
    await welcome.click("#try");
    await until(async () => (await welcome.$("#example .sentence")) !== null, "labels");
    await welcome.hover("#example [data-label=opinion]");
    await take(welcome, "3-try");

    await take(await driver.ownPage("options/options.html"), "4-options");
    await take(await driver.ownPage("welcome/labels.html"), "5-labels");
    await driver.close();
    server.close();
}
