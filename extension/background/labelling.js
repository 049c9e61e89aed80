// One article through the engine, over one port.
//
//   content ── {text, look, lang} ─▶ begin ─▶ step ─▶ {sentences} ─▶ content      as often as there are windows
//   content ── {look} ────────────▶ lookAt ──┘ ↑                                  the reader has scrolled
//                                     turn ────┘   others get theirs; a closed port ends it here
//                                     finish ─▶ {analysis} ─▶ content
//   or, once and last, {sorry: "language" | "engine"}

import { engine, isEnglish } from "./engine.js";

/** Shorter texts are too short to tell a language by: then the page's word is taken for it. */
const ENOUGH_TO_TELL = 300;

/** @param {chrome.runtime.Port} port */
export function answerPort(port) {
    if (port.name !== "label") return;
    let open = true;
    let asked = false;
    let look = 0;
    port.onDisconnect.addListener(() => {
        open = false;
        void chrome.runtime.lastError; // a page that went away is no error
    });
    port.onMessage.addListener(async (message) => {
        if (Number.isInteger(message?.look) && message.look >= 0) look = message.look;
        if (typeof message?.text !== "string" || asked) return;
        asked = true;
        try {
            const answer = await label(message.text, String(message.lang ?? ""));
            if (open) port.postMessage(answer);
        } catch (error) {
            console.error("Says Who could not label a page:", error);
            if (open) port.postMessage({ sorry: "engine" });
        }
    });

    /** @param {string} text @param {string} lang */
    async function label(text, lang) {
        const ready = await engine();
        if (!inEnglish(text, lang)) return { sorry: "language" };
        const job = ready.begin(text);
        let looked = -1;
        for (;;) {
            await turn();
            if (!open) return job.free();
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

/** Lets messages and other articles have their turn. A timer would be held back to once a second in a hidden page. */
function turn() {
    return new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
            port1.close();
            resolve(undefined);
        };
        port2.postMessage(null);
    });
}
