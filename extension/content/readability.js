// Readability on a copy of a page, so that the page is not touched.
//
//   page ── copy, node by node ─▶ a document of ours ── Readability, in steps ─▶ what it kept
//             │                                                          │ the same text nodes, moved
//             └── copied text ─▶ the page's text node ◀──────────────────┘
//
// The design numbers elements to find the way back. Text nodes are better: Readability renames, unwraps and merges
// elements, but it moves the text as it is. Only its own second attempts lose them, by parsing the page anew from a
// string, so those are made here.

import { Readability, isProbablyReaderable } from "@mozilla/readability";

import { firstIn, nextTo, of, parentOf, shadowRootsIn } from "./flat.js";
import { turn } from "./slices.js";

/** What neither holds an article's text nor tells Readability anything, and would cost it time. */
const NOT_COPIED = new Set(
    "script style noscript template svg iframe object embed canvas audio video source track link math"
        .split(" ")
        .concat("input", "select", "textarea", "base"),
);

/** Readability's own: an article of fewer characters makes it try again, each time with one scruple less. */
const SHORT = 500;
const ATTEMPTS = [7, 6, 4, 0];
const STRIP_UNLIKELY = 1;

/** Fewer characters than this are a caption or an error message. */
const LEAST = 140;

/** Of a longer page only this much is looked through: it bounds the time and memory that a page can cost. */
const MOST_CHARACTERS = 2_000_000;
const MOST_NODES = 400_000;

/** The cheap gate, for pages that nobody asked about. @param {Document} page */
export function mayBeArticle(page) {
    // Readability's defaults ask for more than a short agency report has.
    const roots = [page, ...shadowRootsIn(page)];
    const isReadable = (/** @type {ParentNode} */ root) =>
        isProbablyReaderable(/** @type {Document} */ (root), { minContentLength: 100, minScore: 12 });
    return isHtml(page) && roots.some(isReadable);
}

/** @param {Document} page */
export function isHtml(page) {
    return page.contentType === "text/html" || page.contentType === "application/xhtml+xml";
}

/**
 * The article in an element of a page: its texts, how long they are, its title; null where there is none. `all` are the
 * texts that were looked at, `cut` says that the page has more of them.
 * @param {Document} page
 * @param {Element} within
 * @param {WeakSet<Text>} seen gets every text that was judged
 * @param {AbortSignal} signal
 */
export async function findIn(page, within, seen, signal) {
    /** @type {{ nodes: Set<Text>, length: number, title: string } | null} */
    let best = null;
    /** @type {Text[]} */
    let all = [];
    let cut = false;
    for (const scruples of ATTEMPTS) {
        const copy = await copyOf(page, within, scruples, signal);
        cut = copy.cut;
        all = [...copy.originals.values()];
        for (const text of all) seen.add(text);
        const found = await read(copy, scruples, signal);
        if (found && (!best || found.length > best.length)) best = found;
        if (best && best.length >= SHORT) break;
    }
    if (!best || best.length < LEAST || (best.length < SHORT && !mayBeArticle(page))) return null;
    return { ...best, all, cut };
}

/**
 * A copy that no browser shows: no script runs in it, and nothing that it names is fetched.
 * @param {Document} page
 * @param {Element} within
 * @param {number} scruples as for `read`
 * @param {AbortSignal} signal
 */
async function copyOf(page, within, scruples, signal) {
    const copy = page.implementation.createHTMLDocument(page.title);
    /** @type {Map<Node, Text>} */
    const originals = new Map();
    for (const meta of page.querySelectorAll("meta[name], meta[property]")) {
        copy.head.append(copy.importNode(meta));
    }
    let until = performance.now() + 12;
    let characters = 0;
    let nodes = 0;
    /** @type {Node} */
    let into = copy.body;
    /** @type {Node | null} */
    let node = firstIn(within);
    for (const { name, value } of of.attributes(within)) {
        if (name === "class" || name === "id") copy.body.setAttribute(name, value);
    }
    while (node && characters < MOST_CHARACTERS && nodes < MOST_NODES) {
        nodes += 1;
        if (performance.now() > until) {
            await turn(signal);
            until = performance.now() + 12;
            if (!node.isConnected) break; // the page took it away meanwhile: what there is has to do
        }
        if (of.nodeType(node) === Node.TEXT_NODE) {
            const text = copy.createTextNode(/** @type {Text} */ (node).data);
            characters += text.length;
            originals.set(text, /** @type {Text} */ (node));
            into.appendChild(text);
        } else if (of.nodeType(node) === Node.ELEMENT_NODE) {
            const element = /** @type {Element} */ (node);
            const shell =
                scruples & STRIP_UNLIKELY && isStripped(element, into) ? null : shellOf(element, copy);
            if (shell) {
                into.appendChild(shell);
                const first = firstIn(element);
                if (first) {
                    into = shell;
                    node = first;
                    continue;
                }
            }
        }
        /** @type {Node | null} */
        let at = node;
        /** @type {Node | null} */
        let next = null;
        while (at && at !== within && !(next = nextTo(at))) {
            at = parentOf(at);
            if (at !== within) into = into.parentNode ?? copy.body;
        }
        node = next;
    }
    return { copy, originals, cut: node !== null && node.isConnected };
}

/**
 * Whether Readability is going to strip it for its names or its role. It asks of every element in one go, which takes long
 * on a page with much beside its article; what is not even copied is not asked about.
 * @param {Element} element
 * @param {Node} into its parent's copy
 */
