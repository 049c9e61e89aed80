// What content scripts ask the background, as a page of the extension's hears it: ports reach every page of ours.

/** @import { Page } from "puppeteer-core" */

/** @typedef {{ texts: string[], looks: number[], open: number }} Asked all texts and looks since `hear`, and how many ports are open */

/** Begins to listen. @param {Page} own a page of the extension's */
export function hear(own) {
    return own.evaluate(() => {
        /** @type {Asked} */
        const asked = { texts: [], looks: [], open: 0 };
        Object.assign(window, { asked });
        chrome.runtime.onConnect.addListener((port) => {
            asked.open += 1;
            port.onMessage.addListener((message) => {
                if (typeof message.text === "string") asked.texts.push(message.text);
                else if (typeof message.look === "number") asked.looks.push(message.look);
            });
            port.onDisconnect.addListener(() => (asked.open -= 1));
        });
    });
}

/** @param {Page} own @returns {Promise<Asked>} */
export function heard(own) {
    return own.evaluate(() => /** @type {any} */ (window).asked);
}
