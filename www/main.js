// The demo page: a text goes to the engine in the worker, its labels come back and are painted as in the extension.
//
//   Input: keys, files, samples, a link ─▶ Article (paragraphs) ─▶ EngineClient ─▶ worker
//                                              │                       │
//                                              ▼                       ▼ some sentences, then all
//   Choosing: strip, popover, trace ◀───── Reading: what is labelled and painted ─▶ figures, sources, opinions, exports
//
// A sample's answer is stored in the page, so that it is labelled before the engine has arrived.

import { showAbout } from "./about.js";
import { Article } from "./article.js";
import { patterns } from "./chart.js";
import { Choosing } from "./choosing.js";
import { boundWorker, EngineClient } from "./engine.js";
import { showEvery } from "./every.js";
import { showFigures } from "./figures.js";
import * as fragment from "./fragment.js";
import { Input } from "./input.js";
import { Lights } from "./light.js";
import { make } from "./make.js";
import { keepForOffline } from "./offline.js";
import { showOpinions } from "./opinions.js";
import { byId, counted, tell, warn } from "./page.js";
import { sentenceAt } from "./pointing.js";
import { Reading } from "./reading.js";
import { SAMPLES } from "./samples.js";
import { effectOf } from "./sensitivity.js";
import { inSlices, say } from "./shared.js";
import { showSources, voicesOf, wordsOf } from "./sources.js";
import { storedAnswer, STORED } from "./stored.js";
import { allow, offer } from "./takeaway.js";
import { showTrace } from "./trace.js";
import "./style.css";

/** @import { Sample } from "./samples.js" */
/** @import { Analysis } from "./shared.js" */
/** @import { Voice } from "./sources.js" */

const NO_PAINT =
    "This browser can't mark words in a text (it lacks the CSS Custom Highlight API). Every sentence's label stands in " +
    "the list below.";

const pane = byId("article");
const every = /** @type {HTMLDetailsElement} */ (byId("every"));
const slider = /** @type {HTMLInputElement} */ (byId("sensitivity"));
const article = new Article(pane);
const reading = new Reading();
const lights = new Lights(Reading.canPaint);
/** Why nothing is labelled, whatever the text: the engine did not start. */
let dead = "";
/** @type {Voice[]} */
let voices = [];
/** What is still being shown of the answer before gives way to the next one. */
let showing = new AbortController();

// The engine. -------------------------------------------------------------------------------------------------------

const bar = /** @type {HTMLProgressElement} */ (byId("arriving"));

const engine = new EngineClient(() => boundWorker(new URL("worker.js", import.meta.url)), {
    loading(share) {
        bar.hidden = false;
        bar.value = share;
        byId("engine").textContent = `The engine is on its way: ${Math.round(100 * share)}%.`;
    },
    ready({ model }) {
        bar.hidden = true;
        byId("engine").textContent = "The engine is here, and stays for your next visit.";
        document.documentElement.dataset["engine"] = model ? "model" : "rules";
        void keepForOffline();
    },
    failed(message) {
        bar.hidden = true;
        document.documentElement.dataset["engine"] = "failed";
        dead =
            "The engine could not start, so only the samples are labelled, from a stored result: " +
            `${message}. Load the page again, or try another browser.`;
        byId("engine").textContent = "The engine could not start.";
        warn(dead);
        busy(false);
        if (reading.analysis === null) tell("Nothing is labelled: the engine could not start.");
    },
    sentences(some) {
        reading.add(some);
        showStrip(false);
    },
    done: show,
    notEnglish() {
        forget();
        warn(say("noEnglish"));
        tell(say("noEnglish"));
    },
    broken(message) {
        forget();
        warn(`This text could not be labelled: ${message}. Change it, and it is tried again.`);
    },
});

// A text, and its labels. ---------------------------------------------------------------------------------------------

/** @param {string} text */
function label(text) {
    showing.abort();
    choosing.leave();
    lights.clear();
    const kept = article.show(text);
    reading.begin(text, article.collect(), kept);
    byId("size").textContent = counted(text.match(/\S+/g)?.length ?? 0, "word");
    warn(dead || (Reading.canPaint ? "" : NO_PAINT));
    const empty = text.trim() === "";
    byId("empty").hidden = !empty;
    const stored = storedAnswer(text);
    if (empty || stored) engine.stop();
    if (empty) {
        forget();
        return tell("No text yet.");
    }
    if (stored) return show(stored);
    if (dead) return forget();
    allow(false);
    busy(true);
    engine.label(text, kept.head + kept.tail > 0 ? kept.head : 0);
}

/** @param {Analysis} analysis */
function show(analysis) {
    reading.finish(analysis);
    showing = new AbortController();
    inSlices(showAll(), showing.signal).catch(() => {
        // A newer text came in between.
    });
}

/** Everything that hangs on the answer, in short tasks. */
function* showAll() {
    article.grey(reading.own);
    yield* showFindings();
    busy(false);
    allow(reading.analysis !== null);
    const labelled = reading.sentences.filter(({ label }) => label !== null).length;
    tell(`${counted(labelled, "sentence")} labelled.`, input.typing);
}

