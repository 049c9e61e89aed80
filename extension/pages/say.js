// The words of our own pages: elements name a phrase of _locales, and get its text.
//
//   <p data-say="key">   its text          <input data-name="key">   its aria-label

export const say = chrome.i18n.getMessage;

/** @param {ParentNode} [root] */
export function sayAll(root = document) {
    for (const element of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-say]"))) {
        element.textContent = say(element.dataset["say"] ?? "");
    }
    for (const element of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-name]"))) {
        element.setAttribute("aria-label", say(element.dataset["name"] ?? ""));
    }
}

/**
 * An element of one of our pages, which is known to be there.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function at(id, kind) {
    const element = document.getElementById(id);
    if (!(element instanceof kind)) throw new Error(`no ${kind.name} #${id} on this page`);
    return element;
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} text
 * @param {string} [className]
 */
export function make(tag, text, className = "") {
    const element = document.createElement(tag);
    element.textContent = text;
    if (className) element.className = className;
    return element;
}
