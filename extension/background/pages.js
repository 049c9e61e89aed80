// Asking a page's content script for something, with the script put there first where it is not there yet.

/** The bundle of content/main.js. */
const CONTENT = "dist/content.js";
/** Starts it unasked; apart, so that a click decides by itself. */
const BEGIN = "content/begin.js";

export const AUTOMATIC = [CONTENT, BEGIN];

/**
 * @param {chrome.tabs.Tab} tab
 * @param {"toggle" | "panel"} what
 */
export async function ask(tab, what) {
    if (tab.id === undefined) return;
    try {
        await chrome.tabs.sendMessage(tab.id, { type: what }, { frameId: 0 });
    } catch {
        await arriveAndAsk(tab.id, what);
    }
}

/** @param {number} tabId @param {"toggle" | "panel"} what */
async function arriveAndAsk(tabId, what) {
    try {
        await chrome.scripting.executeScript({ target: { tabId }, files: [CONTENT] });
        await chrome.tabs.sendMessage(tabId, { type: what }, { frameId: 0 });
    } catch {
        // The browser's own pages, its store, PDF viewers. There is nowhere in the page to say so.
        await chrome.action.setTitle({ tabId, title: chrome.i18n.getMessage("noAccess") }).catch(() => {});
        await chrome.action.setBadgeText({ tabId, text: "–" }).catch(() => {});
    }
}
