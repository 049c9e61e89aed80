// Automatic labelling: where the reader has granted a site, its pages get the content script as they load.
//
//   granted origins, `auto` in storage ─▶ one registered content script, or none

import { AUTOMATIC } from "./pages.js";

const ID = "automatic";

/** @type {Promise<void>} */
let last = Promise.resolve();

/** One at a time: permissions that change twice in a row must not be registered in the wrong order. */
export function registerForGrantedSites() {
    last = last
        .then(register)
        .catch((error) => console.error("Says Who could not register its script:", error));
    return last;
}

async function register() {
    const matches = await grantedSites();
    const registered = await chrome.scripting.getRegisteredContentScripts({ ids: [ID] });
    if (matches.length === 0) {
        if (registered.length > 0) await chrome.scripting.unregisterContentScripts({ ids: [ID] });
        return;
    }
    /** @type {chrome.scripting.RegisteredContentScript} */
    const script = { id: ID, matches, js: AUTOMATIC, runAt: "document_idle", persistAcrossSessions: true };
    if (registered.length > 0) await chrome.scripting.updateContentScripts([script]);
    else await chrome.scripting.registerContentScripts([script]);
}

/** What the reader has granted, unless automatic labelling is off; it is on until switched off. */
async function grantedSites() {
    const [{ origins = [] }, { auto }] = await Promise.all([
        chrome.permissions.getAll(),
        chrome.storage.local.get("auto"),
    ]);
    return auto === false ? [] : origins;
}

/** Pages that were open before the extension was: new, or reloaded, with the old script cut off from it. */
export async function takeOverOpenPages() {
    const matches = await grantedSites();
    if (matches.length === 0) return;
    const tabs = await chrome.tabs.query({ url: matches });
    await Promise.allSettled(
        tabs.map(({ id }) =>
            chrome.scripting.executeScript({ target: { tabId: id ?? -1 }, files: AUTOMATIC }),
        ),
    );
}
