// The entry in the page's context menu: labels for the words that are selected, and for nothing else.
//
//   selected words ─▶ session storage ─▶ a small window of ours, which takes them out and labels them
//
// In a window, so that it works wherever words can be selected: in a PDF, in a frame of another site, in the browser's
// own reader. It needs no access to the page.

const ID = "selection";

/** In characters, as much as is read of a page: the session's storage has an end. */
const MOST = 200_000;

/** Menus outlive this script, so that one left by an earlier version is replaced. */
export async function putMenu() {
    await chrome.contextMenus.removeAll();
    chrome.contextMenus.create({
        id: ID,
        title: chrome.i18n.getMessage("menuSelection"),
        contexts: ["selection"],
    });
}

/** @param {chrome.contextMenus.OnClickData} info */
export async function onMenu(info) {
    if (info.menuItemId !== ID || !info.selectionText) return;
    await chrome.storage.session.set({ selection: info.selectionText.slice(0, MOST) });
    await chrome.windows.create({
        url: chrome.runtime.getURL("welcome/selection.html"),
        type: "popup",
        width: 560,
        height: 640,
    });
}
