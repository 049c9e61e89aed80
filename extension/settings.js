// What the reader has chosen: one object in synchronised storage, checked field by field whenever it is read.
//
//   storage.sync.settings ─▶ migrate (by its version) ─▶ check ─▶ Settings + problems      read
//   Settings + changes ─▶ check ─▶ storage.sync.settings ─▶ everybody's onChange           write
//
// A stored value that can't be right (a hand in the file, a sync gone wrong) falls back to its default, and is named in
// `problems`, which the options page shows. The content script, background and pages all import this.

/**
 * @typedef {object} Settings
 * @property {{ fact: boolean, claim: boolean, opinion: boolean }} show which labels are marked in the page
 * @property {"lines" | "background"} look how they are marked
 * @property {number} sensitivity 0 to 1: how little it takes for a sentence to be marked as opinion; see sensitivity.js
 * @property {boolean} panelOpen whether the list of sentences opens with the labels
 * @property {"never" | "sites" | "articles"} automatic which pages are labelled as they load, where permission is held
 * @property {string[]} sites hosts that the reader chose: `example.org`, for `www.example.org` too
 * @property {string[]} except hosts where nothing is labelled unasked, whatever `automatic` says
 */

/** @typedef {keyof Settings} Field */
/** @typedef {Settings & { problems: Field[] }} Read `problems`: the fields whose stored value was no use */

/** Raised whenever an older release could not read what this one writes; each raise gets a step in `migrate`. */
export const VERSION = 2;

const KEY = "settings";

/** @type {Readonly<Settings>} */
export const DEFAULTS = Object.freeze({
    show: Object.freeze({ fact: false, claim: true, opinion: true }),
    look: "lines",
    sensitivity: 0.5,
    panelOpen: true,
    automatic: "sites",
    sites: [],
    except: [],
});

/** More than these would not fit into an item of synchronised storage, which holds 8 KB. */
export const MOST_SITES = 100;

/** Whether a value can be that field's. @type {Record<Field, (value: any) => boolean>} */
const FITS = {
    show: (value) =>
        isObject(value) && ["fact", "claim", "opinion"].every((label) => typeof value[label] === "boolean"),
    look: (value) => value === "lines" || value === "background",
    sensitivity: (value) => typeof value === "number" && value >= 0 && value <= 1,
    panelOpen: (value) => typeof value === "boolean",
    automatic: (value) => ["never", "sites", "articles"].includes(value),
    sites: areHosts,
    except: areHosts,
};

/** @type {Field[]} */
const FIELDS = /** @type {Field[]} */ (Object.keys(FITS));

/**
 * The settings as they are stored, with defaults for what is missing or no use. Without storage, the defaults: labels
 * are worth more than settings.
 * @returns {Promise<Read>}
 */
export async function read() {
    const stored = await storage()
        .get(KEY)
        .catch(() => null);
    return check(stored?.[KEY] ?? (await fromVersion1()));
}

/** Writes in the order in which they were asked for: each reads what the one before it wrote. @type {Promise<unknown>} */
let last = Promise.resolve();

/**
 * Changes some settings and leaves the others. Resolves with all of them.
 * @param {Partial<Settings>} changes
 * @returns {Promise<Read>}
 * @throws {RangeError} for a value that no such setting can have
 * @throws {Error} where the browser's storage is full or gone
 */
export function write(changes) {
    const bad = Object.entries(changes).find(
        ([field, value]) => !FITS[/** @type {Field} */ (field)]?.(value),
    );
    if (bad) return Promise.reject(new RangeError(`no such setting: ${bad[0]}`));
    const writing = last.then(async () => {
        const settings = { ...(await read()), ...changes, problems: [] };
        await storage().set({ [KEY]: { ...settings, version: VERSION, problems: undefined } });
        return settings;
    });
    last = writing.catch(() => {});
    return writing;
}

/** Back to the defaults. */
export function reset() {
    return write(DEFAULTS);
}

/**
 * Calls `fn` with all settings whenever one has changed, here, on another page, or on the reader's other computer.
 * @param {(settings: Read) => void} fn
 * @returns {() => void} stops it
 */
export function onChange(fn) {
    /** @param {Record<string, chrome.storage.StorageChange>} changes */
    const listener = (changes) => {
        if (KEY in changes) fn(check(changes[KEY]?.newValue));
    };
    chrome.storage.onChanged.addListener(listener);
    return () => chrome.storage.onChanged.removeListener(listener);
}

/**
 * All settings, with defaults for what is not there.
 * @param {unknown} stored
 * @returns {Read}
 */
function check(stored) {
    const defaults = /** @type {Settings} */ (structuredClone(DEFAULTS));
    return { ...defaults, ...(stored === undefined ? { problems: [] } : usable(stored)) };
}

/**
 * The settings that hold something of use, from anywhere: storage, or a file that the reader imports.
 * @param {unknown} stored
 * @returns {Partial<Settings> & Pick<Read, "problems">}
 */
export function usable(stored) {
    const found = migrate(stored);
    if (found === null) return { problems: [...FIELDS] };
    const given = FIELDS.filter((field) => found[field] !== undefined); // an older release did not have some
    const good = given.filter((field) => FITS[field](found[field]));
    return {
        ...Object.fromEntries(good.map((field) => [field, found[field]])),
        problems: given.filter((field) => !good.includes(field)),
    };
}

/**
 * What an earlier version stored, in the present form. A later version's is taken as it is: what it shares with this
 * one is checked like everything else.
 * @param {unknown} stored
 * @returns {Record<string, unknown> | null} null for what was never settings
 */
function migrate(stored) {
    if (!isObject(stored) || !Number.isInteger(stored["version"]) || Number(stored["version"]) < 1)
        return null;
    if (stored["version"] !== 1) return stored;
    // Version 1: two loose values, by which automatic labelling was off and the panel closed.
    return {
        ...(stored["auto"] === false ? { automatic: "never" } : {}),
        ...(stored["panel"] === "closed" ? { panelOpen: false } : {}),
    };
}

/** Version 1 kept its values in local storage, each under its own key. */
async function fromVersion1() {
    const stored = await chrome.storage.local.get(["auto", "panel"]).catch(() => null);
    const { auto, panel } = stored ?? {};
    return auto === undefined && panel === undefined ? undefined : { version: 1, auto, panel };
}

/** Synchronised storage; the local one where the browser or its owner has switched synchronising off. */
function storage() {
    return chrome.storage.sync ?? chrome.storage.local;
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isObject(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {unknown} value */
function areHosts(value) {
    return Array.isArray(value) && value.length <= MOST_SITES && value.every((host) => hostOf(host) === host);
}

/**
 * The site of an address or of what a reader types for one: `https://www.Example.org/news` is `example.org`.
 * @param {unknown} address
 * @returns {string | null} null for what is no site on the web
 */
export function hostOf(address) {
    if (typeof address !== "string" || address === "") return null;
    try {
        const url = new URL(/^[a-z-]+:\/\//i.test(address) ? address : `https://${address}`);
        // Chromium takes a space for part of a name and writes it as %20.
        if (!/^https?:$/.test(url.protocol) || !/^(\[[\da-f:]+\]|[\w.-]+)$/.test(url.hostname)) return null;
        return url.hostname.replace(/^www\./, "").replace(/\.$/, "");
    } catch {
        return null;
    }
}
