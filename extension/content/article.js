// Finding the article in a page, without touching the page.
//
//   page ── copy, node by node ─▶ a document of ours ── Readability ─▶ what it kept
//             │                                                          │ the same text nodes, moved
//             └── copied text ─▶ the page's text node ◀──────────────────┘
//   + the headline, which Readability takes for the title and drops
//
// The design numbers elements to find the way back. Text nodes are better: Readability renames, unwraps and merges
// elements, but it moves the text as it is. Only its own second attempts lose them, by parsing the page anew from a
// string, so those are made here.

import { Readability, isProbablyReaderable } from "@mozilla/readability";

import { nextTask } from "./slices.js";

/**
 * @typedef {object} Article
 * @property {Node} root holds all of it
 * @property {(node: Text) => boolean} keep whether a text node under `root` belongs to it
 * @property {string} lang the language that the page says it is in, or ""
 */

/** What neither holds an article's text nor tells Readability anything, and would cost it time. */
const NOT_COPIED = new Set(
    "script style noscript template svg iframe object embed canvas audio video source track link math"
        .split(" ")
        .concat("input", "select", "textarea", "base"),
);

/** Readability's own: an article of fewer characters makes it try again, each time with one scruple less. */
const SHORT = 500;
const ATTEMPTS = [7, 6, 4, 0];

/** Fewer characters than this are a caption or an error message. */
const LEAST = 140;

/** The cheap gate, for pages that nobody asked about. @param {Document} page */
export function mayBeArticle(page) {
    // Readability's defaults ask for more than a short agency report has.
    return isHtml(page) && isProbablyReaderable(page, { minContentLength: 100, minScore: 12 });
}

/**
 * @param {Document} page
 * @param {AbortSignal} signal
 * @returns {Promise<Article | null>} null where there is none
 */
export async function findArticle(page, signal) {
    if (!isHtml(page) || !page.body) return null;
    /** @type {{ nodes: Set<Text>, length: number, title: string } | null} */
    let best = null;
    for (const scruples of ATTEMPTS) {
        const copy = await copyOf(page, signal);
        await nextTask();
        signal.throwIfAborted();
        const found = read(copy, scruples);
        if (found && (!best || found.length > best.length)) best = found;
        if (best && best.length >= SHORT) break;
    }
    if (!best || best.length < LEAST || (best.length < SHORT && !mayBeArticle(page))) return null;
    await nextTask(); // Readability's is the longest task of all: nothing more goes into it
    signal.throwIfAborted();
    const { nodes } = best;
    for (const text of headline(page, best.title, nodes)) nodes.add(text);
    return { root: page.body, keep: (node) => nodes.has(node), lang: languageOf(nodes, page) };
}

/** @param {Document} page */
function isHtml(page) {
    return page.contentType === "text/html" || page.contentType === "application/xhtml+xml";
}

/**
 * A copy that no browser shows: no script runs in it, and nothing that it names is fetched.
 * @param {Document} page
 * @param {AbortSignal} signal
 */
async function copyOf(page, signal) {
    const copy = page.implementation.createHTMLDocument(page.title);
    /** @type {Map<Node, Text>} */
    const originals = new Map();
    for (const meta of page.querySelectorAll("meta[name], meta[property]")) {
        copy.head.append(copy.importNode(meta));
    }
    let until = performance.now() + 12;
    /** @type {Node} */
    let into = copy.body;
    /** @type {Node | null} */
    let node = page.body.firstChild;
    for (const { name, value } of page.body.attributes) {
        if (name === "class" || name === "id") copy.body.setAttribute(name, value);
    }
    while (node) {
        if (performance.now() > until) {
            await nextTask();
            signal.throwIfAborted();
            until = performance.now() + 12;
            if (!node.isConnected) break; // the page took it away meanwhile: what there is has to do
        }
        if (node.nodeType === Node.TEXT_NODE) {
            const text = copy.createTextNode(/** @type {Text} */ (node).data);
            originals.set(text, /** @type {Text} */ (node));
            into.appendChild(text);
        } else if (node.nodeType === Node.ELEMENT_NODE) {
            const element = /** @type {Element} */ (node);
            const shell = shellOf(element, copy);
            if (shell) {
                into.appendChild(shell);
                if (element.firstChild) {
                    into = shell;
                    node = element.firstChild;
                    continue;
                }
            }
        }
        /** @type {Node | null} */
        let at = node;
        while (at && at !== page.body && !at.nextSibling) {
            at = at.parentNode;
            if (at !== page.body) into = into.parentNode ?? copy.body;
        }
        node = at && at !== page.body ? at.nextSibling : null;
    }
    return { copy, originals };
}

