// Is the work linear in the text? `make linear`, or `node benches/linear.mjs [PROGRAM]`.
//
// Counts instructions with callgrind, which don't depend on the machine's mood, for hostile texts: by rules up to a
// megabyte, and with the model but for its layers (they take the same work for each window, hundreds of times the rest)
// up to a quarter of that. Each text is taken once, at eight times and at an eighth of the length; what is done once a run
// falls out of the differences. Exits with 1 where eight times the text takes more than 8.5 times the work. Needs
// valgrind; takes half an hour of two cores.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { withoutLayers } from "./layerless.mjs";

const program = process.argv[2] ?? "target/release/sayswho";
const folder = mkdtempSync(join(tmpdir(), "sayswho-"));
const model = join(folder, "model.bin");
writeFileSync(model, withoutLayers(readFileSync(new URL("../model/sayswho.bin", import.meta.url))));
/** What eight times the text may take: 8, and what sorting and the alignment of blocks of memory add. */
const BOUND = 8.5;
/** @type {{ name: string, options: string[], size: number }[]} */
const PATHS = [
    { name: "by rules", options: ["--rules"], size: 128 * 1024 },
    { name: "with a model", options: ["--model", model], size: 32 * 1024 },
];
const run = promisify(execFile);

/** Instructions to label `text`, with the program's start. */
async function instructions(name, options, text) {
    const [file, log] = ["json", "log"].map((kind) => join(folder, `${name}.${kind}`));
    writeFileSync(file, JSON.stringify({ text }) + "\n");
    const count = ["--tool=callgrind", "--callgrind-out-file=/dev/null", `--log-file=${log}`];
    const output = join(folder, `${name}.answer`);
    await run("valgrind", [...count, program, ...options, "label", "--jsonl", "--output", output, file]);
    rmSync(output);
    return Number(/Collected : (\d+)/.exec(readFileSync(log, "utf8"))?.[1]);
}

/** Pieces in an order that repeats only after long, the same in every run. */
function mixed(pieces, size) {
    let seed = 1;
    let text = "";
    while (text.length < size) {
        seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
        text += pieces[Math.floor((seed / 2 ** 32) * pieces.length)];
    }
    return text;
}

const NEWS =
    "the |mayor |Lee |Mr. |U.S. |Sen. |J. |5 |1,000 |said |say |She |don’t |voters’ |. |. |. |! |? |… |, |: |—|“|”|\"|'|‘|’|(|) |\n|\n\n|\u{a0}|\u{301}|👩\u{200d}👧 |must |shameful |according to |By Ann Lee |Photo: |العربية |新闻。";

/** A piece to repeat, or pieces to mix. @type {Record<string, string | string[]>} */
const TEXTS = {
    "ordinary sentences": "The mayor said the bridge, which opened in 1932, was safe. ",
    "no full stop": "the mayor of the town went on ",
    "one endless line": "The mayor spoke. ",
    "quotation marks alone": "“",
    "straight quotation marks": '"a ',
    "quotations never closed": "“We lost it\n\n",
    "quotations in one sentence": "“It is bad,” a shameful ",
    "quotations with speakers in one sentence": "“It is bad,” said Ada Moss, and ",
    "one word without an end": "a",
    capitals: "THE MAYOR OF THE TOWN ",
    "sentences in capitals": "THE MAYOR SAID IT. ",
    "combining marks": "e\u0301\u0302\u0303",
    "combining marks alone": "\u0301",
    apostrophes: "a' b ",
    abbreviations: "U.S. Mr. ",
    "full stops": ". ",
    "brackets opened": "(a ",
    "blank lines": "a\n\n",
    "line ends": "a\n",
    speakers: "Ada Moss said so. ",
    "he said": "he said ",
    "names in a row": "Ada Moss Lee ",
    "opinion words": "shameful disastrous must ",
    bylines: "By Ann Lee\n\n",
    questions: "Q: Why?\n\nA: Because.\n\n",
    emoji: "👩\u200d👧 ",
    "mixed pieces": NEWS.split("|"),
    "mixed marks": [..."“”\"'‘’().,:;—… a"],
};

/** Instructions for `piece` at an eighth, once and eight times the path's length. */
async function measure(name, piece, { options, size }) {
    const counts = [];
    for (const length of [size / 8, size, 8 * size]) {
        const repeated =
            typeof piece === "string" && piece.repeat(Math.ceil(length / Buffer.byteLength(piece)));
        counts.push(await instructions(name, options, repeated || mixed(piece, length)));
    }
    const [less, once, more] = counts;
    return { each: (more - once) / (7 * size), growth: (more - once) / (once - less) };
}

try {
    for (const path of PATHS) {
        console.log(
            `${path.name}, up to ${path.size / 128} KB\ninstructions a byte   at 8 times   hostile text`,
        );
        const texts = Object.entries(TEXTS);
        // Two at once: a text that takes long holds up none but itself.
        const worker = async (number) => {
            for (let next = texts.shift(); next; next = texts.shift()) {
                const [name, piece] = next;
                const { each, growth } = await measure(`${number}`, piece, path);
                // Also where a count is missing.
                const linear = growth <= BOUND;
                if (!linear) process.exitCode = 1;
                const figures = [each.toFixed(0).padStart(19), `× ${growth.toFixed(2)}`.padStart(12)];
                console.log(`${figures.join(" ")}   ${name}${linear ? "" : "  NOT LINEAR"}`);
            }
        };
        await Promise.all([worker(1), worker(2)]);
    }
} finally {
    rmSync(folder, { recursive: true });
}
