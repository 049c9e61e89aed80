// Known weaknesses of what the project is built from. The data bases of Rust and npm have to be asked over the network;
// where one can't be, that is said, and nothing else stands in for it: run it again where it can.
//
//   cargo deny check advisories ─▶ found │ none │ could not be asked, and why
//   npm audit, for each lock file ┘

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));

/** @typedef {"none" | { found: string } | { unasked: string }} Outcome */

/** @param {string} program @param {string[]} args */
function run(program, args) {
    const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: root, encoding: "utf8" });
    return { status, stdout: stdout ?? "", stderr: error?.message ?? stderr };
}

/** @returns {Outcome} */
function crates() {
    const { status, stderr } = run("cargo", ["deny", "--all-features", "check", "advisories"]);
    if (status === 0) return "none";
    // A finding is named by its number; everything else that stops it is that it could not look.
    if (/\bRUSTSEC-\d{4}-\d{4}\b/.test(stderr)) return { found: stderr };
    return { unasked: stderr.trim().split("\n")[0] ?? "" };
}

/** @param {string} folder with a package-lock.json @returns {Outcome} */
function packages(folder) {
    const { stdout, stderr } = run("npm", ["audit", "--json", "--prefix", folder]);
    try {
        const { vulnerabilities, message } = JSON.parse(stdout);
        if (!vulnerabilities) return { unasked: String(message) };
        const names = Object.keys(vulnerabilities);
        return names.length === 0 ? "none" : { found: `${names.join(", ")}\n${stdout}` };
    } catch {
        return { unasked: stderr };
    }
}

for (const [what, outcome] of /** @type {[string, Outcome][]} */ ([
    ["crates", crates()],
    ["npm packages", packages(".")],
    ["npm packages of benches/", packages("benches")],
])) {
    if (outcome === "none") {
        console.log(`advisories, ${what}: none`);
    } else if ("unasked" in outcome) {
        console.log(`advisories, ${what}: COULD NOT BE ASKED (${outcome.unasked})`);
    } else {
        console.error(`advisories, ${what}: ${outcome.found}`);
        process.exitCode = 1;
    }
}
