// A file of the extension that is taken in while other things load.

/** Two requests at once bring a large file in sooner than one (benches/start.mjs); this is where it is parted, in bytes. */
const PARTED_AT = 6_000_000;

/** How many chunks are asked for ahead of their use: more than either part has, so that none waits in the browser. */
const AHEAD = 128;

/**
 * Asks for a file at once.
 *
 * @param {string} path  In the extension.
 * @returns {AsyncGenerator<Uint8Array>} its bytes in order, as they come; throws where the file can't be read
 */
export function arriving(path) {
    const first = ask(path, `0-${PARTED_AT - 1}`);
    const second = ask(path, `${PARTED_AT}-`);
    for (const part of [first, second]) part.catch(() => {}); // told to whoever reads on
    return inOrder(first, second);
}

/** @typedef {{ reader: ReadableStreamDefaultReader<Uint8Array>, chunks: Promise<ReadableStreamReadResult<Uint8Array>>[] }} Part */

/** @param {string} path @param {string} range  @returns {Promise<Part>} */
async function ask(path, range) {
    const response = await fetch(chrome.runtime.getURL(path), { headers: { range: `bytes=${range}` } });
    if (!response.ok || !response.body) throw new Error(`${path} is missing from the extension`);
    /** @type {Part} */
    const part = { reader: response.body.getReader(), chunks: [] };
    for (let asked = 0; asked < AHEAD; asked++) next(part);
    return part;
}

/** @param {Part} part */
function next({ reader, chunks }) {
    const chunk = reader.read();
    chunk.catch(() => {}); // told to whoever reads on
    chunks.push(chunk);
}

/** @param {Promise<Part>} first @param {Promise<Part>} second */
async function* inOrder(first, second) {
    let length = 0;
    for await (const chunk of chunksOf(await first)) {
        length += chunk.length;
        yield chunk;
    }
    // A short file has no second part; and a browser that knows no ranges here has sent all of it. The status doesn't tell:
    // Chromium sends what was asked for with 200.
    if (length === PARTED_AT) yield* chunksOf(await second);
}

/** @param {Part} part */
async function* chunksOf(part) {
    for (let chunk; (chunk = await part.chunks.shift()) && !chunk.done; next(part)) yield chunk.value;
}
