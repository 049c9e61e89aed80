// The demo page: a text goes to the engine in the worker, its labels come back and are painted as in the extension.
//
//   typing, pasting, a sample, a link ── textarea ─ a pause ─▶ Article (paragraphs) ─▶ EngineClient ─▶ worker
//                                                                                          │
//   Paint (highlights), Strip, figures, sources, opinions, every sentence in words ◀───────┘  some sentences, then all

import messages from "../extension/_locales/en/messages.json";
import { describe } from "../extension/content/describe.js";
import { Paint } from "../extension/content/paint.js";
import { COLOURS_CSS, DARK_COLOURS_CSS, POPOVER_CSS, Popover } from "../extension/content/popover.js";
import { rangesFor } from "../extension/content/text.js";
import { sayFrom } from "../extension/content/words.js";
import { Article } from "./article.js";
import { htmlToText } from "./blocks.js";
import { EngineClient } from "./engine.js";
import { showEvery } from "./every.js";
import { showFigures } from "./figures.js";
import * as fragment from "./fragment.js";
import { make } from "./make.js";
import { showOpinions } from "./opinions.js";
import { sentenceAt, sentenceAtPoint } from "./pointing.js";
import { SAMPLES } from "./samples.js";
import { showSources, voicesOf, wordsOf } from "./sources.js";
import { Strip } from "./strip.js";
import "./style.css";

/** @import { Collected } from "../extension/content/text.js" */
/** @import { Analysis, Sentence } from "../extension/pkg/sayswho.js" */
/** @import { Kept } from "./article.js" */
/** @import { Sample } from "./samples.js" */
/** @import { Voice } from "./sources.js" */

/** From the last key to labelling, in milliseconds: longer for a longer text, whose layout alone takes its time. */
const pauseFor = (/** @type {number} */ length) => 120 + Math.min(600, length / 1500);

/** A screen reader is told of new figures when typing has stopped for this long, in milliseconds. */
const QUIET = 900;

/** `execCommand` keeps the browser's undo but is slow with long texts, in characters. */
const LONGEST_UNDO = 100_000;

const NO_PAINT =
    "This browser can't mark words in a text (it lacks the CSS Custom Highlight API). Every sentence's label stands in " +
    "the list below.";

const canPaint = typeof Highlight === "function" && "highlights" in CSS;

const say = sayFrom(messages);
const area = /** @type {HTMLTextAreaElement} */ (byId("text"));
const pane = byId("article");
const notice = byId("notice");
const article = new Article(pane);

// What is on the page now. ------------------------------------------------------------------------------------------

/** @type {Collected} */
let collected = { text: "", pieces: [] };
/** The text asked about, as the engine got it. */
let text = "";
/** In the order of the text; while the answer is coming, those of it that are there. @type {Sentence[]} */
let sentences = [];
/** @type {Analysis | null} */
let analysis = null;
/** @type {Paint | null} */
let paint = null;
/** Whether all that is painted is the newest answer's own, and nothing carried over from before an edit. */
let painted = false;
/** Why nothing is labelled, whatever the text: the engine did not start. */
let dead = "";
/** The sentence that the popover is on, or −1. */
let current = -1;
/** A sentence chosen by a click or a key stays when the pointer wanders off. */
let pinned = false;
/** @type {Voice[]} */
let voices = [];
/** What one source says, lit up while it is pointed at. */
const lit = canPaint ? new Highlight() : null;
if (lit) {
    lit.priority = 10;
    CSS.highlights.set("sayswho-demo-said", lit);
}

// The engine. -------------------------------------------------------------------------------------------------------

