// What the reader takes along: text into the clipboard, or into a file.

/**
 * @param {Document} page
 * @param {string} text
 * @returns {Promise<boolean>} whether it is there
 */
export async function copyText(page, text) {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        // Pages without encryption have no such clipboard, and some forbid it; a copy event has one.
    }
    let done = false;
    const onCopy = (/** @type {ClipboardEvent} */ event) => {
        event.clipboardData?.setData("text/plain", text);
        event.preventDefault();
        event.stopImmediatePropagation();
        done = true;
    };
    addEventListener("copy", onCopy, { capture: true });
    try {
        page.execCommand("copy");
    } finally {
        removeEventListener("copy", onCopy, { capture: true });
    }
    return done;
}

/**
 * @param {ShadowRoot | HTMLElement} root
 * @param {string} name the file's
 * @param {string} type
 * @param {string} text
 */
export function saveText(root, name, type, text) {
    const link = root.ownerDocument.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.hidden = true;
    root.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000); // the browser may still be reading it
}
