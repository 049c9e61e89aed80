// What the toolbar says of a page, what the next click on it does, and the style sheet that the page's labels need.

/** @import { State } from "./state.js" */

/** The first click on a page labels it, with nothing in the way; from then on a click opens this. */
const POPUP = "popup/popup.html";

/**
 * @param {number} tabId
 * @param {State} state
 */
export async function showOnToolbar(tabId, { state, opinions }) {
    const say = chrome.i18n.getMessage;
    const count = String(opinions ?? 0);
    const titles = {
        off: say("titleOff"),
        working: say("titleWorking"),
        on: say("titleOn", [count]),
        noArticle: say("noArticle"),
        noEnglish: say("noEnglish"),
        noEngine: say("noEngine"),
        noAccess: say("noAccess"),
        browserPage: say("browserPage"),
        pdf: say("pdf"),
    };
    const text = state === "on" ? count : state === "working" ? "…" : state === "off" ? "" : "–";
    await Promise.allSettled([
        chrome.action.setTitle({ tabId, title: titles[state] }),
        chrome.action.setBadgeText({ tabId, text }),
        chrome.action.setBadgeBackgroundColor({ tabId, color: state === "on" ? "#b34700" : "#59616d" }),
        chrome.action.setBadgeTextColor({ tabId, color: "#ffffff" }),
        chrome.action.setPopup({ tabId, popup: state === "off" ? "" : `${POPUP}?tab=${tabId}` }),
    ]);
}

/** Opens the popup by itself, where the browser lets us: only a click may in some. */
export async function openPopup() {
    await chrome.action.openPopup?.().catch(() => {});
}

/**
 * Whose sheets ours stand with. Firefox keeps a page's own out of shadow trees, and there they are the reader's; of the
 * reader's, Chromium draws a highlight's lines and no background.
 */
const ORIGIN = chrome.runtime.getURL("").startsWith("moz-extension:") ? "USER" : "AUTHOR";

/** What a content script may ask for, and nothing else of the extension's. */
const SHEET = /^content\/[a-z-]+\.css$/;

/**
 * Puts the labels' style sheets into a page or takes them away. This way a page neither sees them in
 * `document.styleSheets` nor loses them when it sets `adoptedStyleSheets` itself, and no policy of the page's stands
 * against them.
 * @param {number} tabId
 * @param {number} frameId
 * @param {{ on?: unknown, sheets?: unknown }} message
 */
export async function style(tabId, frameId, { on, sheets = ["content/paint.css"] }) {
    if (!Array.isArray(sheets)) return false;
    const files = sheets.filter((sheet) => typeof sheet === "string" && SHEET.test(sheet));
    if (files.length === 0) return false;
    /** @type {chrome.scripting.CSSInjection} */
    const sheet = { target: { tabId, frameIds: [frameId] }, files, origin: ORIGIN };
    await (on === true ? chrome.scripting.insertCSS(sheet) : chrome.scripting.removeCSS(sheet));
    return true;
}
