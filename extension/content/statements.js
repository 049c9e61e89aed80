// The sentences of a page that goes on changing, each with its label and its place.
//
//   read(collected) ─▶ paragraphs ─┬─ said before, here or elsewhere: its answer stands, its ranges follow it
//                                  └─ new: a question, with the paragraph before it to understand it by
//   learn, finish ◀── the engine's answer to a question        ─▶ ranges in the highlight registry
//
// Only what changed is asked about again. A range goes as soon as its text does.

import { labelAt } from "../sensitivity.js";
import { CURRENT_NAME, Highlights, REGISTRY_NAMES, SAID_NAME, SIGNAL_NAME } from "./paint.js";
import { isUnchanged, rangesFor, rangesForSentence } from "./text.js";

/** @import { Analysis, Label, Sentence, SourceKind } from "../pkg/sayswho.js" */
/** @import { Collected, Piece } from "./text.js" */

/**
 * What is asked of the engine at once.
 * @typedef {object} Question
 * @property {string} text
 * @property {Part[]} parts in the order of the text
 * @property {Analysis | null} analysis null while it is coming
 */

/**
 * @typedef {object} Part
 * @property {number} start where the paragraph begins in the question's text
 * @property {string} text
 * @property {boolean} wanted false for what is only there to understand the rest by
 */

/**
 * What is known of one paragraph, wherever in the page it stands.
 * @typedef {object} Answer
 * @property {Question} question
 * @property {number} start
 * @property {Map<number, Sentence>} sentences by where they begin in the question's text
 */

/**
 * A paragraph where it stands now.
 * @typedef {object} Paragraph
 * @property {string} text
 * @property {number} start in the collected text
 * @property {Piece[]} pieces
 * @property {Map<number, Statement>} statements
 */

/**
 * A sentence in the page.
 * @typedef {object} Statement
 * @property {Sentence} sentence
 * @property {Label | null} label after the reader's sensitivity
 * @property {Question} question in whose text the sentence's offsets are
 * @property {string} words on one line
 * @property {Paragraph} paragraph
 * @property {AbstractRange[]} painted
 * @property {AbstractRange[]} signals
 */

/** @typedef {{ name: string, claims: number, kind: SourceKind | "", statements: Statement[] }} Source */

/** A paragraph in front of a new one helps to tell who "he" is, up to this length. */
const MOST_CONTEXT = 1500;

/** Paragraphs that left the page may come back: so many answers are kept for them. */
const MOST_ANSWERS = 3000;

export class Statements {
    #highlights = new Highlights();
    #sensitivity;
    /** @type {Collected} */
    #collected = { text: "", pieces: [] };
    /** @type {Paragraph[]} */
    #paragraphs = [];
    /** @type {Map<string, Answer>} */
    #answers = new Map();
    /** @type {AbstractRange[]} */
    #pointed = [];
    /** @type {AbstractRange[]} */
    #said = [];

    /** @param {number} sensitivity 0 to 1 */
    constructor(sensitivity) {
        this.#sensitivity = sensitivity;
    }

    get collected() {
        return this.#collected;
    }

