// Two texts side by side: their shares, who is heard in which, and both labelled.
//
//   left ─┐ a text each ─▶ stored answers, or the engine, one after the other
//   right ┘                       │
//   one Paint over both: the highlight registry has one set of names, so that the right text's offsets follow the left's

import { Article } from "./article.js";
import { bar, patterns } from "./chart.js";
import { addPopoverStyle } from "./choosing.js";
import { boundWorker, EngineClient } from "./engine.js";
import { inWords, percent, sharesOf } from "./figures.js";
import * as fragment from "./fragment.js";
import { make } from "./make.js";
import { byId, counted, tell, warn } from "./page.js";
import { sentenceAtPoint } from "./pointing.js";
import { Reading } from "./reading.js";
import { SAMPLES } from "./samples.js";
import { describe, Popover, say } from "./shared.js";
import { voicesOf } from "./sources.js";
import { storedAnswer } from "./stored.js";

/** @import { Analysis, Sentence, Span } from "./shared.js" */

/** From the last key to labelling, in milliseconds. */
const PAUSE = 300;

const NO_PAINT =
    "This browser can't mark words in a text (it lacks the CSS Custom Highlight API). The figures stand below all the same.";

/** Between the two texts in the painter's count. */
const SEAM = "\n\n";

class Side {
    text = "";
    /** @type {Analysis | null} */
    analysis = null;
    name;
    article;
    #area;
    #choice;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #pause;

    /** @param {"left" | "right"} name @param {() => void} changed */
    constructor(name, changed) {
        this.name = name;
        this.article = new Article(byId(`${name}-article`));
        this.#area = /** @type {HTMLTextAreaElement} */ (byId(`${name}-text`));
        this.#choice = /** @type {HTMLSelectElement} */ (byId(`${name}-choice`));
        this.#choice.append(
            ...SAMPLES.map(({ id, name }) => new Option(name, id)),
            new Option("A text of your own", ""),
        );
        this.#choice.addEventListener("change", () => {
            const sample = SAMPLES.find(({ id }) => id === this.#choice.value);
            this.fill(sample?.text ?? "");
            changed();
            if (sample) return;
            /** @type {HTMLDetailsElement} */ (this.#area.closest("details")).open = true;
            this.#area.focus();
        });
        this.#area.addEventListener("input", () => {
            clearTimeout(this.#pause);
            this.#pause = setTimeout(() => {
                this.fill(this.#area.value);
                changed();
            }, PAUSE);
        });
    }

    /** @param {string} text */
    fill(text) {
        if (this.#area.value !== text) this.#area.value = text;
        this.text = this.#area.value;
        this.#choice.value = SAMPLES.find((sample) => sample.text === this.text)?.id ?? "";
        const words = `${this.name === "left" ? "First" : "Second"}: ${this.#choice.selectedOptions[0]?.text}`;
        for (const head of document.querySelectorAll(`[data-side=${this.name}]`)) head.textContent = words;
        this.analysis = storedAnswer(this.text) ?? null;
        this.article.show(this.text);
    }
}

const sides = [new Side("left", update), new Side("right", update)];
const reading = new Reading();
addPopoverStyle();
const popover = new Popover(byId("both"), say);
/** The side whose text the engine has now. @type {Side | undefined} */
let asked;

const engine = new EngineClient(() => boundWorker(new URL("worker.js", import.meta.url)), {
    loading(share) {
        tell(`The engine is on its way: ${Math.round(100 * share)}%.`);
    },
    ready() {
        tell("The engine is here.");
    },
    failed(message) {
        warn(`The engine could not start, so only the samples are labelled: ${message}.`);
    },
    sentences() {
        // The figures of half a text say nothing beside those of a whole one.
    },
    done(analysis) {
        if (asked) asked.analysis = analysis;
        askNext();
        show();
    },
    notEnglish() {
        warn(say("noEnglish"));
        asked = undefined;
    },
    broken(message) {
        warn(`This text could not be labelled: ${message}. Change it, and it is tried again.`);
        asked = undefined;
    },
});

function update() {
    popover.hide();
    warn(Reading.canPaint ? "" : NO_PAINT);
    askNext();
    show();
}

/** The engine has one text at a time. */
function askNext() {
    asked = sides.find(({ text, analysis }) => text.trim() !== "" && analysis === null);
    if (asked) engine.label(asked.text);
    else engine.stop();
}

