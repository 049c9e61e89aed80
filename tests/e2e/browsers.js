// The two browsers with the unpacked extension in them, driven alike.
//
//   launch(kind) ─▶ install(folder) ─▶ open(url) ─▶ click(): the real toolbar action ─▶ labels(), inHost(), badge()
//                                                  command(): a shortcut
//                                                  popup(): what the next click would open, in a tab
//
// The toolbar button is outside every page, so each browser has its own way to press it. Chromium has
// `Extensions.triggerAction`. Firefox has none, but lets a test run a line in the browser's own window; there the line
// calls what the button's click and its shortcut call, `triggerAction`, which grants activeTab as a click does.

import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { launchBrowser } from "../support/browser.js";

/** @import { Browser, Page, Target } from "puppeteer-core" */

/** @typedef {"chromium" | "firefox"} Kind */

export const EXTENSION = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "extension");

/** The builds of the module, of which a browser runs one. */
export const MODULES = ["pkg/sayswho_bg.wasm", "pkg/sayswho_relaxed.wasm"];

/** @type {Kind[]} */
export const BROWSERS = /** @type {Kind[]} */ (
    process.env["BROWSERS"]?.split(",") ?? ["chromium", "firefox"]
);

/** As long as anything may take on a slow machine; a test that waits this long has failed. */
export const PATIENCE = 45_000;

const PROGRAMS = {
    chromium: {
        variable: "CHROMIUM",
        names: ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"],
        package: "chromium",
    },
    firefox: { variable: "FIREFOX", names: ["firefox-esr", "firefox"], package: "firefox-esr" },
};

/** @param {Kind} kind */
function programOf(kind) {
    const { variable, names, package: name } = PROGRAMS[kind];
    const named = process.env[variable];
    if (named) return named;
    const folders = (process.env["PATH"] ?? "").split(":").concat("/usr/bin", "/snap/bin");
    for (const folder of folders) {
        for (const program of names) {
            if (existsSync(join(folder, program))) return join(folder, program);
        }
    }
    throw new Error(
        `${kind} is not on this machine. Install it (Debian: apt-get install ${name}) or set ${variable} to its path.`,
    );
}

/**
 * A copy of the built extension whose manifest differs, as where a reader has granted a site.
 * @param {Record<string, unknown>} changes to the manifest
 * @param {string[]} spoilt files that hold nothing of use
 */
function extensionWith(changes, spoilt) {
    const folder = mkdtempSync(join(tmpdir(), "sayswho-extension-"));
    cpSync(EXTENSION, folder, { recursive: true });
    const file = join(folder, "manifest.json");
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), ...changes }));
    for (const path of spoilt) writeFileSync(join(folder, path), "spoilt");
    return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The manifest's change by which loopback counts as granted. */
export const LOOPBACK = { host_permissions: ["http://127.0.0.1/*"] };

/**
 * @param {Kind} kind
 * @param {{ changes?: Record<string, unknown>, dark?: boolean, spoilt?: string[], proxy?: number }} [options] `proxy`: the
 *   port of loopback to which everything goes that is not for loopback itself
 * @returns {Promise<Chromium | Firefox>}
 */
export async function launch(kind, { changes = {}, dark = false, spoilt = [], proxy } = {}) {
    if (!existsSync(join(EXTENSION, "dist", "content.js"))) {
        throw new Error("extension/ is not built: run `make extension` first");
    }
    const driver =
        kind === "chromium" ? await Chromium.launch(dark, proxy) : await Firefox.launch(dark, proxy);
    // From a copy: a build in the middle of a run must not pull files from under the browser.
    const copy = extensionWith(changes, spoilt);
    driver.onClose = copy.remove;
    await driver.install(copy.folder);
    // It comes by itself, at a moment of its own: a test that opens a page must not have it come in front.
    await driver.closeOwn("welcome/welcome.html");
    return driver;
}

/** The extension's one element, in the page itself or else in a frame of the same site; a line of the page's. */
const HOST =
    "document.querySelector(':root > says-who') ?? document.querySelector('iframe')?.contentDocument?.querySelector(':root > says-who') ?? null";

/** What both have in common. */
class Driver {
    /** @param {Browser} browser */
    constructor(browser) {
        this.browser = browser;
        this.id = "";
        this.folder = "";
        /** @type {() => void} */
        this.onClose = () => {};
        /** Exceptions on pages, ours or theirs. @type {string[]} */
        this.errors = [];
        /** Requests of the pages that are open. @type {string[]} */
        this.requests = [];
    }

    /** Makes a page the one that has the focus: in no other does a ring show. @param {Page} page */
    async activate(page) {
        await page.bringToFront();
    }

