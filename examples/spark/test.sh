#!/usr/bin/env bash
# Labels INPUT with Spark on two local cores and with one process, and compares: examples/spark/test.sh [--rules] [INPUT]
#
# Without INPUT, a made-up corpus with all that goes wrong in one: corpus.py. Needs Java 17 or newer, `make cli`, and the
# packages of requirements.txt, which `make spark` installs; PYTHON names the interpreter that has them.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
python=${PYTHON:-python3}
sayswho=${SAYSWHO:-$here/../../target/release/sayswho}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rules=()
if [ "${1-}" = --rules ]; then
    rules=(--rules)
    shift
fi
input=${1:-$work/corpus.jsonl}
[ $# -gt 0 ] || "$python" "$here/corpus.py" >"$input"

SPARK_LOCAL_IP=127.0.0.1 PYSPARK_SUBMIT_ARGS='--master local[2] pyspark-shell' "$python" \
    "$here/label.py" --sayswho "$sayswho" --partitions 4 "${rules[@]}" "$input" "$work/parts"
[ -e "$work/parts/_SUCCESS" ]
# Spark reads what is not UTF-8 as U+FFFD; for one process it is no text, and refused.
"$python" -c 'import sys; sys.stdout.buffer.write(open(sys.argv[1], "rb").read().decode(errors="replace").encode())' \
    "$input" >"$work/mended"
"$sayswho" "${rules[@]}" label --jsonl --offsets chars "$work/mended" >"$work/single" 2>/dev/null || [ $? -eq 1 ]
[ -s "$work/single" ]
# Spark numbers the parts in the order of the input.
cat "$work"/parts/part-* | cmp - "$work/single"
printf '%s answers in %s parts, as from one process\n' "$(wc -l <"$work/single")" "$(ls "$work"/parts/part-* | wc -l)"
