// The content script: one page, its labels on or off.
//
//   click or granted site ─▶ find the article ─▶ collect its text ─▶ ask the background ─▶ paint as answers come
//                                │ none              ▲                    │ sorry               │
//                                │                   └── the page changes (Watch)              reader: popover, panel
//                                └────────────▶ say so, if asked ◀────────┘
//
// Everything is put back by `stop`. When the extension is reloaded this script is cut off from it but goes on running;
// it finds out at the reader's next move, or is told by the script that comes after it, and takes its things away.

import { onChange, read } from "../settings.js";
import { Article } from "./article.js";
import { askForLabels, isAlive, tell } from "./ask.js";
import { textsIn } from "./flat.js";
import { removeHosts } from "./host.js";
import { HIGHLIGHT_NAMES } from "./paint.js";
import { mayBeArticle } from "./readability.js";
import { Reader } from "./reader.js";
import { inSlices, painted, turn } from "./slices.js";
import { Statements } from "./statements.js";
import { collecting, MOST_CHARACTERS, offsetInView } from "./text.js";
import { Watch } from "./watch.js";

/** @import { Settings } from "../settings.js" */
/** @import { Say } from "./describe.js" */

/** @type {Say} */
const say = (key, ...values) => {
    try {
        return chrome.i18n.getMessage(key, values);
    } catch {
        return ""; // cut off: what is on the screen is about to go
    }
};

/** A frame's article is labelled too; the panel and what there is to say are the page's. */
const isTop = window === window.top;

class Page {
    /** Stops whatever is under way or on the page; null while labels are off. @type {AbortController | null} */
    #on = null;
    /** @type {Reader | null} */
    #reader = null;
    /** The state told last, for a page that comes back from the history. @type {Record<string, unknown>} */
    #state = { state: "off" };
    /** The style sheets that are in the page. @type {string[]} */
    #sheets = [];
    /** Whether the reader waits for an answer, and is told why there is none. */
    #asked = false;
    /** Whether there is an article, as soon as that is known. @type {PromiseWithResolvers<boolean>} */
    #found = Promise.withResolvers();

