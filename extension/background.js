// The extension's background: a service worker in Chromium, an event page in Firefox.
//
//   toolbar click ─┐                 ┌─ text ──▶ labelling ──▶ engine (WebAssembly)
//   shortcut, menu ┼─▶ content script┤
//   page loads ────┘   (per frame)   └─ state ─▶ toolbar: badge, title, what the next click does
//   permissions, settings ─▶ automatic: which pages get the content script unasked
//   popup, options ─▶ commands of theirs: "page", "label", "off", "site", "automatic"
//
// The engine is here because WebAssembly in a content script fails in Chromium on pages with a strict policy. The
// browser stops this script when it is idle, so every listener is registered at once, and nothing is kept that can't
// be had again: what is known of a tab lies in session storage.

import {
    onGranted,
    onRevoked,
    registerForGrantedSites,
    setAutomatic,
    setSite,
    takeOverOpenPages,
} from "./background/automatic.js";
import { answerPort } from "./background/labelling.js";
import { onMenu, putMenu } from "./background/menu.js";
import { askForPanel, beginInFrames, label, takeOff, toggle } from "./background/pages.js";
import { forget, stateOf, showState } from "./background/state.js";
import { style } from "./background/toolbar.js";
import { welcome } from "./background/welcome.js";
import { onChange } from "./settings.js";

// A page with labels has a popup, and this is not called: whoever clicks wants labels.
chrome.action.onClicked.addListener((tab) => label(tab));
chrome.commands.onCommand.addListener((command, tab) => {
    if (command === "toggle" && tab) void toggle(tab);
    if (command === "panel" && tab) void askForPanel(tab, "togglePanel");
});
chrome.contextMenus.onClicked.addListener(onMenu);

chrome.runtime.onConnect.addListener(answerPort);
chrome.runtime.onMessage.addListener((message, sender, answer) => {
    const frame = sender.frameId ?? 0;
    const tab = sender.tab?.id;
    // From our own pages, which are not in the web: a content script's sender has the page's address.
    if (sender.url?.startsWith(chrome.runtime.getURL(""))) return later(answerPage(message), answer);
    if (tab === undefined) return;
    if (message?.type === "state") {
        void showState(tab, frame, message);
        if (frame === 0 && message.state === "noArticle") return later(beginInFrames(tab), answer);
    }
    if (message?.type === "style") return later(style(tab, frame, message), answer);
    if (message?.type === "open") return later(openPage(message.page), answer);
});

/** What popup, options and first-run page ask for. Not at once: what makes no sense to the browser is a promise refused. @param {any} message @returns {Promise<unknown>} */
async function answerPage(message) {
    switch (message?.type) {
        case "page":
            return stateOf(message.tab);
        case "label":
            return label(await chrome.tabs.get(message.tab));
        case "off":
            return takeOff(message.tab);
        case "panel":
            return askForPanel(await chrome.tabs.get(message.tab), "panel");
        case "site":
            return setSite(message.host, message.on === true);
        case "automatic":
            return setAutomatic(message.mode);
    }
    return undefined;
}

/** Answers when it is done; false for what went wrong. @param {Promise<unknown>} work @param {(answer: unknown) => void} answer */
function later(work, answer) {
    work.then(answer, (error) => {
        console.error("Says Who:", error);
        answer(false);
    });
    return true; // the answer comes later
}

/** @type {Map<unknown, string>} */
const OWN_PAGES = new Map([
    ["labels", "welcome/labels.html"],
    ["options", "options/options.html"],
]);

/** A page of ours that a link in the panel or popover leads to. @param {unknown} page */
async function openPage(page) {
    const path = OWN_PAGES.get(page);
    if (path) await chrome.tabs.create({ url: chrome.runtime.getURL(path) });
}

chrome.tabs.onRemoved.addListener(forget);
chrome.tabs.onUpdated.addListener(async (tab, { status }) => {
    // The browser clears a tab's popup for a new page and keeps it for a move within one, which tells them apart.
    if (status === "loading" && (await chrome.action.getPopup({ tabId: tab })) === "") void forget(tab);
});
chrome.permissions.onAdded.addListener(({ origins }) => onGranted(origins ?? []));
chrome.permissions.onRemoved.addListener(({ origins }) => onRevoked(origins ?? []));
onChange(() => void registerForGrantedSites());
chrome.runtime.onStartup.addListener(registerForGrantedSites);
chrome.runtime.onInstalled.addListener(async () => {
    for (const step of [putMenu, registerForGrantedSites, takeOverOpenPages, welcome]) {
        // One that fails takes none of the others with it.
        await step().catch((error) => console.error("Says Who:", error));
    }
});