    /** In the order of the text; those without a label too. @returns {Statement[]} */
    get all() {
        return this.#paragraphs.flatMap(({ statements }) =>
            [...statements.values()].sort((a, b) => a.sentence.start - b.sentence.start),
        );
    }

    /**
     * The page as it is now. Labels of paragraphs that are still there stay.
     * @param {Collected} collected
     * @returns {Question | null} what is new, if anything
     */
    read(collected) {
        /** @type {Map<string, Paragraph[]>} */
        const before = new Map();
        for (const paragraph of this.#paragraphs) {
            const same = before.get(paragraph.text);
            if (same) same.push(paragraph);
            else before.set(paragraph.text, [paragraph]);
        }
        this.#collected = collected;
        this.#paragraphs = paragraphsOf(collected).map((now) => {
            const old = before.get(now.text)?.shift();
            if (!old) return now;
            const moved = !isSame(old.pieces, now.pieces);
            old.start = now.start;
            old.pieces = now.pieces;
            if (moved) for (const statement of old.statements.values()) this.#unpaint(statement);
            return old;
        });
        for (const left of before.values()) {
            for (const { statements } of left)
                for (const statement of statements.values()) this.#unpaint(statement);
        }
        for (const paragraph of this.#paragraphs) this.#update(paragraph);
        return this.#ask();
    }

    /** Some sentences of an answer. @param {Question} question @param {Sentence[]} sentences */
    learn(question, sentences) {
        /** @type {Set<string>} */
        const touched = new Set();
        for (const sentence of sentences) {
            const part = partAt(question.parts, sentence.start);
            const answer = part?.wanted ? this.#answers.get(part.text) : null;
            if (!part || answer?.question !== question || answer.sentences.has(sentence.start)) continue;
            answer.sentences.set(sentence.start, sentence);
            touched.add(part.text);
        }
        for (const paragraph of this.#paragraphs) if (touched.has(paragraph.text)) this.#update(paragraph);
    }

    /** The whole answer, in steps. @param {Question} question @param {Analysis} analysis */
    *finish(question, analysis) {
        question.analysis = analysis;
        for (let at = 0; at < analysis.sentences.length; at += 50) {
            this.learn(question, analysis.sentences.slice(at, at + 50));
            yield;
        }
    }

    /** No answer will come: what was asked may be asked again. @param {Question} question */
    giveUp(question) {
        for (const [text, answer] of this.#answers)
            if (answer.question === question) this.#answers.delete(text);
    }

    /** @param {number} sensitivity */
    setSensitivity(sensitivity) {
        this.#sensitivity = sensitivity;
        for (const statement of this.all) {
            if (labelAt(statement.sentence, sensitivity) === statement.label) continue;
            this.#unpaint(statement);
            this.#paint(statement);
        }
    }

    /** Takes the labels off texts that no longer say what was labelled. @param {Set<Node>} changed */
    drop(changed) {
        const { text } = this.#collected;
        for (const { pieces, statements } of this.#paragraphs) {
            if (!pieces.some((piece) => changed.has(piece.node) && !isUnchanged(piece, text))) continue;
            for (const statement of statements.values()) {
                if (this.rangesOf(statement).length === 0) this.#unpaint(statement);
            }
        }
    }

    /** Where a statement stands; nothing where the page has changed under it. @param {Statement} statement @returns {Range[]} */
    rangesOf({ sentence, question, paragraph }) {
        const answer = this.#answers.get(paragraph.text);
        if (!answer || answer.question !== question) return [];
        const shift = paragraph.start - answer.start;
        return rangesForSentence(this.#collected, sentence.start + shift, sentence.end + shift);
    }

    /** The statement at an offset of the collected text. @param {number} offset @returns {Statement | null} */
    at(offset) {
        const paragraph = this.#paragraphs[lastFrom(this.#paragraphs, offset)];
        const answer = paragraph && this.#answers.get(paragraph.text);
        if (!paragraph || !answer) return null;
        const wanted = offset - paragraph.start + answer.start;
        for (const statement of paragraph.statements.values()) {
            if (statement.sentence.start <= wanted && wanted < statement.sentence.end) return statement;
        }
        return null;
    }

    /** Where in a question the reader is who is at an offset of the page's text. @param {Question} question @param {number} offset */
    lookIn(question, offset) {
        const from = Math.max(0, lastFrom(this.#paragraphs, offset));
        for (const { text, start } of this.#paragraphs.slice(from)) {
            const answer = this.#answers.get(text);
            if (answer?.question === question) return answer.start + Math.max(0, offset - start);
        }
        return 0;
    }

    /** Sets off one statement from the others, or none. @param {Statement | null} statement */
    point(statement) {
        this.#highlights.take(CURRENT_NAME, this.#pointed);
        this.#pointed = statement ? this.#highlights.put(CURRENT_NAME, this.rangesOf(statement)) : [];
    }

    /** Lights up what one source says. @param {Statement[]} statements */
    light(statements) {
        this.#highlights.take(SAID_NAME, this.#said);
        this.#said = this.#highlights.put(
            SAID_NAME,
            statements.flatMap((statement) => this.rangesOf(statement)),
        );
    }

    /** Who is heard, the most heard first. @returns {Source[]} */
    get sources() {
        /** @type {Map<string, Source>} */
        const sources = new Map();
        for (const statement of this.all) {
            const { analysis } = statement.question;
            if (statement.label !== "attributed-claim" || !analysis) continue;
            const names = statement.sentence.attributions.map(
                (index) => analysis.attributions[index]?.speaker,
            );
            for (const name of new Set(names)) {
                if (!name) continue;
                const kind = analysis.summary.sources.find((each) => each.name === name);
                const source = sources.get(name) ?? { name, claims: 0, kind: "", statements: [] };
                source.kind ||= kind?.kind ?? "";
                source.claims += 1;
                source.statements.push(statement);
                sources.set(name, source);
            }
        }
        return [...sources.values()].sort((a, b) => b.claims - a.claims);
    }

    clear() {
        this.#highlights.clear();
        this.#paragraphs = [];
        this.#answers.clear();
    }

    /** @returns {Question | null} */
    #ask() {
        /** @type {Question} */
        const question = { text: "", parts: [], analysis: null };
        const add = (/** @type {Paragraph} */ { text }, /** @type {boolean} */ wanted) => {
            if (question.text !== "") question.text += "\n\n";
            question.parts.push({ start: question.text.length, text, wanted });
            if (wanted) {
                this.#answers.set(text, { question, start: question.text.length, sentences: new Map() });
            }
            question.text += text;
        };
        for (const [index, paragraph] of this.#paragraphs.entries()) {
            if (this.#answers.has(paragraph.text)) continue;
            const before = this.#paragraphs[index - 1];
            const isNext = before?.text === question.parts.at(-1)?.text;
            if (before && !isNext && before.text.length <= MOST_CONTEXT) add(before, false);
            add(paragraph, true);
        }
        const here = new Set(this.#paragraphs.map(({ text }) => text));
        for (const text of this.#answers.keys()) {
            if (this.#answers.size <= MOST_ANSWERS) break;
            if (!here.has(text)) this.#answers.delete(text);
        }
        return question.text === "" ? null : question;
    }

    /** Gives a paragraph the statements that its answer has by now. @param {Paragraph} paragraph */
    #update(paragraph) {
        const answer = this.#answers.get(paragraph.text);
        if (!answer) return;
        const { question } = answer;
        for (const [start, sentence] of answer.sentences) {
            let statement = paragraph.statements.get(start);
            if (statement && statement.question !== question) {
                this.#unpaint(statement);
                statement = undefined;
            }
            if (!statement) {
                const words = question.text.slice(start, sentence.end).replace(/\s+/g, " ").trim();
                const label = sentence.label;
                statement = { sentence, label, question, words, paragraph, painted: [], signals: [] };
                paragraph.statements.set(start, statement);
            }
            if (statement.painted.length === 0) this.#paint(statement);
        }
    }

    /** @param {Statement} statement */
    #paint(statement) {
        const { sentence, paragraph } = statement;
        statement.label = labelAt(sentence, this.#sensitivity);
        if (!statement.label) return;
        const ranges = this.rangesOf(statement);
        if (ranges.length === 0) return;
        statement.painted = this.#highlights.put(REGISTRY_NAMES[statement.label], ranges);
        if (statement.label === "reported-fact") return;
        const shift = paragraph.start - (this.#answers.get(paragraph.text)?.start ?? 0);
        statement.signals = this.#highlights.put(
            SIGNAL_NAME,
            sentence.signals.flatMap(({ start, end }) =>
                rangesFor(this.#collected, start + shift, end + shift),
            ),
        );
    }

    /** @param {Statement} statement */
    #unpaint(statement) {
        if (statement.label) this.#highlights.take(REGISTRY_NAMES[statement.label], statement.painted);
        this.#highlights.take(SIGNAL_NAME, statement.signals);
        statement.painted = statement.signals = [];
    }
}

/** @param {Collected} collected @returns {Paragraph[]} */
function paragraphsOf({ text, pieces }) {
    /** @type {Paragraph[]} */
    const paragraphs = [];
    let piece = 0;
    for (let start = 0; start < text.length;) {
        const blank = text.indexOf("\n\n", start);
        const end = blank < 0 ? text.length : blank;
        const from = piece;
        while (piece < pieces.length && /** @type {Piece} */ (pieces[piece]).start < end) piece += 1;
        paragraphs.push({
            text: text.slice(start, end),
            start,
            pieces: pieces.slice(from, piece),
            statements: new Map(),
        });
        start = end + 2;
    }
    return paragraphs;
}

/** Whether they are the same places of the page. @param {Piece[]} some @param {Piece[]} others */
function isSame(some, others) {
    return (
        some.length === others.length &&
        some.every(({ node, from, length }, index) => {
            const other = /** @type {Piece} */ (others[index]);
            return node === other.node && from === other.from && length === other.length;
        })
    );
}

/** @param {Part[]} parts @param {number} offset */
function partAt(parts, offset) {
    return parts[lastFrom(parts, offset)];
}

/** The index of the last of `starts` that begins at or before an offset. @param {{ start: number }[]} starts @param {number} offset */
function lastFrom(starts, offset) {
    let low = 0;
    let high = starts.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (/** @type {{ start: number }} */ (starts[middle]).start <= offset) low = middle + 1;
        else high = middle;
    }
    return low - 1;
}
