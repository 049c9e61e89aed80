// A text and its setting in the address's fragment, so that a link carries them: fragments are never sent to a server.
// Deflated, since an article is longer than some programs let a link be.
//
//   #sample=wire   #text=…   either with &sensitivity=70

import { MIDDLE } from "./sensitivity.js";

/** A link longer than this is cut by mail programs and chats; longer texts are to be sent as files. */
const LONGEST_LINK = 16_000;

/** A fragment written by somebody else may unpack to anything; no article is this long. */
const LONGEST_TEXT = 2_000_000;

/**
 * What a link holds.
 *
 * @typedef {{ text?: string, sample?: string, setting?: number }} Shared
 */

/**
 * The fragment that holds it, or `undefined` where the text would be too long for a link.
 *
 * @param {Shared} shared
 */
export async function write({ text, sample, setting = MIDDLE }) {
    const what = sample ? `sample=${sample}` : `text=${await packed(text ?? "")}`;
    if (what.length > LONGEST_LINK) return undefined;
    return `#${what}${setting === MIDDLE ? "" : `&sensitivity=${setting}`}`;
}

/**
 * What a fragment holds; nothing of what is not ours.
 *
 * @param {string} fragment
 * @returns {Promise<Shared>}
 */
export async function read(fragment) {
    const fields = new Map(
        fragment
            .slice(1)
            .split("&")
            .map((field) => /** @type {[string, string]} */ (field.split("=", 2))),
    );
    /** @type {Shared} */
    const shared = {};
    const setting = Number(fields.get("sensitivity") ?? NaN);
    if (setting >= 0 && setting <= 100) shared.setting = Math.round(setting);
    const sample = fields.get("sample");
    if (sample) return { ...shared, sample };
    const text = await unpacked(fields.get("text") ?? "");
    return text === undefined ? shared : { ...shared, text };
}

/** @param {string} text */
async function packed(text) {
    const bytes = await new Response(
        new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw")),
    ).arrayBuffer();
    // Too long in any case; and a string of so many characters takes more arguments than a call may have.
    if (bytes.byteLength > LONGEST_LINK) return "x".repeat(LONGEST_LINK + 1);
    const base64 = btoa(String.fromCharCode(...new Uint8Array(bytes)));
    return base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @param {string} value */
async function unpacked(value) {
    if (value === "") return undefined;
    try {
        const base64 = value.replaceAll("-", "+").replaceAll("_", "/");
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const reader = new Blob([bytes])
            .stream()
            .pipeThrough(new DecompressionStream("deflate-raw"))
            .getReader();
        const decoder = new TextDecoder();
        let text = "";
        while (text.length <= LONGEST_TEXT) {
            const { done, value: part } = await reader.read();
            if (done) return text + decoder.decode();
            text += decoder.decode(part, { stream: true });
        }
        await reader.cancel();
    } catch {
        // Cut or mistyped on its way: as if there were none.
    }
    return undefined;
}
