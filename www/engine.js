// The page's end of the worker: one text in, its labels out as they come. An answer to an older text is dropped here
// too, since it may have been on its way when the newer text was sent.

/** @import { Analysis, Sentence } from "./shared.js" */
/** @import { Reply, Request } from "./worker.js" */

/**
 * @typedef {object} Listeners
 * @property {(share: number) => void} loading  How much of the model has arrived, 0 to 1.
 * @property {(engine: { version: string, model: boolean }) => void} ready
 * @property {(message: string) => void} failed  The engine can't run on this machine; nothing will be labelled.
 * @property {(sentences: Sentence[]) => void} sentences  Some sentences of the newest text, with their labels.
 * @property {(analysis: Analysis) => void} done  The whole answer for the newest text.
 * @property {() => void} notEnglish
 * @property {(message: string) => void} broken  The newest text could not be labelled; the next one may be.
 */

/**
 * A worker that this page's own policy binds. The policy stands in a `meta` element, which binds no worker that comes
 * from an address: that one takes its policy from its response's headers, and a static host sends none. A worker from a
 * blob inherits the policy of the page that made it. The blob holds all of the script: what a blob's worker imports does
 * not reach sw.js in Firefox, and would be missing without a network.
 *
 * @param {URL} address  Of a module that imports nothing. It finds its own address in `name`.
 * @returns {Promise<Worker>}
 * @throws {Error} Where the script can't be had.
 */
export async function boundWorker(address) {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`its worker answered with status ${response.status}`);
    const blob = new Blob([await response.text()], { type: "text/javascript" });
    const url = URL.createObjectURL(blob);
    const worker = new Worker(url, { type: "module", name: address.href });
    // Chromium fetches the blob after this call.
    worker.addEventListener("message", () => URL.revokeObjectURL(url), { once: true });
    return worker;
}

export class EngineClient {
    /** @type {Promise<Worker> | undefined} */
    #worker;
    #newest = 0;
    #listeners;
    #make;

    /**
     * @param {() => Promise<Worker>} make  Starts a worker; called again after one has broken.
     * @param {Listeners} listeners
     */
    constructor(make, listeners) {
        this.#make = make;
        this.#listeners = listeners;
    }

    /** Fetches the engine and its model, if that has not begun; the first text to be labelled begins it as well. */
    start() {
        if (!this.#worker) this.#start();
    }

    /**
     * Labels `text`, the part from `lookAt` on first, and gives up on any text before it.
     *
     * @param {string} text
     * @param {number} lookAt  UTF-16 code units.
     */
    label(text, lookAt = 0) {
        this.#newest += 1;
        this.start();
        this.#send({ type: "label", id: this.#newest, text, lookAt });
    }

    /** Gives up on the text being labelled. */
    stop() {
        this.#newest += 1;
    }

    /** @param {number} offset  What the reader looks at now, in UTF-16 code units. */
    lookAt(offset) {
        this.#send({ type: "look-at", offset });
    }

    /** @param {Request} request */
    #send(request) {
        // Where there is no worker, that has been told.
        this.#worker?.then(
            (worker) => worker.postMessage(request),
            () => {},
        );
    }

    #start() {
        const { failed } = this.#listeners;
        // Told before a large model is fetched for nothing.
        const able = typeof WebAssembly === "object";
        this.#worker = able
            ? this.#make()
            : Promise.reject(new Error("WebAssembly is switched off in this browser"));
        this.#worker.then(
            (worker) => {
                worker.addEventListener("message", ({ data }) => this.#hear(data));
                // A worker that can't even start (a policy forbids it) says so by an event only.
                worker.addEventListener("error", (event) => {
                    event.preventDefault();
                    failed(event.message || "its worker could not be started");
                });
            },
            (error) => failed(error instanceof Error ? error.message : String(error)),
        );
    }

    /** @param {Reply} reply */
    #hear(reply) {
        const tell = this.#listeners;
        if ("id" in reply && reply.id !== this.#newest) return;
        switch (reply.type) {
            case "loading":
                return tell.loading(Math.min(1, reply.loaded / reply.total));
            case "ready":
                return tell.ready(reply);
            case "failed":
                return tell.failed(reply.message);
            case "sentences":
                return tell.sentences(reply.sentences);
            case "done":
                return tell.done(reply.analysis);
            case "not-english":
                return tell.notEnglish();
            case "broken":
                void this.#worker?.then((worker) => worker.terminate());
                this.#start();
                return tell.broken(reply.message);
        }
    }
}
