// The extension's background: a service worker in Chromium, an event page in Firefox.
//
//   toolbar click ─┐                 ┌─ text ──▶ labelling ──▶ engine (WebAssembly)
//   shortcut ──────┼─▶ content script┤
//   page loads ────┘   (per page)    └─ state ─▶ toolbar: badge and title
//   permissions, storage ─▶ automatic: which pages get the content script unasked
//
// The engine is here because WebAssembly in a content script fails in Chromium on pages with a strict policy. The
// browser stops this script when it is idle, so every listener is registered at once, and nothing is kept that can't
// be had again.

import { registerForGrantedSites, takeOverOpenPages } from "./background/automatic.js";
import { answerPort } from "./background/labelling.js";
import { ask } from "./background/pages.js";
import { showState, style } from "./background/toolbar.js";

chrome.action.onClicked.addListener((tab) => ask(tab, "toggle"));
chrome.commands.onCommand.addListener((command, tab) => {
    if (command === "panel" && tab) void ask(tab, "panel");
});

chrome.runtime.onConnect.addListener(answerPort);
chrome.runtime.onMessage.addListener((message, sender, answer) => {
    const tab = sender.tab?.id;
    if (tab === undefined) return;
    if (message?.type === "state") void showState(tab, message);
    if (message?.type === "style") {
        style(tab, sender.frameId ?? 0, message.on === true).then(answer, () => answer(false));
        return true; // the answer comes later
    }
});

chrome.permissions.onAdded.addListener(registerForGrantedSites);
chrome.permissions.onRemoved.addListener(registerForGrantedSites);
chrome.storage.onChanged.addListener((changes) => {
    if ("auto" in changes) void registerForGrantedSites();
});
chrome.runtime.onStartup.addListener(registerForGrantedSites);
chrome.runtime.onInstalled.addListener(async () => {
    await registerForGrantedSites();
    await takeOverOpenPages();
});
