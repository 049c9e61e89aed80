/** What TypeScript does not know of the browsers that the manifest asks for, and what our scripts share. */

interface String {
    toWellFormed(): string;
}

/** In the content scripts' isolated world: the page's labels, for begin.js. */
declare var saysWho: { begin(): void } | undefined;
