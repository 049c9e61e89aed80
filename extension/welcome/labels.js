// What the labels mean, for readers. Its examples are marked as in a page.

import { mark } from "../pages/example.js";
import { make, say, sayAll } from "../pages/say.js";

sayAll();
for (const sentence of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".sentence")))
    setOff(sentence);
mark(document.body);
document.title = say("labelsTitle");
document.documentElement.dataset["ready"] = "true";

/** The telling words stand in brackets in the phrase, and are set off on the page. @param {HTMLElement} sentence */
function setOff(sentence) {
    const parts = (sentence.textContent ?? "").split(/\[(.*?)\]/);
    // Every second part was in brackets.
    sentence.replaceChildren(...parts.map((part, at) => (at % 2 ? make("span", part, "signal") : part)));
}
