// A text in the address's fragment, so that a link carries it: fragments are never sent to a server. Deflated, since an
// article is longer than some programs let a link be.

/** A link longer than this is cut by mail programs and chats; longer texts are to be sent as files. */
const LONGEST_LINK = 16_000;

/** A fragment written by somebody else may unpack to anything; no article is this long. */
const LONGEST_TEXT = 2_000_000;

/**
 * The fragment that holds `text`, or `undefined` where it would be too long for a link.
 *
 * @param {string} text
 */
export async function write(text) {
    const bytes = await new Response(
        new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw")),
    ).arrayBuffer();
    if (bytes.byteLength * 1.4 > LONGEST_LINK) return undefined;
    const base64 = btoa(String.fromCharCode(...new Uint8Array(bytes)));
    return `#text=${base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
}

/**
 * The text or the sample's name that `fragment` holds; neither where it is not one of ours.
 *
 * @param {string} fragment
 * @returns {Promise<{ text?: string, sample?: string }>}
 */
export async function read(fragment) {
    const [, key, value = ""] = /^#(text|sample)=(.*)$/.exec(fragment) ?? [];
    if (key === "sample") return { sample: value };
    if (key !== "text") return {};
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
            if (done) return { text: text + decoder.decode() };
            text += decoder.decode(part, { stream: true });
        }
        await reader.cancel();
    } catch {
        // Cut or mistyped on its way: as if there were none.
    }
    return {};
}
