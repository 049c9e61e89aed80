// The articles that a visitor can try. All are invented, people and places too; each shows something different.

import column from "./samples/column.txt";
import feature from "./samples/feature.txt";
import live from "./samples/live.txt";
import press from "./samples/press.txt";
import review from "./samples/review.txt";
import slant from "./samples/slant.txt";
import wire from "./samples/wire.txt";

/**
 * @typedef {object} Sample
 * @property {string} id  In the address: `#sample=wire`.
 * @property {string} name  On the button.
 * @property {string} shows  What to look for, in a sentence.
 * @property {string} text
 */

/** The first one is shown at the start: it has all three labels in its first paragraphs. @type {Sample[]} */
export const SAMPLES = [
    {
        id: "slant",
        name: "Report with a slant",
        shows: "Facts, other people's claims, and the paper's own verdicts slipped in between.",
        text: slant.trim(),
    },
    {
        id: "wire",
        name: "Wire report",
        shows: "The same strike told by a news agency: nearly every claim has a name beside it.",
        text: wire.trim(),
    },
    {
        id: "feature",
        name: "Unnamed sources",
        shows: "Much is attributed, but to whom? “Critics”, “officials”, “a person familiar with the records”.",
        text: feature.trim(),
    },
    {
        id: "column",
        name: "Column",
        shows: "Opinion, openly: prescription, sarcasm, forecast, and a few facts underneath.",
        text: column.trim(),
    },
    {
        id: "review",
        name: "Review",
        shows: "Judgement is the point, and the facts about the play are still facts.",
        text: review.trim(),
    },
    {
        id: "press",
        name: "Press release",
        shows: "A company praises itself in its own voice, and quotes itself doing so.",
        text: press.trim(),
    },
    {
        id: "live",
        name: "Live blog",
        shows: "Short entries, times, page furniture that is no statement at all.",
        text: live.trim(),
    },
];
