// An answer with its offsets in UTF-8 bytes, as the command line gives it. The engine in the page counts UTF-16 code
// units, as JavaScript does.

/** @import { Analysis, Span } from "../shared.js" */

/**
 * @param {Analysis} analysis  Offsets in UTF-16 code units.
 * @param {string} text
 * @returns {Analysis} offsets in UTF-8 bytes
 */
export function inBytes(analysis, text) {
    const bytes = new Uint32Array(text.length + 1);
    for (let at = 0; at < text.length; at += 1) {
        const unit = text.charCodeAt(at);
        const leads = unit >= 0xd800 && unit < 0xdc00 && isTrail(text.charCodeAt(at + 1));
        const trails = isTrail(unit) && at > 0 && /[\ud800-\udbff]/.test(text.charAt(at - 1));
        // A pair takes four bytes, all of them before its second half; half a pair alone becomes U+FFFD, of three.
        const size = leads ? 4 : trails ? 0 : unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
        bytes[at + 1] = (bytes[at] ?? 0) + size;
    }
    const place = (/** @type {number} */ at) => bytes[at] ?? 0;
    const span = (/** @type {Span} */ [start, end]) => /** @type {Span} */ ([place(start), place(end)]);
    return {
        ...analysis,
        sentences: analysis.sentences.map((sentence) => ({
            ...sentence,
            start: place(sentence.start),
            end: place(sentence.end),
            signals: sentence.signals.map((signal) => ({
                ...signal,
                start: place(signal.start),
                end: place(signal.end),
            })),
        })),
        attributions: analysis.attributions.map((attribution) => ({
            ...attribution,
            source: attribution.source.map(span),
            cue: attribution.cue.map(span),
            content: attribution.content.map(span),
        })),
    };
}

/** @param {number} unit */
function isTrail(unit) {
    return unit >= 0xdc00 && unit < 0xe000;
}
