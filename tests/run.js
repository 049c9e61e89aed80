// Runs every stage of `make test`, one after the other, and ends with one total.
//
// A stage that fails does not stop the ones after it, so that one run shows all that is wrong; a test stage in which no
// test ran has failed, whatever its exit status.

import { spawn } from "node:child_process";

/** @typedef {{ name: string, command: string[], tests?: boolean, env?: Record<string, string> }} Stage */

/** In ms: several times what the longest file takes on a slow machine. One that hangs fails, and the others go on. */
const PATIENCE = 900_000;

const BROWSER_TESTS = ["node", "--test", "--test-concurrency=2", `--test-timeout=${PATIENCE}`];

/** @type {Stage[]} */
const STAGES = [
    { name: "format: Rust", command: ["cargo", "fmt", "--check"] },
    { name: "format: the rest", command: ["prettier", "--check", "--log-level=warn", "."] },
    {
        name: "lint: Rust",
        command: ["cargo", "clippy", "--quiet", "--all-targets", "--features", "cli", "--", "-D", "warnings"],
    },
    {
        name: "lint: Rust for WebAssembly",
        command: [
            "cargo",
            "clippy",
            "--quiet",
            "--target",
            "wasm32-unknown-unknown",
            "--lib",
            "--",
            "-D",
            "warnings",
        ],
    },
    {
        // They share sources with the crate, and nobody builds them from one long fuzzing to the next.
        name: "lint: Rust for fuzzing",
        command: [
            "cargo",
            "clippy",
            "--quiet",
            "--locked",
            "--manifest-path",
            "fuzz/Cargo.toml",
            "--target-dir",
            "target/fuzz",
            "--",
            "-D",
            "warnings",
        ],
        // Nothing is linked: its C++ need not be compiled.
        env: { CUSTOM_LIBFUZZER_PATH: "none/libnone.a" },
    },
    { name: "lint: JavaScript", command: ["eslint", "--max-warnings=0", "."] },
    { name: "types: JavaScript", command: ["tsc"] },
    {
        name: "docs",
        command: ["cargo", "doc", "--quiet", "--no-deps", "--features", "cli"],
        env: { RUSTDOCFLAGS: "-D warnings" },
    },
    { name: "native", command: ["cargo", "test", "--quiet", "--features", "cli"], tests: true },
    {
        name: "WebAssembly in headless Chrome",
        command: [
            "wasm-pack",
            "test",
            "--mode",
            "no-install",
            "--headless",
            "--chrome",
            "--test",
            "wasm",
            "--test",
            "same_numbers",
        ],
        tests: true,
    },
    { name: "budgets", command: ["node", "--test", "tests/budgets.test.js"], tests: true },
    {
        name: "guard: what ships, what it says, what it is built from",
        command: [
            "node",
            "--test",
            "tests/guard.test.js",
            "tests/messages.test.js",
            "tests/supply-chain.test.js",
        ],
        tests: true,
    },
    {
        name: "demo page in both browsers",
        command: [...BROWSER_TESTS, "tests/demo/"],
        tests: true,
    },
    {
        name: "extension in both browsers",
        command: [...BROWSER_TESTS, "tests/e2e/"],
        tests: true,
    },
];

/** How the runners used here say how many tests passed and failed. */
const TOTALS = [
    /^test result: \w+\. (?<passed>\d+) passed; (?<failed>\d+) failed/gm, // cargo test, wasm-bindgen-test
    /^(?:ℹ|#) pass (?<passed>\d+)$/gm, // node:test
    /^(?:ℹ|#) (?:fail|cancelled) (?<failed>\d+)$/gm,
];

/**
 * @param {Stage} stage
 * @returns {Promise<{ ok: boolean, passed: number, failed: number, seconds: number, output: string }>}
 */
async function run(stage) {
    console.log(`\n── ${stage.name}: ${stage.command.join(" ")}`);
    const start = performance.now();
    const [program = "", ...args] = stage.command;
    const child = spawn(program, args, {
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, ...stage.env },
    });
    let output = "";
    for (const [from, to] of /** @type {const} */ ([
        [child.stdout, process.stdout],
        [child.stderr, process.stderr],
    ])) {
        from.setEncoding("utf8").on("data", (text) => {
            output += text;
            to.write(text);
        });
    }
    const status = await new Promise((resolve) => {
        child.on("error", (error) => {
            console.error(`${program}: ${error.message}`);
            resolve(127);
        });
        child.on("close", (code) => resolve(code));
    });
    let passed = 0;
    let failed = 0;
    for (const total of TOTALS) {
        for (const { groups } of output.matchAll(total)) {
            passed += Number(groups?.passed ?? 0);
            failed += Number(groups?.failed ?? 0);
        }
    }
    const ok = status === 0 && (!stage.tests || passed > 0);
    // A stage without tests of its own counts as one.
    if (!stage.tests) passed = ok ? 1 : 0;
    if (!ok && failed === 0) failed = 1;
    return { ok, passed, failed, seconds: (performance.now() - start) / 1000, output };
}

/**
 * What of a failed stage's output says why: each failed test with the lines after it, or the last lines.
 *
 * @param {string} output
 */
function telling(output) {
    const lines = output.trimEnd().split("\n");
    /** @type {Set<number>} */
    const kept = new Set();
    for (const [at, line] of lines.entries()) {
        if (!/^\s*not ok |^error|panicked at|^\s*✖ /.test(line)) continue;
        for (let next = at; next < Math.min(at + 12, lines.length); next += 1) kept.add(next);
    }
    if (kept.size === 0) return lines.slice(-20).join("\n");
    return [...kept]
        .slice(0, 60)
        .map((at) => lines[at])
        .join("\n");
}

const wanted = process.argv.slice(2);
let passed = 0;
let failed = 0;
const rows = [];
const failures = [];
for (const stage of STAGES.filter(
    ({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
)) {
    const result = await run(stage);
    passed += result.passed;
    failed += result.failed;
    if (!result.ok) failures.push({ name: stage.name, output: result.output });
    rows.push(
        `${result.ok ? "ok    " : "FAILED"}  ${result.seconds.toFixed(0).padStart(4)} s  ${String(result.passed).padStart(4)}  ${stage.name}`,
    );
}
// Of a long run, often only the end is kept or looked at.
for (const { name, output } of failures) console.log(`\n── ${name} failed:\n${telling(output)}`);
console.log(`\n${rows.join("\n")}\n\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
