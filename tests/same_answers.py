#!/usr/bin/env python3
"""Whether two builds of the command line give the same answers, as they must after an optimisation.

usage: tests/same_answers.py OLD NEW [FILE…]     FILE: JSON lines with "text", instead of all of ../shared/data

Each labels every text, by rules and with the model that it carries. Scores may differ by 1e-4, for sums of floats may be
taken in another order; nothing else may. Exits with 1 at the first difference, which it shows. With the model, all of the
data takes an hour of one core. Standard library only.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

DATA = pathlib.Path(__file__).resolve().parent.parent / "../shared/data"
SCORES = {"confidence", "fact", "attributed", "opinion"}
GAP = 1e-4


def read(paths):
    """The texts of each file; one that an earlier file has too is left out."""
    seen = set()
    for path in paths:
        with open(path, encoding="utf8") as lines:
            texts = [json.loads(line)["text"] for line in lines if line.strip()]
        yield path.name, [text for text in texts if not (text in seen or seen.add(text))]


def answers(binary, options, file):
    command = [binary, *options, "label", "--jsonl", "--jobs", "0", file]
    return subprocess.run(command, stdout=subprocess.PIPE, encoding="utf8", check=True).stdout.splitlines()


def difference(old, new, place=""):
    """Where two answers differ, and how; None where they don't."""
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() == new.keys():
        parts = ((old[key], new[key], f"{place}.{key}") for key in old)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        parts = ((old[at], new[at], f"{place}[{at}]") for at in range(len(old)))
    else:
        is_score = place.rsplit(".", 1)[-1] in SCORES and isinstance(old, float) and isinstance(new, float)
        same = abs(old - new) <= GAP if is_score else old == new
        return None if same else f"{place}: {old!r} became {new!r}"
    return next(filter(None, (difference(*part) for part in parts)), None)


def main():
    old, new, *files = sys.argv[1:]
    sets = list(read([pathlib.Path(file) for file in files] or sorted(DATA.glob("*.jsonl"))))
    for options, how in ((["--rules"], "by rules"), ([], "with the model")):
        for name, texts in sets:
            with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
                file.writelines(json.dumps({"id": at, "text": text}) + "\n" for at, text in enumerate(texts))
                file.flush()
                before, after = (answers(binary, options, file.name) for binary in (old, new))
            changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
            for one, other in changed:
                found = difference(json.loads(one), json.loads(other))
                if found:
                    sys.exit(f"{name}, {how}, text {json.loads(one)['id']}: {found}")
            exact = len(before) - len(changed)
            print(f"{name}, {how}: {len(before)} answers are the same, {exact} of them to the byte", flush=True)


if __name__ == "__main__":
    main()
