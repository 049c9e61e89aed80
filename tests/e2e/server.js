// A static server for one test run: our own pages, and the saved ones where they are there. It counts what it is asked.

import { createServer } from "node:http";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const OWN = join(HERE, "..", "pages");
const SAVED = join(HERE, "..", "..", "..", "shared", "pages");

/** The saved pages of real sites, each with what must be found in it; none where the folder is not beside the clone. */
export const savedPages = existsSync(SAVED)
    ? readdirSync(SAVED).filter((name) => existsSync(join(SAVED, name, "article.json")))
    : [];

/** @param {string} name @returns {{ title: string, paragraphs: string[] }} */
export function savedArticle(name) {
    return JSON.parse(readFileSync(join(SAVED, name, "article.json"), "utf8"));
}

/** What pages forbid themselves, by the name that a test asks for: `/news.html?policy=none`. */
const POLICIES = new Map([
    ["none", "default-src 'none'"],
    ["self", "script-src 'self'"],
    // Without its own scripts a page does nothing by itself, so that whatever happens is our doing.
    ["still", "script-src 'none'"],
    ["sandbox", "sandbox allow-scripts; default-src 'none'"],
]);

const TYPES = new Map([
    ["html", "text/html; charset=utf-8"],
    ["xhtml", "application/xhtml+xml"],
    ["xml", "application/xml"],
    ["txt", "text/plain; charset=utf-8"],
    ["svg", "image/svg+xml"],
    ["pdf", "application/pdf"],
    ["png", "image/png"],
]);

/**
 * Serves on a free port of loopback until closed.
 * @param {Record<string, string>} [made] pages made by the test, by their path
 */
export async function serve(made = {}) {
    /** @type {string[]} */
    const asked = [];
    const server = createServer((request, response) => {
        const url = new URL(request.url ?? "/", "http://127.0.0.1");
        asked.push(url.pathname);
        const body = made[url.pathname] ?? fileFor(url.pathname);
        if (body === null) {
            response.writeHead(url.pathname === "/favicon.ico" ? 204 : 404).end();
            return;
        }
        const policy = POLICIES.get(url.searchParams.get("policy") ?? "");
        // As from an address that says nothing of the file: `/paper?as=paper.pdf`.
        const name = url.searchParams.get("as");
        const extension = (name ?? url.pathname).split(".").at(-1) ?? "";
        response.writeHead(200, {
            ...(name ? { "content-disposition": `inline; filename="${name}"` } : {}),
            "content-type": TYPES.get(extension) ?? "application/octet-stream",
            ...(policy ? { "content-security-policy": policy } : {}),
        });
        response.end(body);
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
    const address = server.address();
    const port = address && typeof address === "object" ? address.port : 0;
    return {
        /** Paths in the order in which they were asked for. */
        asked,
        /** @param {string} path */
        url: (path) => `http://127.0.0.1:${port}${path}`,
        close() {
            server.closeAllConnections();
            server.close();
        },
    };
}

/** @param {string} path */
function fileFor(path) {
    const clean = normalize(path).replace(/^[/\\]+/, "");
    if (clean.startsWith("..")) return null;
    const file = clean.startsWith("saved/") ? join(SAVED, clean.slice(6)) : join(OWN, clean);
    return existsSync(file) ? readFileSync(file) : null;
}
