// The page's figures, read out of the two files that scripts write: nobody types a figure into the page.
//
//   EVALUATION.md: how the engine did on every set ──┐
//   model/CARD.md: what is in a set ─────────────────┴─▶ a row a set

/**
 * @typedef {object} Row
 * @property {string} set
 * @property {string} what  What is in it, in the card's words.
 * @property {string} documents
 * @property {Record<string, number>} figures  By their names in EVALUATION.md; each 0 to 1.
 */

/** Whole news articles, saved pages, and the attributions: what a reader of this page wants to know about. */
const SETS = ["articles-dev", "webpages-dev", "polnear-dev"];

/** The card lists sets of labels; this one measures who said what. */
const POLNEAR = "news of a US election, with every attribution marked by hand (PolNeAR)";

/**
 * @param {string} evaluation  EVALUATION.md
 * @param {string} card  model/CARD.md
 * @returns {Row[]}
 * @throws {Error} Where a set has no figures: a page without them would go unnoticed.
 */
export function readFigures(evaluation, card) {
    const sections = evaluation.split(/^## /m).slice(1);
    return SETS.map((set) => {
        const section = sections.find((one) => one.startsWith(`${set} (`));
        const documents = section && /\((.+?) documents\)/.exec(section)?.[1];
        /** @type {Record<string, number>} */
        const figures = {};
        for (const [, name = "", value] of (section ?? "").matchAll(/^\| ([^|]+?) \| (\d\.\d+) \|/gm)) {
            figures[name] = Number(value);
        }
        if (!documents || Object.keys(figures).length === 0) throw new Error(`EVALUATION.md: no ${set}`);
        return { set, what: set === "polnear-dev" ? POLNEAR : whatIs(set, card), documents, figures };
    });
}

/** @param {string} set @param {string} card */
function whatIs(set, card) {
    const row = card.split("\n").find((line) => line.startsWith(`| \`${set}\` |`));
    const what = row?.split("|")[2]?.split(";")[0]?.trim();
    if (!what) throw new Error(`model/CARD.md: no ${set}`);
    return what;
}
