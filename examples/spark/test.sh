#!/usr/bin/env bash
# Labels INPUT with Spark on two local cores and with one process, and compares: examples/spark/test.sh INPUT [--rules]
#
# Needs Java 17 or newer, `pip install pyspark` and `make cli`. PYTHON names the interpreter that has pyspark.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
input=$1
rules=("${@:2}")
sayswho=${SAYSWHO:-$here/../../target/release/sayswho}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

SPARK_LOCAL_IP=127.0.0.1 PYSPARK_SUBMIT_ARGS='--master local[2] pyspark-shell' "${PYTHON:-python3}" \
    "$here/label.py" --sayswho "$sayswho" --partitions 4 "${rules[@]}" "$input" "$work/parts"
[ -e "$work/parts/_SUCCESS" ]
"$sayswho" "${rules[@]}" label --jsonl --offsets chars "$input" >"$work/single" 2>/dev/null || [ $? -eq 1 ]
# Spark numbers the parts in the order of the input.
cat "$work"/parts/part-* | cmp - "$work/single"
printf '%s answers in %s parts, as from one process\n' "$(wc -l <"$work/single")" "$(ls "$work"/parts/part-* | wc -l)"
