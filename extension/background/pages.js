// Asking a page's content script for something, with the script put there first where it is not there yet.
//
//   label ─▶ on, in the page itself
//   toggle ─▶ labels in some frame? ─ yes ─▶ off, there
//                                   └ no ──▶ on, in the page itself ─ no article ─▶ quietly in its frames
//   panel ─▶ in the page itself, or in the largest frame with labels where only frames have some
//   no script can be put there ─▶ what kind of page this is ─▶ popup

import { engine } from "./engine.js";
import { labelledFrames, showState } from "./state.js";
import { openPopup } from "./toolbar.js";

/** @import { Word } from "./state.js" */

/** The bundle of content/main.js. */
const CONTENT = "dist/content.js";
/** Starts it unasked; apart, so that a click decides by itself. */
const BEGIN = "content/begin.js";

export const AUTOMATIC = [CONTENT, BEGIN];

/** Labels a page; one that is being labelled stays so. @param {chrome.tabs.Tab} tab */
export async function label(tab) {
    // Loads while the page looks for its article. Whether it can is told to the page that asks for labels.
    engine().catch(() => {});
    await ask(tab, "label");
}

/** Labels a page, or takes its labels off. @param {chrome.tabs.Tab} tab */
export async function toggle(tab) {
    if (tab.id === undefined) return;
    const frames = await labelledFrames(tab.id);
    if (frames.some((frame) => frame !== 0)) await takeOff(tab.id);
    else await ask(tab, "toggle");
}

/**
 * Opens the panel, on a page without labels with them. The keyboard closes one that the reader is in: "togglePanel".
 * @param {chrome.tabs.Tab} tab
 * @param {"panel" | "togglePanel"} what
 */
export async function askForPanel(tab, what) {
    if (tab.id === undefined) return;
    const frameIds = await labelledFrames(tab.id);
    const inFrames = frameIds.length > 0 && !frameIds.includes(0);
    const [largest] = inFrames ? await framesBySize({ tabId: tab.id, frameIds }).catch(() => []) : [];
    await ask(tab, what, largest?.frameId);
}

/** Takes the labels off a tab, wherever in it they are. @param {number} tab */
export async function takeOff(tab) {
    for (const frame of await labelledFrames(tab)) {
        // A frame that is gone has no labels either.
        await send(tab, "off", frame).catch(() => {});
        if (frame !== 0) await showState(tab, frame, { state: "off" });
    }
    if (!(await labelledFrames(tab)).includes(0)) await showState(tab, 0, { state: "off" });
}

/** A page that is no article can have one in a frame. Those whose site nobody has granted are out of reach. @param {number} tabId @returns {Promise<boolean>} whether one has */
export async function beginInFrames(tabId) {
    try {
        // An article needs room: smaller ones hold an advertisement or a player.
        const frameIds = (await framesBySize({ tabId, allFrames: true }))
            .filter(({ frameId, size }) => frameId !== 0 && size >= ROOM)
            .slice(0, MOST_FRAMES)
            .map((each) => each.frameId);
        if (frameIds.length === 0) return false;
        const begun = await chrome.scripting.executeScript({ target: { tabId, frameIds }, files: AUTOMATIC });
        return begun.some(({ result }) => /** @type {unknown} */ (result) === true);
    } catch {
        return false; // the page is gone
    }
}

/** Frames with their size in square CSS pixels, the largest first. @param {chrome.scripting.InjectionTarget} target */
async function framesBySize(target) {
    const frames = await chrome.scripting.executeScript({
        target,
        func: () => document.documentElement.clientWidth * document.documentElement.clientHeight,
    });
    return frames
        .map(({ frameId, result }) => ({ frameId, size: Number(result) }))
        .sort((one, other) => other.size - one.size);
}

/** 400 by 300 CSS pixels. */
const ROOM = 120_000;

/** The largest are looked at, each with a content script of its own: it bounds what a page of frames can cost. */
const MOST_FRAMES = 10;

/**
 * @param {chrome.tabs.Tab} tab
 * @param {"label" | "toggle" | "panel" | "togglePanel"} what
 * @param {number} [frame]
 */
async function ask(tab, what, frame = 0) {
    if (tab.id === undefined) return;
    try {
        await send(tab.id, what, frame);
    } catch {
        await arriveAndAsk(tab, what);
    }
}

/** How long to wait before each attempt, in milliseconds. */
const ATTEMPTS = [0, 50, 250];

/** @param {chrome.tabs.Tab} tab @param {string} what */
async function arriveAndAsk(tab, what) {
    const tabId = tab.id ?? -1;
    // Chromium tells the page's process of the click's permission and of the script by two roads, and on a busy machine
    // the script can be there first and be refused.
    for (const wait of ATTEMPTS) {
        await new Promise((resolve) => setTimeout(resolve, wait));
        try {
            await chrome.scripting.executeScript({ target: { tabId }, files: [CONTENT] });
            await send(tabId, what, 0);
            return;
        } catch {
            // again, or it is one of the browser's own pages, its store, a PDF
        }
    }
    // There is nowhere in the page to say so.
    await showState(tabId, 0, { state: refusalFor(tab) });
    await openPopup();
}

/** Why no script gets into a page, by its address and, as Firefox shows PDFs, by the file's name. @param {chrome.tabs.Tab} tab @returns {Word} */
function refusalFor({ url = "", title = "" }) {
    if (/\.pdf([?#]|$)/i.test(url) || /\.pdf$/i.test(title)) return "pdf";
    if (/^(https?|file|ftp):/.test(url)) return "noAccess";
    return "browserPage";
}

/** @param {number} tab @param {string} what @param {number} frame */
function send(tab, what, frame) {
    return chrome.tabs.sendMessage(tab, { type: what }, { frameId: frame });
}
