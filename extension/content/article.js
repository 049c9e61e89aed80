// Finding the article in a page, without touching the page.
//
//   page ── copy, node by node ─▶ a document of ours ── Readability, in steps ─▶ what it kept
//             │                                                          │ the same text nodes, moved
//             └── copied text ─▶ the page's text node ◀──────────────────┘
//   + the headline, which Readability takes for the title and drops
//
//   what the page adds later: beside or within what was kept ─▶ kept too; a long text elsewhere ─▶ Readability on that
//
// The design numbers elements to find the way back. Text nodes are better: Readability renames, unwraps and merges
// elements, but it moves the text as it is. Only its own second attempts lose them, by parsing the page anew from a
// string, so those are made here.

import { Readability, isProbablyReaderable } from "@mozilla/readability";

import { firstIn, nextTo, of, parentOf, shadowRootsIn, textsIn } from "./flat.js";
import { inSlices, turn } from "./slices.js";

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

/** Between two looks at the clock. */
const TEXTS_A_STEP = 50;

/** What comes later and elsewhere in the page is looked at from this many characters on. */
const LONG = 400;

/** Elements within a line of text. What they stand in is the paragraph. */
const IN_LINE = new Set(
    "a abbr b bdi bdo cite code del dfn em font i ins kbd mark q s samp slot small span strong sub sup time u var".split(
        " ",
    ),
);

/** Names of what stands among an article's paragraphs without being one. */
const UNLIKELY =
    /\b(ad|ads|advert|comments?|disqus|footer|newsletter|promo|recirc|related|share|sidebar|social|sponsor|subscribe)\b|-ad-|^ad-|advertisement|paywall|signup/i;

/** The cheap gate, for pages that nobody asked about. @param {Document} page */
export function mayBeArticle(page) {
    // Readability's defaults ask for more than a short agency report has.
    const roots = [page, ...shadowRootsIn(page)];
    const isReadable = (/** @type {ParentNode} */ root) =>
        isProbablyReaderable(/** @type {Document} */ (root), { minContentLength: 100, minScore: 12 });
    return isHtml(page) && roots.some(isReadable);
}

/** Which text nodes of a page are its article's, as the page goes on changing. */
export class Article {
    #page;
    /** @type {Set<Text>} */
    #nodes = new Set();
    /** All that has been judged, kept or not. @type {WeakSet<Text>} */
    #seen = new WeakSet();
    /** Paragraphs that have kept text, and what holds many of them. @type {WeakSet<Node>} */
    #paragraphs = new WeakSet();
    /** @type {Set<Node>} */
    #columns = new Set();
    /** Elements with kept text below them. @type {WeakSet<Node>} */
    #holders = new WeakSet();
    /** How many of them stand side by side, by their parent and what they look like. @type {WeakMap<Node, Map<string, number>>} */
    #entries = new WeakMap();
    /** Characters kept at the last judgement. */
    #length = 0;
    #path = "";
    /** Whether the page goes on after what was looked through. */
    cut = false;
    /** The language that the page says the article is in, or "". */
    lang = "";

    /** @param {Document} page */
    constructor(page) {
        this.#page = page;
    }

    get isThere() {
        return this.#nodes.size > 0;
    }

    /** @param {Text} node */
    keeps = (node) => this.#nodes.has(node);

    /** What has kept text somewhere below it, as the page is now. @returns {Set<Node>} */
    holders() {
        /** @type {Set<Node>} */
        const holders = new Set();
        for (const node of this.#nodes) {
            for (let at = parentOf(node); at && !holders.has(at); at = parentOf(at)) holders.add(at);
        }
        return holders;
    }

