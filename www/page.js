// The page's fixed places, and what is told to everybody in them.

/** A screen reader is told of new figures when typing has stopped for this long, in milliseconds. */
const QUIET = 900;

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
    const element = document.getElementById(id);
    if (!element) throw new Error(`no #${id}`);
    return element;
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let telling;

/**
 * A short message for everybody to read.
 *
 * @param {string} words
 * @param {boolean} [typing]  Whether more may come: it is announced when that has stopped.
 */
export function tell(words, typing = false) {
    clearTimeout(telling);
    telling = setTimeout(() => (byId("status").textContent = words), typing ? QUIET : 0);
}

/** What is wrong, above the article; nothing where `words` is empty. @param {string} words */
export function warn(words) {
    const notice = byId("notice");
    notice.hidden = words === "";
    if (notice.textContent !== words) notice.textContent = words;
}

/** @param {number} count @param {string} one @param {string} [many] */
export function counted(count, one, many = `${one}s`) {
    return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** Words of the article on one line. @param {string} words */
export function oneLine(words) {
    return words.replace(/\s+/g, " ").trim();
}
