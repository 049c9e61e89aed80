// The page without a network, after one visit: its own small files are kept as they come, the newest first, and given
// out where the network has none. Module and model are kept by kept.js, under the hash that their address carries.
//
// It passes on what the page asks for, to the page's own host, and asks for nothing itself.

/**
 * What a service worker has and a page has not.
 *
 * @typedef {{ skipWaiting(): Promise<void>, clients: { claim(): Promise<void> } }} Scope
 * @typedef {Event & { waitUntil(work: Promise<unknown>): void }} Activation
 * @typedef {Event & { request: Request, respondWith(response: Promise<Response>): void }} Asking
 */

/** As offline.js names it. */
const SHELF = "sayswho-page";

const scope = /** @type {Scope} */ (/** @type {unknown} */ (globalThis));

addEventListener("install", () => void scope.skipWaiting());
addEventListener("activate", (event) => {
    /** @type {Activation} */ (event).waitUntil(scope.clients.claim());
});
addEventListener("fetch", (event) => {
    const asking = /** @type {Asking} */ (event);
    const { method, url } = asking.request;
    const { origin, searchParams } = new URL(url);
    if (method !== "GET" || origin !== location.origin || searchParams.has("v")) return;
    asking.respondWith(newest(asking.request));
});

/** @param {Request} request */
async function newest(request) {
    const shelf = await caches.open(SHELF);
    try {
        const response = await fetch(request);
        if (response.ok) await shelf.put(request, response.clone());
        return response;
    } catch (error) {
        const kept = await shelf.match(request, {
            ignoreSearch: request.mode === "navigate",
            ignoreVary: true,
        });
        if (kept) return kept;
        throw error;
    }
}