const engine = new EngineClient(() => new Worker(new URL("worker.js", import.meta.url), { type: "module" }), {
    loading(share) {
        tell(`Fetching the model: ${Math.round(share * 100)} %.`);
    },
    ready({ version, model }) {
        byId("version").textContent = `Engine ${version}, ${model ? "with its model" : "by rules alone"}.`;
        document.documentElement.dataset["engine"] = model ? "model" : "rules";
    },
    failed(message) {
        document.documentElement.dataset["engine"] = "failed";
        const why = typeof WebAssembly === "object" ? message : "WebAssembly is switched off in this browser";
        dead = `The engine could not start, so nothing is labelled: ${why}. Load the page again, or try another browser.`;
        warn(dead);
        busy(false);
        tell("Nothing is labelled: the engine could not start.");
    },
    sentences(some) {
        addSentences(some);
        showStrip(false);
    },
    done(answer) {
        show(answer);
    },
    notEnglish() {
        forget();
        busy(false);
        warn(say("noEnglish"));
        tell(say("noEnglish"));
    },
    broken(message) {
        forget();
        busy(false);
        warn(`This text could not be labelled: ${message}. Change it, and it is tried again.`);
    },
});

/** Asks for the labels of what stands in the text area. */
function submit() {
    clearTimeout(pause);
    const before = text;
    text = area.value;
    const kept = article.show(text);
    const old = { sentences, paint };
    collected = article.collect();
    byId("size").textContent = sizeOf(text);
    warn(dead || (canPaint ? "" : NO_PAINT));
    leave();
    sentences = [];
    analysis = null;
    painted = false;
    const empty = text.trim() === "";
    byId("empty").hidden = !empty;
    if (empty) {
        engine.stop();
        forget();
        busy(false);
        tell("No text yet.");
        return;
    }
    // What an edit left alone stays painted, by its old labels, until the new ones are there.
    paint = canPaint ? new Paint(collected) : null;
    paint?.add(carriedOver(old.sentences, before.length, kept));
    old.paint?.clear();
    busy(true);
    const edited = kept.head + kept.tail > 0;
    engine.label(text, edited ? kept.head : 0);
}

/**
 * Sentences that stood before or after an edit, at their new places.
 * @param {Sentence[]} old
 * @param {number} length  Of the text before.
 * @param {Kept} kept
 */
function carriedOver(old, length, { head, tail }) {
    const shift = text.length - length;
    return old.flatMap((sentence) => {
        if (sentence.end <= head) return [sentence];
        if (sentence.start < length - tail) return [];
        return [
            {
                ...sentence,
                start: sentence.start + shift,
                end: sentence.end + shift,
                signals: sentence.signals.map((signal) => ({
                    ...signal,
                    start: signal.start + shift,
                    end: signal.end + shift,
                })),
            },
        ];
    });
}

/** @param {Sentence[]} some */
function addSentences(some) {
    paint?.add(some);
    const last = sentences.at(-1);
    const first = some[0];
    sentences = sentences.concat(some);
    if (last && first && first.start < last.start) sentences.sort((a, b) => a.start - b.start);
}

/** @param {Analysis} answer */
function show(answer) {
    analysis = answer;
    sentences = answer.sentences;
    if (canPaint) {
        // Afresh: what was carried over may have other labels now.
        const fresh = new Paint(collected);
        fresh.add(sentences);
        paint?.clear();
        paint = fresh;
    }
    painted = true;
    article.grey(sentences);
    showStrip(true);
    showFindings();
    busy(false);
    const labelled = sentences.filter(({ label }) => label !== null).length;
    tell(`${labelled} ${labelled === 1 ? "sentence" : "sentences"} labelled.`);
}

function showFindings() {
    showFigures(byId("figures"), byId("bar"), sentences, say);
    voices = analysis ? voicesOf(analysis, text) : [];
    showSources(byId("sources"), voices, light, nextClaim);
    showOpinions(byId("opinions"), sentences, text, (index) => choose(index, "keyboard"));
    const every = /** @type {HTMLDetailsElement} */ (byId("every"));
    if (!canPaint) every.open = true;
    if (every.open && analysis) showEvery(byId("list"), analysis, text, say);
    else byId("list").replaceChildren();
    for (const id of ["copy-json", "download-json"]) {
        /** @type {HTMLButtonElement} */ (byId(id)).disabled = analysis === null;
    }
}

