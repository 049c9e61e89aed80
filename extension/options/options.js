// The options page: each control writes its setting at once, and shows what is stored, wherever it was changed.
//
//   control ─▶ write ─▶ storage ─▶ onChange ─▶ every control, the example
//   a site, "every article" ─▶ permission, asked for at that moment ─▶ background

import { saveText } from "../content/take.js";
import { label, showLabels } from "../pages/example.js";
import { at, make, say, sayAll } from "../pages/say.js";
import { hostOf, MOST_SITES, onChange, read, reset, usable, VERSION, write } from "../settings.js";
import { EVERYWHERE, giveBack, hostOfPattern, isGranted, patternsFor } from "../sites.js";

/** @import { Analysis } from "../pkg/sayswho.js" */
/** @import { Field, Read, Settings } from "../settings.js" */

const LABELS = /** @type {const} */ (["fact", "claim", "opinion"]);
/** The settings in phrases. @type {Record<Field, string>} */
const NAMES = {
    show: "fieldShow",
    look: "fieldLook",
    sensitivity: "fieldSensitivity",
    panelOpen: "fieldPanelOpen",
    automatic: "fieldAutomatic",
    sites: "fieldSites",
    except: "fieldExcept",
};
const sensitivity = at("sensitivity", HTMLInputElement);
const file = at("file", HTMLInputElement);

/** @param {string} name @returns {HTMLInputElement[]} */
const radios = (name) => [
    .../** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(`[name=${name}]`)),
];

/** Says for a moment what has happened. @param {string} words */
function tell(words) {
    const said = at("said", HTMLElement);
    said.textContent = words;
    clearTimeout(fading);
    fading = setTimeout(() => (said.textContent = ""), 6000);
}
/** @type {ReturnType<typeof setTimeout> | undefined} */
let fading;

/** @param {Partial<Settings>} changes */
async function save(changes) {
    try {
        show(await write(changes));
        tell(say("optionsSaved"));
    } catch {
        tell(say("optionsFailed"));
        show(await read());
    }
}

/** @param {Field[]} fields */
const namesOf = (fields) => fields.map((field) => say(NAMES[field])).join(", ");

/** @type {Analysis | null} */
let example = null;

/** @param {Read} settings */
function show(settings) {
    const problems = at("problems", HTMLElement);
    problems.hidden = settings.problems.length === 0;
    problems.textContent = problems.hidden ? "" : say("optionsProblems", [namesOf(settings.problems)]);
    for (const each of LABELS) at(each, HTMLInputElement).checked = settings.show[each];
    for (const radio of radios("look")) radio.checked = radio.value === settings.look;
    for (const radio of radios("automatic")) radio.checked = radio.value === settings.automatic;
    at("panelOpen", HTMLInputElement).checked = settings.panelOpen;
    sensitivity.value = String(Math.round(settings.sensitivity * 100));
    sensitivity.setAttribute("aria-valuetext", say("sensitivityValue", [sensitivity.value]));
    if (example) {
        const { fact, claim, opinion } = showLabels(
            at("example", HTMLElement),
            say("exampleText"),
            example,
            settings,
        );
        at("counts", HTMLElement).textContent = say(
            "exampleCounts",
            [opinion, claim, fact].map((count) => String(count)),
        );
    }
    void showSites(settings);
}

/** Whether the list takes no more sites. */
let isFull = false;
/** The permissions that the list of sites still wants: known before a click, which allows no waiting. @type {string[]} */
let missing = [];
/** The sites' own permissions that are held, beside one for every site. @type {string[]} */
let held = [];
/** What is shown: two askings can be answered in the wrong order, and a list that is the same must not be drawn again under the reader's hand. */
let asking = 0;
let drawn = "";

/** @param {Settings} settings */
async function showSites({ automatic, sites, except }) {
    const turn = ++asking;
    const [everywhere, { origins = [] }, ...granted] = await Promise.all([
        chrome.permissions.contains({ origins: EVERYWHERE }),
        chrome.permissions.getAll(),
        ...sites.map(isGranted),
    ]);
    if (turn !== asking) return;
    isFull = sites.length >= MOST_SITES;
    held = origins.filter((origin) => hostOfPattern(origin) !== null);
    // Chosen here, by a file or on another computer, but not allowed in this browser.
    at("articles-missing", HTMLElement).hidden = automatic !== "articles" || everywhere;
    document.documentElement.dataset["ready"] = String(example !== null);
    const now = JSON.stringify([sites, except, granted]);
    if (now === drawn) return;
    drawn = now;
    missing = sites.filter((_, index) => !granted[index]).flatMap(patternsFor);
    const rows = sites.map((host, index) => {
        const row = line(host, () => void sendSite(host, false));
        if (granted[index]) return row;
        const allow = make("button", say("sitesAllow"), "small");
        allow.setAttribute("aria-label", say("sitesAllowName", [host]));
        allow.addEventListener("click", () => void allowSite(host));
        row.lastElementChild?.before(make("span", say("sitesMissing"), "quiet"), allow);
        return row;
    });
    at("sites", HTMLElement).replaceChildren(...rows);
    at("sites-none", HTMLElement).hidden = rows.length > 0;
    at("except", HTMLElement).replaceChildren(
        ...except.map((host) =>
            line(host, () => void save({ except: except.filter((each) => each !== host) })),
        ),
    );
    at("except-head", HTMLElement).hidden = except.length === 0;
}

/** A site with the button that takes it off its list. @param {string} host @param {() => void} onRemove */
function line(host, onRemove) {
    const row = make("li", "");
    const remove = make("button", say("sitesRemove"), "small");
    remove.setAttribute("aria-label", say("sitesRemoveName", [host]));
    remove.addEventListener("click", onRemove);
    row.append(make("span", host, "host"), remove);
    return row;
}

/** @param {string} host @param {boolean} on */
async function sendSite(host, on) {
    const done = await chrome.runtime.sendMessage({ type: "site", host, on });
    show(await read());
    tell(say(done ? "optionsSaved" : "optionsFailed"));
}

/** Called in the midst of a click, without which the browser lets nobody ask. @param {string} host */
async function allowSite(host) {
    if (await asked(patternsFor(host))) await sendSite(host, true);
}

/** @param {string[]} origins */
async function asked(origins) {
    const given = await chrome.permissions.request({ origins }).catch(() => false);
    if (!given) tell(say("refused"));
    return given;
}

for (const each of LABELS) {
    at(each, HTMLInputElement).addEventListener("change", () => {
        const [fact, claim, opinion] = LABELS.map((id) => at(id, HTMLInputElement).checked);
        void save({ show: { fact: fact === true, claim: claim === true, opinion: opinion === true } });
    });
}
for (const radio of radios("look")) {
    radio.addEventListener("change", () => {
        void save({ look: /** @type {Settings["look"]} */ (radio.value) });
    });
}
at("panelOpen", HTMLInputElement).addEventListener("change", (event) => {
    void save({ panelOpen: /** @type {HTMLInputElement} */ (event.target).checked });
});
// Shown while it moves, stored when it rests: storage takes two writes a second and no more.
sensitivity.addEventListener("input", async () => {
    show({ ...(await read()), sensitivity: Number(sensitivity.value) / 100 });
});
sensitivity.addEventListener("change", () => void save({ sensitivity: Number(sensitivity.value) / 100 }));
for (const radio of radios("automatic")) {
    radio.addEventListener("change", async () => {
        if (radio.value === "articles" && !(await asked(EVERYWHERE))) return show(await read());
        if (radio.value === "sites" && missing.length > 0) await asked(missing);
        const chosen = held;
        const done = await chrome.runtime.sendMessage({ type: "automatic", mode: radio.value });
        if (radio.value === "sites") await holdAgain(chosen);
        show(await read());
        tell(say(done ? "optionsSaved" : "optionsFailed"));
    });
}
at("articles-allow", HTMLButtonElement).addEventListener("click", async () => {
    if (await asked(EVERYWHERE)) await chrome.runtime.sendMessage({ type: "automatic", mode: "articles" });
    show(await read());
});

/**
 * Chromium takes the permission for each site away with that for every site. What was granted once it gives again
 * without a question, within the same click.
 * @param {string[]} chosen
 */
async function holdAgain(chosen) {
    const { origins = [] } = await chrome.permissions.getAll();
    const lost = chosen.filter((origin) => !origins.includes(origin));
    if (lost.length > 0) await chrome.permissions.request({ origins: lost }).catch(() => false);
}

at("add", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    const input = at("host", HTMLInputElement);
    const host = hostOf(input.value.trim());
    if (host === null) return tell(say("sitesBad"));
    if (isFull) return tell(say("sitesFull", [String(MOST_SITES)]));
    input.value = "";
    void allowSite(host);
});

