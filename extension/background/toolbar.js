// What the toolbar says of a page, and the style sheet that the page's labels need.

/**
 * Told by the content script: `off`, `working`, `on` with the number of opinions, or what stands in the way.
 * @typedef {{ state: "off" | "working" | "on" | "noArticle" | "noEnglish" | "noEngine", opinions?: number }} State
 */

/**
 * @param {number} tabId
 * @param {State} message
 */
export async function showState(tabId, { state, opinions }) {
    const say = chrome.i18n.getMessage;
    const count = String(Number(opinions) || 0);
    const titles = {
        off: say("titleOff"),
        working: say("titleWorking"),
        on: say("titleOn", [count]),
        noArticle: say("noArticle"),
        noEnglish: say("noEnglish"),
        noEngine: say("noEngine"),
    };
    const title = titles[state];
    if (title === undefined) return;
    const text = state === "on" ? count : state === "working" ? "…" : state === "off" ? "" : "–";
    await Promise.allSettled([
        chrome.action.setTitle({ tabId, title }),
        chrome.action.setBadgeText({ tabId, text }),
        chrome.action.setBadgeBackgroundColor({ tabId, color: state === "on" ? "#b34700" : "#59616d" }),
        chrome.action.setBadgeTextColor({ tabId, color: "#ffffff" }),
    ]);
}

/**
 * Puts the labels' style sheet into a page or takes it away. This way a page neither sees it in `document.styleSheets`
 * nor loses it when it sets `adoptedStyleSheets` itself, and no policy of the page's stands against it.
 * @param {number} tabId
 * @param {number} frameId
 * @param {boolean} on
 */
export async function style(tabId, frameId, on) {
    const sheet = { target: { tabId, frameIds: [frameId] }, files: ["content/paint.css"] };
    await (on ? chrome.scripting.insertCSS(sheet) : chrome.scripting.removeCSS(sheet));
    return true;
}