function show() {
    const [left, right] = sides;
    if (!left || !right) return;
    const shift = left.text.length + SEAM.length;
    const first = left.article.collect();
    const second = right.article.collect();
    const joined = {
        text: `${first.text}  ${second.text}`,
        pieces: [
            ...first.pieces,
            ...second.pieces.map((piece) => ({ ...piece, start: piece.start + shift })),
        ],
    };
    const text = left.text + SEAM + right.text;
    reading.begin(text, joined, { head: 0, tail: 0 });
    const both = together(left.analysis, right.analysis, shift);
    if (both) reading.finish(both);
    for (const { name, analysis, article } of sides) {
        const sentences = analysis?.sentences ?? [];
        article.grey(sentences);
        const shares = sharesOf(sentences);
        byId(`${name}-bar`).replaceChildren(bar(inWords(shares), shares));
        byId(`${name}-article`).setAttribute("aria-busy", String(analysis === null));
    }
    showShares();
    showVoices();
}

/**
 * Both answers as one.
 *
 * @param {Analysis | null} left
 * @param {Analysis | null} right
 * @param {number} shift  Where the right text begins.
 * @returns {Analysis | null} null where neither is there
 */
function together(left, right, shift) {
    const before = left?.attributions.length ?? 0;
    const moved = (/** @type {Span} */ [start, end]) => /** @type {Span} */ ([start + shift, end + shift]);
    const some = left ?? right;
    return (
        some && {
            // Its figures are one side's: here only sentences and claims are asked for.
            ...some,
            sentences: [
                ...(left?.sentences ?? []),
                ...(right?.sentences ?? []).map((sentence) => ({
                    ...sentence,
                    start: sentence.start + shift,
                    end: sentence.end + shift,
                    attributions: sentence.attributions.map((index) => index + before),
                    signals: sentence.signals.map((signal) => ({
                        ...signal,
                        start: signal.start + shift,
                        end: signal.end + shift,
                    })),
                })),
            ],
            attributions: [
                ...(left?.attributions ?? []),
                ...(right?.attributions ?? []).map((claim) => ({
                    ...claim,
                    source: claim.source.map(moved),
                    cue: claim.cue.map(moved),
                    content: claim.content.map(moved),
                })),
            ],
        }
    );
}

function showShares() {
    const [left, right] = sides.map(({ analysis }) => sharesOf(analysis?.sentences ?? []));
    byId("shares").replaceChildren(
        ...(left ?? []).map(({ label, name, count, share }, index) => {
            const other = right?.[index];
            const row = make("tr", "");
            const head = make("th", "");
            head.scope = "row";
            const swatch = make("span", "", "swatch");
            swatch.dataset["label"] = label;
            head.append(swatch, count === 1 ? `${name}s` : name);
            row.append(head, make("td", `${count} (${percent(share)})`));
            row.append(make("td", other ? `${other.count} (${percent(other.share)})` : ""));
            return row;
        }),
    );
}

/** Who is heard in both, and who in one alone. */
function showVoices() {
    /** @type {Map<string, { name: string, claims: number[] }>} */
    const all = new Map();
    for (const [at, { analysis, text }] of sides.entries()) {
        for (const { name, claims } of analysis ? voicesOf(analysis, text) : []) {
            const key = name.toLowerCase().replace(/^the /, "");
            const voice = all.get(key) ?? { name, claims: [0, 0] };
            voice.claims[at] = claims.length;
            all.set(key, voice);
        }
    }
    const weight = (/** @type {number[]} */ [left = 0, right = 0]) =>
        1000 * Math.min(left, right, 1) + left + right;
    const rows = [...all.values()].sort((a, b) => weight(b.claims) - weight(a.claims));
    byId("voices").replaceChildren(
        ...rows.map(({ name, claims }) => {
            const row = make("tr", "");
            const head = make("th", name);
            head.scope = "row";
            row.append(head, ...claims.map((count) => make("td", count > 0 ? counted(count, "claim") : "–")));
            return row;
        }),
    );
}

for (const { name } of sides) {
    byId(`${name}-article`).addEventListener("click", ({ clientX, clientY }) => {
        const { collected, sentences } = reading;
        const index = sentenceAtPoint(clientX, clientY, collected, sentences, (one) => reading.rangesOf(one));
        point(sentences[index]);
    });
}
document.addEventListener("keydown", ({ key }) => void (key === "Escape" && point(undefined)));
addEventListener("scroll", () => point(undefined), { passive: true });

/** @param {Sentence | undefined} sentence */
function point(sentence) {
    reading.point(sentence ?? null);
    const description = sentence && describe(sentence, reading.analysis, reading.text, say);
    if (description) popover.show(description, reading.rangesOf(sentence));
    else popover.hide();
}

async function begin() {
    const { text, sample } = await fragment.read(location.hash);
    const first = SAMPLES.find(({ id }) => id === (sample ?? "slant"))?.text ?? "";
    // The same event in two papers.
    const second = SAMPLES.find(({ id }) => id === (sample === "wire" ? "slant" : "wire"))?.text ?? "";
    sides[0]?.fill(text ?? first);
    sides[1]?.fill(second);
    update();
}

document.body.append(patterns());
void begin();
