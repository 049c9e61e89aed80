// What a document costs, in counts that don't depend on the machine's mood: `node benches/counts.mjs [PROGRAM]`, after
// `make cli`. Instructions and allocations for the article of a thousand words, by rules and with the model, and the
// functions in which most instructions are spent. What is done once falls out: it is the difference to a text of two words.
// Needs valgrind; some minutes.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const program = process.argv[2] ?? "target/release/sayswho";
const folder = mkdtempSync(join(tmpdir(), "sayswho-"));
const ALLOCATES = /^(?:malloc|calloc|realloc|posix_memalign|aligned_alloc)\b/;

/** Counts by function of labelling `text`: `own` instructions, and `calls` of what allocates. */
function counts(text, options) {
    const file = join(folder, "text.jsonl");
    const out = join(folder, "callgrind");
    writeFileSync(file, JSON.stringify({ text }) + "\n");
    const args = [
        "--tool=callgrind",
        `--callgrind-out-file=${out}`,
        program,
        ...options,
        "label",
        "--jsonl",
        file,
    ];
    execFileSync("valgrind", args, { stdio: ["ignore", "ignore", "ignore"] });
    // Lines of costs ("POSITION COST") belong to the last `fn=`, but for the one after a `calls=`, which is the callee's
    // whole. A name stands in full where its number is first used.
    const names = new Map();
    const named = (line) => {
        const [, number, name] = /=(\(\d+\)) ?(.*)/.exec(line);
        if (name) names.set(number, name);
        return names.get(number);
    };
    const own = new Map();
    let calls = 0;
    let [caller, callee, inclusive] = ["", "", false];
    for (const line of readFileSync(out, "utf8").split("\n")) {
        if (line.startsWith("fn=")) caller = named(line);
        else if (line.startsWith("cfn=")) callee = named(line);
        else if (line.startsWith("calls=")) {
            if (ALLOCATES.test(callee)) calls += Number(/=(\d+)/.exec(line)[1]);
            inclusive = true;
        } else if (/^[+*\d-]/.test(line)) {
            if (!inclusive) own.set(caller, (own.get(caller) ?? 0) + Number(line.split(" ")[1]));
            inclusive = false;
        }
    }
    return { own, calls };
}

const million = (count) => `${(count / 1e6).toFixed(1)} M`;
try {
    const article = readFileSync("benches/article.txt", "utf8");
    for (const [how, options] of Object.entries({ "by rules": ["--rules"], "with the model": [] })) {
        const once = counts("Rain fell.", options);
        const whole = counts(article, options);
        const spent = [...whole.own]
            .map(([name, count]) => [name, count - (once.own.get(name) ?? 0)])
            .sort(([, a], [, b]) => b - a);
        const all = spent.reduce((sum, [, count]) => sum + count, 0);
        console.log(
            `${how}: ${million(all)} instructions, ${whole.calls - once.calls} allocations a document`,
        );
        for (const [name, count] of spent.slice(0, 6)) {
            console.log(`    ${((100 * count) / all).toFixed(1).padStart(5)} %  ${name}`);
        }
    }
} finally {
    rmSync(folder, { recursive: true });
}
