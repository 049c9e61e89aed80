// Automatic labelling: where the reader has granted a site, its pages get the content script as they load.
//
//   granted origins − exceptions, unless it is off ─▶ one registered content script, or none
//   a site or a mode changes ─▶ settings, permissions given back, script registered anew ─▶ open pages at once
//
// Permissions are the truth of what can be read, settings of what is wanted: a page is labelled where both hold.

import { hostOf, MOST_SITES, read, write } from "../settings.js";
import { EVERYWHERE, giveBack, hostOfPattern, isAmong, isGranted, patternsFor } from "../sites.js";
import { AUTOMATIC, takeOff } from "./pages.js";

/** @import { Settings } from "../settings.js" */

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
    const { matches, excludeMatches } = await wanted();
    const registered = await chrome.scripting.getRegisteredContentScripts({ ids: [ID] });
    // Always anew: an update leaves exceptions in place that it is given none for.
    if (registered.length > 0) await chrome.scripting.unregisterContentScripts({ ids: [ID] });
    if (matches.length === 0) return;
    await chrome.scripting.registerContentScripts([
        {
            id: ID,
            matches,
            ...(excludeMatches.length > 0 ? { excludeMatches } : {}),
            js: AUTOMATIC,
            allFrames: true,
            runAt: "document_idle",
            persistAcrossSessions: true,
        },
    ]);
}

/** What the reader has granted, unless automatic labelling is off; it is on until switched off. */
async function wanted() {
    const [{ origins = [] }, { automatic, except }] = await Promise.all([
        chrome.permissions.getAll(),
        read(),
    ]);
    return {
        matches: automatic === "never" ? [] : origins.filter((origin) => !origin.startsWith("file:")),
        excludeMatches: except.flatMap(patternsFor),
    };
}

/** Pages that were open before the extension was, or before their site was granted. */
export async function takeOverOpenPages() {
    const { matches } = await wanted();
    if (matches.length === 0) return;
    const { except } = await read();
    const tabs = await chrome.tabs.query({ url: matches });
    await Promise.allSettled(
        tabs
            .filter(({ url }) => !isAmong(new URL(url ?? "").hostname, except))
            .map(({ id }) =>
                chrome.scripting.executeScript({ target: { tabId: id ?? -1 }, files: AUTOMATIC }),
            ),
    );
}

/** The browser has granted origins, whoever asked: the popup, which may be closed by now, or its own settings. @param {string[]} origins */
export async function onGranted(origins) {
    const { automatic, sites } = await read();
    const hosts = origins.map(hostOfPattern).filter((host) => host !== null);
    const changes = {
        ...(EVERYWHERE.every((origin) => origins.includes(origin)) ? { automatic: "articles" } : {}),
        ...(hosts.length > 0 ? { sites: withHosts(sites, hosts) } : {}),
    };
    // A grant is a wish: automatic labelling that was off is on with it.
    if (automatic === "never" && hosts.length > 0) changes.automatic ??= "sites";
    if (Object.keys(changes).length > 0) await kept(write(/** @type {Partial<Settings>} */ (changes)));
    await registerForGrantedSites();
    await takeOverOpenPages();
}

/** As many as the list takes: those that it leaves out are granted as well, and labelled. @param {string[]} sites @param {string[]} hosts */
function withHosts(sites, hosts) {
    return [...new Set([...sites, ...hosts])].slice(0, MOST_SITES).sort();
}

/** @param {string[]} origins */
export async function onRevoked(origins) {
    const { automatic } = await read();
    const everywhere = await chrome.permissions.contains({ origins: EVERYWHERE });
    if (automatic === "articles" && !everywhere && EVERYWHERE.some((origin) => origins.includes(origin))) {
        await kept(write({ automatic: "sites" }));
    }
    await registerForGrantedSites();
}

/** Whether settings could be written. What follows from a permission is done where they could not be, too. @param {Promise<unknown>} writing */
function kept(writing) {
    return writing.then(
        () => true,
        (error) => {
            console.error("Says Who could not save its settings:", error);
            return false;
        },
    );
}

/**
 * Switches a site on or off, with what it has on the screen. Permission for one that goes on has been granted before:
 * only a page that the reader has clicked on may ask.
 * @param {string} host
 * @param {boolean} on
 * @returns {Promise<boolean>} whether it is kept for next time
 * @throws {RangeError} for what is no site
 */
export async function setSite(host, on) {
    if (typeof host !== "string" || hostOf(host) !== host) throw new RangeError("not the name of a site");
    const { sites, except, automatic } = await read();
    const others = sites.filter((site) => site !== host);
    if (on) {
        await write({
            sites: [...others, host].sort(),
            except: except.filter((site) => !isAmong(host, [site])),
            automatic: automatic === "never" ? "sites" : automatic,
        });
        await registerForGrantedSites();
        await takeOverOpenPages();
        return true;
    }
    // While its pages can still be told apart by their address.
    const tabs = await chrome.tabs.query({ url: patternsFor(host) });
    await giveBack(patternsFor(host));
    // Another permission may still reach it.
    const still = await isGranted(host);
    const saved = await kept(
        write({ sites: others, except: still ? [...new Set([...except, host])].sort() : except }),
    );
    await registerForGrantedSites();
    await Promise.all(tabs.map(({ id }) => takeOff(id ?? -1)));
    return saved;
}

/**
 * Changes which pages are labelled as they load, and gives back what is no longer needed.
 * @param {Settings["automatic"]} mode
 */
export async function setAutomatic(mode) {
    const { origins = [] } = await chrome.permissions.getAll();
    // What is given back is remembered, so that it can be asked for when it goes on again.
    const hosts = origins.map(hostOfPattern).filter((host) => host !== null);
    const sites = withHosts((await read()).sites, hosts);
    await write({ automatic: mode, sites });
    if (mode === "never") {
        const tabs = await chrome.tabs.query({
            url: origins.filter((origin) => !origin.startsWith("file:")),
        });
        await giveBack(origins);
        await registerForGrantedSites();
        await Promise.all(tabs.map(({ id }) => takeOff(id ?? -1)));
        return true;
    }
    if (mode === "sites") await giveBack(EVERYWHERE);
    await registerForGrantedSites();
    await takeOverOpenPages();
    return true;
}