/** No answer for this text: nothing painted, nothing listed. */
function forget() {
    paint?.clear();
    paint = null;
    sentences = [];
    analysis = null;
    article.grey([]);
    showStrip(true);
    showFindings();
}

// The strip, the popover, the sources: one sentence at a time. ---------------------------------------------------------

const sheet = new CSSStyleSheet();
sheet.replaceSync(
    `:root { ${COLOURS_CSS} } @media (prefers-color-scheme: dark) { :root { ${DARK_COLOURS_CSS} } } ${POPOVER_CSS}`,
);
document.adoptedStyleSheets.push(sheet);
const popover = new Popover(document.body, say);

const strip = new Strip(byId("strip"), nameOf, (index, how) => choose(index, how));
byId("strip").addEventListener("pointerleave", () => pinned || leave());
byId("strip").addEventListener("blur", leave);

/** @param {boolean} final */
function showStrip(final) {
    strip.show(sentences, text.length, final);
    byId("strip").classList.toggle("bare", sentences.length === 0);
}

/** @param {Sentence} sentence @param {number} index @param {number} count */
function nameOf(sentence, index, count) {
    const description = describe(sentence, analysis, text, say);
    const words = text.slice(sentence.start, sentence.end).replace(/\s+/g, " ");
    const label = description ? `${description.title}. ${description.who}.` : "No label.";
    return `${index + 1} of ${count}. ${label} “${words}”`;
}

/** @param {Sentence} sentence @returns {Range[]} */
function rangesOf(sentence) {
    return paint?.rangesOf(sentence) ?? rangesFor(collected, sentence.start, sentence.end);
}

/**
 * Puts the popover on a sentence.
 * @param {number} index
 * @param {"pointer" | "keyboard" | "hover"} how  Hovering over the strip does not move the page.
 */
function choose(index, how) {
    const sentence = sentences[index];
    if (!sentence) return leave();
    current = index;
    pinned = how !== "hover";
    const ranges = rangesOf(sentence);
    if (pinned) bringIntoView(ranges[0]);
    paint?.point(sentence);
    strip.mark(index);
    const description = describe(sentence, analysis, text, say);
    if (description) popover.show(description, ranges);
    else popover.hide();
    for (const [at, row] of [...byId("sources").children].entries()) {
        const said = voices[at]?.claims.some((claim) => sentence.attributions.includes(claim)) ?? false;
        row.classList.toggle("speaks", said);
    }
}

/** Takes the popover off. */
function leave() {
    current = -1;
    pinned = false;
    paint?.point(null);
    strip.mark(-1);
    popover.hide();
    for (const row of byId("sources").children) row.classList.remove("speaks");
}

/** Scrolls so that a sentence stands under the strip, if it does not already stand in the window. @param {Range | undefined} range */
function bringIntoView(range) {
    if (!range) return;
    const { top, bottom } = range.getBoundingClientRect();
    const ceiling = Math.max(0, byId("strip").getBoundingClientRect().bottom) + 8;
    const floor = innerHeight - 8;
    if (top >= Math.min(ceiling, innerHeight / 3) && bottom <= floor) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    scrollBy({ top: top - innerHeight / 3, behavior: still ? "instant" : "smooth" });
}

/** @param {Voice | null} voice */
function light(voice) {
    if (!lit) return;
    lit.clear();
    if (!voice || !analysis) return;
    for (const [start, end] of wordsOf(voice, analysis)) {
        for (const range of rangesFor(collected, start, end)) lit.add(range);
    }
}

/** Goes to the first claim of a voice, or from the one that the reader is at to the next. @param {Voice} voice */
function nextClaim(voice) {
    if (!analysis) return;
    const spots = [...new Set(wordsOf(voice, analysis).map(([start]) => sentenceAt(sentences, start)))]
        .filter((index) => index >= 0)
        .sort((a, b) => a - b);
    const next = spots.find((index) => index > current) ?? spots[0];
    if (next !== undefined) choose(next, "keyboard");
}

