// The article in miniature: a cell for every sentence, as wide as the sentence is long, coloured and patterned by its
// label. A listbox, so that the keyboard and a screen reader go through the sentences one by one, since highlights are
// announced by no screen reader.

/** @import { Sentence } from "./shared.js" */

/** A short text fills about this many rows; the cells of a long one shrink to their least width first. */
const ROWS = 2.6;

/** Sentences that Page Up and Page Down go by. */
const PAGE = 10;

/**
 * Of more sentences than this each is given its name when the reader gets there. In Firefox every live range watches
 * every change of the document: 16,000 names beside 16,000 painted sentences took 25 s.
 */
const MOST_NAMES = 1000;

/** Cells to take out one by one. */
const MOST_REMOVALS = 50;

/**
 * @typedef {object} Cell
 * @property {HTMLElement} element
 * @property {Sentence} sentence
 * @property {string} name  As far as it has been told; empty where it has not.
 */

export class Strip {
    #box;
    #nameOf;
    #choose;
    /** @type {Cell[]} */
    #cells = [];
    #list = listOfCells();
    #shown = 0;
    #length = 0;
    #final = false;
    #current = -1;

    /**
     * @param {HTMLElement} box
     * @param {(sentence: Sentence, index: number, count: number) => string} nameOf  What a screen reader says of it.
     * @param {(index: number, how: "pointer" | "keyboard" | "hover") => void} choose
     */
    constructor(box, nameOf, choose) {
        this.#box = box;
        this.#nameOf = nameOf;
        this.#choose = choose;
        box.append(this.#list);
        box.addEventListener("keydown", (event) => this.#press(event));
        box.addEventListener("focus", () => {
            // A click focuses too, and chooses by itself.
            if (box.matches(":focus-visible")) this.#go(Math.max(0, this.#current));
        });
        box.addEventListener("click", (event) => {
            const index = this.#indexOf(event.target);
            if (index >= 0) this.#choose(index, "pointer");
        });
        box.addEventListener("pointerover", (event) => {
            if (event.pointerType !== "mouse") return;
            const index = this.#indexOf(event.target);
            if (index >= 0) this.#choose(index, "hover");
        });
    }

    /**
     * @param {Sentence[]} sentences  In the order of the text.
     * @param {number} length  Of the whole text, in UTF-16 code units: cells keep their size as more come.
     * @param {boolean} final  Whether their names can be told: until the whole answer is there nobody knows who speaks.
     */
    show(sentences, length, final) {
        this.#final = final;
        const surplus = this.#cells.length - sentences.length;
        // A much shorter list is made anew and put in place in one step: with many sentences painted every cell that is
        // taken out alone is shown to every live range. In Chromium 6,000 of them took a minute.
        const anew = surplus > MOST_REMOVALS;
        if (surplus > 0) this.mark(-1);
        if (anew) {
            this.#cells = [];
            this.#list = listOfCells();
        } else if (surplus > 0) {
            for (const { element } of this.#cells.splice(sentences.length)) element.remove();
        }
        const added = document.createDocumentFragment();
        for (const [index, sentence] of sentences.entries()) {
            let cell = this.#cells[index];
            const was = cell?.sentence;
            if (!cell) {
                const element = document.createElement("span");
                element.id = `sentence-${index}`;
                element.setAttribute("role", "option");
                element.setAttribute("aria-selected", "false");
                cell = { element, sentence, name: "" };
                this.#cells.push(cell);
                added.append(element);
            }
            if (was === sentence) continue;
            cell.sentence = sentence;
            if (was?.label !== sentence.label) cell.element.dataset["label"] = sentence.label ?? "none";
            const size = sentence.end - sentence.start;
            if (!was || was.end - was.start !== size || length !== this.#length) {
                cell.element.style.flex = `${size} 0 ${((ROWS * 100 * size) / Math.max(1, length)).toFixed(2)}%`;
            }
        }
        this.#length = length;
        this.#list.append(added);
        if (anew) this.#box.replaceChildren(this.#list);
        this.#shown = sentences.length;
    }

    /** Tells the names of all, a few at a time. @returns {Generator<void, void, void>} */
    *tellAll() {
        if (this.#shown > MOST_NAMES) return;
        for (const [index, cell] of this.#cells.entries()) {
            this.#tell(cell, index, this.#shown);
            if (index % 8 === 7) yield;
        }
    }

    /** Shows which sentence the reader is at; −1 for none. @param {number} index */
    mark(index) {
        if (index === this.#current) return;
        this.#cells[this.#current]?.element.setAttribute("aria-selected", "false");
        this.#current = index;
        const chosen = this.#cells[index];
        if (!chosen) return this.#box.removeAttribute("aria-activedescendant");
        if (this.#final) this.#tell(chosen, index, this.#shown);
        const cell = chosen.element;
        cell.setAttribute("aria-selected", "true");
        this.#box.setAttribute("aria-activedescendant", cell.id);
        // Within the strip only: `scrollIntoView` would move the page as well.
        const { offsetTop, offsetHeight } = cell;
        if (offsetTop < this.#box.scrollTop) this.#box.scrollTop = offsetTop;
        const bottom = offsetTop + offsetHeight - this.#box.clientHeight;
        if (bottom > this.#box.scrollTop) this.#box.scrollTop = bottom;
    }

    /** @param {Cell} cell @param {number} index @param {number} count */
    #tell(cell, index, count) {
        const name = this.#nameOf(cell.sentence, index, count);
        if (name !== cell.name) cell.element.setAttribute("aria-label", name);
        cell.name = name;
    }

    /** @param {EventTarget | null} target */
    #indexOf(target) {
        return target instanceof HTMLElement && target !== this.#box
            ? Number(target.id.slice("sentence-".length))
            : -1;
    }

    /** @param {number} index */
    #go(index) {
        if (this.#shown > 0) this.#choose(Math.min(this.#shown - 1, Math.max(0, index)), "keyboard");
    }

    /** @param {KeyboardEvent} event */
    #press(event) {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const at = this.#current;
        /** @type {Record<string, number>} */
        const to = {
            ArrowRight: at + 1,
            ArrowDown: at + 1,
            ArrowLeft: at - 1,
            ArrowUp: at - 1,
            PageDown: at + PAGE,
            PageUp: at - PAGE,
            Home: 0,
            End: this.#shown - 1,
            Enter: at,
            " ": at,
        };
        const index = to[event.key];
        if (index === undefined) return;
        event.preventDefault();
        this.#go(index);
    }
}

function listOfCells() {
    const list = document.createElement("div");
    list.className = "cells";
    list.setAttribute("role", "presentation");
    return list;
}
