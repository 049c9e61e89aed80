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

/** How long to wait before each attempt, in milliseconds. */
const ATTEMPTS = [0, 50, 250];

/** @param {number} tabId @param {"toggle" | "panel"} what */
async function arriveAndAsk(tabId, what) {
    // Chromium tells the page's process of the click's permission and of the script by two roads, and on a busy machine
    // the script can be there first and be refused.
    for (const wait of ATTEMPTS) {
        await new Promise((resolve) => setTimeout(resolve, wait));
        try {
            await chrome.scripting.executeScript({ target: { tabId }, files: [CONTENT] });
            await chrome.tabs.sendMessage(tabId, { type: what }, { frameId: 0 });
            return;
        } catch {
            // again, or it is one of the browser's own pages, its store, a PDF
        }
    }
    // There is nowhere in the page to say so.
    await Promise.allSettled([
        chrome.action.setTitle({ tabId, title: chrome.i18n.getMessage("noAccess") }),
        chrome.action.setBadgeText({ tabId, text: "–" }),
    ]);
}
