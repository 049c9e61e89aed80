// The engine: module and model, loaded when first asked for, and again after the browser has put this script to sleep.

import init, { Engine, isEnglish } from "../pkg/sayswho.js";
import { MODULE } from "../relaxed.js";

export { isEnglish };

/** @type {Promise<Engine> | null} */
let loading = null;

/** @returns {Promise<Engine>} */
export function engine() {
    loading ??= load().catch((error) => {
        loading = null; // the next asking tries again
        throw error;
    });
    return loading;
}

/** After a failure in the middle of a text: the next asking gets a fresh one, as this one may be in no state to answer. */
export function discard() {
    loading = null;
}

async function load() {
    // For benches/start.mjs, which measures the time from one mark to the next.
    performance.mark("asked");
    // Bytes and not the response: not every browser serves an extension's files as application/wasm.
    const [module, model] = await Promise.all([read(`pkg/${MODULE}`), read("model/sayswho.bin")]);
    performance.mark("read");
    await init({ module_or_path: module });
    performance.mark("compiled");
    const engine = new Engine(new Uint8Array(model));
    performance.mark("ready");
    return engine;
}

/** A file of the extension. @param {string} path */
async function read(path) {
    const response = await fetch(chrome.runtime.getURL(path));
    if (!response.ok) throw new Error(`${path} is missing from the extension`);
    return response.arrayBuffer();
}