/** @type {PointerEvent | null} */
let moved = null;
pane.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse" || event.buttons !== 0) return;
    // Once a frame: finding the sentence asks for the layout.
    if (!moved) requestAnimationFrame(follow);
    moved = event;
});

function follow() {
    if (!moved) return;
    const { clientX, clientY } = moved;
    moved = null;
    if (pinned || popover.holds(clientX, clientY)) return;
    const index = sentenceAtPoint(clientX, clientY, collected, sentences, rangesOf);
    if (index === current) return;
    if (index >= 0) choose(index, "hover");
    else leave();
}

pane.addEventListener("pointerleave", (event) => {
    moved = null;
    if (!pinned && !popover.holds(event.clientX, event.clientY)) leave();
});
popover.element.addEventListener("pointerleave", () => pinned || leave());

pane.addEventListener("click", (event) => {
    // Somebody who marks words wants to copy them.
    if (!(getSelection()?.isCollapsed ?? true)) return;
    const index = sentenceAtPoint(event.clientX, event.clientY, collected, sentences, rangesOf);
    if (index < 0 || (index === current && pinned)) return leave();
    choose(index, "pointer");
});

/** Beside its sentence again, after the page has moved; a sentence that comes into the window gets it back. */
function placeAgain() {
    const sentence = sentences[current];
    const description = sentence && describe(sentence, analysis, text, say);
    if (!description) return;
    if (popover.shown) popover.place(rangesOf(sentence));
    else popover.show(description, rangesOf(sentence));
}

document.addEventListener("pointerdown", (event) => {
    const { target } = event;
    if (!(target instanceof Element) || !popover.shown) return;
    if (!target.closest("#article, #strip, #sources, #opinions, .sayswho-popover")) leave();
});
document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
});

let moving = false;
for (const what of ["scroll", "resize"]) {
    addEventListener(
        what,
        () => {
            if (moving) return;
            moving = true;
            requestAnimationFrame(() => {
                moving = false;
                placeAgain();
                if (!painted && text !== "") engine.lookAt(article.offsetInView());
            });
        },
        { passive: true },
    );
}

// The text area and what fills it. --------------------------------------------------------------------------------------

/** @type {ReturnType<typeof setTimeout> | undefined} */
let pause;
/** Whether the text came by keys, which may go on, and not as a whole. */
let typing = false;
area.addEventListener("input", typed);

/** Labels what is there now, once no more comes. */
function typed() {
    clearTimeout(pause);
    typing = true;
    busy(true);
    pause = setTimeout(submit, pauseFor(area.value.length));
    own();
}

/** The text is no longer the sample's, nor the link's. */
function own() {
    if (location.hash) history.replaceState(null, "", location.pathname + location.search);
    press(null);
}

area.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html");
    if (!html) return;
    const pasted = htmlToText(html);
    // Copied from a plain-text editor, say: the browser's own way is as good.
    if (pasted === "") return;
    event.preventDefault();
    insert(pasted);
});

area.addEventListener("dragover", (event) => event.preventDefault());
area.addEventListener("drop", async (event) => {
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    const content = await file.text();
    fill(/html/.test(file.type) || /\.html?$/i.test(file.name) ? htmlToText(content) : content);
    own();
});

/** At the caret, so that undo takes it out again. @param {string} pasted */
function insert(pasted) {
    area.focus();
    const before = area.value;
    if (pasted.length < LONGEST_UNDO) document.execCommand("insertText", false, pasted);
    // Its answer is no proof: in a window without focus Firefox says yes and does nothing.
    if (area.value === before) area.setRangeText(pasted, area.selectionStart, area.selectionEnd, "end");
    // Not every browser tells of what a script puts in.
    typed();
}

