// The popup: what this page is, and the switches for its site.
//
//   tab's state ─▶ one sentence, one button      site, automatic ─▶ permission ─▶ background, at once
//
// The first click on a page labels it and opens nothing; toolbar.js says when a click opens this. A prompt for a
// permission closes the popup in some browsers: what follows from the answer is the background's to do.

import { at, say, sayAll } from "../pages/say.js";
import { hostOf, MOST_SITES, onChange, read } from "../settings.js";
import { isAmong, isGranted, patternsFor } from "../sites.js";

/** @import { State } from "../background/state.js" */

const tabId = Number(new URLSearchParams(location.search).get("tab"));

const toggle = at("toggle", HTMLButtonElement);
const panel = at("panel", HTMLButtonElement);
const site = at("site", HTMLInputElement);
const automatic = at("automatic", HTMLInputElement);

/** Null where the browser does not tell, or the page is not in the web. @type {string | null} */
let host = null;
let labelled = false;
/** Whether the list of sites takes no more. */
let isFull = false;
/** What switching the site on, or automatic labelling, has to ask for: known before the click, which allows no waiting. */
const missing = { site: /** @type {string[]} */ ([]), automatic: /** @type {string[]} */ ([]) };

/** @param {Record<string, unknown>} message */
const tell = (message) => chrome.runtime.sendMessage(message);

async function show() {
    /** @type {State} */
    const { state, opinions = 0 } = await tell({ type: "page", tab: tabId });
    const sentences = {
        off: say("stateOff"),
        working: say("stateWorking"),
        on: say("stateOn", [String(opinions)]),
        noArticle: say("noArticle"),
        noEnglish: say("noEnglish"),
        noEngine: say("noEngine"),
        noAccess: say("noAccess"),
        browserPage: say("browserPage"),
        pdf: say("pdf"),
    };
    at("state", HTMLElement).textContent = sentences[state];
    labelled = state === "on" || state === "working";
    toggle.textContent = say(labelled ? "popupOff" : state === "off" ? "popupLabel" : "popupAgain");
    toggle.classList.toggle("main", labelled || state === "off");
    const closed = state === "noAccess" || state === "browserPage" || state === "pdf";
    toggle.disabled = closed;
    panel.hidden = state !== "on";

    const settings = await read();
    isFull = settings.sites.length >= MOST_SITES && !settings.sites.includes(host ?? "");
    const granted = host !== null && (await isGranted(host));
    site.disabled = host === null || closed;
    site.checked =
        host !== null && granted && settings.automatic !== "never" && !isAmong(host, settings.except);
    at("site-name", HTMLElement).textContent = host ? say("popupSite", [host]) : say("popupSiteNone");
    automatic.checked = settings.automatic !== "never";
    missing.site = host === null || granted ? [] : patternsFor(host);
    const lacking = await Promise.all(
        settings.sites.map(async (each) => ((await isGranted(each)) ? [] : each)),
    );
    missing.automatic = lacking.flat().flatMap(patternsFor);
    document.documentElement.dataset["ready"] = "true";
}

toggle.addEventListener("click", async () => {
    // What the button says, whatever the page has come to meanwhile.
    await tell({ type: labelled ? "off" : "label", tab: tabId });
    await show();
});
panel.addEventListener("click", async () => {
    await tell({ type: "panel", tab: tabId });
    close();
});

site.addEventListener("change", async () => {
    if (host === null) return;
    const on = site.checked;
    if (on && isFull) {
        at("said", HTMLElement).textContent = say("sitesFull", [String(MOST_SITES)]);
        return show();
    }
    if (on && !(await asked(missing.site))) return show();
    await change({ type: "site", host, on });
});

automatic.addEventListener("change", async () => {
    const on = automatic.checked;
    if (on && !(await asked(missing.automatic))) return show();
    await change({ type: "automatic", mode: on ? "sites" : "never" });
});

/** Has the background change something that is to be kept, and says where it could not be. @param {Record<string, unknown>} message */
async function change(message) {
    at("said", HTMLElement).textContent = (await tell(message)) ? "" : say("optionsFailed");
    await show();
}

/** Asks the reader for a permission, straight from the click: later the browser would not let us. @param {string[]} origins */
async function asked(origins) {
    if (origins.length === 0) return true;
    const given = await chrome.permissions.request({ origins }).catch(() => false);
    at("said", HTMLElement).textContent = given ? "" : say("refused");
    return given;
}

sayAll();
const tab = await chrome.tabs.get(tabId).catch(() => null);
host = hostOf(tab?.url);
await show();
onChange(() => void show());
chrome.storage.session.onChanged.addListener(() => void show());
