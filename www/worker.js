// The engine, off the page's thread.
//
//   page ── label {id, text} ──▶ begin ─ step ─ step ─ … ─ finish ──▶ done {id, analysis}
//                                          └──▶ sentences {id, sentences}, a few windows at a time
//
// A job yields between slices, so that a newer text or a scroll is heard in the middle of an older one: the older job is
// then freed and never answers.

import init, { Engine, isEnglish, version } from "../extension/pkg/sayswho.js";
import { MODULE as FILE } from "../extension/relaxed.js";
import versions from "./dist/versions.json";
import { fetchKept } from "./kept.js";

/** @import { Analysis, Job, Sentence } from "../extension/pkg/sayswho.js" */

/**
 * @typedef {{ type: "label", id: number, text: string, lookAt: number } | { type: "look-at", offset: number }} Request
 * @typedef {{ type: "loading", loaded: number, total: number }
 *     | { type: "ready", version: string, model: boolean }
 *     | { type: "failed", message: string }
 *     | { type: "sentences", id: number, sentences: Sentence[] }
 *     | { type: "done", id: number, analysis: Analysis }
 *     | { type: "not-english", id: number }
 *     | { type: "broken", id: number, message: string }} Reply
 */

/** How long to label before the next batch goes to the page, in milliseconds: the first labels must show at once. */
const SLICE = 30;

/** Windows of some 150 words, 10 KB each: after an edit of a text that fits, only what changed goes to the model again. */
const REMEMBERED = 128;

/** Paths from the bundle of this file, whose address is this worker's name: it runs from a blob. */
const MODULE = new URL(`../pkg/${FILE}?v=${versions.modules[FILE]}`, self.name);
const MODEL = new URL(`../model/sayswho.bin?v=${versions.model}`, self.name);

/** @type {Engine | undefined} */
let engine;
/** The newest text asked for; whatever is older is dropped. */
let newest = -1;
/** @type {Job | undefined} */
let running;
/** @type {Extract<Request, { type: "label" }> | undefined} */
let waiting;

/** @param {Reply} reply */
function post(reply) {
    postMessage(reply);
}

/** Lets a message that has arrived be handled. A timer would be held back to 4 ms, or to a second in a hidden tab. */
const { port1, port2 } = new MessageChannel();
function breathe() {
    return new Promise((resolve) => {
        port1.onmessage = resolve;
        port2.postMessage(null);
    });
}

/** The model's bytes, or `undefined` where this build carries none and the engine judges by rules. */
async function fetchModel() {
    if (versions.model === "none") return undefined;
    const response = await fetchKept(MODEL.href, (loaded) =>
        post({ type: "loading", loaded, total: versions.modelBytes }),
    );
    if (!response.ok) throw new Error(`the model answered with status ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
}

async function load() {
    const fetching = fetchModel();
    // What fails first is told; the other is not to be reported as nobody's.
    fetching.catch(() => {});
    await init({ module_or_path: fetchKept(MODULE.href) });
    const model = await fetching;
    engine = new Engine(model);
    engine.remember(REMEMBERED);
    post({ type: "ready", version: version(), model: model !== undefined });
}

/**
 * @param {Engine} engine
 * @param {Extract<Request, { type: "label" }>} request
 */
async function label(engine, { id, text, lookAt }) {
    if (!isEnglish(text)) return post({ type: "not-english", id });
    const job = engine.begin(text);
    running = job;
    if (lookAt > 0) job.lookAt(lookAt);
    /** @type {Sentence[]} */
    let batch = [];
    let since = performance.now();
    for (let sentences; (sentences = job.step());) {
        batch.push(...sentences);
        if (performance.now() - since < SLICE) continue;
        post({ type: "sentences", id, sentences: batch });
        batch = [];
        await breathe();
        if (id !== newest) {
            running = undefined;
            return job.free();
        }
        since = performance.now();
    }
    running = undefined;
    const analysis = job.finish();
    post({ type: "done", id, analysis });
}

/** Labels what was asked for last, until nothing newer has come. */
async function serve() {
    while (engine && waiting && !running) {
        const request = waiting;
        waiting = undefined;
        try {
            await label(engine, request);
        } catch (error) {
            // The module may be left in any state: the page starts a fresh worker.
            return post({ type: "broken", id: request.id, message: String(error) });
        }
    }
}

/** @param {MessageEvent<Request>} event */
onmessage = ({ data }) => {
    if (data.type === "look-at") return running?.lookAt(data.offset);
    newest = data.id;
    waiting = data;
    void serve();
};

load().then(serve, (error) =>
    post({ type: "failed", message: error instanceof Error ? error.message : String(error) }),
);
