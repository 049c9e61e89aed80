// What the build worked out for the page: the samples' answers, the figures, the hard sentences. See build/stored.js.

import raw from "./dist/stored.json";
import { SAMPLES } from "./samples.js";

/** @import { Analysis } from "../extension/pkg/sayswho.js" */
/** @import { Stored } from "./build/stored.js" */

export const STORED = /** @type {Stored} */ (/** @type {unknown} */ (raw));

/** The engine's answer to a text that is one of the samples, without the engine. @param {string} text @returns {Analysis | undefined} */
export function storedAnswer(text) {
    const sample = SAMPLES.find((one) => one.text === text);
    return sample && STORED.answers[sample.id];
}
