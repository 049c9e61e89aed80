// The article at a glance and in words. Highlights are silent to a screen reader: whatever they say is said here.
//
//   statements ─▶ strip, shares that filter, a list, who is heard, copy and save
//   focus on a sentence ─▶ onLook (popover, the sentence set off)       Enter, click, n, p ─▶ onGo (scrolls there)
//
// It lives in whatever root it is given: the extension's closed shadow root, or a test's. No chrome.*.

import { describeStatement, LABELS, speakersOf, titleOf } from "./describe.js";
import { FORMATS } from "./export.js";
import { Strip, STRIP_CSS } from "./strip.js";

/** @import { Label, SourceKind } from "../pkg/sayswho.js" */
/** @import { Say } from "./describe.js" */
/** @import { Format, Report } from "./export.js" */
/** @import { Source, Statement } from "./statements.js" */

export const PANEL_CSS = `
.panel {
  position: fixed; inset-block: 12px auto; inset-inline-end: 12px; box-sizing: border-box;
  inline-size: min(350px, calc(100vw - 24px)); max-block-size: calc(100vh - 24px);
  display: flex; flex-direction: column; overflow: hidden;
  border: 1px solid var(--sw-line); border-radius: 10px; background: var(--sw-ground); color: var(--sw-ink);
  box-shadow: 0 6px 28px rgb(0 0 0 / 0.28); font: 14px/1.45 system-ui, sans-serif; text-align: start;
  scrollbar-color: var(--sw-faint) transparent;
}
.panel[hidden], .panel [hidden] { display: none !important; }
.panel .head { display: flex; align-items: center; gap: 8px; padding: 8px 8px 8px 14px; border-block-end: 1px solid var(--sw-line); }
.panel h2 { flex: 1; margin: 0; font-size: 15px; font-weight: 650; }
.panel h3 { margin: 12px 6px 4px; font-size: 13px; font-weight: 650; }
.panel .head button { font-size: 18px; line-height: 1; padding: 3px 8px; }
.panel button:hover { background: var(--sw-raised); }
.panel .body { overflow: auto; padding: 4px 8px 10px; overscroll-behavior: contain; }
.panel .working, .panel .note, .panel .none { margin: 6px; color: var(--sw-faint); font-size: 13px; }
.panel .shares { display: grid; gap: 2px; margin: 0 0 4px; }
.panel .shares button { display: flex; align-items: center; gap: 8px; inline-size: 100%; padding: 5px 6px; text-align: start; }
.panel .shares button[aria-pressed="true"] { border-color: var(--sw-line); background: var(--sw-raised); font-weight: 600; }
.panel .shares .count { margin-inline-start: auto; font-variant-numeric: tabular-nums; }
.panel .shares .share { inline-size: 3.2em; text-align: end; color: var(--sw-faint); font-variant-numeric: tabular-nums; }
.panel .steps { display: flex; gap: 6px; align-items: center; margin: 6px; }
.panel .steps span { flex: 1; color: var(--sw-faint); font-size: 13px; }
.panel .steps button, .panel .file button, .panel select {
  font: inherit; font-size: 13px; padding: 3px 9px; border: 1px solid var(--sw-edge); border-radius: 6px;
  background: var(--sw-ground); color: inherit;
}
.panel ol, .panel ul { list-style: none; margin: 0 0 6px; padding: 0; }
.panel .sentences { max-block-size: 34vh; overflow: auto; border-block: 1px solid var(--sw-line); }
.panel li { content-visibility: auto; contain-intrinsic-size: auto 48px; }
.panel li button { display: block; inline-size: 100%; padding: 5px 6px 5px 10px; text-align: start; line-height: 1.4; }
.panel .sentences li button { border-radius: 0; border-inline-start: 3px solid var(--sw-fact); }
.panel .sentences li[data-label="attributed-claim"] button { border-inline-start: 3px dotted var(--sw-claim); }
.panel .sentences li[data-label="unattributed-opinion"] button { border-inline-start: 4px double var(--sw-opinion); }
.panel li button[aria-current="true"] { background: var(--sw-raised); }
.panel li button .words {
  display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; line-clamp: 3; overflow: hidden;
}
.panel li button .who { display: block; color: var(--sw-faint); font-size: 12.5px; }
.panel .sources button { display: flex; gap: 10px; padding: 3px 6px; }
.panel .sources .kind { color: var(--sw-faint); font-size: 12.5px; }
.panel .sources .count { margin-inline-start: auto; font-variant-numeric: tabular-nums; }
.panel .sources button[aria-pressed="true"] { background: var(--sw-raised); border-color: var(--sw-line); font-weight: 600; }
.panel .file { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; margin: 10px 6px; }
.panel .file .said { flex-basis: 100%; color: var(--sw-faint); font-size: 13px; margin: 0; min-block-size: 1.4em; }
.panel .meaning { padding: 2px 6px; color: var(--sw-claim); font-size: 13px; text-decoration: underline; }
.panel[data-narrow] { inset-block: auto 0; inset-inline: 0; inline-size: 100%; max-block-size: 45vh; }
.panel[data-narrow] .sentences { max-block-size: none; }
.pill {
  position: fixed; inset-block-end: 14px; inset-inline-end: 14px; padding: 6px 12px !important;
  border: 1px solid var(--sw-line) !important; border-radius: 99px !important; background: var(--sw-ground) !important;
  color: var(--sw-ink); box-shadow: 0 2px 12px rgb(0 0 0 / 0.25); font: 13px/1.4 system-ui, sans-serif;
}
.pill[hidden] { display: none; }
${STRIP_CSS}
`;

