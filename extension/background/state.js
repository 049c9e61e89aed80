// What is known of each tab: the state of each of its frames, and from these the tab's own.
//
//   content script (frame) ─ state ─▶ session storage ─▶ one state for the tab ─▶ toolbar, popup
//
// In session storage, because the browser stops this script at any time. Nothing of what is read is in it: a word for
// the state, and a number.

import { showOnToolbar } from "./toolbar.js";

/** @typedef {"off" | "working" | "on" | "noArticle" | "noEnglish" | "noEngine" | "noAccess" | "browserPage" | "pdf"} Word */
/** @typedef {{ state: Word, opinions?: number }} State */

/** Those that a click has got no labels for. @type {Word[]} */
const REFUSALS = ["noArticle", "noEnglish", "noEngine", "noAccess", "browserPage", "pdf"];
/** @type {Word[]} */
const WORDS = ["off", "working", "on", ...REFUSALS];

/** What storage did not take, full or failing as it was; lost when this script is stopped. @type {Map<number, Record<number, State>>} */
const unstored = new Map();

/** @param {number} tab */
const keyOf = (tab) => `tab ${tab}`;

/** Frames tell one after the other, and none may overwrite what another has just told. @type {Promise<unknown>} */
let last = Promise.resolve();

/**
 * Takes a frame's word for its state and shows the tab's.
 * @param {number} tab
 * @param {number} frame
 * @param {State} message
 */
export function showState(tab, frame, { state, opinions }) {
    if (!WORDS.includes(state)) return Promise.resolve();
    const showing = last.then(async () => {
        const frames = await framesOf(tab);
        // The page itself begins anew, or it is another page.
        const kept = frame === 0 && state === "working" ? {} : frames;
        kept[frame] = { state, opinions: Number(opinions) || 0 };
        await keep(tab, kept);
        await showOnToolbar(tab, merge(kept));
    });
    last = showing.catch(() => {}); // the tab is gone
    return last;
}

/** The tab's state. @param {number} tab @returns {Promise<State>} */
export async function stateOf(tab) {
    await last;
    return merge(await framesOf(tab));
}

/** The frames of a tab in which labels are, or are coming. @param {number} tab @returns {Promise<number[]>} */
export async function labelledFrames(tab) {
    await last;
    return Object.entries(await framesOf(tab))
        .filter(([, { state }]) => state === "on" || state === "working")
        .map(([frame]) => Number(frame));
}

/** The tab has another page now, or is closed. @param {number} tab */
export function forget(tab) {
    last = last
        .then(() => {
            unstored.delete(tab);
            return chrome.storage.session.remove(keyOf(tab));
        })
        .catch(() => {});
    return last;
}

/** @param {number} tab @param {Record<number, State>} frames */
async function keep(tab, frames) {
    try {
        await chrome.storage.session.set({ [keyOf(tab)]: frames });
        unstored.delete(tab);
    } catch {
        unstored.set(tab, frames);
    }
}

/** @param {number} tab @returns {Promise<Record<number, State>>} */
async function framesOf(tab) {
    const key = keyOf(tab);
    const stored = await chrome.storage.session.get(key).catch(() => null);
    return unstored.get(tab) ?? /** @type {Record<number, State>} */ (stored?.[key] ?? {});
}

/** One state from those of the frames: labels anywhere count before the page's own refusal. @param {Record<number, State>} frames @returns {State} */
function merge(frames) {
    const all = Object.values(frames);
    const on = all.filter(({ state }) => state === "on");
    if (all.some(({ state }) => state === "working")) return { state: "working" };
    if (on.length > 0) {
        return { state: "on", opinions: on.reduce((sum, { opinions = 0 }) => sum + opinions, 0) };
    }
    return frames[0] ?? { state: "off" };
}

/** @param {Word} state */
export function isRefusal(state) {
    return REFUSALS.includes(state);
}
