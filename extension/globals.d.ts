/** What TypeScript does not know of the browsers that the manifest asks for, and what our scripts share. */

interface String {
    toWellFormed(): string;
}

interface PromiseWithResolvers<T> {
    promise: Promise<T>;
    resolve(value: T): void;
    reject(reason: unknown): void;
}

interface PromiseConstructor {
    withResolvers<T>(): PromiseWithResolvers<T>;
}

/** In the content scripts' isolated world: the page's labels, for begin.js. */
declare var saysWho: { begin(): Promise<boolean> } | undefined;
