// The text area and what fills it: keys, the clipboard, a file, a sample, a link.

import { htmlToText } from "./blocks.js";
import { byId } from "./page.js";

/** From the last key to labelling, in milliseconds: longer for a longer text, whose layout alone takes its time. */
const pauseFor = (/** @type {number} */ length) => 120 + Math.min(600, length / 1500);

/** `execCommand` keeps the browser's undo but is slow with long texts, in characters. */
const LONGEST_UNDO = 100_000;

/** A file of more than this is no article, in bytes. */
const LARGEST_FILE = 5_000_000;

export class Input {
    /** Whether the text came by keys, which may go on, and not as a whole. */
    typing = false;

    #area = /** @type {HTMLTextAreaElement} */ (byId("text"));
    #changed;
    #own;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #pause;

    /**
     * @param {object} listeners
     * @param {(text: string) => void} listeners.changed  A text to be labelled, once no more comes.
     * @param {() => void} listeners.own  The text is the visitor's own now, at once.
     * @param {(words: string) => void} listeners.refused  A file that is no article, and why.
     */
    constructor({ changed, own, refused }) {
        this.#changed = changed;
        this.#own = own;
        this.#area.addEventListener("input", () => this.#typed());
        this.#area.addEventListener("paste", (event) => this.#paste(event));
        const file = /** @type {HTMLInputElement} */ (byId("file"));
        byId("open").addEventListener("click", () => file.click());
        file.addEventListener("change", () => {
            if (file.files?.[0]) void this.#read(file.files[0], refused);
            file.value = "";
        });
        // Anywhere on the page: who misses the text area would leave the page for the file.
        addEventListener("dragover", (event) => {
            if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
        });
        addEventListener("drop", (event) => {
            const dropped = event.dataTransfer?.files[0];
            if (!dropped) return;
            event.preventDefault();
            void this.#read(dropped, refused);
        });
    }

    get text() {
        return this.#area.value;
    }

    /** Puts a whole text in. @param {string} text */
    fill(text) {
        clearTimeout(this.#pause);
        this.#area.value = text;
        this.#area.scrollTop = 0;
        this.typing = false;
        this.#changed(this.#area.value);
    }

    focus() {
        this.#area.focus();
    }

    #typed() {
        clearTimeout(this.#pause);
        this.typing = true;
        this.#own();
        this.#pause = setTimeout(() => this.#changed(this.#area.value), pauseFor(this.#area.value.length));
    }

    /** @param {ClipboardEvent} event */
    #paste(event) {
        const html = event.clipboardData?.getData("text/html");
        if (!html) return;
        const pasted = htmlToText(html);
        // Copied from a plain-text editor, say: the browser's own way is as good.
        if (pasted === "") return;
        event.preventDefault();
        this.#insert(pasted);
    }

    /** At the caret, so that undo takes it out again. @param {string} pasted */
    #insert(pasted) {
        const area = this.#area;
        area.focus();
        const before = area.value;
        if (pasted.length < LONGEST_UNDO) document.execCommand("insertText", false, pasted);
        // Its answer is no proof: in a window without focus Firefox says yes and does nothing.
        if (area.value === before) area.setRangeText(pasted, area.selectionStart, area.selectionEnd, "end");
        // Not every browser tells of what a script puts in.
        this.#typed();
    }

    /** @param {File} file @param {(words: string) => void} refused */
    async #read(file, refused) {
        if (file.size > LARGEST_FILE) return refused(`${file.name} is too large for an article.`);
        const content = await file.text();
        // A picture or a PDF read as text; no text has this character.
        if (content.includes("\0")) return refused(`${file.name} is neither text nor HTML.`);
        const isHtml = /html/.test(file.type) || /\.html?$/i.test(file.name);
        this.fill(isHtml ? htmlToText(content) : content);
        this.#own();
    }
}