/** @param {string} content */
function fill(content) {
    area.value = content;
    area.scrollTop = 0;
    typing = false;
    submit();
}

byId("clear").addEventListener("click", () => {
    own();
    fill("");
    area.focus();
});

const samples = byId("samples");
for (const sample of SAMPLES) {
    const button = make("button", sample.name);
    button.type = "button";
    button.dataset["sample"] = sample.id;
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
        history.replaceState(null, "", `#sample=${sample.id}`);
        take(sample);
    });
    samples.append(button);
}

/** @param {Sample} sample */
function take(sample) {
    press(sample);
    fill(sample.text);
}

/** @param {Sample | null} sample */
function press(sample) {
    for (const button of samples.children) {
        button.setAttribute(
            "aria-pressed",
            String(sample?.id === /** @type {HTMLElement} */ (button).dataset["sample"]),
        );
    }
    byId("shows").textContent = sample?.shows ?? "A text of your own.";
}

async function followLink() {
    const asked = await fragment.read(location.hash);
    if (asked.text !== undefined) {
        press(null);
        return fill(asked.text);
    }
    const sample = SAMPLES.find(({ id }) => id === asked.sample) ?? (text === "" ? SAMPLES[0] : undefined);
    if (sample) take(sample);
}
addEventListener("hashchange", followLink);

// What can be taken away. -------------------------------------------------------------------------------------------------

/** The engine's answer, as the command line prints it with `--offsets utf16`. */
function json() {
    return `${JSON.stringify(analysis, null, 2)}\n`;
}

byId("copy-json").addEventListener("click", () =>
    copy(json(), "The JSON is copied.", "use the download instead"),
);

byId("download-json").addEventListener("click", () => {
    const link = make("a", "");
    link.href = URL.createObjectURL(new Blob([json()], { type: "application/json" }));
    link.download = "sayswho.json";
    link.click();
    // The download begins a moment later.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    byId("taken").textContent = "The JSON is downloaded.";
});

byId("copy-link").addEventListener("click", async () => {
    const sample = SAMPLES.find((one) => one.text === area.value);
    const hash = sample ? `#sample=${sample.id}` : await fragment.write(area.value);
    if (!hash) {
        byId("taken").textContent = "This text is too long for a link.";
        return;
    }
    history.replaceState(null, "", hash);
    await copy(location.href, "The link is copied; it holds the whole text.", "it is in the address bar");
});

/** @param {string} what @param {string} done @param {string} otherwise */
async function copy(what, done, otherwise) {
    try {
        await navigator.clipboard.writeText(what);
        byId("taken").textContent = done;
    } catch {
        byId("taken").textContent = `The browser allows no copying here: ${otherwise}.`;
    }
}

byId("every").addEventListener("toggle", () => {
    if (/** @type {HTMLDetailsElement} */ (byId("every")).open && analysis)
        showEvery(byId("list"), analysis, text, say);
});

// Small things. -------------------------------------------------------------------------------------------------------------

/** @type {ReturnType<typeof setTimeout> | undefined} */
let telling;
/** For everybody to read; while somebody types, announced when they have stopped. @param {string} words */
function tell(words) {
    clearTimeout(telling);
    telling = setTimeout(() => (byId("status").textContent = words), typing ? QUIET : 0);
}

/** @param {string} words */
function warn(words) {
    notice.hidden = words === "";
    if (notice.textContent !== words) notice.textContent = words;
}

/** @param {boolean} yes */
function busy(yes) {
    pane.setAttribute("aria-busy", String(yes));
}

/** @param {string} text */
function sizeOf(text) {
    const words = text.match(/\S+/g)?.length ?? 0;
    return `${words.toLocaleString("en")} ${words === 1 ? "word" : "words"}`;
}

/** @param {string} id */
function byId(id) {
    const element = document.getElementById(id);
    if (!element) throw new Error(`no #${id}`);
    return element;
}

void followLink();
