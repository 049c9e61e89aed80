// HTML that somebody pastes or drops, as plain text with its paragraphs parted by blank lines. The HTML is hostile: it is
// parsed into a document of its own, which runs no script and fetches nothing, and only its text is taken.

/** What starts a paragraph of its own. */
const BLOCKS = new Set(
    (
        "ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CENTER DD DETAILS DIV DL DT FIGCAPTION FIGURE FOOTER FORM " +
        "H1 H2 H3 H4 H5 H6 HEADER HGROUP HR LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY TD TH THEAD TR UL"
    ).split(" "),
);

/** What holds no words of an article. */
const SILENT = new Set(
    "AUDIO BUTTON CANVAS DATALIST HEAD IFRAME INPUT NOSCRIPT OBJECT SCRIPT SELECT STYLE SVG TEMPLATE TEXTAREA VIDEO".split(
        " ",
    ),
);

/**
 * @param {string} html
 * @returns {string}
 */
export function htmlToText(html) {
    /** @type {string[]} */
    const blocks = [];
    let block = "";
    const end = () => {
        const text = block
            .split("\n")
            .map((line) => line.trim())
            .join("\n")
            .trim();
        // Two line breaks in a row part paragraphs on pages that have no <p>.
        if (text !== "") blocks.push(...text.split(/\n{2,}/));
        block = "";
    };
    // A list of what is still to do, not recursion: pasted pages nest deeply enough to overflow the stack.
    /** @type {(Node | typeof end)[]} */
    const todo = [new DOMParser().parseFromString(html, "text/html").body];
    for (let next; (next = todo.pop());) {
        if (typeof next === "function") {
            next();
        } else if (next.nodeType === Node.TEXT_NODE) {
            block += (next.nodeValue ?? "").replace(/[ \t\n\f\r]+/g, " ");
        } else if (next instanceof Element) {
            const name = next.tagName.toUpperCase();
            if (SILENT.has(name) || next.hasAttribute("hidden")) continue;
            if (name === "BR") {
                block += "\n";
                continue;
            }
            if (BLOCKS.has(name)) {
                end();
                todo.push(end);
            }
            todo.push(...[...next.childNodes].reverse());
        }
    }
    end();
    return blocks.join("\n\n");
}