    constructor() {
        chrome.runtime.onMessage.addListener(this.#onMessage);
        addEventListener("pageshow", this.#onPageShow);
        addEventListener("pagehide", this.#onPageHide);
    }

    /** The page has loaded and its site is one that the reader has granted. Resolves with whether it is an article. */
    begin() {
        if (!this.#on) void this.#start(false);
        return this.#found.promise;
    }

    alive() {
        return isAlive();
    }

    /** Off the page for good: another script takes over, or the extension is gone. */
    retire() {
        this.#takeOff();
        removeEventListener("pageshow", this.#onPageShow);
        removeEventListener("pagehide", this.#onPageHide);
        try {
            chrome.runtime.onMessage.removeListener(this.#onMessage);
        } catch {
            // cut off already
        }
    }

    /** @param {{ type?: string }} message */
    #onMessage = (message) => {
        // A page that is only watched in case an article comes has no labels to take off: it is tried again.
        const labels = this.#on && ["on", "working"].includes(String(this.#state["state"]));
        // Labels that come unasked are not there for the reader yet: whoever asks now wants them.
        const unasked = this.#state["state"] === "working" && !this.#asked;
        if (message.type === "off") {
            if (labels) this.#stop();
        } else if (message.type === "label" || message.type === "toggle") {
            if (!labels) void this.#start(true);
            else if (message.type === "toggle" && !unasked) this.#stop();
            else void this.#want();
        } else if (message.type === "panel" || message.type === "togglePanel") {
            if (!labels) void this.#start(true);
            void this.#openPanel(message.type === "togglePanel");
        }
    };

    /** As soon as there is an article to list. @param {boolean} toggle whether a panel that the reader is in closes */
    async #openPanel(toggle) {
        this.#asked = true;
        if (!(await this.#found.promise)) return;
        if (toggle) this.#reader?.togglePanel();
        else this.#reader?.openPanel();
    }

    /** The reader asks for labels that are there, or on their way. */
    async #want() {
        this.#asked = true;
        const reader = this.#reader;
        const { panelOpen } = await read();
        if (isTop && reader === this.#reader) reader?.showPanel(panelOpen);
    }

    /** @param {PageTransitionEvent} event */
    #onPageShow = (event) => {
        if (event.persisted && isAlive()) void this.#tell(this.#state);
    };

    /** Nobody waits any longer for what is under way; Firefox would keep the question open for half a minute. */
    #onPageHide = () => {
        if (this.#state["state"] !== "working") return;
        this.#takeOff();
        this.#state = { state: "off" };
    };

    /** @param {boolean} asked whether the reader waits for an answer, and is told why there is none */
    async #start(asked) {
        this.#takeOff();
        const on = new AbortController();
        this.#on = on;
        this.#asked = asked;
        this.#found = Promise.withResolvers();
        const { resolve: found } = this.#found;
        const { signal } = on;
        signal.addEventListener("abort", () => found(false));
        const reader = new Reader(document, say, signal, () => this.retire());
        this.#reader = reader;
        const article = new Article(document);
        try {
            if (!asked && !mayBeArticle(document)) return this.#wait(article, on);
            void this.#tell({ state: "working" });
            const settings = await read();
            signal.throwIfAborted();
            const styled = this.#style(settings).then(() => painted(signal));
            styled.catch(() => {}); // heard below, or nobody is there to hear it
            if (!(await article.find(signal))) return this.#wait(article, on);
            found(true);
            await styled;
            await this.#label(article, reader, settings, signal);
        } catch (error) {
            if (signal.aborted) return;
            this.#sorry("noEngine");
            console.error("Says Who:", error);
        }
    }

    /**
     * Labels what is there, and goes on with what comes.
     * @param {Article} article
     * @param {Reader} reader
     * @param {Settings} settings
     * @param {AbortSignal} signal
     */
    async #label(article, reader, settings, signal) {
        const statements = new Statements(settings.sensitivity);
        signal.addEventListener("abort", () => statements.clear());
        const unlisten = onChange((now) => {
            statements.setSensitivity(now.sensitivity);
            reader.mark(now.show);
            void this.#style(now);
            reader.refresh(cut, false);
            void this.#tell({ state: "on", opinions: reader.counts.opinions });
        });
        signal.addEventListener("abort", unlisten);
        let cut = false;
        /** The page as it is now. @returns {Promise<"same" | "more" | "noArticle" | "noEnglish" | "noEngine" | "gone">} */
        const pass = async () => {
            const walk = collecting(document.body, article.keeps, article.holders());
            const collected = await inSlices(walk, signal);
            // The page changed under the walk: it is walked again when the page is quiet.
            if (collected.broken) return "same";
            if (collected.text === "") return "noArticle";
            cut = article.cut || collected.text.length >= MOST_CHARACTERS;
            const question = statements.read(collected);
            if (!question) return "more";
            const answer = await askForLabels({
                text: question.text,
                lang: article.lang,
                look: () => statements.lookIn(question, offsetInView(statements.collected)),
                onSentences: (sentences) => statements.learn(question, sentences),
                signal,
            });
            if ("sorry" in answer) {
                if (answer.sorry !== "noEnglish") statements.giveUp(question);
                return answer.sorry;
            }
            await inSlices(statements.finish(question, answer.analysis), signal);
            return "more";
        };
        reader.mark(settings.show);
        reader.read(statements);
        // From before the first pass: what the page does meanwhile is not missed.
        let ready = () => {};
        const first = new Promise((resolve) => (ready = () => resolve(undefined)));
        new Watch(
            document,
            signal,
            (texts) => statements.drop(texts),
            async ({ added, altered }) => {
                await first;
                try {
                    for (const node of added) if (node instanceof Text) article.changed(node);
                    const matters = article.hasLost() || altered.some((element) => article.concerns(element));
                    const more = await article.admit(added, signal);
                    if (!matters && !more) return;
                    const came = await pass();
                    if (came === "gone") return this.retire();
                    if (came === "same") return;
                    reader.refresh(cut, false);
                    const { opinions, claims, facts } = reader.counts;
                    // Translated, say, or emptied: there is nothing left to count.
                    const isBare = came !== "more" && opinions + claims + facts === 0;
                    void this.#tell(isBare ? { state: came } : { state: "on", opinions });
                } catch (error) {
                    if (!signal.aborted) console.error("Says Who:", error);
                }
            },
        );
        // Each in a task of its own, so that the page has its turn in between.
        await turn(signal);
        if (this.#asked && isTop) reader.showPanel(settings.panelOpen);
        await turn(signal);
        let came = await pass();
        for (let again = 0; came === "same" && again < 5; again += 1) came = await pass();
        if (came === "gone") return this.retire();
        if (came === "noArticle" || came === "noEnglish" || came === "noEngine") {
            this.#sorry(came);
            // The browser may translate it, and nobody is asked to click then.
            if (came === "noEnglish" && !this.#asked) this.#watchFor(article, new AbortController());
            return;
        }
        reader.refresh(cut, true);
        void this.#tell({ state: "on", opinions: reader.counts.opinions });
        ready();
    }

    /**
     * No article: says so, and waits for one, since many pages put their text in late.
     * @param {Article} article
     * @param {AbortController} on
     */
    #wait(article, on) {
        this.#found.resolve(false);
        const asked = this.#asked;
        // Chromium's viewer is a page that scripts get into, whatever its address ends in.
        const isPdf = document.contentType === "application/pdf";
        if (asked) this.#sorry(isPdf ? "pdf" : "noArticle");
        else if (this.#state["state"] !== "off") void this.#tell({ state: "noArticle" });
        // `sorry` has put an end to what was on.
        this.#watchFor(article, asked ? new AbortController() : on);
    }

    /**
     * Only a look at what comes: begins anew when that is an article.
     * @param {Article} article
     * @param {AbortController} on
     */
    #watchFor(article, on) {
        this.#on = on;
        const asked = this.#asked;
        const { signal } = on;
        new Watch(
            document,
            signal,
            () => {},
            async ({ added }) => {
                let length = 0;
                for (const node of added) for (const text of textsIn(node)) length += text.length;
                if (length < 300 || signal.aborted || !mayBeArticle(document)) return;
                await article.find(signal).catch(() => false);
                if (!signal.aborted && article.isThere) void this.#start(asked);
            },
        );
    }

    #stop() {
        this.#takeOff();
        void this.#tell({ state: "off" });
    }

    /** @param {"noArticle" | "noEnglish" | "noEngine" | "pdf"} why */
    #sorry(why) {
        this.#takeOff();
        const told = this.#tell({ state: why });
        if (this.#asked && isTop) void this.#notice(why, told);
    }

    /**
     * Says in the page why there are no labels, unless one of its frames gets some.
     * @param {string} why
     * @param {Promise<unknown>} told resolves with whether a frame has an article
     */
    async #notice(why, told) {
        if ((await told) === true) return;
        // Meanwhile an article may have come, or the next question.
        if (this.#state["state"] !== why || this.#reader) return;
        // In a picture or a feed no element of HTML can be made; the toolbar says it.
        if (!(document.createElement("p") instanceof HTMLElement)) return;
        const { signal } = new AbortController();
        this.#reader = new Reader(document, say, signal, () => this.retire());
        this.#reader.notice(say(why));
    }

    #takeOff() {
        this.#on?.abort();
        this.#on = null;
        this.#reader?.remove();
        this.#reader = null;
        if (this.#sheets.length > 0 && isAlive())
            void tell({ type: "style", on: false, sheets: this.#sheets });
        this.#sheets = [];
    }

    /** Has the labels look as the reader has chosen. @param {Settings} settings */
    async #style(settings) {
        const wanted = sheetsFor(settings);
        const old = this.#sheets;
        if (String(old) === String(wanted)) return;
        this.#sheets = wanted;
        if (old.length > 0) await tell({ type: "style", on: false, sheets: old });
        await tell({ type: "style", on: true, sheets: wanted });
    }

    /** @param {Record<string, unknown>} state */
    async #tell(state) {
        this.#state = state;
        // Of what is no article among a page's frames nobody wants to hear.
        if (!isTop && state["state"] !== "on") return undefined;
        return tell({ type: "state", ...state });
    }
}

/** @param {Settings} settings */
function sheetsFor({ show, look }) {
    const sheets = ["content/paint.css"];
    if (look === "background") sheets.push("content/look-background.css");
    if (show.fact) sheets.push("content/show-fact.css");
    if (!show.claim) sheets.push("content/hide-claim.css");
    if (!show.opinion) sheets.push("content/hide-opinion.css");
    return sheets;
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
