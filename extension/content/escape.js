// What a page says, in files that other programs read: there, too, it stays text.

/** A cell of CSV. A spreadsheet takes what begins so, in letters of either width, for a formula, and runs it. @param {string} text */
export function cell(text) {
    const safe = /^\s*[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]/.test(text) ? `'${text}` : text;
    return `"${safe.replaceAll('"', '""')}"`;
}

/** Text in Markdown: with a backslash before what that, or HTML within it, would take for markup. @param {string} text */
export function escaped(text) {
    return text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>()#+\-.!|~&$:@^=]/g, "\\$&");
}
