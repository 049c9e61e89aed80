// The one element that is added to a page: a host whose closed shadow root holds the popover, the panel and notices.
// Made when there is something to show, and removed with the labels.

import { COLOURS_CSS, DARK_COLOURS_CSS, POPOVER_CSS } from "./popover.js";
import { PANEL_CSS } from "./panel.js";

/** @import { Say } from "./describe.js" */

const TAG = "says-who";

// `all: initial` with !important: an important rule within a shadow tree beats the page's own important ones.
export const HOST_CSS = `
:host {
  all: initial !important; position: fixed !important; z-index: 2147483647 !important;
  inset: 0 auto auto 0 !important; inline-size: 0 !important; block-size: 0 !important;
  ${COLOURS_CSS} color-scheme: light dark !important;
}
@media (prefers-color-scheme: dark) { :host { ${DARK_COLOURS_CSS} } }
@media print { :host { display: none !important; } }
:focus-visible { outline: 2px solid var(--sw-focus); outline-offset: 1px; }
button {
  font: inherit; color: inherit; background: none; border: 1px solid transparent; border-radius: 6px; cursor: pointer;
}
.notice {
  position: fixed; inset-block-start: 12px; inset-inline-end: 12px; max-inline-size: min(24rem, calc(100vw - 24px));
  box-sizing: border-box; display: flex; gap: 8px; align-items: start; padding: 10px 8px 10px 14px;
  border: 1px solid var(--sw-line); border-radius: 8px; background: var(--sw-ground); color: var(--sw-ink);
  box-shadow: 0 4px 20px rgb(0 0 0 / 0.25); font: 14px/1.45 system-ui, sans-serif;
}
.notice p { margin: 2px 0; }
.notice button { font-size: 18px; line-height: 1; padding: 2px 7px; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
${POPOVER_CSS}
${PANEL_CSS}
`;

export class Host {
    /** @type {HTMLElement} */
    #element;
    /** @type {ShadowRoot} */
    root;
    /** @type {HTMLElement} */
    #live;

    /** @param {Document} page */
    constructor(page) {
        removeHosts(page); // of an extension that was reloaded: nobody else can
        this.#element = page.createElement(TAG);
        this.root = this.#element.attachShadow({ mode: "closed" });
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(HOST_CSS);
        this.root.adoptedStyleSheets = [sheet];
        this.#live = page.createElement("p");
        this.#live.className = "unseen";
        this.#live.setAttribute("role", "status");
        this.#live.setAttribute("aria-live", "polite");
        this.root.append(this.#live);
        page.documentElement.append(this.#element);
    }

    /** Whether the page has left the host in its place. */
    get connected() {
        return this.#element.isConnected;
    }

    /** Says something to a reader who listens. @param {string} words */
    announce(words) {
        this.#live.textContent = words;
    }

    /**
     * Says something to everybody, until it is closed.
     * @param {string} words
     * @param {Say} say
     * @param {() => void} onClose
     */
    notice(words, say, onClose) {
        const page = this.#element.ownerDocument;
        // With a name, so that who goes through the page's regions by ear finds it, and knows whose it is.
        const box = page.createElement("section");
        box.className = "notice";
        box.setAttribute("aria-label", say("name"));
        const line = page.createElement("p");
        line.textContent = words;
        const close = page.createElement("button");
        close.type = "button";
        close.textContent = "×";
        close.setAttribute("aria-label", say("noticeClose"));
        close.addEventListener("click", onClose);
        box.append(line, close);
        this.root.querySelector(".notice")?.remove();
        this.root.append(box);
        this.announce(words);
    }

    remove() {
        this.#element.remove();
    }
}

/** Ours have neither attributes nor children: what has is an element of the page's that happens to be called so. @param {Document} page */
export function removeHosts(page) {
    for (const old of page.querySelectorAll(`:root > ${TAG}`))
        if (!old.hasAttributes() && !old.hasChildNodes()) old.remove();
}
