// A text with its labels, each sentence with its reasons at the pointer or under focus.

import { describe } from "../content/describe.js";
import { label, showLabels } from "../pages/example.js";
import { make, say } from "../pages/say.js";
import { read } from "../settings.js";

/** @import { Description } from "../content/describe.js" */

/**
 * @param {string} words
 * @param {HTMLElement} example where the text goes
 * @param {HTMLElement} about where the reasons go
 */
export async function tryOut(words, example, about) {
    about.replaceChildren(make("p", say("working"), "quiet"));
    try {
        const [analysis, settings] = await Promise.all([label(words), read()]);
        example.hidden = false;
        showLabels(example, words, analysis, settings, (sentence, span) => {
            const description = describe(sentence, analysis, words, (key, ...values) => say(key, values));
            if (!description) return;
            span.tabIndex = 0;
            span.setAttribute("role", "button");
            const look = () => {
                example.querySelector(".current")?.classList.remove("current");
                span.classList.add("current");
                show(description, about);
            };
            for (const event of ["focus", "pointerenter", "click"]) span.addEventListener(event, look);
        });
        about.replaceChildren(make("p", say("tryHint"), "quiet"));
    } catch (error) {
        example.hidden = true;
        about.replaceChildren(make("p", say(error instanceof Error ? error.message : "noEngine")));
    }
}

/** @param {Description} description @param {HTMLElement} about */
function show(description, about) {
    const reasons = make("ul", "");
    reasons.append(...description.reasons.map((reason) => make("li", reason)));
    about.replaceChildren(
        make("p", description.title, "title"),
        make("p", description.who),
        reasons,
        make("p", description.sureness, "quiet"),
    );
}
