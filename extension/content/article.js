// Which text of a page is its article's, as the page goes on changing.
//
//   page ── readability.js ─▶ the text nodes of the article
//   + the headline, which Readability takes for the title and drops
//
//   what the page adds later: beside or within what was kept ─▶ kept too; a long text elsewhere ─▶ Readability on that

import { of, parentOf, textsIn } from "./flat.js";
import { findIn, isHtml } from "./readability.js";
import { inSlices, turn } from "./slices.js";

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
