// From a cold background to a module and model that are ready, in Chromium: `node benches/start.mjs`, after
// `make extension`. A fresh browser each time, the extension's own files by its own protocol, as background/engine.js
// reads them; the model's bytes are checked as ever.
import { launch } from "../tests/e2e/browsers.js";

const RUNS = 6;

/** In a page of the extension. Milliseconds: to the files, to the module, to the checked and unpacked model. */
async function load() {
    const times = [performance.now()];
    const read = async (path) => (await fetch(chrome.runtime.getURL(path))).arrayBuffer();
    const { default: init, Engine } = await import(chrome.runtime.getURL("pkg/sayswho.js"));
    const [module, model] = await Promise.all([read("pkg/sayswho_bg.wasm"), read("model/sayswho.bin")]);
    times.push(performance.now());
    await init({ module_or_path: module });
    times.push(performance.now());
    const engine = new Engine(new Uint8Array(model));
    times.push(performance.now());
    engine.free();
    return times.slice(1).map((time, index) => Math.round(time - times[index]));
}

const whole = [];
for (let run = 0; run < RUNS; run++) {
    const browser = await launch("chromium");
    try {
        const page = await browser.open(`${await browser.origin()}/options/options.html`);
        const [files, module, model] = await page.evaluate(load);
        whole.push(files + module + model);
        console.log(`ready in ${whole.at(-1)} ms: files ${files}, module ${module}, model ${model}`);
    } finally {
        await browser.close();
    }
}
console.log(`median ${whole.toSorted((a, b) => a - b)[RUNS / 2]} ms`);
