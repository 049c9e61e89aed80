// The content script: one page, its labels on or off.
//
//   click or granted site ─▶ find the article ─▶ collect its text ─▶ ask the background ─▶ paint as answers come
//                                │ none                                   │ sorry               │
//                                └────────────▶ say so, if asked ◀────────┘                    reader: popover, panel
//
// Everything is put back by `stop`. When the extension is reloaded this script is cut off from it but goes on running;
// it finds out at the reader's next move, or is told by the script that comes after it, and takes its things away.

import { findArticle, mayBeArticle } from "./article.js";
import { askForLabels, isAlive, tell } from "./ask.js";
import { removeHosts } from "./host.js";
import { HIGHLIGHT_NAMES, Paint } from "./paint.js";
import { Reader } from "./reader.js";
import { inSlices } from "./slices.js";
import { collecting, MOST_CHARACTERS, offsetInView } from "./text.js";

/** @import { Say } from "./describe.js" */

/** @type {Say} */
const say = (key, ...values) => {
    try {
        return chrome.i18n.getMessage(key, values);
    } catch {
        return ""; // cut off: what is on the screen is about to go
    }
};

class Page {
    /** Stops whatever is under way or on the page; null while labels are off. @type {AbortController | null} */
    #on = null;
    /** @type {Reader | null} */
    #reader = null;
    /** The state told last, for a page that comes back from the history. @type {Record<string, unknown>} */
    #state = { state: "off" };

    constructor() {
        chrome.runtime.onMessage.addListener(this.#onMessage);
        addEventListener("pageshow", this.#onPageShow);
    }

    /** The page has loaded and its site is one that the reader has granted. */
    begin() {
        if (!this.#on && mayBeArticle(document)) void this.#start(false);
    }

    alive() {
        return isAlive();
    }

    /** Off the page for good: another script takes over, or the extension is gone. */
    retire() {
        this.#takeOff();
        removeEventListener("pageshow", this.#onPageShow);
        try {
            chrome.runtime.onMessage.removeListener(this.#onMessage);
        } catch {
            // cut off already
        }
    }

    /** @param {{ type?: string }} message */
    #onMessage = (message) => {
        if (message.type === "toggle") {
            if (this.#on) this.#stop();
            else void this.#start(true);
        } else if (message.type === "panel") {
            if (this.#reader) this.#reader.togglePanel();
            else void this.#start(true);
        }
    };

    /** @param {PageTransitionEvent} event */
    #onPageShow = (event) => {
        if (event.persisted && isAlive()) this.#tell(this.#state);
    };

    /** @param {boolean} asked whether the reader waits for an answer, and is told why there is none */
    async #start(asked) {
        const on = new AbortController();
        this.#on = on;
        this.#reader?.remove();
        const reader = new Reader(document, say, on.signal, () => this.retire());
        this.#reader = reader;
        try {
            this.#tell({ state: "working" });
            const styled = tell({ type: "style", on: true });
            const article = await findArticle(document, on.signal);
            if (!article) return this.#sorry("noArticle", asked);
            const collected = await inSlices(collecting(article.root, article.keep), on.signal);
            if (collected.text === "") return this.#sorry("noArticle", asked);
            await styled;
            on.signal.throwIfAborted();
            const paint = new Paint(collected);
            on.signal.addEventListener("abort", () => paint.clear());
            reader.read(collected, paint);
            if (asked) void reader.showPanel();
            const answer = await askForLabels({
                text: collected.text,
                lang: article.lang,
                look: () => offsetInView(collected),
                onSentences: (sentences) => reader.learn(sentences),
                signal: on.signal,
            });
            if ("sorry" in answer) {
                if (answer.sorry === "gone") return this.retire();
                return this.#sorry(answer.sorry, asked);
            }
            const { analysis } = answer;
            await inSlices(reader.finish(analysis, collected.text.length >= MOST_CHARACTERS), on.signal);
            this.#tell({ state: "on", opinions: analysis.summary["unattributed-opinion"] });
        } catch (error) {
            if (on.signal.aborted) return;
            this.#sorry("noEngine", asked);
            console.error("Says Who:", error);
        }
    }

    #stop() {
        this.#takeOff();
        this.#tell({ state: "off" });
    }

    /** @param {"noArticle" | "noEnglish" | "noEngine"} why @param {boolean} asked */
    #sorry(why, asked) {
        this.#takeOff();
        this.#tell({ state: why });
        if (!asked) return;
        const on = new AbortController();
        this.#reader = new Reader(document, say, on.signal, () => this.retire());
        this.#reader.notice(say(why));
    }

    #takeOff() {
        const wasOn = this.#on !== null;
        this.#on?.abort();
        this.#on = null;
        this.#reader?.remove();
        this.#reader = null;
        if (wasOn && isAlive()) void tell({ type: "style", on: false });
    }

    /** @param {Record<string, unknown>} state */
    #tell(state) {
        this.#state = state;
        void tell({ type: "state", ...state });
    }
}

// Injected again, by a click or by an extension that was reloaded: the script that is here stays if it can still do
// its work, and else leaves the page to the new one.
const world = /** @type {{ saysWho?: Page }} */ (globalThis);
if (!isWorking(world.saysWho)) {
    try {
        world.saysWho?.retire();
    } catch {
        // its world is gone, and its listeners with it
    }
    removeHosts(document);
    for (const name of HIGHLIGHT_NAMES) CSS.highlights.delete(name);
    world.saysWho = new Page();
}

/** @param {Page | undefined} page */
function isWorking(page) {
    try {
        return page?.alive() === true;
    } catch {
        return false;
    }
}