/** What a source is, in phrases. @type {Partial<Record<SourceKind, string>>} */
const KINDS = {
    official: "kindOfficial",
    expert: "kindExpert",
    witness: "kindWitness",
    participant: "kindParticipant",
    document: "kindDocument",
    "news-report": "kindNewsReport",
    group: "kindGroup",
};

/** Longer lists are read by nobody, and cost the page. */
const MOST_ITEMS = 400;

/**
 * @typedef {object} Hooks
 * @property {Say} say
 * @property {(statement: Statement) => void} onLook the reader has come to a sentence in the list
 * @property {(statement: Statement) => void} onGo and wants to see it in the page
 * @property {(statements: Statement[]) => void} onLight a source's sentences, to be lit up; none to put the light out
 * @property {() => void} onLeave
 * @property {(open: boolean) => void} onOpen
 * @property {(text: string) => Promise<boolean>} onCopy whether it worked
 * @property {(name: string, type: string, text: string) => void} onSave
 * @property {() => void} onMeaning shows what the labels mean
 * @property {(words: string) => void} onSay for a reader who listens
 */

/** What the panel shows. @typedef {{ statements: Statement[], sources: Source[], cut: boolean }} Content */

export class Panel {
    #hooks;
    /** @type {Document} */
    #page;
    /** @type {HTMLElement} */
    #panel;
    /** @type {HTMLElement} */
    #body;
    /** @type {HTMLButtonElement} */
    #pill;
    /** Where the focus was before it came in here. @type {HTMLElement | null} */
    #before = null;
    /** @type {Content | null} */
    #content = null;
    /** Labels whose sentences are listed. @type {Set<Label>} */
    #wanted = new Set(/** @type {Label[]} */ (["unattributed-opinion"]));
    /** The source that is lit up. */
    #lit = "";
    /** @type {Statement | null} */
    #current = null;
    #strip;
    #shares;
    #list;
    #place;
    #sources;
    #notes;

    /**
     * @param {ShadowRoot | HTMLElement} root
     * @param {Hooks} hooks
     */
    constructor(root, hooks) {
        this.#hooks = hooks;
        this.#page = root.ownerDocument;
        const { say } = hooks;
        this.#panel = this.#make("div", "panel");
        this.#panel.setAttribute("role", "complementary");
        this.#panel.setAttribute("aria-label", say("panelName"));
        const header = this.#make("div", "head");
        const close = this.#button("×", () => this.close());
        close.setAttribute("aria-label", say("panelClose"));
        const heading = this.#make("h2", "", say("panelTitle"));
        heading.tabIndex = -1;
        header.append(heading, close);
        this.#body = this.#make("div", "body");
        this.#body.tabIndex = -1; // Firefox makes what scrolls a stop of its own
        this.#body.append(this.#make("p", "working", say("working")));
        this.#panel.append(header, this.#body);
        this.#panel.hidden = true;
        this.#panel.addEventListener("keydown", (event) => this.#onKey(event));
        this.#panel.addEventListener("focusout", () => hooks.onLeave());
        this.#panel.addEventListener("focusin", ({ relatedTarget }) =>
            this.#remember(/** @type {HTMLElement | null} */ (relatedTarget)),
        );
        this.#pill = this.#button(say("panelTitle"), () => this.open(true));
        this.#pill.className = "pill";
        this.#pill.setAttribute("aria-label", say("panelOpen"));
        this.#pill.hidden = true;
        this.#strip = new Strip(this.#page, say("panelStrip"), (statement) => this.#go(statement));
        this.#shares = this.#make("div", "shares");
        this.#shares.setAttribute("role", "group");
        this.#shares.setAttribute("aria-label", say("panelFilter"));
        this.#list = this.#make("ol", "sentences");
        this.#list.setAttribute("role", "list"); // Safari and its like take it away with the list style
        this.#list.setAttribute("aria-label", say("panelList"));
        this.#list.tabIndex = -1;
        this.#place = this.#make("span", "");
        this.#sources = this.#make("ul", "sources");
        this.#sources.setAttribute("role", "list");
        this.#notes = this.#make("div", "");
        root.append(this.#panel, this.#pill);
    }

