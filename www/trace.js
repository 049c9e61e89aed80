// One sentence taken apart: who says it, by which words the article credits it, what is said, and how the label came about.
//
//   sentence ─┬─ its attributions ─▶ source → cue → content, each a button that lights its words up
//             ├─ its signals ──────▶ the words that gave an opinion away, and what they do
//             └─ its scores ───────▶ a chart a label

import { bar } from "./chart.js";
import { make } from "./make.js";
import { counted, oneLine } from "./page.js";
import { describe, LABELS, say, titleOf } from "./shared.js";

/** @import { Analysis, Attribution, Label, Sentence, Span } from "./shared.js" */
/** @import { Light } from "./light.js" */

/** What a part of a claim is, for a reader. @type {Record<Exclude<Light, "said">, string>} */
const PARTS = { source: "Source", cue: "Credited by", content: "What is said" };

const KINDS = { direct: "quoted word for word", indirect: "in the writer's words", mixed: "partly quoted" };

/** @type {Record<Label, keyof Sentence["scores"]>} */
const SCORES = {
    "reported-fact": "fact",
    "attributed-claim": "attributed",
    "unattributed-opinion": "opinion",
};

/** A claim may be pages long; of a part this much stands in the trace, in characters. */
const EXCERPT = 160;

/**
 * @param {HTMLElement} box
 * @param {Sentence} sentence
 * @param {Analysis | null} analysis
 * @param {string} text
 * @param {(words: Partial<Record<Light, Span[]>>) => void} light  Nothing: what belongs to the whole trace.
 */
export function showTrace(box, sentence, analysis, text, light) {
    const description = describe(sentence, analysis, text, say);
    const words = make("q", excerpt(oneLine(text.slice(sentence.start, sentence.end))), "traced");
    words.dir = "auto";
    if (!description) {
        box.replaceChildren(words, make("p", "No label: part of the page, and no statement of the article."));
        return light({});
    }
    const claims = claimsOf(sentence, analysis);
    const whole = partsOf(claims);
    const rest = () => light(whole);
    const title = make("p", description.title, "verdict");
    title.dataset["label"] = sentence.label ?? "none";
    const about = make("p", `${description.who}. ${description.sureness}.`);
    box.replaceChildren(words, title, about, ...claims.map((claim) => chain(claim, text, light, rest)));
    if (sentence.signals.length > 0) box.append(signals(sentence, text, light, rest));
    else if (claims.length === 0) box.append(...description.reasons.map((reason) => make("p", reason)));
    box.append(scores(sentence));
    rest();
}

/** @param {Sentence} sentence @param {Analysis | null} analysis */
function claimsOf(sentence, analysis) {
    return sentence.attributions
        .map((index) => analysis?.attributions[index])
        .filter((claim) => claim !== undefined);
}

/** @param {Attribution[]} claims @returns {Partial<Record<Light, Span[]>>} */
function partsOf(claims) {
    return {
        source: claims.flatMap(({ source }) => source),
        cue: claims.flatMap(({ cue }) => cue),
        content: claims.flatMap(({ content }) => content),
    };
}

/**
 * Source → cue → content.
 *
 * @param {Attribution} claim
 * @param {string} text
 * @param {(words: Partial<Record<Light, Span[]>>) => void} light
 * @param {() => void} rest
 */
function chain(claim, text, light, rest) {
    const list = make("ol", "", "chain");
    list.setAttribute("aria-label", "From the source to what it says");
    for (const part of /** @type {const} */ (["source", "cue", "content"])) {
        const spans = claim[part];
        const item = make("li", "");
        item.dataset["part"] = part;
        item.append(make("span", PARTS[part], "part"));
        if (spans.length > 0) {
            const words = spans.map(([start, end]) => oneLine(text.slice(start, end))).join(" … ");
            item.append(lighter(excerpt(words), () => light({ [part]: spans }), rest));
        } else {
            item.append(make("span", part === "cue" ? "the quotation marks alone" : "not found", "quiet"));
        }
        if (part === "source") item.append(...whois(claim, text));
        if (part === "content") item.append(make("span", KINDS[claim.kind], "quiet"));
        list.append(item);
    }
    return list;
}

/** Whom a “she” stands for, or that nobody is named. @param {Attribution} claim @param {string} text */
function whois({ speaker, source, vague }, text) {
    const words = source.map(([start, end]) => oneLine(text.slice(start, end))).join(" ");
    if (vague) return [make("span", "nobody is named", "quiet")];
    return speaker && speaker.toLowerCase() !== words.toLowerCase()
        ? [make("span", `that is, ${speaker}`, "quiet")]
        : [];
}

/**
 * @param {Sentence} sentence
 * @param {string} text
 * @param {(words: Partial<Record<Light, Span[]>>) => void} light
 * @param {() => void} rest
 */
function signals(sentence, text, light, rest) {
    const list = make("ul", "", "signals");
    list.setAttribute("aria-label", "Words that gave it away");
    for (const { start, end, why } of sentence.signals) {
        const item = make("li", "");
        const words = `“${oneLine(text.slice(start, end))}”`;
        item.append(
            lighter(words, () => light({ cue: [[start, end]] }), rest),
            make("span", why, "quiet"),
        );
        list.append(item);
    }
    return list;
}

/** A button that lights words up while it is pointed at. @param {string} words @param {() => void} on @param {() => void} off */
function lighter(words, on, off) {
    const button = make("button", words, "lighter");
    button.type = "button";
    for (const event of ["pointerenter", "focus", "click"]) button.addEventListener(event, on);
    for (const event of ["pointerleave", "blur"]) button.addEventListener(event, off);
    return button;
}

/** How the three labels weighed against one another. @param {Sentence} sentence */
function scores(sentence) {
    const list = make("ul", "", "scores");
    list.setAttribute("aria-label", "How the labels weighed");
    for (const label of LABELS.toReversed()) {
        const score = sentence.scores[SCORES[label]];
        const name = titleOf(label, say);
        const of100 = Math.round(100 * score);
        const item = make("li", "");
        item.append(
            make("span", name),
            bar(`${name}: ${counted(of100, "chance")} in 100`, [{ label, share: score }]),
        );
        item.append(make("span", String(of100), "share"));
        list.append(item);
    }
    return list;
}

/** @param {string} words */
function excerpt(words) {
    return words.length <= EXCERPT ? words : `${words.slice(0, EXCERPT).replace(/\s+\S*$/, "")}…`;
}
