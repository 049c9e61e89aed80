// What goes to the stores: the same bytes twice, nothing that does not belong, and no complaint of Firefox's linter.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { strFromU8, unzipSync } from "fflate";

import { packageFor, STORES } from "../../store/package.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

describe("the packages", () => {
    const folder = mkdtempSync(join(tmpdir(), "sayswho-package-"));
    after(() => rmSync(folder, { recursive: true }));

    for (const store of STORES) {
        const bytes = packageFor(store);
        const files = unzipSync(bytes);
        const manifest = JSON.parse(strFromU8(files["manifest.json"] ?? new Uint8Array()));

        test(`${store}: another process, in another time zone, makes the same bytes`, () => {
            execFileSync("node", ["store/package.js", folder], {
                cwd: ROOT,
                env: { ...process.env, TZ: "Pacific/Auckland" },
            });
            assert.ok(readFileSync(join(folder, `sayswho-${store}.zip`)).equals(bytes));
        });

        test(`${store}: all that the manifest and the pages name is in it, and nothing for developers`, () => {
            const names = Object.keys(files);
            const named = [
                ...Object.values(manifest.icons),
                ...Object.values(manifest.action.default_icon),
                manifest.options_ui.page,
                manifest.background.service_worker ?? manifest.background.scripts[0],
                "dist/content.js",
                "content/begin.js",
                "content/paint.css",
                "popup/popup.html",
                "welcome/welcome.html",
                "pkg/sayswho_bg.wasm",
                "pkg/sayswho_relaxed.wasm",
                "relaxed.js",
                "model/sayswho.bin",
            ];
            assert.deepEqual(
                named.filter((name) => !names.includes(name)),
                [],
            );
            for (const name of names.filter((each) => each.endsWith(".html"))) {
                for (const [, path] of strFromU8(files[name] ?? new Uint8Array()).matchAll(
                    /(?:src|href)="([^"#]+)"/g,
                )) {
                    const target = new URL(path ?? "", `https://host/${name}`).pathname.slice(1);
                    assert.ok(names.includes(target), `${name} names ${target}`);
                }
            }
            assert.deepEqual(
                names.filter((name) => /\.md$|\.d\.ts$|\.map$|(^|\/)\./.test(name)),
                [],
            );
        });

        test(`${store}: its bill of materials names what others made, and has the bytes of module and model`, () => {
            const bill = JSON.parse(strFromU8(files["sayswho.cdx.json"] ?? new Uint8Array()));
            assert.equal(bill.bomFormat, "CycloneDX");
            assert.equal(bill.metadata.component.version, manifest.version);
            /** @type {{ type: string, name: string, version: string, licenses: object[], hashes: { content: string }[] }[]} */
            const components = bill.components;
            for (const name of ["pkg/sayswho_bg.wasm", "model/sayswho.bin"]) {
                const hash = createHash("sha256").update(files[name] ?? "");
                assert.equal(
                    components.find((each) => each.name === name)?.hashes[0]?.content,
                    hash.digest("hex"),
                );
            }
            const libraries = components.filter(({ type }) => type === "library");
            const names = libraries.map(({ name }) => name);
            for (const name of [
                "whatlang",
                "wide",
                "serde-wasm-bindgen",
                "rust-std",
                "@mozilla/readability",
            ]) {
                assert.ok(names.includes(name), name);
            }
            // The command line's, a macro, what only tests use, and a tool.
            for (const name of ["clap", "serde_derive", "proptest", "esbuild"]) {
                assert.ok(!names.includes(name), name);
            }
            for (const { name, version, licenses, hashes } of libraries) {
                assert.ok(version && licenses.length > 0, name);
                if (name !== "rust-std") assert.match(hashes[0]?.content ?? "", /^[0-9a-f]{64,128}$/, name);
            }
        });

        test(`${store}: it asks for no site, and for no more than it needs`, () => {
            assert.deepEqual(manifest.permissions, ["activeTab", "contextMenus", "scripting", "storage"]);
            assert.equal(manifest.host_permissions, undefined);
            assert.equal(manifest.content_scripts, undefined);
            assert.deepEqual(manifest.optional_host_permissions, ["http://*/*", "https://*/*"]);
        });
    }

    test("firefox: it collects nothing, and the linter has neither error nor warning", () => {
        const bytes = packageFor("firefox");
        const manifest = JSON.parse(strFromU8(unzipSync(bytes)["manifest.json"] ?? new Uint8Array()));
        assert.deepEqual(manifest.browser_specific_settings.gecko.data_collection_permissions, {
            required: ["none"],
        });
        const file = join(folder, "lint.zip");
        writeFileSync(file, bytes);
        const answer = execFileSync("web-ext", ["lint", "--source-dir", file, "--output", "json"], {
            cwd: folder,
            encoding: "utf8",
            env: { ...process.env, PATH: `${join(ROOT, "node_modules", ".bin")}:${process.env["PATH"]}` },
        });
        const { errors, warnings } = JSON.parse(answer.slice(answer.indexOf("{")));
        assert.deepEqual([...errors, ...warnings], []);
    });
});
