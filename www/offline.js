// Keeps the page for visits without a network: what it has fetched so far, and from now on through sw.js.

/** As sw.js names it. */
const SHELF = "sayswho-page";

/** Once all of the page is there. On a host without https, or in a private window, nothing is kept. */
export async function keepForOffline() {
    if (!("serviceWorker" in navigator) || !("caches" in globalThis)) return;
    try {
        const shelf = await caches.open(SHELF);
        await navigator.serviceWorker.register(new URL("../sw.js", import.meta.url));
        const own = performance
            .getEntriesByType("resource")
            .map(({ name }) => new URL(name))
            .filter(({ origin, search }) => origin === location.origin && search === "")
            .map(({ href }) => href);
        const page = location.href.replace(/#.*/, "");
        // Out of the browser's own cache, where they have just come.
        await Promise.all(
            [...new Set([page, ...own])].map(async (address) => {
                const response = await fetch(address, { cache: "force-cache" });
                if (response.ok) await shelf.put(address, response);
            }),
        );
        await navigator.serviceWorker.ready;
        document.documentElement.dataset["offline"] = "ready";
    } catch {
        // It works as well without.
    }
}
