// The list of the article's sentences by label. Highlights are silent to a screen reader: whatever they say is said
// here in words.
//
//   analysis ─▶ counts, a list for each label, who is heard
//   focus on a sentence ─▶ onLook (popover, the sentence set off)       Enter, click ─▶ onGo (scrolls there)

import { LABELS, speakersOf, titleOf } from "./describe.js";

/** @import { Analysis, Label, Sentence } from "../pkg/sayswho.js" */
/** @import { Say } from "./describe.js" */

export const PANEL_CSS = `
.panel {
  position: fixed; inset-block: 12px auto; inset-inline-end: 12px; box-sizing: border-box;
  inline-size: min(340px, calc(100vw - 24px)); max-block-size: calc(100vh - 24px);
  display: flex; flex-direction: column; overflow: hidden;
  border: 1px solid var(--sw-line); border-radius: 10px; background: var(--sw-ground); color: var(--sw-ink);
  box-shadow: 0 6px 28px rgb(0 0 0 / 0.28); font: 14px/1.45 system-ui, sans-serif; text-align: start;
}
.panel[hidden] { display: none; }
.panel header { display: flex; align-items: center; gap: 8px; padding: 8px 8px 8px 14px; border-block-end: 1px solid var(--sw-line); }
.panel h2 { flex: 1; margin: 0; font-size: 15px; font-weight: 650; }
.panel header button { font-size: 18px; line-height: 1; padding: 3px 8px; }
.panel button:hover { background: var(--sw-raised); }
.panel .body { overflow: auto; padding: 4px 8px 10px; overscroll-behavior: contain; }
.panel .working, .panel .note, .panel .none { margin: 6px; color: var(--sw-faint); font-size: 13px; }
.panel summary {
  display: flex; align-items: center; gap: 8px; padding: 7px 6px; border-radius: 6px; font-weight: 600; cursor: pointer;
  list-style: none;
}
.panel summary::-webkit-details-marker { display: none; }
.panel summary::after { content: "▸"; color: var(--sw-faint); }
.panel details[open] > summary::after { content: "▾"; }
.panel summary:hover { background: var(--sw-raised); }
.panel summary .count { margin-inline-start: auto; font-variant-numeric: tabular-nums; }
.panel ol, .panel ul { list-style: none; margin: 0 0 6px; padding: 0; }
.panel li { content-visibility: auto; contain-intrinsic-size: auto 48px; }
.panel li button { display: block; inline-size: 100%; padding: 5px 6px 5px 10px; text-align: start; line-height: 1.4; }
.panel li button .words {
  display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; line-clamp: 3; overflow: hidden;
}
.panel li button .who { display: block; color: var(--sw-faint); font-size: 12.5px; }
.panel .source { display: flex; justify-content: space-between; gap: 12px; padding: 3px 6px 3px 10px; }
.panel[data-narrow] { inset-block: auto 0; inset-inline: 0; inline-size: 100%; max-block-size: 45vh; }
.pill {
  position: fixed; inset-block-end: 14px; inset-inline-end: 14px; padding: 6px 12px !important;
  border: 1px solid var(--sw-line) !important; border-radius: 99px !important; background: var(--sw-ground) !important;
  color: var(--sw-ink); box-shadow: 0 2px 12px rgb(0 0 0 / 0.25); font: 13px/1.4 system-ui, sans-serif;
}
.pill[hidden] { display: none; }
`;

/** Longer lists are read by nobody, and cost the page. */
const MOST_ITEMS = 400;

/**
 * @typedef {object} Hooks
 * @property {Say} say
 * @property {(sentence: Sentence) => void} onLook the reader has come to a sentence in the list
 * @property {(sentence: Sentence) => void} onGo and wants to see it in the page
 * @property {() => void} onLeave
 * @property {(open: boolean) => void} onOpen
 */

export class Panel {
    /** @type {Hooks} */
    #hooks;
    /** @type {Document} */
    #page;
    /** @type {HTMLElement} */
    #panel;
    /** @type {HTMLElement} */
    #body;
    /** @type {HTMLButtonElement} */
    #pill;
    /** @type {Element | null} */
    #before = null;

