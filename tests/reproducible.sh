#!/usr/bin/env bash
# Builds the WebAssembly modules twice from nothing, in folders of different names, and compares: `make reproducible`.
#
# What could differ: paths of the build, dates, the order of work on several cores. Takes two full builds.
set -euo pipefail
cd "$(dirname "$0")/.."
# What is committed now, and no more.
commit=$(git rev-parse HEAD)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for copy in one another/of/them; do
    mkdir -p "$work/$copy"
    git archive "$commit" | tar -x -C "$work/$copy"
    (
        cd "$work/$copy"
        env -u CARGO_TARGET_DIR -u RUSTFLAGS make --no-print-directory extension/pkg/sayswho_{bg,relaxed}.wasm
        rm -rf target
    ) 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
done
(cd "$work/one/extension/pkg" && sha256sum -- *) | tee "$work/sums"
(cd "$work/another/of/them/extension/pkg" && sha256sum --quiet --check "$work/sums")
echo 'the same bytes from both builds'
