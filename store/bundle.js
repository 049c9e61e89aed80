// Joins the content script's modules into extension/dist/content.js, as they stand: content scripts can't be modules.
//
// Readability sets innerHTML in two places: to begin anew with a page that it has taken apart, which
// content/readability.js does by itself with a fresh copy, and to look into noscript elements, of which that copy has
// none. Here it gives up instead, so that nothing in the package makes markup of text.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const EXTENSION = fileURLToPath(new URL("../extension/", import.meta.url));
/** What stands there, and what stands here instead. */
const INSTEAD = [
    ["page.innerHTML = pageCacheHtml;", "return null;"],
    ["tmp.innerHTML = noscript.innerHTML;", "return;"],
];

/** @type {import("esbuild").Plugin} */
const withoutParsing = {
    name: "readability-without-parsing",
    setup(bundle) {
        bundle.onLoad({ filter: /[\\/]@mozilla[\\/]readability[\\/]Readability\.js$/ }, async ({ path }) => {
            let source = await readFile(path, "utf8");
            for (const [there = "", here = ""] of INSTEAD) {
                if (source.split(there).length !== 2) {
                    return { errors: [{ text: `Readability has changed: not once "${there}"` }] };
                }
                source = source.replace(there, here);
            }
            return { contents: source, loader: "js" };
        });
    },
};

await build({
    entryPoints: [`${EXTENSION}content/main.js`],
    outfile: `${EXTENSION}dist/content.js`,
    bundle: true,
    format: "iife",
    charset: "utf8",
    logLevel: "warning",
    plugins: [withoutParsing],
});
