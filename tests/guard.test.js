// What ships reaches for nothing outside itself: no address, no request, no code made of text, no markup made of text.
//
// Each hit is either allowed below, with the reason, or fails the suite; so does an allowance that nothing needs any
// more. Own sources are read as they stand. Bundles are read for what comes from packages, whose hits are counted, so
// that an update that adds one is looked at.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import test from "node:test";

const root = new URL("../", import.meta.url);

/** What to look for. @type {Record<string, RegExp>} */
const RULES = {
    address: /(?<![\w.])(?:https?|wss?|ftp):\/\/|["'(`]\/\/[\w-]+\.\w/g,
    request:
        /\bfetch\s*\(|\bXMLHttpRequest\b|\b(?:WebSocket|WebTransport|EventSource|RTCPeerConnection)\b|\bsendBeacon\b|\bimportScripts\b|\bimport\s*\(/g,
    "code from text": /\beval\b\s*\(|\bnew Function\b|\bset(?:Timeout|Interval)\s*\(\s*["'`]|\bjavascript:/g,
    "markup from text":
        /\b(?:inner|outer)HTML\b|\binsertAdjacentHTML\b|\bdocument\.write|\bsrcdoc\b|\b(?:set|parse)HTML(?:Unsafe)?\b|\bcreateContextualFragment\b|\bnew DOMParser\b/g,
    "font or style from elsewhere": /@font-face|@import\s*(?:["']|url)|\burl\((?!\s*["']?(?:#|data:))/g,
};

/** A line that is a comment to its end. */
const COMMENT = /^\s*(?:\/\/|\*\/\s*$|\/?\*(?!\/|.*\*\/\s*\S))/;

/**
 * @typedef {object} Allowance
 * @property {string} rule
 * @property {string} line a part of the line that has the hit
 * @property {Record<string, number>} files how many hits it is for in each file
 * @property {string} why
 */

/** @type {Allowance[]} */
const ALLOWED = [
    {
        rule: "address",
        line: '"http://www.w3.org/2000/svg"',
        files: { "extension/icons/icon.svg": 1, "www/icon.svg": 1, "www/chart.js": 1 },
        why: "The name of a vocabulary, which nothing ever asks for: without it there is no SVG.",
    },
    {
        rule: "address",
        line: '["http://*/*", "https://*/*"]',
        files: { "extension/manifest.json": 2, "extension/sites.js": 2 },
        why: "Patterns of pages for which the reader may grant permission; not an address.",
    },
    {
        rule: "address",
        line: "[`http://${whole}/*`, `https://${whole}/*`]",
        files: { "extension/sites.js": 2 },
        why: "The same for one site.",
    },
    {
        rule: "address",
        line: "address : `https://${address}`",
        files: { "extension/settings.js": 1 },
        why: "Completes what a reader types as a site, to take its host name out.",
    },
    {
        rule: "request",
        line: "await fetch(chrome.runtime.getURL(path)",
        files: { "extension/background/engine.js": 1, "extension/background/arriving.js": 1 },
        why: "The extension's own module and model, out of its own package.",
    },
    {
        rule: "request",
        line: "module_or_path = fetch(module_or_path)",
        files: { "extension/pkg/sayswho.js": 1, "www/pkg/sayswho.js": 1 },
        why: "wasm-bindgen's loader, for an address of the caller's: ours is the module beside it.",
    },
    {
        rule: "request",
        line: "await fetch(address",
        files: { "www/engine.js": 1, "www/kept.js": 1, "www/offline.js": 1 },
        why: "The demo page's own files; the page's policy, connect-src 'self', allows no others.",
    },
    {
        rule: "request",
        line: "await fetch(request)",
        files: { "www/sw.js": 1 },
        why: "The demo page's service worker passes on what the page itself asks for, under the same policy.",
    },
    {
        rule: "code from text",
        line: 'startsWith("javascript:")',
        files: { "extension/content/readability.js": 1 },
        why: "Recognises such links in a page, as Readability does.",
    },
    {
        rule: "font or style from elsewhere",
        line: '@import "../extension/content/paint.css"',
        files: { "www/style.css": 1 },
        why: "The bundler puts the file in; no import is left in what ships.",
    },
    {
        rule: "markup from text",
        line: 'new DOMParser().parseFromString(html, "text/html")',
        files: { "www/blocks.js": 1 },
        why: "What a reader pastes, to read its paragraphs: a parsed document that is never shown runs and loads nothing.",
    },
];

/** What packages bring into the bundles: how often each rule is hit. @type {Record<string, Record<string, number>>} */
const PACKAGES = {
    // Recognises "javascript:" links; `innerHTML` of the copy of the page that Readability works on, a document of its own that
    // runs and loads nothing. Its serialised output is never asked for. Where it would write markup, store/bundle.js has it give up.
    "@mozilla/readability": { "code from text": 1, "markup from text": 8 },
};

/**
 * @param {string} text
 * @returns {{ rule: string, line: string, number: number }[]}
 */
function hits(text) {
    return text
        .split("\n")
        .flatMap((line, index) =>
            Object.entries(COMMENT.test(line) ? {} : RULES).flatMap(([rule, pattern]) =>
                [...line.matchAll(pattern)].map(() => ({ rule, line: line.trim(), number: index + 1 })),
            ),
        );
}

/** The files that ship, as paths from the root. */
function shipped() {
    return ["extension", "www"].flatMap((folder) =>
        readdirSync(new URL(folder, root), { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile() && /\.(?:js|mjs|html|css|json|svg)$/.test(entry.name))
            .map((entry) => `${entry.parentPath}/${entry.name}`.slice(root.pathname.length)),
    );
}

/**
 * The parts of a bundle by the file that each comes from, as esbuild says in comments.
 * @param {string} bundle
 */
function sections(bundle) {
    const parts = bundle.split(/^ *\/\/ ((?:[\w@.-]+\/)+[\w.-]+\.(?:js|mjs|cjs|ts|json|txt))$/m);
    return parts
        .slice(1)
        .map((path, index) => ({ path, text: parts[index + 2] ?? "" }))
        .filter((_, index) => index % 2 === 0);
}

test("every rule catches what it is for", () => {
    for (const [rule, line] of [
        ["address", 'const here = "https://news.example/a.js";'],
        ["address", '<script src="//news.example/a.js"></script>'],
        ["request", "await fetch (there)"],
        ["request", "new XMLHttpRequest()"],
        ["request", "navigator.sendBeacon(there)"],
        ["request", 'await import("./other.js")'],
        ["code from text", "eval(text)"],
        ["code from text", "new Function(text)"],
        ["code from text", 'setTimeout("go()", 1)'],
        ["markup from text", "host.innerHTML = headline"],
        ["markup from text", 'host.insertAdjacentHTML("beforeend", headline)'],
        ["markup from text", "host.setHTMLUnsafe(headline)"],
        ["font or style from elsewhere", "@font-face { font-family: X }"],
        ["font or style from elsewhere", "background: url(images/a.png)"],
    ]) {
        assert.ok(
            hits(line ?? "").some((hit) => hit.rule === rule),
            `${rule}: ${line}`,
        );
    }
    assert.equal(hits("/* a */ fetch(there)").length, 1);
    assert.equal(hits(" */ fetch(there)").length, 1);
    assert.deepEqual(hits("const prefetch = refetch(x); fill: url(#dots); a.evaluate(b)"), []);
});

test("own sources reach for nothing but what is allowed", () => {
    const files = shipped().filter((path) => !/^\w+\/dist\//.test(path));
    assert.ok(files.length > 20, "the sources are read");
    /** @type {Map<Allowance, Record<string, number>>} */
    const used = new Map(ALLOWED.map((entry) => [entry, {}]));
    const found = files.flatMap((path) =>
        hits(readFileSync(new URL(path, root), "utf8")).flatMap(({ rule, line, number }) => {
            const allowed = ALLOWED.find(
                (entry) => entry.rule === rule && line.includes(entry.line) && path in entry.files,
            );
            const counts = allowed && used.get(allowed);
            if (!counts) return [`${path}:${number}: ${rule}: ${line.slice(0, 120)}`];
            counts[path] = (counts[path] ?? 0) + 1;
            return [];
        }),
    );
    assert.deepEqual(found, [], "new: take it out, or allow it in this file and say why");
    for (const [{ line, files }, counts] of used) {
        assert.deepEqual(
            counts,
            files,
            `${line}: no more than is allowed, and nothing allowed that is not there`,
        );
    }
});

test("bundled styles ask for nothing", () => {
    const styles = shipped().filter((path) => /^\w+\/dist\/.*\.css$/.test(path));
    assert.ok(styles.length > 0, "the style sheet is built");
    for (const path of styles) assert.deepEqual(hits(readFileSync(new URL(path, root), "utf8")), [], path);
});

test("bundles hold our sources and the packages that are known, with the hits that are known", () => {
    const bundles = shipped().filter((path) => /^\w+\/dist\/.*\.js$/.test(path));
    assert.ok(bundles.length >= 2, "the bundles are built");
    for (const bundle of bundles) {
        const text = readFileSync(new URL(bundle, root), "utf8");
        const parts = sections(text);
        assert.ok(parts.length > 0, `${bundle} says what it is made of`);
        /** @type {Record<string, Record<string, number>>} */
        const counts = {};
        for (const { path, text } of parts) {
            const name = /^node_modules\/((?:@[\w-]+\/)?[\w.-]+)\//.exec(path)?.[1];
            if (name === undefined) {
                assert.ok(
                    existsSync(new URL(path, root)),
                    `${bundle} holds ${path}, which is no source of ours`,
                );
                continue;
            }
            const count = (counts[name] ??= {});
            for (const { rule } of hits(text)) count[rule] = (count[rule] ?? 0) + 1;
        }
        for (const [name, count] of Object.entries(counts)) {
            assert.deepEqual(count, PACKAGES[name], `${name} in ${bundle}`);
        }
    }
});

/** The number of a module's section of imports. */
const IMPORTS = 2;

/**
 * The sections of a module by their number. Node may be too old to compile relaxed SIMD, but can read it.
 * @param {Buffer} module
 */
function sectionsOf(module) {
    /** @type {Map<number, Buffer>} */
    const found = new Map();
    for (let at = 8; at < module.length;) {
        const number = module[at++] ?? 0;
        let size = 0;
        for (let shift = 0, byte = 128; byte >= 128; shift += 7) {
            byte = module[at++] ?? 0;
            size |= (byte & 127) << shift;
        }
        found.set(number, module.subarray(at, at + size));
        at += size;
    }
    return found;
}

test("the module imports nothing but wasm-bindgen's glue, and the one with relaxed SIMD the same", () => {
    const [plain, relaxed] = ["sayswho_bg.wasm", "sayswho_relaxed.wasm"].map((name) =>
        sectionsOf(readFileSync(new URL(`extension/pkg/${name}`, root))),
    );
    assert.ok(plain && relaxed);
    const module = new WebAssembly.Module(readFileSync(new URL("extension/pkg/sayswho_bg.wasm", root)));
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
        assert.match(from, /^\.\/sayswho_bg\.js$/);
        assert.match(name, /^__wb(?:g|indgen)_/);
        assert.doesNotMatch(name, /fetch|eval|Function|request|socket/i);
    }
    assert.deepEqual(relaxed.get(IMPORTS), plain.get(IMPORTS));
});

test("the module holds no path of the machine that it was built on", () => {
    const text = readFileSync(new URL("extension/pkg/sayswho_bg.wasm", root), "latin1");
    for (const path of [/registry\/src/, /\/(?:home|root|tmp|Users)\//]) assert.doesNotMatch(text, path);
    for (const path of [root.pathname, `${homedir()}/`]) assert.ok(!text.includes(path), path);
});

test("no page can see the extension or speak to it, and none is opened to it at the install", () => {
    const manifest = JSON.parse(readFileSync(new URL("extension/manifest.json", root), "utf8"));
    for (const key of [
        "web_accessible_resources",
        "externally_connectable",
        "host_permissions",
        "content_scripts",
    ]) {
        assert.equal(manifest[key], undefined, key);
    }
    const allowed = new Set(["activeTab", "scripting", "storage", "contextMenus"]);
    assert.deepEqual(
        manifest.permissions.filter((/** @type {string} */ name) => !allowed.has(name)),
        [],
    );
    assert.doesNotMatch(
        manifest.content_security_policy.extension_pages,
        /unsafe-(?:inline|eval(?!'))|https?:/,
    );
});