at("export", HTMLButtonElement).addEventListener("click", async () => {
    const settings = { ...(await read()), problems: undefined, version: VERSION };
    saveText(document.body, "says-who-settings.json", "application/json", JSON.stringify(settings, null, 2));
});
at("import", HTMLButtonElement).addEventListener("click", () => file.click());
file.addEventListener("change", async () => {
    const text = (await file.files?.[0]?.text()) ?? "";
    file.value = "";
    try {
        const { problems, ...settings } = usable(JSON.parse(text));
        if (Object.keys(settings).length === 0) throw new RangeError();
        show(await write(settings));
        await chrome.runtime.sendMessage({ type: "automatic", mode: (await read()).automatic });
        show(await read());
        tell(problems.length > 0 ? say("fileSome", [namesOf(problems)]) : say("fileDone"));
    } catch {
        tell(say("fileBad"));
    }
});
at("reset", HTMLButtonElement).addEventListener("click", async () => {
    await giveBack((await chrome.permissions.getAll()).origins ?? []);
    show(await reset());
    tell(say("resetDone"));
});

/** Firefox's way to its own page of shortcuts, which a link can't reach; Chromium's is a page like any. */
async function changeKeys() {
    const { openShortcutSettings } = /** @type {{ openShortcutSettings?: () => Promise<void> }} */ (
        chrome.commands
    );
    if (openShortcutSettings) await openShortcutSettings();
    else await chrome.tabs.create({ url: "chrome://extensions/shortcuts" });
}
at("change-keys", HTMLButtonElement).addEventListener("click", () => {
    changeKeys().catch(() => (at("keys-how", HTMLElement).hidden = false));
});

sayAll();
document.title = say("optionsTitle");
at("example", HTMLElement).textContent = say("exampleText");
at("counts", HTMLElement).textContent = say("exampleWorking");
show(await read());
onChange(show);
for (const { description, shortcut } of await chrome.commands.getAll()) {
    if (!description) continue; // Chromium's own, for a press of the button
    const keys = make("dd", "");
    keys.append(shortcut ? make("kbd", shortcut) : make("span", say("keysNone"), "quiet"));
    at("keys", HTMLElement).append(make("dt", description ?? ""), keys);
}
try {
    example = await label(say("exampleText"));
    show(await read());
} catch (error) {
    at("counts", HTMLElement).textContent = say(/** @type {Error} */ (error).message);
}
