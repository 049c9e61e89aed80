// The article in miniature: a cell for each sentence, as wide as the sentence is long, in its label's colour and pattern.
// A listbox: the keyboard and a screen reader go through the sentences one by one.

/** @import { Statement } from "./statements.js" */

export const STRIP_CSS = `
.strip { display: flex; flex-wrap: wrap; gap: 2px; margin: 8px 6px; padding: 2px; border-radius: 4px; max-block-size: 92px; overflow: auto; }
.strip [role=option] {
  block-size: 14px; border-radius: 2px; background: var(--sw-plain); cursor: pointer; box-sizing: border-box; min-inline-size: 5px;
}
.strip [role=option]:hover { outline: 1px solid var(--sw-ink); }
.strip [role=option][data-label="attributed-claim"] { background: repeating-linear-gradient(90deg, var(--sw-claim) 0 3px, transparent 3px 5px) var(--sw-plain); }
.strip [role=option][data-label="unattributed-opinion"] { background: var(--sw-opinion); }
.strip [role=option][data-label="none"] { background: transparent; border: 1px solid var(--sw-line); }
.strip [role=option][data-off] { opacity: 0.45; }
.strip [role=option][aria-selected="true"] { outline: 2px solid var(--sw-focus); outline-offset: 1px; }
@media (forced-colors: active) { .strip [role=option] { forced-color-adjust: none; } }
`;

/** Sentences that Page Up and Page Down go by. */
const PAGE = 10;

export class Strip {
    /** @type {HTMLElement} */
    element;
    #choose;
    /** @type {Statement[]} */
    #statements = [];
    #at = -1;

    /**
     * @param {Document} page
     * @param {string} name for screen readers
     * @param {(statement: Statement) => void} choose
     */
    constructor(page, name, choose) {
        this.#choose = choose;
        this.element = page.createElement("div");
        this.element.className = "strip";
        this.element.tabIndex = 0;
        this.element.setAttribute("role", "listbox");
        this.element.setAttribute("aria-label", name);
        this.element.setAttribute("aria-orientation", "horizontal");
        this.element.addEventListener("click", ({ target }) => {
            if (target instanceof HTMLElement && target !== this.element)
                this.#go(Number(target.dataset["at"]));
        });
        this.element.addEventListener("keydown", (event) => this.#press(event));
    }

    /**
     * @param {Statement[]} statements
     * @param {(statement: Statement, index: number) => string} nameOf
     */
    show(statements, nameOf) {
        this.#statements = statements;
        this.#at = Math.min(this.#at, statements.length - 1);
        const page = this.element.ownerDocument;
        // A short article gets three rows; a long one's cells shrink to their least width.
        const unit =
            900 /
            Math.max(
                1,
                statements.reduce((sum, { words }) => sum + words.length, 0),
            );
        const cells = statements.map((statement, index) => {
            const cell = page.createElement("span");
            cell.id = `sw-cell-${index}`;
            cell.dataset["at"] = String(index);
            cell.dataset["label"] = statement.label ?? "none";
            cell.setAttribute("role", "option");
            cell.setAttribute("aria-selected", String(index === this.#at));
            cell.setAttribute("aria-label", nameOf(statement, index));
            cell.title = "";
            cell.style.inlineSize = `${Math.max(5, statement.words.length * unit).toFixed(1)}px`;
            cell.style.maxInlineSize = "100%";
            return cell;
        });
        this.element.replaceChildren(...cells);
        this.#mark();
    }

    /** Fades what a filter leaves out. @param {(statement: Statement) => boolean} keeps */
    filter(keeps) {
        for (const [index, statement] of this.#statements.entries()) {
            this.element.children[index]?.toggleAttribute("data-off", !keeps(statement));
        }
    }

    /** Shows where the reader is. @param {Statement | null} statement */
    mark(statement) {
        this.#at = statement ? this.#statements.indexOf(statement) : -1;
        this.#mark();
    }

    #mark() {
        for (const [index, cell] of [...this.element.children].entries()) {
            cell.setAttribute("aria-selected", String(index === this.#at));
        }
        const cell = /** @type {HTMLElement | undefined} */ (this.element.children[this.#at]);
        if (!cell) return this.element.removeAttribute("aria-activedescendant");
        this.element.setAttribute("aria-activedescendant", cell.id);
        const { offsetTop, offsetHeight } = cell;
        const top = offsetTop - this.element.offsetTop;
        if (top < this.element.scrollTop) this.element.scrollTop = top;
        const bottom = top + offsetHeight - this.element.clientHeight;
        if (bottom > this.element.scrollTop) this.element.scrollTop = bottom;
    }

    /** @param {number} index */
    #go(index) {
        const at = Math.max(0, Math.min(index, this.#statements.length - 1));
        const statement = this.#statements[at];
        if (!statement) return;
        this.#at = at;
        this.#mark();
        this.#choose(statement);
    }

    /** @param {KeyboardEvent} event */
    #press(event) {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const at = this.#at;
        /** @type {Record<string, number>} */
        const to = {
            ArrowRight: at + 1,
            ArrowDown: at + 1,
            ArrowLeft: at - 1,
            ArrowUp: at - 1,
            PageDown: at + PAGE,
            PageUp: at - PAGE,
            Home: 0,
            End: this.#statements.length - 1,
            Enter: at,
            " ": at,
        };
        const index = to[event.key];
        if (index === undefined) return;
        event.preventDefault();
        this.#go(index);
    }
}