    get isOpen() {
        return !this.#panel.hidden;
    }

    get holdsFocus() {
        return this.#panel.contains(activeIn(this.#panel));
    }

    /** @param {boolean} focus whether the reader has asked for it and goes on there */
    open(focus) {
        if (focus) this.#remember(focusedIn(this.#panel));
        this.#panel.toggleAttribute("data-narrow", this.#page.documentElement.clientWidth < 560);
        this.#panel.hidden = false;
        this.#pill.hidden = true;
        if (focus && !this.holdsFocus) this.#panel.querySelector("h2")?.focus();
        this.#hooks.onOpen(true);
    }

    close() {
        const held = this.holdsFocus;
        this.minimize();
        this.#light(null);
        if (held) this.giveFocusBack();
        this.#hooks.onOpen(false);
    }

    /** To where the reader came from; to the pill, if that is gone. */
    giveFocusBack() {
        const before = this.#before;
        this.#before = null;
        before?.focus({ preventScroll: true });
        if (!before || focusedIn(this.#panel) !== before) this.#pill.focus({ preventScroll: true });
    }

    /** @param {HTMLElement | null} focused what has the focus, or had it until now */
    #remember(focused) {
        if (focused && !this.#panel.contains(focused)) this.#before = focused;
    }

    /** Shows the small button only. */
    minimize() {
        this.#panel.hidden = true;
        this.#pill.hidden = false;
    }

    /** @param {Content} content */
    fill(content) {
        const { say } = this.#hooks;
        const first = this.#content === null;
        this.#content = content;
        const { statements } = content;
        this.#strip.show(statements, (statement, index) =>
            say(
                "panelCell",
                String(index + 1),
                String(statements.length),
                statement.label ? titleOf(statement.label, say) : say("labelNone"),
                statement.words,
            ),
        );
        if (first) this.#body.replaceChildren(...this.#parts());
        this.#showShares();
        this.#showList();
        this.#showSources();
        const unlabelled = statements.filter(({ label }) => !label).length;
        const notes = [say("panelHelp")];
        if (unlabelled > 0) notes.push(say("panelUnlabelled", String(unlabelled)));
        if (content.cut) notes.push(say("cut"));
        const meaning = this.#button(say("linkLabels"), this.#hooks.onMeaning);
        meaning.className = "meaning";
        this.#notes.replaceChildren(...notes.map((note) => this.#make("p", "note", note)), meaning);
    }

    /** Shows which sentence the popover is on. @param {Statement | null} statement */
    mark(statement) {
        if (statement) this.#current = statement;
        this.#strip.mark(statement);
        this.#list.querySelector("[aria-current]")?.removeAttribute("aria-current");
        const at = statement ? this.#listed.indexOf(statement) : -1;
        this.#list.children[at]?.querySelector("button")?.setAttribute("aria-current", "true");
    }

    /** Goes to the next of the listed sentences, or to the one before. @param {1 | -1} by */
    step(by) {
        const listed = this.#listed;
        if (listed.length === 0) return;
        const at = this.#current ? listed.indexOf(this.#current) : -1;
        const to = at < 0 ? (by > 0 ? 0 : listed.length - 1) : (at + by + listed.length) % listed.length;
        const statement = /** @type {Statement} */ (listed[to]);
        this.#go(statement);
        const { say, onSay } = this.#hooks;
        this.#place.textContent = say("panelPlace", String(to + 1), String(listed.length));
        const { title, about } = inWords(statement, say);
        onSay(`${title}: ${statement.words} ${about}`);
        const item = /** @type {HTMLElement | undefined} */ (this.#list.children[to]);
        if (item) this.#list.scrollTop = item.offsetTop - this.#list.offsetTop - 20;
    }

    /** @param {Statement} statement */
    #go(statement) {
        this.#current = statement;
        this.#hooks.onGo(statement);
    }

    /** The sentences that the filter lets through, in the order of the article. @returns {Statement[]} */
    get #listed() {
        const lit = this.#content?.sources.find(({ name }) => name === this.#lit);
        if (lit) return lit.statements.filter(({ label }) => label);
        return (this.#content?.statements ?? []).filter(({ label }) => label && this.#wanted.has(label));
    }

    #parts() {
        const { say } = this.#hooks;
        const steps = this.#make("div", "steps");
        const previous = this.#button(say("panelPrevious"), () => this.step(-1));
        const next = this.#button(say("panelNext"), () => this.step(1));
        previous.setAttribute("aria-keyshortcuts", "p");
        next.setAttribute("aria-keyshortcuts", "n");
        steps.append(this.#place, previous, next);
        const parts = [this.#strip.element, this.#shares, steps, this.#list];
        parts.push(this.#make("h3", "", say("panelSources")), this.#sources, this.#file(), this.#notes);
        return parts;
    }

    #showShares() {
        const { say } = this.#hooks;
        const labelled = this.#content?.statements.filter(({ label }) => label) ?? [];
        const focused = LABELS.findIndex((_, index) => this.#shares.children[index]?.matches(":focus"));
        this.#shares.replaceChildren(
            ...LABELS.map((label) => {
                const count = labelled.filter((each) => each.label === label).length;
                const share = Math.round((100 * count) / Math.max(1, labelled.length));
                const button = this.#button("", () => {
                    this.#light(null);
                    if (!this.#wanted.delete(label)) this.#wanted.add(label);
                    this.#showShares();
                    this.#showList();
                });
                const mark = this.#make("span", "sayswho-mark");
                mark.dataset["label"] = button.dataset["label"] = label;
                button.setAttribute("aria-pressed", String(this.#wanted.has(label)));
                button.append(
                    mark,
                    this.#make("span", "", titleOf(label, say)),
                    this.#make("span", "count", String(count)),
                    this.#make("span", "share", say("percent", String(share))),
                );
                return button;
            }),
        );
        /** @type {HTMLElement | undefined} */ (this.#shares.children[focused])?.focus();
        this.#strip.filter(
            ({ label }) => this.#wanted.size === 0 || (label !== null && this.#wanted.has(label)),
        );
    }

    #showList() {
        const { say } = this.#hooks;
        const listed = this.#listed;
        const items = listed.slice(0, MOST_ITEMS).map((statement, at) => this.#item(statement, at));
        if (listed.length === 0) {
            items.push(this.#make("li", "none", say(this.#wanted.size > 0 ? "panelNone" : "panelNoFilter")));
        }
        const more = listed.length - MOST_ITEMS;
        if (more > 0) items.push(this.#make("li", "none", say("panelMore", String(more))));
        this.#place.textContent = say("panelListed", String(listed.length));
        fillList(this.#list, items, this.#current ? listed.indexOf(this.#current) : 0);
    }

    /** @param {Statement} statement @param {number} at */
    #item(statement, at) {
        const { say, onLook } = this.#hooks;
        const { question, sentence, words, label } = statement;
        const item = this.#make("li", "");
        item.dataset["label"] = label ?? "";
        const button = this.#button("", () => this.#go(statement));
        const { title, about } = inWords(statement, say);
        button.append(this.#make("span", "unseen", `${title}: `), this.#make("span", "words", words));
        if (label === "attributed-claim" && question.analysis) {
            const speakers = speakersOf(sentence, question.analysis, question.text, say);
            if (speakers.length > 0)
                button.append(this.#make("span", "who", say("whoSays", speakers.join(", "))));
        }
        // What the popover says, for those who don't see it.
        const description = this.#make("span", "", about);
        description.hidden = true;
        description.id = `sw-about-${at}`;
        button.setAttribute("aria-describedby", description.id);
        button.addEventListener("focus", () => {
            if (button.matches(":focus-visible")) onLook(statement);
        });
        item.append(button, description);
        return item;
    }

    #showSources() {
        const { say } = this.#hooks;
        const sources = this.#content?.sources ?? [];
        if (!sources.some(({ name }) => name === this.#lit)) this.#lit = "";
        const stop = /** @type {HTMLElement | null} */ (this.#sources.querySelector('[tabindex="0"]'));
        const at = sources.findIndex(({ name }) => name === stop?.dataset["name"]);
        const items = sources.slice(0, MOST_ITEMS).map((source) => {
            const { name, claims, kind } = source;
            const item = this.#make("li", "");
            const button = this.#button("", () => this.#light(this.#lit === name ? null : source));
            button.dataset["name"] = name;
            button.setAttribute("aria-pressed", String(this.#lit === name));
            button.append(this.#make("span", "", name));
            const words = kind && KINDS[kind];
            if (words) button.append(this.#make("span", "kind", say(words)));
            button.append(this.#make("span", "count", String(claims)));
            item.append(button);
            return item;
        });
        if (items.length === 0) items.push(this.#make("li", "none", say("panelNobody")));
        fillList(this.#sources, items, at);
    }

    /** Lights up what one source says, and lists it. @param {Source | null} source */
    #light(source) {
        if (!source && this.#lit === "") return;
        this.#lit = source?.name ?? "";
        for (const button of this.#sources.querySelectorAll("button")) {
            button.setAttribute(
                "aria-pressed",
                String(this.#lit !== "" && button.dataset["name"] === this.#lit),
            );
        }
        this.#hooks.onLight(source?.statements ?? []);
        this.#showList();
    }

    #file() {
        const { say, onCopy, onSave } = this.#hooks;
        const box = this.#make("div", "file");
        const choice = /** @type {HTMLSelectElement} */ (this.#make("select", ""));
        choice.setAttribute("aria-label", say("fileFormat"));
        for (const [format, name] of [
            ["json", "JSON"],
            ["csv", "CSV"],
            ["markdown", "Markdown"],
        ]) {
            const option = /** @type {HTMLOptionElement} */ (this.#make("option", "", name));
            option.value = String(format);
            choice.append(option);
        }
        const said = this.#make("p", "said");
        said.setAttribute("role", "status");
        const chosen = () => FORMATS[/** @type {Format} */ (choice.value)];
        const copy = this.#button(say("fileCopy"), async () => {
            const done = await onCopy(chosen().write(this.#report()));
            said.textContent = say(done ? "fileCopied" : "fileFailed");
        });
        const save = this.#button(say("fileSave"), () => {
            const { type, ending, write } = chosen();
            onSave(`says-who.${ending}`, type, write(this.#report()));
            said.textContent = "";
        });
        copy.className = "copy";
        save.className = "save";
        box.append(choice, copy, save, said);
        return box;
    }

    /** @returns {Report} */
    #report() {
        const { say } = this.#hooks;
        const rows = (this.#content?.statements ?? []).flatMap(({ label, sentence, question, words }) => {
            if (!label) return [];
            const { analysis, text } = question;
            return {
                text: words,
                label,
                mixed: sentence.mixed,
                confidence: Math.round(sentence.confidence * 1000) / 1000,
                sources:
                    analysis && label === "attributed-claim" ? speakersOf(sentence, analysis, text, say) : [],
                signals: sentence.signals.map(({ start, end }) =>
                    text.slice(start, end).replace(/\s+/g, " "),
                ),
            };
        });
        return { title: this.#page.title, address: this.#page.location.href, rows };
    }

    /** @param {KeyboardEvent} event */
    #onKey(event) {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const target = /** @type {HTMLElement} */ (event.target);
        if ((event.key === "n" || event.key === "p") && !target.closest?.("select, input")) {
            event.preventDefault();
            event.stopPropagation();
            return this.step(event.key === "n" ? 1 : -1);
        }
        const button = target.closest?.("li button");
        const list = button?.closest("ol, ul");
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

/**
 * Puts items into a list, which is one stop for Tab; arrows go on from there.
 * @param {HTMLElement} list
 * @param {HTMLElement[]} items with a button each, but for a last one that is only words
 * @param {number} at the item to stop at; the first, if there is none such
 */
function fillList(list, items, at) {
    const held = list.contains(activeIn(list));
    list.replaceChildren(...items);
    const buttons = [...list.querySelectorAll("button")];
    const stop = buttons[at] ?? buttons[0];
    for (const button of buttons) button.tabIndex = button === stop ? 0 : -1;
    if (held) stop?.focus();
}

/** @param {Statement} statement one with a label @param {Say} say */
function inWords(statement, say) {
    const { title = "", who = "", reasons = [], sureness = "" } = describeStatement(statement, say) ?? {};
    return { title, about: [who, ...reasons, sureness].map((each) => `${each}.`).join(" ") };
}

/** @param {Node} node */
function activeIn(node) {
    const root = node.getRootNode();
    return root instanceof Document || root instanceof ShadowRoot ? root.activeElement : null;
}

/** What has the focus, in a node's own tree or in the page, however deep in its shadow trees. @param {HTMLElement} node */
function focusedIn(node) {
    const page = node.ownerDocument;
    let at = activeIn(node) ?? page.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at === page.body ? null : /** @type {HTMLElement | null} */ (at);
}
