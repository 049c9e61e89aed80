// From a background that is not running to a module and model that are ready, in Chromium: `node benches/start.mjs`, after
// `make extension`. A fresh browser each time, a click at once or when the browser has come to rest; then the background is
// put to sleep, and a click again. The marks are the background's own (extension/background/engine.js); the model's bytes
// are checked as ever.
import { launch } from "../tests/e2e/browsers.js";
import { finished } from "../tests/e2e/labels.js";
import { serve } from "../tests/e2e/server.js";

const RUNS = 6;
/** After which a browser that was started has nothing more to do. In milliseconds. */
const REST = 3000;

/** In the service worker. Milliseconds: from its start until the engine is asked for, then to each mark. */
function steps() {
    const at = (name) => performance.getEntriesByName(name).at(-1).startTime;
    const [asked, read, compiled, ready] = ["asked", "read", "compiled", "ready"].map(at);
    return {
        asked,
        files: read - asked,
        module: compiled - read,
        model: ready - compiled,
        whole: ready - asked,
    };
}

const server = await serve();
const kinds = { "browser just started": [], cold: [], woken: [] };
for (let run = 0; run < 2 * RUNS; run++) {
    const first = run % 2 ? "cold" : "browser just started";
    const driver = await launch("chromium");
    try {
        if (first === "cold") await new Promise((resolve) => setTimeout(resolve, REST));
        for (const kind of [first, "woken"]) {
            const times = kinds[kind];
            // Also in the first round: the worker has already run for the browser to learn what it listens to.
            await driver.putToSleep();
            const page = await driver.open(server.url("/news.html"));
            await driver.click(page);
            await finished(driver, page);
            const told = await (await driver.worker()).evaluate(steps);
            times.push(told.whole);
            const parts = Object.entries(told).map(([name, time]) => `${name} ${Math.round(time)}`);
            console.log(`${kind}: ${parts.join(", ")} ms`);
            await page.close();
        }
    } finally {
        await driver.close();
    }
}
server.close();
for (const [kind, times] of Object.entries(kinds)) {
    const sorted = times.toSorted((a, b) => a - b);
    console.log(
        `${kind}: median ${Math.round(sorted[sorted.length >> 1])}, worst ${Math.round(sorted.at(-1))} ms`,
    );
}
