// A text of our own, labelled by the real engine in the background and shown on one of our pages.
//
//   text ─▶ port "label" ─▶ analysis ─▶ a span a sentence ─▶ highlights, with the very style sheets that pages get
//
// These pages are ours, so that sentences may be elements here, which can have the focus; in a publisher's page they never are.

import { Highlights, REGISTRY_NAMES, SIGNAL_NAME } from "../content/paint.js";
import { labelAt } from "../sensitivity.js";

/** @import { Analysis, Label, Sentence } from "../pkg/sayswho.js" */
/** @import { Settings } from "../settings.js" */

/** The marks of the text that is shown. @type {Highlights | null} */
let highlights = null;

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
    element.replaceChildren(...parts);
    mark(element);
    dress(page, settings.look);
    return counts;
}

/** Marks what has a label, as in a page. @param {HTMLElement} element */
export function mark(element) {
    highlights?.clear();
    highlights = new Highlights();
    for (const [label, kind] of Object.entries(SHOWN_AS)) {
        highlights.put(
            REGISTRY_NAMES[/** @type {Label} */ (label)],
            rangesOf(element, `[data-label=${kind}]`),
        );
    }
    highlights.put(SIGNAL_NAME, rangesOf(element, ".signal"));
}

/** @param {HTMLElement} element @param {string} selector */
function rangesOf(element, selector) {
    return [...element.querySelectorAll(selector)].map((each) => {
        const range = document.createRange();
        range.selectNodeContents(each);
        return range;
    });
}

/** Lets the sheet for the other look hold or not. @param {Document} page @param {Settings["look"]} look */
function dress(page, look) {
    for (const sheet of /** @type {NodeListOf<HTMLLinkElement>} */ (
        page.querySelectorAll("link[data-look]")
    )) {
        sheet.media = sheet.dataset["look"] === look ? "all" : "not all";
    }
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
