// How the reader's sensitivity moves the line between fact and opinion.
//
//   0 ········ 0.5 ········ 1
//   only the   what the     also what is
//   surest     engine says  only partly opinion
//
// Claims stay claims: whose words they are is no matter of degree.

/** @import { Label, Sentence } from "./pkg/sayswho.js" */

/** At sensitivity 0, the score that an opinion must have. */
const STRICT = 0.9;
/** At sensitivity 1, the opinion's score at which a fact is called one. */
const EAGER = 0.15;

/**
 * What a sentence is called at a sensitivity. An opinion that is not sure enough is called nothing: to call it a fact
 * would say more than is known.
 * @param {Pick<Sentence, "label" | "scores">} sentence
 * @param {number} sensitivity 0 to 1; 0.5 leaves the engine's own labels
 * @returns {Label | null}
 */
export function labelAt({ label, scores }, sensitivity) {
    const distance = 2 * sensitivity - 1;
    if (label === "unattributed-opinion") return scores.opinion >= STRICT * -distance ? label : null;
    if (label === "reported-fact" && distance > 0) {
        const enough = 0.5 - (0.5 - EAGER) * distance;
        return scores.opinion >= enough ? "unattributed-opinion" : label;
    }
    return label;
}
