// The page's end of the worker: one text in, its labels out as they come. An answer to an older text is dropped here
// too, since it may have been on its way when the newer text was sent.

/** @import { Analysis, Sentence } from "../extension/pkg/sayswho.js" */
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

export class EngineClient {
    /** @type {Worker | undefined} */
    #worker;
    #newest = 0;
    #listeners;
    #make;

    /**
     * @param {() => Worker} make  Starts a worker; called again after one has broken.
     * @param {Listeners} listeners
     */
    constructor(make, listeners) {
        this.#make = make;
        this.#listeners = listeners;
        this.#start();
    }

    /**
     * Labels `text`, the part from `lookAt` on first, and gives up on any text before it.
     *
     * @param {string} text
     * @param {number} lookAt  UTF-16 code units.
     */
    label(text, lookAt = 0) {
        this.#newest += 1;
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
        this.#worker?.postMessage(request);
    }

    #start() {
        const worker = this.#make();
        this.#worker = worker;
        worker.addEventListener("message", ({ data }) => this.#hear(data));
        // A worker that can't even start (its file is missing, a policy forbids it) says so by an event only.
        worker.addEventListener("error", (event) => {
            event.preventDefault();
            this.#listeners.failed(event.message || "its worker could not be started");
        });
    }

    /** @param {Reply} reply */
    #hear(reply) {
        const tell = this.#listeners;
        if ("id" in reply && reply.id !== this.#newest) return;
        switch (reply.type) {
            case "loading":
                return tell.loading(reply.total > 0 ? Math.min(1, reply.loaded / reply.total) : 0);
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
                this.#worker?.terminate();
                this.#start();
                return tell.broken(reply.message);
        }
    }
}
