// The small box that says of one sentence: what it is, who says so, why. It stands beside the sentence, never on it.
//
// It lives in whatever root it is given: the extension's closed shadow root, or the demo page. No chrome.*.

/** @import { Description, Say } from "./describe.js" */

/** Between the sentence and the box, in CSS pixels. */
const GAP = 8;
/** From the edges of the window. */
const MARGIN = 8;
/** A lower box is worth reading only where there is no room beside the sentence. */
const GOOD_HEIGHT = 90;
/** One line, and what scrolls. */
const LEAST_HEIGHT = 44;

/** What the box looks like; the root's owner puts it where styles go. */
export const POPOVER_CSS = `
.sayswho-popover {
  position: fixed; box-sizing: border-box; inset: auto; margin: 0; z-index: 2147483647;
  max-width: min(22rem, calc(100vw - 16px)); max-height: 60vh; overflow: auto;
  padding: 10px 12px; border: 1px solid var(--sw-line); border-radius: 8px;
  background: var(--sw-ground); color: var(--sw-ink); box-shadow: 0 4px 20px rgb(0 0 0 / 0.25);
  font: 14px/1.45 system-ui, sans-serif; text-align: start; overflow-wrap: anywhere;
}
.sayswho-popover[hidden] { display: none; }
.sayswho-popover p, .sayswho-popover ul { margin: 4px 0 0; }
.sayswho-popover ul { padding-inline-start: 1.2em; }
.sayswho-popover .title { margin: 0; font-weight: 650; display: flex; gap: 8px; align-items: center; }
.sayswho-popover .who { font-weight: 600; }
.sayswho-popover .meaning {
  margin-block-start: 6px; padding: 0; border: 0; background: none; color: var(--sw-claim); font: inherit; font-size: 12.5px;
  text-decoration: underline; cursor: pointer;
}
.sayswho-popover .sure { color: var(--sw-faint); font-size: 12.5px; }
.sayswho-mark { flex: none; inline-size: 18px; block-size: 0; border-block-end: 3px solid var(--sw-fact); }
.sayswho-mark[data-label="attributed-claim"] { border-block-end: 3px dotted var(--sw-claim); }
.sayswho-mark[data-label="unattributed-opinion"] { border: 0; block-size: auto; line-height: 1; }
.sayswho-mark[data-label="unattributed-opinion"]::before {
  content: "\\a0\\a0\\a0\\a0\\a0"; display: block; inline-size: 18px; overflow: hidden; white-space: pre; padding-block-end: 4px; translate: 0 -4px;
  text-decoration: underline wavy 1.5px var(--sw-opinion);
}
`;

/** The colours of everything of ours, light and dark; each 4.5 : 1 and more on its ground. */
export const COLOURS_CSS = `
  --sw-ground: #ffffff; --sw-raised: #f3f4f6; --sw-ink: #1b1e23; --sw-faint: #59616d; --sw-line: #c9ced6; --sw-edge: #767d88; --sw-plain: #dde1e6;
  --sw-fact: #59616d; --sw-claim: #0b57d0; --sw-opinion: #b34700; --sw-focus: #0b57d0;
`;
export const DARK_COLOURS_CSS = `
  --sw-ground: #1e2127; --sw-raised: #2b2f37; --sw-ink: #eceef1; --sw-faint: #a9b0bb; --sw-line: #484e59; --sw-edge: #858c98; --sw-plain: #3d434d;
  --sw-fact: #a9b0bb; --sw-claim: #8ab4f8; --sw-opinion: #ffa657; --sw-focus: #8ab4f8;
`;

export class Popover {
    /** @type {HTMLElement} */
    #box;
    /** @type {Say} */
    #say;
    #onMeaning;

