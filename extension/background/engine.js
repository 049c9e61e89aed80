// The engine: module and model, loaded when first asked for, and again after the browser has put this script to sleep.

import init, { Loader, isEnglish } from "../pkg/sayswho.js";
import { MODULE } from "../relaxed.js";
import { arriving } from "./arriving.js";

/** @import { Engine } from "../pkg/sayswho.js" */

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
    const model = arriving("model/sayswho.bin");
    const module = await read(`pkg/${MODULE}`);
    performance.mark("read");
    await init({ module_or_path: module });
    performance.mark("compiled");
    const engine = await unpack(model);
    performance.mark("ready");
    return engine;
}

/** An engine with a model that is coming in: checked and unpacked as it comes. @param {AsyncIterable<Uint8Array>} model */
async function unpack(model) {
    const loader = new Loader();
    try {
        for await (const bytes of model) loader.push(bytes);
    } catch (error) {
        loader.free();
        throw error;
    }
    return loader.finish();
}

/** A file of the extension. Its bytes: not every browser serves an extension's as application/wasm. @param {string} path */
async function read(path) {
    const response = await fetch(chrome.runtime.getURL(path));
    if (!response.ok) throw new Error(`${path} is missing from the extension`);
    return response.arrayBuffer();
}