function* showFindings() {
    const { sentences, analysis, text } = reading;
    showStrip(true);
    yield;
    showFigures(byId("figures"), byId("bar"), sentences);
    byId("effect").textContent = effectOf(reading.setting, reading.own);
    yield;
    voices = analysis ? voicesOf(analysis, text) : [];
    showSources(byId("sources"), voices, light, nextClaim);
    yield;
    showOpinions(byId("opinions"), sentences, text, (index) => choosing.choose(index, "keyboard"));
    yield;
    if (!Reading.canPaint) every.open = true;
    showList();
    yield;
    yield* choosing.strip.tellAll();
}

function showList() {
    const { sentences, analysis, text } = reading;
    if (every.open && analysis) showEvery(byId("list"), sentences, analysis, text);
    else byId("list").replaceChildren();
}
every.addEventListener("toggle", showList);

/** No answer for this text: nothing painted, nothing listed. */
function forget() {
    reading.forget();
    article.grey([]);
    allow(false);
    const work = showFindings();
    while (!work.next().done);
    busy(false);
}

/** @param {boolean} final */
function showStrip(final) {
    choosing.strip.show(reading.sentences, reading.text.length, final);
    byId("strip").classList.toggle("bare", reading.sentences.length === 0);
}

/** @param {boolean} yes */
function busy(yes) {
    pane.setAttribute("aria-busy", String(yes));
}

// One sentence, one source. -------------------------------------------------------------------------------------------

const hint = byId("trace").firstElementChild;

const choosing = new Choosing(reading, (index, pinned) => {
    const sentence = reading.sentences[index];
    for (const [at, row] of [...byId("sources").children].entries()) {
        const said = voices[at]?.claims.some((claim) => sentence?.attributions.includes(claim)) ?? false;
        row.classList.toggle("speaks", said);
    }
    if (sentence && pinned) {
        showTrace(byId("trace"), sentence, reading.analysis, reading.text, (words) =>
            lights.show(reading.collected, words),
        );
    } else if (!sentence) {
        lights.clear();
        if (hint && byId("trace").firstElementChild !== hint) byId("trace").replaceChildren(hint);
    }
});

/** Lights up what a voice says, or nothing. @param {Voice | null} voice */
function light(voice) {
    const { analysis, collected } = reading;
    if (voice && analysis) lights.show(collected, { said: wordsOf(voice, analysis) });
    else lights.clear();
}

/** Goes to the first claim of a voice, or from the one that the reader is at to the next. @param {Voice} voice */
function nextClaim(voice) {
    const { analysis, sentences } = reading;
    if (!analysis) return;
    const spots = [...new Set(wordsOf(voice, analysis).map(([start]) => sentenceAt(sentences, start)))]
        .filter((index) => index >= 0)
        .sort((a, b) => a - b);
    const next = spots.find((index) => index > choosing.current) ?? spots[0];
    if (next !== undefined) choosing.choose(next, "keyboard");
}

let moving = false;
for (const what of ["scroll", "resize"]) {
    addEventListener(
        what,
        () => {
            if (moving) return;
            moving = true;
            requestAnimationFrame(() => {
                moving = false;
                choosing.placeAgain();
                if (reading.analysis === null && reading.text !== "") engine.lookAt(article.offsetInView());
            });
        },
        { passive: true },
    );
}

// What the visitor sets. -------------------------------------------------------------------------------------------------

const input = new Input({
    changed: label,
    own() {
        busy(true);
        if (location.hash) history.replaceState(null, "", location.pathname + location.search);
        press(null);
    },
    refused: warn,
});

byId("clear").addEventListener("click", () => {
    press(null);
    input.fill("");
    input.focus();
});

slider.addEventListener("input", () => {
    choosing.leave();
    reading.set(slider.valueAsNumber);
    showing.abort();
    showing = new AbortController();
    inSlices(showFindings(), showing.signal).catch(() => {
        // Moved on meanwhile.
    });
});

for (const sample of SAMPLES) {
    const button = make("button", sample.name);
    button.type = "button";
    button.dataset["sample"] = sample.id;
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
        history.replaceState(null, "", `#sample=${sample.id}`);
        take(sample);
    });
    byId("samples").append(button);
}

/** @param {Sample} sample */
function take(sample) {
    press(sample);
    input.fill(sample.text);
}

/** Shows which sample it is that stands there, if any. @param {Sample | null} sample */
function press(sample) {
    for (const button of byId("samples").querySelectorAll("button")) {
        button.setAttribute("aria-pressed", String(sample?.id === button.dataset["sample"]));
    }
    byId("shows").textContent = sample?.shows ?? "A text of your own.";
}

async function followLink() {
    const asked = await fragment.read(location.hash);
    if (asked.setting !== undefined) {
        slider.valueAsNumber = asked.setting;
        reading.setting = slider.valueAsNumber;
    }
    if (asked.text !== undefined) {
        press(null);
        return input.fill(asked.text);
    }
    const first = reading.text === "" ? SAMPLES[0] : undefined;
    const sample = SAMPLES.find(({ id }) => id === asked.sample) ?? first;
    if (sample) take(sample);
}
addEventListener("hashchange", followLink);

offer(
    () => {
        const { analysis, text, sentences, setting } = reading;
        return analysis && { text, analysis, sentences, setting, version: STORED.version };
    },
    () => reading,
);

/** Once the page stands, so that the model takes no bandwidth from it. */
function fetchEngine() {
    setTimeout(() => engine.start());
}

document.body.append(patterns());
showAbout();
void followLink();
if (document.readyState === "complete") fetchEngine();
else addEventListener("load", fetchEngine);
