// A text of our own, labelled by the real engine in the background and shown on one of our pages.
//
//   text ─▶ port "label" ─▶ analysis ─▶ a span a sentence, marked as the reader's settings say
//
// These pages are ours, so that sentences may be elements here; in a publisher's page they never are.

import { labelAt } from "../sensitivity.js";

/** @import { Analysis, Label, Sentence } from "../pkg/sayswho.js" */
/** @import { Settings } from "../settings.js" */

/** @type {Record<Label, keyof Settings["show"]>} */
const SHOWN_AS = { "reported-fact": "fact", "attributed-claim": "claim", "unattributed-opinion": "opinion" };

/**
 * @param {string} text
 * @returns {Promise<Analysis>}
 * @throws {Error} whose message is the phrase to show: the text is not English, or the engine did not answer
 */
export function label(text) {
    return new Promise((resolve, reject) => {
        const port = chrome.runtime.connect({ name: "label" });
        port.onMessage.addListener((answer) => {
            if (answer.analysis) resolve(answer.analysis);
            else if (answer.sorry) reject(new Error(answer.sorry === "language" ? "noEnglish" : "noEngine"));
            else return;
            port.disconnect();
        });
        port.onDisconnect.addListener(() => reject(new Error("noEngine")));
        port.postMessage({ text: text.toWellFormed(), lang: "en", look: 0, hidden: false });
    });
}

/**
 * Shows a text with its labels, and counts what is shown.
 * @param {HTMLElement} element
 * @param {string} text
 * @param {Analysis} analysis
 * @param {Settings} settings
 * @param {(sentence: Sentence, span: HTMLElement) => void} [onSentence] for what else a page does with each
 */
export function showLabels(element, text, analysis, settings, onSentence) {
    const counts = { fact: 0, claim: 0, opinion: 0 };
    const page = element.ownerDocument;
    const parts = [];
    let at = 0;
    for (const sentence of analysis.sentences) {
        parts.push(page.createTextNode(text.slice(at, sentence.start)));
        at = sentence.end;
        const label = labelAt(sentence, settings.sensitivity);
        const kind = label && SHOWN_AS[label];
        if (kind) counts[kind] += 1;
        const span = page.createElement("span");
        span.className = "sentence";
        if (kind && settings.show[kind]) span.dataset["label"] = kind;
        span.append(...wordsOf(sentence, text, kind === "opinion" && settings.show.opinion));
        onSentence?.(sentence, span);
        parts.push(span);
    }
    parts.push(page.createTextNode(text.slice(at)));
    element.dataset["look"] = settings.look;
    element.replaceChildren(...parts);
    return counts;
}

/** The sentence's text, the words that gave an opinion away apart. @param {Sentence} sentence @param {string} text @param {boolean} marked */
function wordsOf({ start, end, signals }, text, marked) {
    if (!marked) return [text.slice(start, end)];
    const parts = [];
    let at = start;
    for (const signal of [...signals].sort((a, b) => a.start - b.start)) {
        if (signal.start < at) continue; // lies within the one before
        const words = document.createElement("span");
        words.className = "signal";
        words.textContent = text.slice(signal.start, signal.end);
        parts.push(text.slice(at, signal.start), words);
        at = signal.end;
    }
    parts.push(text.slice(at, end));
    return parts;
}
