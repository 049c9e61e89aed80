// From the built extension/ to what the stores take: `node store/package.js [folder]`.
//
//   extension/ ─ without its types ─┐
//   bill of materials ──────────────┴─▶ sayswho-chrome.zip, sayswho-firefox.zip
//
// The same files give the same bytes: names sorted, one date for all, no attributes of the machine's. Each browser's
// manifest has what that browser reads; else they are alike.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { argv } from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { zipSync } from "fflate";

import { materials } from "./materials.js";

const EXTENSION = join(dirname(fileURLToPath(import.meta.url)), "..", "extension");

/** The first moment that a zip can hold, in local time, which is what a zip holds. */
const DATE = new Date(1980, 0, 1);

/** @typedef {"chrome" | "firefox"} Store */

/** @type {Store[]} */
export const STORES = ["chrome", "firefox"];

/** What only one browser reads, by where it stands in the manifest. @type {Record<Store, string[][]>} */
const NOT_FOR = {
    chrome: [["browser_specific_settings"], ["background", "scripts"]],
    firefox: [["minimum_chrome_version"], ["background", "service_worker"]],
};

/** Whether a file of extension/ is for the reader's browser. @param {string} path */
function ships(path) {
    return !path.endsWith(".d.ts") && !/(^|\/)\./.test(path);
}

/** @returns {string[]} sorted by code units, on every machine alike */
function files() {
    return readdirSync(EXTENSION, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) =>
            join(entry.parentPath, entry.name)
                .slice(EXTENSION.length + 1)
                .replaceAll("\\", "/"),
        )
        .filter(ships)
        .sort();
}

/**
 * The bytes of one store's package.
 * @param {Store} store
 * @throws {Error} where the extension is not built
 */
export function packageFor(store) {
    const all = files();
    for (const built of [
        "dist/content.js",
        "pkg/sayswho_bg.wasm",
        "pkg/sayswho_relaxed.wasm",
        "model/sayswho.bin",
    ]) {
        if (!all.includes(built)) throw new Error(`${built} is missing: run \`make extension\` first`);
    }
    const contents = all.map((path) => [path, contentOf(path, store)]);
    return zipSync(Object.fromEntries([...contents, ["sayswho.cdx.json", materials()]]), {
        level: 9,
        mtime: DATE,
        os: 3,
    });
}

/** @param {string} path @param {Store} store */
function contentOf(path, store) {
    const content = readFileSync(join(EXTENSION, path));
    if (path !== "manifest.json") return content;
    const manifest = JSON.parse(content.toString());
    for (const [key = "", inner] of NOT_FOR[store]) {
        if (inner) delete manifest[key][inner];
        else delete manifest[key];
    }
    return new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`);
}

if (import.meta.url === pathToFileURL(argv[1] ?? "").href) {
    const folder = argv[2] ?? ".";
    mkdirSync(folder, { recursive: true });
    for (const store of STORES) {
        const file = join(folder, `sayswho-${store}.zip`);
        const bytes = packageFor(store);
        writeFileSync(file, bytes);
        console.log(`${file}  ${(bytes.length / 1e6).toFixed(1)} MB`);
    }
}
