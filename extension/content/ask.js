// Asking the background for labels, over a port.
//
//   text ─▶ seen ─▶ port ─▶ sentences … ─▶ analysis | sorry
//             ↑       └─ lost (the browser put the background to sleep): once more, then sorry
//             └────────── lost out of sight, where the work waits and the background does fall asleep
//
// A disconnected port says in `chrome.runtime.id` why: without one the extension itself is gone, and nothing more can
// be asked by this script.

/** @import { Analysis, Sentence } from "../pkg/sayswho.js" */

/**
 * @typedef {object} Question
 * @property {string} text
 * @property {string} lang
 * @property {() => number} look the offset that the reader is at
 * @property {(sentences: Sentence[]) => void} onSentences
 * @property {AbortSignal} signal
 */

/** @typedef {{ analysis: Analysis } | { sorry: "noEnglish" | "noEngine" | "gone" }} Answer */

/** Whether the extension that put this script here is still there. */
export function isAlive() {
    try {
        return chrome.runtime.id !== undefined;
    } catch {
        return false;
    }
}

/** @param {Question} question @returns {Promise<Answer>} */
export async function askForLabels(question) {
    for (let attempts = 0; attempts < 2;) {
        await seen(question.signal);
        if (!isAlive()) break;
        const answer = await once(question);
        question.signal.throwIfAborted();
        if (answer) return answer;
        if (!document.hidden) attempts += 1;
    }
    return { sorry: isAlive() ? "noEngine" : "gone" };
}

/** Resolves when the page is in sight, or nobody wants to know any more. @param {AbortSignal} signal */
async function seen(signal) {
    while (document.hidden && !signal.aborted) {
        await new Promise((resolve) => {
            document.addEventListener("visibilitychange", resolve, { once: true, signal });
            signal.addEventListener("abort", resolve, { once: true });
        });
    }
    signal.throwIfAborted();
}

/**
 * @param {Question} question
 * @returns {Promise<Answer | null>} null for a lost port
 */
function once({ text, lang, look, onSentences, signal }) {
    return new Promise((resolve) => {
        /** @type {chrome.runtime.Port} */
        let port;
        try {
            port = chrome.runtime.connect({ name: "label" });
        } catch {
            return resolve(null);
        }
        let waiting = false;
        const onMove = () => {
            if (waiting) return;
            waiting = true;
            // A hidden page has no animation frames.
            setTimeout(() => {
                waiting = false;
                if (!closed) port.postMessage({ look: look(), hidden: document.hidden });
            }, 50);
        };
        let closed = false;
        const close = (/** @type {Answer | null} */ answer) => {
            if (closed) return;
            closed = true;
            removeEventListener("scroll", onMove, { capture: true });
            document.removeEventListener("visibilitychange", onMove);
            signal.removeEventListener("abort", onAbort);
            try {
                port.disconnect();
            } catch {
                // it was lost, which is why we are here
            }
            resolve(answer);
        };
        const onAbort = () => close(null);
        port.onMessage.addListener((message) => {
            if (message.sentences) onSentences(message.sentences);
            else if (message.analysis) close({ analysis: message.analysis });
            else if (message.sorry) close({ sorry: message.sorry === "language" ? "noEnglish" : "noEngine" });
        });
        port.onDisconnect.addListener(() => {
            void chrome.runtime?.lastError; // read, so that the browser does not report it
            close(null);
        });
        signal.addEventListener("abort", onAbort);
        // Captured, because the scrolling of an element within the page does not bubble.
        addEventListener("scroll", onMove, { passive: true, capture: true });
        document.addEventListener("visibilitychange", onMove);
        // Well formed: a lone surrogate would not survive the way there; its stand-in is as long.
        port.postMessage({ text: text.toWellFormed(), lang, look: look(), hidden: document.hidden });
    });
}

/** Tells the toolbar; says nothing where nobody is there to hear it. @param {Record<string, unknown>} message */
export async function tell(message) {
    try {
        return await chrome.runtime.sendMessage(message);
    } catch {
        return undefined;
    }
}