/** The element without its children, or null for what is not copied. @param {Element} element @param {Document} copy */
function shellOf(element, copy) {
    const name = element.localName;
    if (NOT_COPIED.has(name)) return null;
    // A new one, because an image copied with its source might be fetched before the source is taken off.
    if (name === "img") return copy.createElement("img");
    const shell = copy.importNode(element);
    // Readability puts new text in the place of such links.
    if (name === "a" && shell.getAttribute("href")?.trimStart().toLowerCase().startsWith("javascript:")) {
        shell.removeAttribute("href");
    }
    return shell;
}

/**
 * @param {{ copy: Document, originals: Map<Node, Text> }} page
 * @param {number} scruples Readability's flags: strip unlikely elements, weigh classes, clean conditionally
 */
function read({ copy, originals }, scruples) {
    const reader = new Readability(copy, {
        charThreshold: 0, // no attempts of its own
        disableJSONLD: true,
        serializer: (/** @type {Node} */ node) => node,
    });
    /** @type {{ _flags: number }} */ (/** @type {unknown} */ (reader))._flags = scruples;
    const result = reader.parse();
    if (!result?.content) return null;
    /** @type {Set<Text>} */
    const nodes = new Set();
    let length = 0;
    const kept = /** @type {Node} */ (/** @type {unknown} */ (result.content));
    const walk = copy.createTreeWalker(kept, NodeFilter.SHOW_TEXT);
    for (let text = walk.nextNode(); text; text = walk.nextNode()) {
        const original = originals.get(text);
        if (!original) continue;
        nodes.add(original);
        length += original.data.trim().length;
    }
    return { nodes, length, title: result.title ?? "" };
}

/**
 * The heading that says the article's title, where it stands outside what Readability kept.
 * @param {Document} page
 * @param {string} title
 * @param {Set<Text>} nodes
 * @returns {Text[]}
 */
function headline(page, title, nodes) {
    const wanted = plain(title);
    const whole = plain(page.title);
    /** @type {Text[]} */
    let best = [];
    let bestScore = 0;
    for (const heading of page.body.querySelectorAll("h1, h2, [itemprop~='headline']")) {
        const words = plain(heading.textContent ?? "");
        if (words.split(" ").length < 3) continue;
        let score = 0;
        if (words === wanted) score = 3;
        else if (whole.includes(words) || wanted.includes(words)) score = 2;
        else if (heading.localName === "h1" && wanted !== "" && words.includes(wanted)) score = 1;
        if (heading.localName === "h1") score *= 2;
        if (score <= bestScore) continue;
        const texts = textsOf(heading);
        if (texts.some((text) => nodes.has(text))) return []; // it is in
        [best, bestScore] = [texts, score];
    }
    return best;
}

/** @param {Element} element @returns {Text[]} */
function textsOf(element) {
    const texts = [];
    const walk = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let text = walk.nextNode(); text; text = walk.nextNode()) texts.push(/** @type {Text} */ (text));
    return texts;
}

/** @param {string} words */
function plain(words) {
    return words
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, " ")
        .trim();
}

/** The language of the element nearest to the article's text. @param {Set<Text>} nodes @param {Document} page */
function languageOf(nodes, page) {
    let longest = null;
    for (const node of nodes) if (!longest || node.length > longest.length) longest = node;
    return longest?.parentElement?.closest("[lang]")?.getAttribute("lang") ?? page.documentElement.lang;
}
