// What the project is built from: only from the public registries, by checksum, under known licences, each direct
// dependency with its reason. `cargo deny` looks deeper (deny.toml); this needs nothing that is not on the machine.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import test from "node:test";

const root = new URL("../", import.meta.url);
const read = (/** @type {string} */ path) => readFileSync(new URL(path, root), "utf8");

/** Licences of tools, which ship in nothing, may be wider than those of what ships. */
const SHIPS = /^(?:MIT|Apache-2\.0|BSD-[23]-Clause|ISC)$/;
const TOOLS =
    /^(?:MIT|Apache-2\.0|BSD|BSD-[23]-Clause|0BSD|ISC|BlueOak-1\.0\.0|CC0-1\.0|MPL-2\.0|Python-2\.0|Zlib)$/;

/**
 * Whether a licence expression can be met: one side of each OR, all sides of each AND.
 * @param {string} expression
 * @param {RegExp} allowed
 */
function meets(expression, allowed) {
    return expression
        .replace(/[()]/g, "")
        .split(/ OR |\//)
        .some((side) => side.split(" AND ").every((licence) => allowed.test(licence)));
}

for (const lock of ["package-lock.json", "benches/package-lock.json"]) {
    test(`${lock}: each package by its checksum, from no host in particular, under a known licence`, () => {
        const { packages } = JSON.parse(read(lock));
        const names = Object.keys(packages).filter((name) => name !== "");
        assert.ok(names.length > 10);
        for (const name of names) {
            const { integrity, resolved, license, dev, version } = packages[name];
            assert.match(integrity ?? "", /^sha512-[\w+/]{86}==$/, name);
            assert.equal(
                resolved,
                undefined,
                `${name}: a host in the lock file (omit-lockfile-registry-resolved)`,
            );
            assert.match(version, /^\d+\.\d+\.\d+/, name);
            const ships = lock === "package-lock.json" && !dev;
            assert.ok(meets(license, ships ? SHIPS : TOOLS), `${name}: ${license}`);
        }
    });
}

for (const lock of ["Cargo.lock", "fuzz/Cargo.lock"]) {
    test(`${lock}: each crate by its checksum, from crates.io`, () => {
        const crates = read(lock).split("[[package]]").slice(1);
        assert.ok(crates.length > 50);
        for (const crate of crates) {
            const name = /^name = "(.+)"$/m.exec(crate)?.[1];
            if (name === "sayswho" || name === "sayswho-fuzz") continue;
            assert.match(
                crate,
                /^source = "registry\+https:\/\/github\.com\/rust-lang\/crates\.io-index"$/m,
                name,
            );
            assert.match(crate, /^checksum = "[0-9a-f]{64}"$/m, name);
        }
    });
}

test("CONTRIBUTING.md gives each direct dependency's reason, and no other's", () => {
    const table = read("CONTRIBUTING.md").split("## Dependencies")[1] ?? "";
    const listed = new Set([...table.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1]));
    const cargo = JSON.parse(
        execFileSync("cargo", ["metadata", "--format-version=1", "--no-deps", "--offline"], {
            cwd: root,
            encoding: "utf8",
            stdio: ["ignore", "pipe", "ignore"],
        }),
    ).packages[0].dependencies.map((/** @type {{ name: string }} */ { name }) => name);
    const npm = JSON.parse(read("package.json"));
    const used = new Set([...cargo, ...Object.keys({ ...npm.dependencies, ...npm.devDependencies })]);
    assert.deepEqual([...listed].sort(), [...used].sort());
});

test("nothing runs at an install", () => {
    const npm = JSON.parse(read("package.json"));
    assert.deepEqual(npm.scripts, {});
    assert.match(read(".ci/toolchain"), /npm ci --ignore-scripts/);
});