    /** @param {string} folder */
    async install(folder) {
        this.folder = folder;
        this.id = await this.browser.installExtension(folder);
    }

    /**
     * @param {string} url
     * @param {"load" | "domcontentloaded"} [until]
     * @returns {Promise<Page>}
     */
    async open(url, until = "load") {
        const page = await this.browser.newPage();
        await page.setViewport({ width: 1000, height: 800 });
        page.on("pageerror", (error) => {
            const words = error instanceof Error ? error.message : String(error);
            // Firefox counts what a page's own policy forbids the page itself among them.
            if (!words.includes("Content-Security-Policy")) this.errors.push(words);
        });
        page.on("request", (request) => this.requests.push(request.url()));
        await page.goto(url, { waitUntil: until, timeout: PATIENCE }).catch((error) => {
            // Firefox gives up waiting when a frame of the page has an address that it refuses; the page is there.
            if (!String(error).includes("Address rejected")) throw error;
        });
        await page.waitForFunction(() => document.readyState !== "loading", { timeout: PATIENCE });
        await page.bringToFront();
        return page;
    }

    /** Waits for a page that the extension opens by itself, and closes it. @param {string} _path */
    closeOwn(_path) {
        throw new Error("each browser has its own");
    }

    /**
     * Runs a function in a page that the extension has opened by itself, once it shows what it has to show.
     * @template T
     * @param {string} _path
     * @param {() => T} _run
     * @returns {Promise<T>}
     */
    inOwn(_path, _run) {
        throw new Error("each browser has its own");
    }

    /** The addresses of all tabs. @returns {Promise<string[]>} */
    async tabs() {
        return (await this.browser.pages()).map((page) => page.url());
    }

    /** Opens a page of the extension's in a tab, and waits until it shows what it has to show. @param {string} url @returns {Promise<Page>} */
    async openOwn(url) {
        const page = await this.open(url);
        await ready(page);
        return page;
    }

    /** @param {string} path @returns {Promise<Page>} */
    async ownPage(path) {
        return this.openOwn(`${await this.origin()}/${path}`);
    }

    /** Where the extension's own files are. @returns {Promise<string>} */
    origin() {
        throw new Error("each browser has its own");
    }

    /**
     * The popup that the next click on a page's toolbar button would open, in a tab of its own: no protocol of either
     * browser reaches into the real popup's window. Its address comes from the toolbar, its page is the one it says.
     * @param {Page} page
     */
    async popup(page) {
        return this.openOwn(await until(() => this.popupOf(page), "a popup on the toolbar button"));
    }

    /** The address of a page's popup; "" where a click opens none. @param {Page} _page @returns {Promise<string>} */
    popupOf(_page) {
        throw new Error("each browser has its own");
    }

    async close() {
        await this.browser.close();
        this.onClose();
    }
}

export class Chromium extends Driver {
    /** Workers of before a reload. Chromium still lists them, and crashes when one is spoken to. @type {Set<Target>} */
    #gone = new Set();

    /** @param {boolean} dark @param {number} [proxy] */
    static async launch(dark, proxy) {
        const browser = await launchBrowser({
            executablePath: programOf("chromium"),
            timeout: PATIENCE,
            enableExtensions: true,
            pipe: true,
            args: [
                ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
                ...(proxy === undefined ? [] : [`--proxy-server=http://127.0.0.1:${proxy}`]),
                ...(dark ? ["--blink-settings=preferredColorScheme=0"] : []),
            ],
        });
        return new Chromium(browser);
    }