    /**
     * @param {ShadowRoot | HTMLElement} root
     * @param {Hooks} hooks
     */
    constructor(root, hooks) {
        this.#hooks = hooks;
        this.#page = root.ownerDocument;
        const { say } = hooks;
        this.#panel = this.#make("aside", "panel");
        this.#panel.setAttribute("role", "complementary");
        this.#panel.setAttribute("aria-label", say("panelName"));
        const header = this.#make("header", "");
        const close = this.#button("×", () => this.close());
        close.setAttribute("aria-label", say("panelClose"));
        const heading = this.#make("h2", "", say("panelTitle"));
        heading.tabIndex = -1;
        header.append(heading, close);
        this.#body = this.#make("div", "body");
        this.#body.append(this.#make("p", "working", say("working")));
        this.#panel.append(header, this.#body);
        this.#panel.hidden = true;
        this.#panel.addEventListener("keydown", (event) => this.#onKey(event));
        this.#panel.addEventListener("focusout", () => hooks.onLeave());
        this.#pill = this.#button(say("panelTitle"), () => this.open(true));
        this.#pill.className = "pill";
        this.#pill.setAttribute("aria-label", say("panelOpen"));
        this.#pill.hidden = true;
        root.append(this.#panel, this.#pill);
    }

    get isOpen() {
        return !this.#panel.hidden;
    }

    get holdsFocus() {
        return this.#panel.matches(":focus-within");
    }

    /** @param {boolean} focus whether the reader came by the keyboard and goes on there */
    open(focus) {
        this.#before ??= this.#page.activeElement;
        this.#panel.toggleAttribute("data-narrow", this.#page.documentElement.clientWidth < 560);
        this.#panel.hidden = false;
        this.#pill.hidden = true;
        if (focus) this.#panel.querySelector("h2")?.focus();
        this.#hooks.onOpen(true);
    }

    close() {
        this.minimize();
        // Where the reader came from; the pill, if that is gone.
        const before = /** @type {HTMLElement | null} */ (this.#before);
        this.#before = null;
        if (before?.isConnected && before !== this.#page.body) before.focus({ preventScroll: true });
        else this.#pill.focus({ preventScroll: true });
        this.#hooks.onOpen(false);
    }

    /** Shows the small button only. */
    minimize() {
        this.#panel.hidden = true;
        this.#pill.hidden = false;
    }

    /**
     * @param {Analysis} analysis
     * @param {string} text
     * @param {boolean} cut whether there was more than could be read
     */
    fill(analysis, text, cut) {
        const { say } = this.#hooks;
        const parts = LABELS.map((label) => this.#listOf(label, analysis, text));
        const { sources } = analysis.summary;
        if (sources.length > 0) parts.push(this.#sources(sources));
        const notes = [say("panelHelp")];
        if (analysis.summary.unlabelled > 0) {
            notes.push(say("panelUnlabelled", String(analysis.summary.unlabelled)));
        }
        if (cut) notes.push(say("cut"));
        this.#body.replaceChildren(...parts, ...notes.map((note) => this.#make("p", "note", note)));
    }

    /** @param {Label} label @param {Analysis} analysis @param {string} text */
    #listOf(label, analysis, text) {
        const { say } = this.#hooks;
        const sentences = analysis.sentences.filter((sentence) => sentence.label === label);
        const { box, add } = this.#section(titleOf(label, say), sentences.length, label);
        const fill = () => {
            if (sentences.length === 0) return add(this.#make("p", "none", say("panelNone")));
            const list = this.#make("ol", "sentences");
            list.setAttribute("role", "list"); // Safari and its like take it away with the list style
            for (const sentence of sentences.slice(0, MOST_ITEMS)) {
                const item = this.#make("li", "");
                item.append(this.#sentence(sentence, analysis, text));
                list.append(item);
            }
            // One stop for Tab; arrows go on from there.
            const first = list.querySelector("button");
            if (first) first.tabIndex = 0;
            add(list);
            const more = sentences.length - MOST_ITEMS;
            if (more > 0) add(this.#make("p", "none", say("panelMore", String(more))));
        };
        // The facts are most of the article and marked least: their list is made when somebody opens it.
        if (label === "reported-fact") box.addEventListener("toggle", fill, { once: true });
        else fill();
        box.open = label === "unattributed-opinion";
        return box;
    }

    /** @param {Sentence} sentence @param {Analysis} analysis @param {string} text */
    #sentence(sentence, analysis, text) {
        const { say, onGo, onLook } = this.#hooks;
        const button = this.#button("", () => onGo(sentence));
        button.append(
            this.#make("span", "words", text.slice(sentence.start, sentence.end).replace(/\s+/g, " ")),
        );
        const speakers = speakersOf(sentence, analysis, text, say);
        if (sentence.label === "attributed-claim" && speakers.length > 0) {
            button.append(this.#make("span", "who", say("whoSays", speakers.join(", "))));
        }
        button.setAttribute("aria-describedby", "sayswho-popover");
        button.tabIndex = -1;
        button.addEventListener("focus", () => {
            if (button.matches(":focus-visible")) onLook(sentence);
        });
        return button;
    }

    /** @param {{ name: string, claims: number }[]} sources */
    #sources(sources) {
        const { box, add } = this.#section(this.#hooks.say("panelSources"), sources.length, null);
        const list = this.#make("ul", "");
        for (const { name, claims } of sources.slice(0, MOST_ITEMS)) {
            const item = this.#make("li", "");
            const line = this.#make("span", "source");
            line.append(this.#make("span", "", name), this.#make("span", "", String(claims)));
            item.append(line);
            list.append(item);
        }
        add(list);
        return box;
    }

    /** @param {string} title @param {number} count @param {Label | null} label */
    #section(title, count, label) {
        const box = /** @type {HTMLDetailsElement} */ (this.#make("details", ""));
        const summary = this.#make("summary", "");
        if (label) {
            box.dataset["label"] = label;
            const mark = this.#make("span", "sayswho-mark");
            mark.dataset["label"] = label;
            summary.append(mark);
        }
        summary.append(this.#make("span", "", title), this.#make("span", "count", String(count)));
        box.append(summary);
        return { box, add: (/** @type {Node} */ node) => box.append(node) };
    }

    /** @param {KeyboardEvent} event */
    #onKey(event) {
        const button = /** @type {HTMLElement} */ (event.target).closest?.("li button");
        const list = button?.closest("ol");
        if (!button || !list) return;
        const all = /** @type {HTMLButtonElement[]} */ ([...list.querySelectorAll("button")]);
        const at = all.indexOf(/** @type {HTMLButtonElement} */ (button));
        /** @type {Record<string, number>} */
        const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 };
        const to = moves[event.key];
        if (to === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        const next = all[Math.max(0, Math.min(to, all.length - 1))];
        for (const each of all) each.tabIndex = each === next ? 0 : -1;
        next?.focus();
    }

    /** @param {string} tag @param {string} name @param {string} [words] */
    #make(tag, name, words) {
        const element = this.#page.createElement(tag);
        if (name) element.className = name;
        if (words) element.textContent = words;
        return element;
    }

    /** @param {string} words @param {() => void} onClick */
    #button(words, onClick) {
        const button = /** @type {HTMLButtonElement} */ (this.#make("button", "", words));
        button.type = "button";
        button.addEventListener("click", onClick);
        return button;
    }
}
