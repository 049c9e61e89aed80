// One article through the engine, over one port.
//
//   content ── {text, look, lang} ─▶ begin ─▶ step ─▶ {sentences} ─▶ content      as often as there are windows
//   content ── {look, hidden} ────▶ lookAt ──┘ ↑                                  the reader has scrolled, or gone
//                                     turn ────┘   a page out of sight waits here; a closed port ends it
//                                     finish ─▶ {analysis} ─▶ content
//   or, once and last, {sorry: "language" | "engine"}

import { discard, engine, isEnglish } from "./engine.js";

/** Shorter texts are too short to tell a language by: then the page's word is taken for it. */
const ENOUGH_TO_TELL = 300;

/** @param {chrome.runtime.Port} port */
export function answerPort(port) {
    if (port.name !== "label") return;
    let asked = false;
    const place = { open: true, hidden: false };
    let look = 0;
    port.onDisconnect.addListener(() => {
        place.open = false;
        ring();
        void chrome.runtime.lastError; // a page that went away is no error
    });
    port.onMessage.addListener(async (message) => {
        if (Number.isInteger(message?.look) && message.look >= 0) look = message.look;
        if (typeof message?.hidden === "boolean") place.hidden = message.hidden;
        ring();
        if (typeof message?.text !== "string" || asked) return;
        asked = true;
        try {
            const answer = await label(message.text, typeof message.lang === "string" ? message.lang : "");
            if (place.open) port.postMessage(answer);
        } catch (error) {
            console.error("Says Who could not label a page:", error);
            discard();
            if (place.open) port.postMessage({ sorry: "engine" });
        }
    });

    /** @param {string} text @param {string} lang */
    async function label(text, lang) {
        const ready = await engine();
        if (!inEnglish(text, lang)) return { sorry: "language" };
        const job = ready.begin(text);
        let looked = -1;
        for (;;) {
            await turn(place);
            if (!place.open) return job.free();
            if (look !== looked) job.lookAt((looked = look));
            const sentences = job.step();
            if (!sentences) return { analysis: job.finish() };
            if (sentences.length > 0) port.postMessage({ sentences });
        }
    }
}

/** @param {string} text @param {string} lang what the page says of itself; often left as the template had it */
function inEnglish(text, lang) {
    if (!isEnglish(text)) return false;
    return text.length >= ENOUGH_TO_TELL || lang === "" || /^en\b/i.test(lang);
}

/** @typedef {{ open: boolean, hidden: boolean }} Place */

/** @type {{ place: Place, go: () => void }[]} */
const waiting = [];
const bell = new MessageChannel();
bell.port1.onmessage = () => {
    const next = waiting.findIndex(({ place }) => !place.hidden || !place.open);
    if (next >= 0) waiting.splice(next, 1)[0]?.go();
};

/** Somebody may have their turn. Not by a timer, which would be held back to once a second. */
function ring() {
    bell.port2.postMessage(null);
}

/**
 * Resolves when it is this article's turn, in the order in which they asked; that of a page which nobody sees comes when it
 * is seen. Messages have had theirs before.
 * @param {Place} place
 * @returns {Promise<void>}
 */
function turn(place) {
    return new Promise((go) => {
        waiting.push({ place, go });
        ring();
    });
}