    /** The extension's service worker as a target, woken if it sleeps. */
    #target() {
        return this.browser.waitForTarget(
            (each) =>
                each.type() === "service_worker" && each.url().includes(this.id) && !this.#gone.has(each),
            { timeout: PATIENCE },
        );
    }

    /** The extension's service worker, woken if it sleeps. */
    async worker() {
        const worker = await (await this.#target()).worker();
        if (!worker) throw new Error("the extension has no service worker");
        return worker;
    }

    /** Stops the background, as the browser does with one that is idle. */
    async putToSleep() {
        const target = await this.#target();
        await (await target.worker())?.close();
        await until(async () => !this.browser.targets().includes(target), "an end of the background");
    }

    /** @param {Page} page */
    async click(page) {
        const extension = (await this.browser.extensions()).get(this.id);
        if (!extension) throw new Error("the extension is not installed");
        await page.triggerExtensionAction(extension);
    }

    /** @override @param {string} path */
    async closeOwn(path) {
        const target = await this.browser.waitForTarget((each) => each.url().endsWith(`/${path}`), {
            timeout: PATIENCE,
        });
        await (await target.page())?.close();
    }

    /** @override @template T @param {string} path @param {() => T} run */
    async inOwn(path, run) {
        const target = await this.browser.waitForTarget((each) => each.url().endsWith(`/${path}`), {
            timeout: PATIENCE,
        });
        const page = await target.page();
        if (!page) throw new Error(`${path} has no page`);
        await ready(page);
        return /** @type {Promise<T>} */ (page.evaluate(run));
    }

    /** @override */
    async origin() {
        return `chrome-extension://${this.id}`;
    }

    /**
     * A shortcut. A headless Chromium has no window that takes keys; this is what its keys would call.
     * @param {Page} page
     * @param {string} name
     */
    async command(page, name) {
        const worker = await this.worker();
        const { tab } = await this.#onTab(page);
        await worker.evaluate(
            async (command, tabId) => {
                const { onCommand } = /** @type {{ onCommand: any }} */ (chrome.commands);
                onCommand.dispatch(command, await chrome.tabs.get(tabId));
            },
            name,
            tab,
        );
    }

    /** The menu's entry on selected words. A headless Chromium shows no menu; this is what its entry would call. @param {Page} page @param {string} selectionText */
    async menu(page, selectionText) {
        const worker = await this.worker();
        const { tab } = await this.#onTab(page);
        await worker.evaluate(
            async (text, tabId) => {
                const { onClicked } = /** @type {{ onClicked: any }} */ (chrome.contextMenus);
                onClicked.dispatch(
                    { menuItemId: "selection", selectionText: text },
                    await chrome.tabs.get(tabId),
                );
            },
            selectionText,
            tab,
        );
    }

    /** Has what is saved land in a folder, without a question. @param {Page} page @param {string} folder */
    async saveTo(page, folder) {
        // For as long as the session is there, which ends with the page.
        const session = await page.createCDPSession();
        await session.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: folder });
    }

    /** @override @param {Page} page */
    async popupOf(page) {
        return (await this.#onTab(page)).popup;
    }

    /** The badge and the title on the toolbar for a page. @param {Page} page */
    async toolbar(page) {
        return this.#onTab(page);
    }

    /** @param {Page} page */
    async #onTab(page) {
        const worker = await this.worker();
        const look = () =>
            worker.evaluate(async (url) => {
                if (typeof chrome === "undefined") return null; // it is only just starting
                const tabs = await chrome.tabs.query({});
                // Without host permission a tab's address is not told; the active one is the one in front.
                const tab = tabs.find((each) => each.url === url) ?? tabs.find((each) => each.active);
                const tabId = tab?.id ?? -1;
                return {
                    tab: tabId,
                    badge: await chrome.action.getBadgeText({ tabId }),
                    title: await chrome.action.getTitle({ tabId }),
                    popup: await chrome.action.getPopup({ tabId }),
                };
            }, page.url());
        return until(look, "a service worker that has started");
    }

    /**
     * Installs and waits until the service worker listens: before its first start Chromium knows of no listener, and a
     * click that comes earlier is lost.
     * @override
     * @param {string} folder
     */
    async install(folder) {
        await super.install(folder);
        const worker = await this.worker();
        await until(
            () =>
                worker.evaluate(
                    () => typeof chrome !== "undefined" && chrome.action.onClicked.hasListeners(),
                ),
            "a service worker that listens",
        );
    }

    async reload() {
        for (const target of this.browser.targets()) {
            if (target.type() === "service_worker") this.#gone.add(target);
        }
        // Loading the same folder again is what the button on chrome://extensions does; `runtime.reload()` leaves an
        // extension that came over the protocol switched off.
        await this.install(this.folder);
    }

    /**
     * Runs a function on the extension's closed shadow root.
     * @template T
     * @param {Page} page
     * @param {(root: ShadowRoot, ...values: any[]) => T} run
     * @param {...unknown} values
     * @returns {Promise<T | null>} null where there is no host
     */
    async inHost(page, run, ...values) {
        const session = await page.createCDPSession();
        try {
            const host = await session.send("Runtime.evaluate", {
                expression: HOST,
            });
            if (!host.result.objectId) return null;
            const { node } = await session.send("DOM.describeNode", {
                objectId: host.result.objectId,
                pierce: true,
                depth: 1,
            });
            const root = node.shadowRoots?.[0];
            if (!root) return null;
            const { object } = await session.send("DOM.resolveNode", { backendNodeId: root.backendNodeId });
            const answer = await session.send("Runtime.callFunctionOn", {
                objectId: object.objectId ?? "",
                functionDeclaration: `function (...values) { return (${run})(this, ...values); }`,
                arguments: values.map((value) => ({ value })),
                returnByValue: true,
            });
            if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description);
            return answer.result.value;
        } finally {
            await session.detach();
        }
    }
}

