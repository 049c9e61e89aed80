// What Lighthouse makes of the demo page: `node benches/lighthouse.mjs`, after `make www` and `npm ci --prefix benches`.
//
//   serve www/ on loopback, packed as most hosts pack it ──▶ Debian's Chromium ──▶ Lighthouse: a slow phone, and a desktop
//                                                                                     └──▶ scores; below 95 is a failure
//
// With a folder as argument it leaves the reports there. It stands here for its weight: what Lighthouse brings along is
// more than half of what all other tools together take. It asks for Node 22; npm warns on an older one, where it runs too.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import lighthouse, { desktopConfig, generateReport } from "lighthouse";
import { launch, serve } from "../tests/demo/browser.js";

/** Of 100; the least that is good enough in each. */
const LEAST = 95;
const CATEGORIES = ["performance", "accessibility", "best-practices"];

const [reports] = process.argv.slice(2);
const site = await serve({ packed: true });
try {
    for (const path of ["", "compare.html"]) {
        for (const [device, config] of Object.entries({ phone: undefined, desktop: desktopConfig })) {
            // A fresh browser for each: the page keeps its engine for the next visit, and this is to be the first one.
            const browser = await launch("chrome");
            try {
                const flags = { port: new URL(browser.wsEndpoint()).port, onlyCategories: CATEGORIES };
                const { lhr } = await lighthouse(`${site.root}${path}`, flags, config);
                const scores = CATEGORIES.map((id) => {
                    const score = Math.round(100 * lhr.categories[id].score);
                    if (score < LEAST) process.exitCode = 1;
                    return `${id} ${score}${score < LEAST ? `, below ${LEAST}` : ""}`;
                });
                console.log(`/${path}, ${device}: ${scores.join("; ")}`);
                for (const id of [
                    "largest-contentful-paint",
                    "total-blocking-time",
                    "cumulative-layout-shift",
                ]) {
                    console.log(`    ${lhr.audits[id].title}: ${lhr.audits[id].displayValue}`);
                }
                for (const { id, title, score } of Object.values(lhr.audits)) {
                    const counts = CATEGORIES.some((category) =>
                        lhr.categories[category].auditRefs.some(
                            (audit) => audit.id === id && audit.weight > 0,
                        ),
                    );
                    if (counts && score !== null && score < 0.9) console.log(`    not in full: ${title}`);
                }
                if (reports) {
                    const name = `${path.replace(".html", "") || "index"}-${device}.html`;
                    writeFileSync(join(reports, name), generateReport(lhr, "html"));
                }
            } finally {
                await browser.close();
            }
        }
    }
} finally {
    site.close();
}
