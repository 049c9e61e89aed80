// The interface's words where there is no chrome.i18n to look them up: on the demo page and in tests.

/** @import { Say } from "./describe.js" */

/**
 * @param {Record<string, { message: string, placeholders?: Record<string, { content: string }> }>} messages
 *     the content of `_locales/en/messages.json`
 * @returns {Say} as `chrome.i18n.getMessage`: an unknown key is an empty string
 */
export function sayFrom(messages) {
    return (key, ...values) => {
        const entry = messages[key];
        if (!entry) return "";
        return entry.message.replace(/\$(\w+)\$|\$(\d)/g, (whole, name, number) => {
            const content = name ? entry.placeholders?.[String(name).toLowerCase()]?.content : `$${number}`;
            const position = Number(content?.slice(1));
            return Number.isNaN(position) ? whole : (values[position - 1] ?? "");
        });
    };
}
