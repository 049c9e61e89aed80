// The engine's own answer, the same that `sayswho label --json` prints for the text: offsets are UTF-8 bytes, and the
// labels are the engine's at any setting.

import { inBytes } from "./utf8.js";

/** @import { Answer } from "./answer.js" */

/** @param {Answer} answer */
export function toJson({ analysis, text }) {
    return `${JSON.stringify(inBytes(analysis, text))}\n`;
}