function isStripped(element, into) {
    const { REGEXPS, UNLIKELY_ROLES } = /** @type {any} */ (Readability.prototype);
    const names = `${of.attribute(element, "class") ?? ""} ${of.attribute(element, "id") ?? ""}`;
    if (REGEXPS.unlikelyCandidates.test(names) && !REGEXPS.okMaybeItsACandidate.test(names)) {
        const isKept = of.localName(element) === "a" || /** @type {Element} */ (into).closest("table, code");
        if (!isKept) return true;
    }
    return UNLIKELY_ROLES.includes(of.attribute(element, "role"));
}

/** The element without its children, or null for what is not copied. @param {Element} element @param {Document} copy */
function shellOf(element, copy) {
    const name = of.localName(element);
    if (NOT_COPIED.has(name)) return null;
    // A new one, because an image copied with its source might be fetched before the source is taken off.
    if (name === "img") return copy.createElement("img");
    // Of a name of our own, because one that the page has defined would be built by the page's code.
    const shell = name.includes("-") ? copy.createElement("div") : copy.importNode(element);
    if (name.includes("-")) shell.className = of.attribute(element, "class") ?? "";
    // The form around it would answer Readability with it: <button name="parentNode">.
    if (["button", "fieldset", "output"].includes(name)) {
        shell.removeAttribute("name");
        shell.removeAttribute("id");
    }
    // Readability puts new text in the place of such links.
    if (name === "a" && shell.getAttribute("href")?.trimStart().toLowerCase().startsWith("javascript:")) {
        shell.removeAttribute("href");
    }
    return shell;
}

/**
 * Readability's own steps, each in a task of its own: in one go they take more than 50 ms on a long page. What it does
 * to make the result fit to be shown (addresses, classes, images) is left out, since nothing of it is.
 * @param {{ copy: Document, originals: Map<Node, Text> }} page
 * @param {number} scruples Readability's flags: strip unlikely elements, weigh classes, clean conditionally
 * @param {AbortSignal} signal
 */
async function read({ copy, originals }, scruples, signal) {
    /** @type {any} */
    const reader = new Readability(copy, { disableJSONLD: true });
    reader._flags = scruples;
    reader._charThreshold = 0; // no attempts of its own, which parse the page from a string; as an option, 0 counts as none
    await turn(signal);
    reader._removeScripts(copy);
    reader._prepDocument();
    reader._metadata = reader._getArticleMetadata({});
    const title = (reader._articleTitle = String(reader._metadata.title ?? ""));
    await turn(signal);
    quicken(reader, copy);
    /** @type {Element | null} */
    let kept = null;
    reader._prepArticle = (/** @type {Element} */ element) => (kept = element);
    if (!reader._grabArticle() || !kept) return null;
    // From here on as in Readability._prepArticle, less what only looks.
    await turn(signal);
    reader._markDataTables(kept);
    for (const [step, tag] of CLEANING) {
        await turn(signal);
        reader[step](kept, tag);
    }
    await turn(signal);
    dropShares(reader, kept);
    /** @type {Set<Text>} */
    const nodes = new Set();
    let length = 0;
    const walk = copy.createTreeWalker(kept, NodeFilter.SHOW_TEXT);
    for (let text = walk.nextNode(); text; text = walk.nextNode()) {
        const original = originals.get(text);
        if (!original) continue;
        nodes.add(original);
        length += original.data.trim().length;
    }
    await turn(signal);
    return { nodes, length, title };
}

/**
 * The same answers at less cost, to what Readability asks of every element in its longest step.
 * @param {any} reader
 * @param {Document} copy
 */
function quicken(reader, copy) {
    // With `textContent`, the page's text is put together once for each level.
    const isBare = reader._isElementWithoutContent;
    reader._isElementWithoutContent = (/** @type {Node} */ node) =>
        !hasWords(copy, node) && isBare.call(reader, node);
    const isByline = reader._isValidByline;
    reader._isValidByline = (/** @type {Element} */ node, /** @type {string} */ names) =>
        (reader.REGEXPS.byline.test(names) || node.hasAttribute("rel") || node.hasAttribute("itemprop")) &&
        isByline.call(reader, node, names);
    // Asking for its style gives every element one of its own.
    const isVisible = reader._isProbablyVisible;
    reader._isProbablyVisible = (/** @type {Element} */ node) =>
        !["style", "hidden", "aria-hidden"].some((name) => node.hasAttribute(name)) ||
        isVisible.call(reader, node);
}

/** Without putting all of its text together, as `textContent` does. @param {Document} copy @param {Node} node */
function hasWords(copy, node) {
    const walk = copy.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) if (/\S/.test(/** @type {Text} */ (walk.currentNode).data)) return true;
    return false;
}

const CLEANING = /** @type {const} */ ([
    ["_cleanConditionally", "form"],
    ["_cleanConditionally", "fieldset"],
    ["_clean", "footer"],
    ["_clean", "aside"],
    ["_cleanHeaders", undefined],
    ["_cleanConditionally", "table"],
    ["_cleanConditionally", "ul"],
    ["_cleanConditionally", "div"],
]);

/** Rows of buttons to share by. @param {any} reader @param {Element} kept */
function dropShares(reader, kept) {
    for (const element of kept.querySelectorAll(":scope > * *")) {
        const names = `${element.className} ${element.id}`;
        if (reader.REGEXPS.shareElements.test(names) && (element.textContent?.length ?? 0) < 500)
            element.remove();
    }
}