    /**
     * Looks for the article in the whole page; what was found before and is still there stays.
     * @param {AbortSignal} signal
     * @returns {Promise<boolean>} whether there is one
     */
    async find(signal) {
        this.#path = this.#page.location.pathname + this.#page.location.search;
        if (!isHtml(this.#page) || !this.#page.body) return false;
        const found = await findIn(this.#page, this.#page.body, this.#seen, signal);
        this.#forget();
        this.cut = found?.cut === true;
        await turn(signal);
        if (found) this.#keep(found);
        // "Read more": Readability drops what is hidden, which is left out of the text anyway until the page shows it.
        if (found) await inSlices(this.#unfolding(found.all), signal);
        return this.#nodes.size > 0;
    }

    /** Keeps what is hidden among the article's paragraphs. @param {Text[]} all @returns {Generator<void, void, void>} */
    *#unfolding(all) {
        for (const [at, text] of all.entries()) {
            if (at % TEXTS_A_STEP === 0) yield;
            // Most of a page's text is shown, so that is asked first.
            if (text.parentElement?.checkVisibility() !== false || !/\S/.test(text.data)) continue;
            if (this.#stands(text)) this.#nodes.add(text);
        }
    }

    /**
     * Judges what the page has added.
     * @param {Node[]} added
     * @param {AbortSignal} signal
     * @returns {Promise<boolean>} whether any of it is the article's
     */
    async admit(added, signal) {
        const moved = this.#page.location.pathname + this.#page.location.search !== this.#path;
        const before = this.#length;
        this.#forget();
        // A new article in the old one's place, as on sites that load no page anew.
        if (moved || this.#length < before / 2) {
            return this.find(signal);
        }
        /** @type {Set<Text>} */
        const kept = new Set();
        for (const root of added) {
            if (!root.isConnected) continue;
            let stray = 0;
            for (const text of textsIn(root)) {
                if (this.#seen.has(text) || !/\S/.test(text.data)) continue;
                if (this.#stands(text)) {
                    this.#seen.add(text);
                    kept.add(text);
                } else if (!this.#isUnlikely(text)) stray += text.data.trim().length;
            }
            if (stray < LONG || !(root instanceof Element)) continue;
            const found = await findIn(this.#page, root, this.#seen, signal);
            for (const text of found?.nodes ?? []) kept.add(text);
        }
        if (kept.size > 0) this.#keep({ nodes: kept });
        // A text of the article that only says something else now is in already.
        return kept.size > 0 || added.some((node) => this.#nodes.has(/** @type {Text} */ (node)));
    }

    /** A text that was rejected when it said something else gets another chance. @param {Text} node */
    changed(node) {
        if (!this.#nodes.has(node)) this.#seen.delete(node);
    }

    /** Whether a change to an element can show or hide some of the article. @param {Element} element */
    concerns(element) {
        if (element === this.#page.documentElement || element === this.#page.body) return false;
        for (const column of this.#columns) {
            if (element.contains(column) || column.contains(element)) return true;
        }
        return false;
    }

    /** Whether anything that was kept has left the page. */
    hasLost() {
        for (const node of this.#nodes) if (!node.isConnected) return true;
        return false;
    }

    /** Forgets what has left the page. */
    #forget() {
        this.#length = 0;
        for (const node of this.#nodes) {
            if (node.isConnected) this.#length += node.length;
            else {
                this.#nodes.delete(node);
                this.#seen.delete(node); // it may come back
            }
        }
        for (const column of this.#columns) if (!column.isConnected) this.#columns.delete(column);
    }

    /** @param {{ nodes: Set<Text>, title?: string }} found */
    #keep({ nodes, title }) {
        /** @type {Map<Node, number>} */
        const columns = new Map();
        for (const node of nodes) {
            this.#nodes.add(node);
            this.#length += node.length;
            const paragraph = paragraphOf(node);
            if (!paragraph) continue;
            this.#paragraphs.add(paragraph);
            const column = parentOf(paragraph);
            if (column) columns.set(column, (columns.get(column) ?? 0) + node.data.trim().length);
            this.#countEntries(paragraph);
        }
        for (const [column, length] of columns) {
            if (length >= 300 || length * 4 > this.#length) this.#columns.add(column);
        }
        if (title !== undefined) {
            for (const text of headline(this.#page, title, this.#nodes)) this.#nodes.add(text);
            this.lang = languageOf(this.#nodes, this.#page);
        }
    }

    /** @param {Node} paragraph that has kept text */
    #countEntries(paragraph) {
        /** @type {Node | null} */
        let at = paragraph;
        while (at && at !== this.#page.body && !this.#holders.has(at)) {
            this.#holders.add(at);
            const parent = parentOf(at);
            const kind = kindOf(at);
            if (parent && kind) {
                const counts = this.#entries.get(parent) ?? new Map();
                this.#entries.set(parent, counts.set(kind, (counts.get(kind) ?? 0) + 1));
            }
            at = parent;
        }
    }

    /**
     * Whether a new text stands in a paragraph of the article, beside its paragraphs, or in an entry like others that
     * are the article's, as in a live blog.
     * @param {Text} text
     */
    #stands(text) {
        for (let at = parentOf(text); at && at !== this.#page.body; at = parentOf(at)) {
            if (this.#paragraphs.has(at) || this.#columns.has(at)) return true;
            if (isUnlikely(at)) return false;
            const parent = parentOf(at);
            // One alone is no series: wrappers of whatever stands on a page share a name too.
            if (parent && (this.#entries.get(parent)?.get(kindOf(at)) ?? 0) >= 2) return true;
        }
        return false;
    }

    /** @param {Node} node */
    #isUnlikely(node) {
        for (let at = parentOf(node); at && at !== this.#page.body; at = parentOf(at)) {
            if (isUnlikely(at)) return true;
        }
        return false;
    }
}

/** @param {Node} node */
function isUnlikely(node) {
    if (!(node instanceof Element)) return false;
    return (
        ["aside", "nav", "footer"].includes(of.localName(node)) ||
        UNLIKELY.test(`${of.attribute(node, "class") ?? ""} ${of.attribute(node, "id") ?? ""}`)
    );
}

/** What an element is to its page, as far as its names tell; "" where they tell nothing. @param {Node} node */
function kindOf(node) {
    if (!(node instanceof Element)) return "";
    const name = of.localName(node);
    const names = of.attribute(node, "class") ?? "";
    return names || ["article", "li"].includes(name) ? `${name} ${names}` : "";
}

/** @param {Node} node @returns {Node | null} */
function paragraphOf(node) {
    let at = parentOf(node);
    while (at instanceof Element && IN_LINE.has(of.localName(at))) at = parentOf(at);
    return at;
}

/** @param {Document} page */
function isHtml(page) {
    return page.contentType === "text/html" || page.contentType === "application/xhtml+xml";
}

/**
 * @param {Document} page
 * @param {Element} within
 * @param {WeakSet<Text>} seen gets every text that was judged
 * @param {AbortSignal} signal
 */
async function findIn(page, within, seen, signal) {
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
        const texts = [...textsIn(heading)];
        if (texts.some((text) => nodes.has(text))) return []; // it is in
        [best, bestScore] = [texts, score];
    }
    return best;
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
