// The software bill of materials of a package, in CycloneDX's JSON: what was made by others and is in it, and the bytes
// of module and model.
//
//   cargo's resolution for WebAssembly ─ without macros and what they need ─┐
//   packages that esbuild names in the bundle ── package-lock.json ─────────┼─▶ sayswho.cdx.json
//   module, model ── SHA-256 ───────────────────────────────────────────────┘
//
// No date, no number of its own, all in order: the same files give the same bytes.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** @param {string} path */
const read = (path) => readFileSync(join(ROOT, path));

/** @param {string} program @param {string[]} args */
const output = (program, ...args) =>
    execFileSync(program, args, { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 28 });

/**
 * @typedef {object} Crate
 * @property {string} id
 * @property {string} name
 * @property {string} version
 * @property {string} license
 * @property {{ kind: string[] }[]} targets
 */
/** @typedef {{ id: string, deps: { pkg: string, dep_kinds: { kind: string | null }[] }[] }} Node */

/** The crates that are compiled into the module, and the standard library. */
function crates() {
    /** @type {{ packages: Crate[], resolve: { root: string, nodes: Node[] } }} */
    const { packages, resolve } = JSON.parse(
        output(
            "cargo",
            "metadata",
            "--format-version=1",
            "--offline",
            "--locked",
            "--filter-platform=wasm32-unknown-unknown",
        ),
    );
    const isMacro = (/** @type {Crate} */ { targets }) =>
        targets.some(({ kind }) => kind.includes("proc-macro"));
    const crateOf = new Map(packages.filter((each) => !isMacro(each)).map((each) => [each.id, each]));
    const nodeOf = new Map(resolve.nodes.map((node) => [node.id, node]));
    const reached = new Set([resolve.root]);
    // A set's walk goes on to what is added meanwhile.
    for (const id of reached) {
        for (const { pkg, dep_kinds } of nodeOf.get(id)?.deps ?? []) {
            if (crateOf.has(pkg) && dep_kinds.some(({ kind }) => kind === null)) reached.add(pkg);
        }
    }
    reached.delete(resolve.root);
    const lock = read("Cargo.lock").toString();
    const libraries = [...reached].map((id) => {
        const { name, version, license } = /** @type {Crate} */ (crateOf.get(id));
        const entry = lock
            .split("[[package]]")
            .find((each) => each.includes(`"${name}"\nversion = "${version}"`));
        const checksum = /^checksum = "([0-9a-f]{64})"$/m.exec(entry ?? "")?.[1];
        if (!checksum) throw new Error(`Cargo.lock has no checksum of ${name} ${version}`);
        return library(`pkg:cargo/${name}@${version}`, name, version, license, "SHA-256", checksum);
    });
    const version = /^release: (.+)$/m.exec(output("rustc", "-vV"))?.[1] ?? "";
    return [
        ...libraries,
        library(`pkg:generic/rust-std@${version}`, "rust-std", version, "MIT OR Apache-2.0"),
    ];
}

/** The packages that are in the content script. */
function bundled() {
    const { packages } = JSON.parse(read("package-lock.json").toString());
    const bundle = read("extension/dist/content.js").toString();
    const paths = new Set(
        [...bundle.matchAll(/^ *\/\/ (node_modules\/(?:@[\w-]+\/)?[\w.-]+)\//gm)].map(
            ([, path = ""]) => path,
        ),
    );
    return [...paths].map((path) => {
        const { version, license, integrity } = packages[path];
        const name = path.slice("node_modules/".length);
        const hash = Buffer.from(integrity.slice("sha512-".length), "base64").toString("hex");
        return library(
            `pkg:npm/${name.replace("@", "%40")}@${version}`,
            name,
            version,
            license,
            "SHA-512",
            hash,
        );
    });
}

/** @param {string} purl @param {string} name @param {string} version @param {string} license @param {string} [alg] @param {string} [content] */
function library(purl, name, version, license, alg, content) {
    return {
        type: "library",
        "bom-ref": purl,
        name,
        version,
        licenses: [{ expression: license.replaceAll("/", " OR ") }],
        purl,
        ...(alg ? { hashes: [{ alg, content }] } : {}),
    };
}

/** @param {"file" | "machine-learning-model"} type @param {string} name */
function built(type, name) {
    const content = createHash("sha256")
        .update(read(`extension/${name}`))
        .digest("hex");
    return { type, "bom-ref": name, name, hashes: [{ alg: "SHA-256", content }] };
}

/** @returns {Uint8Array} */
export function materials() {
    const { name, version, license } = JSON.parse(read("package.json").toString());
    const libraries = [...crates(), ...bundled()].sort((one, other) => (one.purl < other.purl ? -1 : 1));
    const bill = {
        bomFormat: "CycloneDX",
        specVersion: "1.6",
        version: 1,
        metadata: {
            component: {
                type: "application",
                "bom-ref": name,
                name,
                version,
                licenses: [{ expression: license }],
            },
        },
        components: [
            built("file", "pkg/sayswho_bg.wasm"),
            built("machine-learning-model", "model/sayswho.bin"),
            ...libraries,
        ],
    };
    return new TextEncoder().encode(`${JSON.stringify(bill, null, 2)}\n`);
}