export class Firefox extends Driver {
    /** @param {boolean} dark @param {number} [proxy] without one, a port where nobody listens */
    static async launch(dark, proxy = 9) {
        const browser = await launchBrowser({
            browser: "firefox",
            executablePath: programOf("firefox"),
            timeout: PATIENCE,
            // Lets `privileged` below run in the browser's own window; for tests only.
            args: ["-remote-allow-system-access"],
            extraPrefsFirefox: {
                "layout.css.prefers-color-scheme.content-override": dark ? 0 : 1,
                // A permission that is asked for is granted: nobody is there to press the button of the prompt.
                "extensions.webextOptionalPermissionPrompts": false,
                // Everything but loopback ends at a port of loopback: nothing leaves the machine.
                "network.proxy.type": 1,
                "network.proxy.http": "127.0.0.1",
                "network.proxy.http_port": proxy,
                "network.proxy.ssl": "127.0.0.1",
                "network.proxy.ssl_port": proxy,
                "network.proxy.no_proxies_on": "127.0.0.1",
            },
        });
        return new Firefox(browser);
    }

    /** @param {string} method @param {Record<string, unknown>} params @returns {Promise<any>} */
    async #send(method, params) {
        const { connection } = /** @type {any} */ (this.browser);
        return (await connection.send(method, params)).result;
    }

    /** Runs an async function body in the browser's own window, with `extension` at hand. @param {string} body */
    async privileged(body) {
        const { contexts } = await this.#send("browsingContext.getTree", { "moz:scope": "chrome" });
        const answer = await this.#send("script.evaluate", {
            target: { context: contexts[0].context },
            awaitPromise: true,
            expression: `(async () => {
                const { ExtensionParent } = ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs");
                const { AddonManager } = ChromeUtils.importESModule("resource://gre/modules/AddonManager.sys.mjs");
                const extension = WebExtensionPolicy.getByID(${JSON.stringify(this.id)}).extension;
                const action = ExtensionParent.apiManager.global.browserActionFor(extension);
                return JSON.stringify((await (async () => { ${body} })()) ?? null);
            })()`,
        });
        if (answer.type !== "success") throw new Error(answer.exceptionDetails?.text);
        return JSON.parse(answer.result.value);
    }

    /**
     * Installs and waits until the background script has run to its end, so that no click comes before its listener.
     * @override
     * @param {string} folder
     */
    async install(folder) {
        await super.install(folder);
        await until(
            () => this.privileged('return extension.backgroundState === "running";'),
            "a background script that listens",
        );
    }

    /** @param {Page} page */
    async click(page) {
        await page.bringToFront();
        // A popup that is still open would take the click for its end.
        await this.privileged(`
            for (const panel of window.document.querySelectorAll("panel")) panel.hidePopup?.();
            await action.triggerAction(window);
        `);
    }

    /**
     * @override The browser's own window has a focus of its own, in its address field for one, and the page has none then.
     * @param {Page} page
     */
    async activate(page) {
        await page.bringToFront();
        await this.privileged("Services.focus.activeWindow = window; gBrowser.selectedBrowser.focus();");
    }

    /** @returns {Promise<{ context: string, url: string }[]>} */
    async #contexts() {
        return (await this.#send("browsingContext.getTree", {})).contexts;
    }

    /** @override puppeteer is not told of the extension's pages. */
    async tabs() {
        return (await this.#contexts()).map(({ url }) => url);
    }

    /** @param {string} path */
    async #own(path) {
        const { context } = await until(
            async () => (await this.#contexts()).find(({ url }) => url.endsWith(`/${path}`)),
            path,
        );
        return context;
    }

    /** @override @param {string} path */
    async closeOwn(path) {
        await this.#send("browsingContext.close", { context: await this.#own(path) });
    }

    /** @override @template T @param {string} path @param {() => T} run @returns {Promise<T>} */
    async inOwn(path, run) {
        const context = await this.#own(path);
        const answer = await until(async () => {
            const { result } = await this.#send("script.evaluate", {
                target: { context },
                awaitPromise: false,
                expression: `document.documentElement.dataset.ready === "true" && JSON.stringify((${run})())`,
            });
            return result?.type === "string" && result;
        }, path);
        return JSON.parse(answer.value);
    }

    /** @override Firefox never tells that such a page has loaded, so that a wait for it would never end. @param {string} url */
    async openOwn(url) {
        const page = await this.browser.newPage();
        await page.setViewport({ width: 1000, height: 800 });
        const { _id: context } = /** @type {any} */ (page.mainFrame());
        await this.#send("browsingContext.navigate", { context, url, wait: "none" });
        await until(
            async () => (await this.#contexts()).some((each) => each.context === context && each.url === url),
            url,
        );
        await ready(page);
        await page.bringToFront();
        return page;
    }

    /** @override */
    async origin() {
        return this.privileged('return extension.baseURL.replace(/\\/$/, "");');
    }

    /** A shortcut: its key in the browser's own window. @param {Page} page @param {string} name */
    async command(page, name) {
        await page.bringToFront();
        await this.privileged(`
            extension.tabManager.addActiveTabPermission();
            extension.shortcuts.onCommand(${JSON.stringify(name)});
        `);
    }

    /** The menu's entry on selected words, as the browser's window tells the extension of it. @param {Page} page @param {string} selectionText */
    async menu(page, selectionText) {
        await page.bringToFront();
        await this.privileged(`
            const info = { menuItemId: "selection", selectionText: ${JSON.stringify(selectionText)}, modifiers: [], button: 0, editable: false };
            extension.emit("webext-menu-menuitem-click", info, gBrowser.selectedTab);
        `);
    }

    /** Has what is saved land in a folder, without a question. @param {Page} _page @param {string} folder */
    async saveTo(_page, folder) {
        await this.privileged(`
            Services.prefs.setStringPref("browser.download.dir", ${JSON.stringify(folder)});
            Services.prefs.setIntPref("browser.download.folderList", 2);
            Services.prefs.setBoolPref("browser.download.useDownloadDir", true);
        `);
    }

    /** @override @param {Page} page */
    async popupOf(page) {
        return (await this.toolbar(page)).popup;
    }

    /** @param {Page} page */
    async toolbar(page) {
        await page.bringToFront();
        return this.privileged(`
            const { badgeText, title, popup } = action.action.getContextData(gBrowser.selectedTab);
            return { badge: badgeText ?? "", title, popup: popup ?? "" };
        `);
    }

    /** Stops the background, as the browser does with one that is idle. */
    async putToSleep() {
        await this.privileged(
            "await extension.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true });",
        );
    }

    async reload() {
        await this.privileged(
            `await (await AddonManager.getAddonByID(${JSON.stringify(this.id)})).reload();`,
        );
    }

    /**
     * @template T
     * @param {Page} page
     * @param {(root: ShadowRoot, ...values: any[]) => T} run
     * @param {...unknown} values
     * @returns {Promise<T | null>}
     */
    async inHost(page, run, ...values) {
        const { origin } = new URL(page.url());
        // A node is known in its own frame only.
        const frames = page
            .frames()
            .filter((frame) => frame === page.mainFrame() || frame.url().startsWith(`${origin}/`));
        for (const { _id: context } of /** @type {any[]} */ (frames)) {
            const target = { context };
            const host = await this.#send("script.evaluate", {
                target,
                awaitPromise: false,
                expression: "document.querySelector(':root > says-who')",
                serializationOptions: { maxDomDepth: 0, includeShadowTree: "all" },
            });
            const root = host.result?.value?.shadowRoot;
            if (!root) continue;
            const answer = await this.#send("script.callFunction", {
                target,
                awaitPromise: false,
                functionDeclaration: `(root, values) => JSON.stringify((${run})(root, ...JSON.parse(values)) ?? null)`,
                arguments: [{ sharedId: root.sharedId }, { type: "string", value: JSON.stringify(values) }],
            });
            if (answer.type !== "success") throw new Error(answer.exceptionDetails?.text);
            return JSON.parse(answer.result.value);
        }
        return null;
    }
}

/** A page of the extension's says so when it shows what it has to show. @param {Page} page */
async function ready(page) {
    await until(
        () =>
            // The page of before goes away under it.
            page.evaluate(() => document.documentElement.dataset["ready"] === "true").catch(() => false),
        "a page of ours that is ready",
    );
}

/**
 * Waits until something holds, looking again at every turn.
 * @template T
 * @param {() => Promise<T>} look
 * @param {string | (() => string)} what for the message when it never does
 * @returns {Promise<Exclude<NonNullable<T>, false | "">>}
 */
export async function until(look, what) {
    const start = performance.now();
    for (;;) {
        const seen = await look();
        if (seen) return /** @type {Exclude<NonNullable<T>, false | "">} */ (seen);
        if (performance.now() - start > PATIENCE)
            throw new Error(`never came: ${typeof what === "string" ? what : what()}`);
        await new Promise((resolve) => setTimeout(resolve, 25));
    }
}
