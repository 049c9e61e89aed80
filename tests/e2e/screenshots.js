// Pictures of the extension on a page of our own, light and dark: `node tests/e2e/screenshots.js [folder]`.
// To be looked at; the README shows two of them.

import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { BROWSERS, launch, until } from "./browsers.js";
import { labelled } from "./labels.js";
import { serve } from "./server.js";

const folder = process.argv[2] ?? "tests/out";
mkdirSync(folder, { recursive: true });

for (const kind of BROWSERS) {
    for (const dark of [false, true]) {
        const server = await serve();
        const driver = await launch(kind, { dark });
        const page = await driver.open(server.url("/news.html"));
        await page.setViewport({ width: 1040, height: 720 });
        await driver.click(page);
        await labelled(driver, page);
        const place = await page.evaluate(() => {
            const [range] = [...(CSS.highlights.get("sayswho-unattributed-opinion") ?? [])];
            if (!(range instanceof Range)) return null;
            range.startContainer.parentElement?.scrollIntoView({ block: "center", behavior: "instant" });
            const [line] = range.getClientRects();
            return line ? { x: line.left + 30, y: line.top + line.height / 2 } : null;
        });
        if (place) {
            await page.mouse.move(place.x, place.y);
            await until(
                () =>
                    driver.inHost(
                        page,
                        (root) => root.querySelector(".sayswho-popover:not([hidden])") !== null,
                    ),
                "the popover",
            );
        }
        const name = `extension-${kind}-${dark ? "dark" : "light"}.png`;
        await page.screenshot({ path: /** @type {`${string}.png`} */ (join(folder, name)) });
        await driver.close();
        server.close();
    }
}
