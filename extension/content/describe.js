// A label in words for a reader: sentence + the answer it belongs to ──▶ what it is, who says so, why.
//
// The words themselves are in _locales; `say` looks one up. No chrome.*: the demo page uses this too, with words.js.

/** @import { Analysis, Label, Sentence, SignalKind } from "../pkg/sayswho.js" */
/** @import { Statement } from "./statements.js" */

/**
 * Looks up a phrase of the interface: `chrome.i18n.getMessage`, or `sayFrom(messages)` on a page of our own.
 * @typedef {(key: string, ...values: string[]) => string} Say
 */

/**
 * @typedef {object} Description
 * @property {Label} label
 * @property {string} title what the sentence is: "Attributed claim"
 * @property {string} who "Says: NAME", or that nobody is named
 * @property {string[]} reasons a sentence each
 * @property {string} sureness how sure the engine is, in words
 */

/** The labels in the order in which a reader wants them, with their phrases. @type {Record<Label, string>} */
const TITLES = {
    "unattributed-opinion": "labelOpinion",
    "attributed-claim": "labelClaim",
    "reported-fact": "labelFact",
};

/** @type {Label[]} */
export const LABELS = /** @type {Label[]} */ (Object.keys(TITLES));

/** What words that give an opinion away do. @type {Record<SignalKind, string>} */
const WHYS = {
    evaluation: "whyEvaluation",
    "loaded-name": "whyLoadedName",
    prescription: "whyPrescription",
    forecast: "whyForecast",
    "mind-reading": "whyMindReading",
    irony: "whyIrony",
    generalisation: "whyGeneralisation",
    "first-person": "whyFirstPerson",
    address: "whyAddress",
    intensifier: "whyIntensifier",
    "loaded-wording": "whyLoadedWording",
};

/** What the engine takes for irony by its last sign alone. @type {Record<string, string>} */
const MARKS = { "?": "whyQuestion", "!": "whyExclamation" };

/** More reasons than this are read by nobody. */
const MOST_REASONS = 4;

/**
 * @param {Sentence} sentence
 * @param {Analysis | null} analysis null while the answer is still coming: then nobody is known yet
 * @param {string} text what was analysed
 * @param {Say} say
 * @returns {Description | null} null for furniture, of which there is nothing to say
 */
export function describe(sentence, analysis, text, say) {
    const { label } = sentence;
    if (!label) return null;
    const speakers = analysis ? speakersOf(sentence, analysis, text, say) : [];
    return {
        label,
        title: say(sentence.mixed && label === "attributed-claim" ? "labelMixed" : TITLES[label]),
        who: whoSaysSo(label, speakers, analysis !== null, say),
        reasons: reasonsFor(sentence, analysis, text, say),
        sureness: say(sureness(sentence.confidence)),
    };
}

/** @param {Statement} statement @param {Say} say */
export function describeStatement({ sentence, label, question }, say) {
    return describe({ ...sentence, label }, question.analysis, question.text, say);
}

/** @param {Label} label @param {Say} say */
export function titleOf(label, say) {
    return say(TITLES[label]);
}

/**
 * Whose claims a sentence passes on, each once: a name where one is known, else the words that stand for it.
 * @param {Sentence} sentence
 * @param {Analysis} analysis
 * @param {string} text
 * @param {Say} say
 * @returns {string[]}
 */
export function speakersOf(sentence, analysis, text, say) {
    const names = sentence.attributions.map((index) => {
        const attribution = analysis.attributions[index];
        if (!attribution) return "";
        const words = attribution.source.map(([start, end]) => text.slice(start, end)).join(" ");
        const name = attribution.speaker ?? words;
        return attribution.vague && name ? say("vagueSource", name) : name;
    });
    return [...new Set(names.map(oneLine).filter((name) => name !== ""))];
}

/** @param {Label} label @param {string[]} speakers @param {boolean} known @param {Say} say */
function whoSaysSo(label, speakers, known, say) {
    if (label === "unattributed-opinion") return say("whoNobody");
    if (label === "reported-fact") return say("whoOutlet");
    if (speakers.length > 0) return say("whoSays", speakers.join(", "));
    return say(known ? "whoUnclear" : "whoPending");
}

/** @param {Sentence} sentence @param {Analysis | null} analysis @param {string} text @param {Say} say */
function reasonsFor(sentence, analysis, text, say) {
    /** @type {string[]} */
    const reasons = [];
    if (sentence.label === "attributed-claim" && analysis) {
        for (const index of sentence.attributions) {
            const attribution = analysis.attributions[index];
            const cue = attribution?.cue.map(([start, end]) => text.slice(start, end)).join(" … ") ?? "";
            if (cue) reasons.push(say("reasonCue", oneLine(cue)));
            else if (attribution)
                reasons.push(say(attribution.kind === "indirect" ? "reasonRunsOn" : "reasonQuoted"));
        }
    }
    for (const { start, end, kind } of sentence.signals) {
        const words = oneLine(text.slice(start, end));
        const why = (kind === "irony" && MARKS[words.at(-1) ?? ""]) || WHYS[kind];
        reasons.push(say("reasonSignal", words, say(why)));
    }
    if (reasons.length === 0) reasons.push(say(fallback(sentence.label)));
    return [...new Set(reasons)].slice(0, MOST_REASONS);
}

/** @param {Label | null} label */
function fallback(label) {
    if (label === "unattributed-opinion") return "reasonOpinion";
    return label === "attributed-claim" ? "reasonClaim" : "reasonFact";
}

/** @param {number} confidence calibrated: 0.8 is right four times in five */
function sureness(confidence) {
    if (confidence >= 0.9) return "sureVery";
    if (confidence >= 0.7) return "sureFairly";
    return "sureHardly";
}

/** @param {string} words */
function oneLine(words) {
    return words.replace(/\s+/g, " ").trim();
}
