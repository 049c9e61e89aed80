// Is the work linear in the text? `node benches/linear.mjs [PROGRAM]` counts instructions with callgrind, which don't
// depend on the machine's mood, for hostile texts of 32 KB, an eighth and eight times that. What is done once falls out
// of the differences. Exits with 1 where eight times the text takes more than ten times the work. Needs valgrind, and
// `make cli`.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const program = process.argv[2] ?? "target/release/sayswho";
const SIZE = 32 * 1024;
const folder = mkdtempSync(join(tmpdir(), "sayswho-"));

/** Instructions to label `text` by rules, with the program's start. */
function instructions(text) {
    const file = join(folder, "text");
    writeFileSync(file, JSON.stringify({ text }) + "\n");
    const args = [
        "--tool=callgrind",
        "--callgrind-out-file=/dev/null",
        program,
        "--rules",
        "label",
        "--jsonl",
        file,
    ];
    const { stderr } = run("valgrind", args);
    return Number(/Collected : (\d+)/.exec(stderr)?.[1]);
}

function run(command, args) {
    const log = join(folder, "log");
    execFileSync(command, [`--log-file=${log}`, ...args], { stdio: ["ignore", "ignore", "inherit"] });
    return { stderr: execFileSync("cat", [log], { encoding: "utf8" }) };
}

const TEXTS = {
    "ordinary sentences": "The mayor said the bridge, which opened in 1932, was safe. ",
    "no full stop": "the mayor of the town went on ",
    "quotation marks alone": "“",
    "straight quotation marks": '"a ',
    "quotations never closed": "“We lost it\n\n",
    "one word without an end": "a",
    capitals: "THE MAYOR OF THE TOWN ",
    "combining marks": "e\u0301\u0302\u0303",
    apostrophes: "a' b ",
    abbreviations: "U.S. Mr. ",
    "brackets opened": "(a ",
    "blank lines": "a\n\n",
    speakers: "Ada Moss said so. ",
    "he said": "he said ",
    "names in a row": "Ada Moss Lee ",
    "opinion words": "shameful disastrous must ",
    bylines: "By Ann Lee\n\n",
    emoji: "👩\u200d👧 ",
};

try {
    console.log("instructions a byte   at 8 times   hostile text");
    for (const [name, piece] of Object.entries(TEXTS)) {
        const repeat = (size) => piece.repeat(Math.ceil(size / Buffer.byteLength(piece)));
        const [less, once, more] = [SIZE / 8, SIZE, 8 * SIZE].map((size) => instructions(repeat(size)));
        const growth = (more - once) / (once - less);
        const figures = [
            ((more - once) / (7 * SIZE)).toFixed(0).padStart(19),
            `× ${growth.toFixed(2)}`.padStart(12),
        ];
        console.log(`${figures.join(" ")}   ${name}${growth > 10 ? "  NOT LINEAR" : ""}`);
        if (growth > 10) process.exitCode = 1;
    }
} finally {
    rmSync(folder, { recursive: true });
}
