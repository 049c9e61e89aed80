// Joins the content script's modules into extension/dist/content.js, as they stand: content scripts can't be modules.
//
// Readability sets innerHTML in two places. Neither is reached here: the copy that article.js gives it has no noscript
// elements, and its second attempts, which parse the page anew from a string, are made there. Both are taken out all
// the same, so that no reviewer has to take our word for it.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const EXTENSION = fileURLToPath(new URL("../extension/", import.meta.url));
const PARSES = /^\s*\w+\.innerHTML = \w+(\.innerHTML)?;$/gm;

/** @type {import("esbuild").Plugin} */
const withoutParsing = {
    name: "readability-without-parsing",
    setup(bundle) {
        bundle.onLoad({ filter: /[\\/]@mozilla[\\/]readability[\\/]Readability\.js$/ }, async ({ path }) => {
            const source = await readFile(path, "utf8");
            const found = source.match(PARSES)?.length ?? 0;
            if (found !== 2) {
                return { errors: [{ text: `Readability parses strings in ${found} places, and not in 2` }] };
            }
            return {
                contents: source.replace(PARSES, 'throw new Error("Says Who never parses a string");'),
                loader: "js",
            };
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
