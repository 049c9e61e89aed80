// Everything that the page shares with the extension, named in one place: the painter, the popover, and their words.

import messages from "../extension/_locales/en/messages.json";
import { sayFrom } from "../extension/content/words.js";

export { describe, LABELS, speakersOf, titleOf } from "../extension/content/describe.js";
export { Paint } from "../extension/content/paint.js";
export { COLOURS_CSS, DARK_COLOURS_CSS, POPOVER_CSS, Popover } from "../extension/content/popover.js";
export { labelAt } from "../extension/sensitivity.js";
export { cell, escaped } from "../extension/content/escape.js";
export { inSlices } from "../extension/content/slices.js";
export { offsetAt, rangesFor } from "../extension/content/text.js";

/** @typedef {import("../extension/content/text.js").Collected} Collected */
/** @typedef {import("../extension/content/text.js").Piece} Piece */
/** @typedef {import("../extension/content/describe.js").Say} Say */
/** @typedef {import("../extension/content/describe.js").Description} Description */
/** @typedef {import("../extension/pkg/sayswho.js").Analysis} Analysis */
/** @typedef {import("../extension/pkg/sayswho.js").Attribution} Attribution */
/** @typedef {import("../extension/pkg/sayswho.js").Label} Label */
/** @typedef {import("../extension/pkg/sayswho.js").Sentence} Sentence */
/** @typedef {import("../extension/pkg/sayswho.js").Span} Span */

/** The interface's words, as the extension has them. */
export const say = sayFrom(messages);
