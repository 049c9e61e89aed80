// The two large files, module and model, kept from one visit to the next. Their addresses carry what they hash to, so
// that what is kept can be used unasked, and is dropped once the page names another.

const SHELF = "sayswho-files";

/**
 * @param {string} address  With its `?v=`.
 * @param {(loaded: number) => void} [progress]  Bytes so far.
 * @returns {Promise<Response>} as from `fetch`
 */
export async function fetchKept(address, progress) {
    const shelf = await openShelf();
    const kept = await shelf?.match(address);
    if (kept) return kept;
    const response = await fetch(address);
    if (!response.ok || !response.body) return response;
    const whole = progress ? await followed(response, progress) : response;
    if (shelf) await keep(shelf, address, whole.clone());
    return whole;
}

/** Private windows and plain http have none: then every visit fetches anew. */
async function openShelf() {
    try {
        return await caches.open(SHELF);
    } catch {
        return undefined;
    }
}

/** @param {Cache} shelf @param {string} address @param {Response} response */
async function keep(shelf, address, response) {
    try {
        for (const old of await shelf.keys()) {
            if (new URL(old.url).pathname === new URL(address).pathname) await shelf.delete(old);
        }
        await shelf.put(address, response);
    } catch {
        // The disk is full: it works as well without.
    }
}

/** @param {Response} response @param {(loaded: number) => void} progress */
async function followed(response, progress) {
    const parts = [];
    let loaded = 0;
    for (
        const reader = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (response.body).getReader();
        ;
    ) {
        const { done, value } = await reader.read();
        if (done) break;
        parts.push(value);
        loaded += value.length;
        progress(loaded);
    }
    return new Response(new Blob(parts), {
        headers: { "content-type": response.headers.get("content-type") ?? "" },
    });
}