    /**
     * @param {ShadowRoot | HTMLElement} root
     * @param {Say} say
     * @param {(() => void) | null} [onMeaning] shows what the labels mean; no link to that without it
     */
    constructor(root, say, onMeaning = null) {
        this.#say = say;
        this.#onMeaning = onMeaning;
        this.#box = root.ownerDocument.createElement("div");
        this.#box.className = "sayswho-popover";
        this.#box.id = "sayswho-popover";
        this.#box.setAttribute("role", onMeaning ? "dialog" : "tooltip");
        this.#box.hidden = true;
        root.append(this.#box);
    }

    get shown() {
        return !this.#box.hidden;
    }

    /** The box, so that an element can name it as what describes it. */
    get element() {
        return this.#box;
    }

    /**
     * @param {Description} description
     * @param {Range[]} ranges where the sentence stands
     */
    show(description, ranges) {
        const make = (/** @type {string} */ tag, /** @type {string} */ name, /** @type {string} */ words) => {
            const element = this.#box.ownerDocument.createElement(tag);
            if (name) element.className = name;
            element.textContent = words;
            return element;
        };
        const title = make("p", "title", description.title);
        const mark = make("span", "sayswho-mark", "");
        mark.dataset["label"] = description.label;
        title.prepend(mark);
        const reasons = make("ul", "reasons", "");
        reasons.append(...description.reasons.map((reason) => make("li", "", reason)));
        this.#box.replaceChildren(
            title,
            make("p", "who", description.who),
            reasons,
            make("p", "sure", description.sureness),
        );
        if (this.#onMeaning) {
            const link = make("button", "meaning", this.#say("linkLabels"));
            link.setAttribute("type", "button");
            link.addEventListener("click", this.#onMeaning);
            this.#box.append(link);
        }
        this.#box.setAttribute("aria-label", this.#say("popoverName"));
        this.#box.hidden = false;
        this.place(ranges);
    }

    /** Puts the box beside the sentence again, after the page has moved. @param {Range[]} ranges */
    place(ranges) {
        const view = this.#box.ownerDocument.documentElement;
        const wide = view.clientWidth;
        const high = this.#box.ownerDocument.defaultView?.innerHeight ?? view.clientHeight;
        const lines = ranges.flatMap((range) => [...range.getClientRects()]).filter((line) => line.width > 0);
        if (lines.length === 0) return this.hide();
        const top = Math.min(...lines.map((line) => line.top));
        const bottom = Math.max(...lines.map((line) => line.bottom));
        if (bottom < 0 || top > high) return this.hide();
        this.#box.style.maxHeight = "";
        const { width, height: whole } = this.#box.getBoundingClientRect();
        const left = Math.min(...lines.map((line) => line.left));
        const right = Math.max(...lines.map((line) => line.right));
        // A long sentence leaves little room: the box scrolls in it.
        const room = Math.max(high - MARGIN - bottom - GAP, top - GAP - MARGIN);
        const beside = Math.max(wide - MARGIN - right, left - MARGIN) >= GAP + width;
        const height = room >= (beside ? GOOD_HEIGHT : LEAST_HEIGHT) ? Math.min(whole, room) : whole;
        if (height < whole) this.#box.style.maxHeight = `${height}px`;
        const inside = (/** @type {number} */ at, /** @type {number} */ own, /** @type {number} */ all) =>
            Math.max(MARGIN, Math.min(at, all - MARGIN - own));
        // Below where there is room, else above, else beside; over it only where the sentence fills the window.
        let x = inside(left, width, wide);
        let y = inside(top, height, high);
        if (bottom + GAP + height <= high - MARGIN) y = bottom + GAP;
        else if (top - GAP - height >= MARGIN) y = top - GAP - height;
        else if (right + GAP + width <= wide - MARGIN) x = right + GAP;
        else if (left - GAP - width >= MARGIN) x = left - GAP - width;
        else [x, y] = [wide - MARGIN - width, high - MARGIN - height];
        this.#box.style.left = `${x}px`;
        this.#box.style.top = `${Math.max(MARGIN, y)}px`;
    }

    hide() {
        this.#box.hidden = true;
    }

    /** Whether a point of the window lies in the box, or in the gap on the way to it. @param {number} x @param {number} y */
    holds(x, y) {
        if (!this.shown) return false;
        const { left, right, top, bottom } = this.#box.getBoundingClientRect();
        return x >= left - GAP && x <= right + GAP && y >= top - GAP - 2 && y <= bottom + GAP + 2;
    }
}
