#!/usr/bin/env bash
# Builds the WebAssembly modules twice from nothing, in folders of different names and with crates unpacked in different
# places, and compares: `make reproducible`.
#
# What could differ: paths of the build, dates, the order of work on several cores. Takes two full builds.
set -euo pipefail
cd "$(dirname "$0")/.."
# What is committed now, and no more.
commit=$(git rev-parse HEAD)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for copy in one another/of/them; do
    mkdir -p "$work/$copy" "$work/$copy-cargo"
    git archive "$commit" | tar -x -C "$work/$copy"
    # All that a home of cargo's has, but the crates' sources: those are unpacked anew.
    for kept in "${CARGO_HOME:-$HOME/.cargo}"/{bin,config.toml,registry}; do
        [ -e "$kept" ] && cp -rs "$kept" "$work/$copy-cargo/"
    done
    rm -rf "$work/$copy-cargo/registry/src"
    (
        cd "$work/$copy"
        env -u CARGO_TARGET_DIR -u RUSTFLAGS CARGO_HOME="$work/$copy-cargo" \
            make --no-print-directory extension/pkg/sayswho_{bg,relaxed}.wasm
        rm -rf target
    ) >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
done
(cd "$work/one/extension/pkg" && sha256sum -- *) | tee "$work/sums"
(cd "$work/another/of/them/extension/pkg" && sha256sum --quiet --check "$work/sums")
echo 'the same bytes from both builds'
