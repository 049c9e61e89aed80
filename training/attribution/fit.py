"""Fits how the token head's scores are read, and writes src/data/decoding.txt.

    python training/attribution/fit.py [--data DIR] [--model FILE] [--rounds N] [--dry]

Standard library only. Run it again whenever the token head was learnt anew. It has the crate read the model over the
documents of polnear-train that the model never learnt from (src/attribution/decode/dump.rs), moves one setting at a
time to where most attributions come out right on three fifths of them, and says what that is worth on the rest.
"""

import argparse
import bisect
import json
import os
import re
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
from training.corpora import bucket  # noqa: E402  the one place that knows which documents were set aside

ROLES = ("source", "cue", "content")
WORD = re.compile(r"[^\W_]+(?:[’'\-]\w+)*")
SETTINGS = [f"{role} {what}" for role in ROLES for what in ("shift", "open", "split", "vote")]
STEPS = (1.0, 0.5, 0.25)
# How much the words' F1 counts beside that of whole attributions.
WORDS_COUNT = 0.2


def read(path):
    with open(path, encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def unseen(data):
    """The documents of polnear-train from which no weight was learnt."""
    labelled = {d["id"] for d in read(data / "articles-train.jsonl")}
    return [
        d for d in read(data / "polnear-train.jsonl")
        if bucket(d["id"]) < 26 and d["id"] in labelled or d["id"] not in labelled and 20 <= bucket(d["id"]) < 24
    ]


def crate(test, **variables):
    subprocess.run(
        ["cargo", "test", "--quiet", "--lib", f"attribution::decode::dump::{test}"],
        cwd=ROOT, env=dict(os.environ, **variables), check=True, stdout=subprocess.DEVNULL,
    )


def covered(starts, ends, spans):
    out = set()
    for start, end in spans:
        out.update(range(bisect.bisect_right(ends, start), bisect.bisect_left(starts, end)))
    return out


class Gold:
    """Gold attributions as sets of words, as ../shared/eval/score.py has them."""

    def __init__(self, documents):
        self.documents = {}
        for d in documents:
            words = [m.span() for m in WORD.finditer(d["text"])]
            starts, ends = [s for s, _ in words], [e for _, e in words]
            self.documents[d["id"]] = (starts, ends, self.parts(starts, ends, d))

    @staticmethod
    def parts(starts, ends, document):
        return [
            {role: covered(starts, ends, a.get(role) or []) for role in ROLES} for a in document["attributions"]
        ]

    def score(self, answers):
        """Whole attributions' F1, and the mean of the roles' F1 over words: the scorer's rules."""
        found = predicted = total = 0
        words = {role: [0, 0] for role in ROLES}
        for answer in answers:
            if answer["id"] not in self.documents:
                continue
            starts, ends, gold = self.documents[answer["id"]]
            free = self.parts(starts, ends, answer)
            predicted += len(free)
            for role in ROLES:
                ours, theirs = ({w for a in part for w in a[role]} for part in (free, gold))
                words[role][0] += len(ours & theirs)
                words[role][1] += len(ours) + len(theirs)
            for a in gold:
                if not a["content"]:
                    continue
                total += 1
                best = max(free, key=lambda q: len(q["content"] & a["content"]), default=None)
                shared = len(best["content"] & a["content"]) if best else 0
                if not shared or shared * 2 < len(a["content"]) or shared * 2 < len(best["content"]):
                    continue
                free.remove(best)
                found += not a["source"] or bool(best["source"] & a["source"])
        by_words = sum(2 * both / max(1, all_) for both, all_ in words.values()) / len(ROLES)
        return 2 * found / max(1, predicted + total), by_words


def worth(score):
    """What is maximised: whole attributions, and a little the words, so that no role is given up for another."""
    whole, by_words = score
    return whole + WORDS_COUNT * by_words


def text_of(settings):
    return "".join(f"{name} {settings[name]:g}\n" for name in SETTINGS)


def answers(scores, variants):
    """What the crate makes of the scores under each of the settings."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{i}.txt" for i in range(len(variants))]
        for path, settings in zip(paths, variants):
            path.write_text(text_of(settings), encoding="utf8")
        crate("answers", SAYSWHO_SCORES=str(scores), SAYSWHO_SETTINGS=":".join(map(str, paths)))
        return [read(f"{path}.out") for path in paths]


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    ask.add_argument("--model", type=Path, default=ROOT / "model" / "sayswho.bin")
    ask.add_argument("--rounds", type=int, default=4)
    ask.add_argument("--scores", type=Path, help="keep the scores in this file, or take them from there")
    ask.add_argument("--dry", action="store_true", help="fit and write nothing")
    options = ask.parse_args()
    target = ROOT / "src" / "data" / "decoding.txt"
    documents = unseen(options.data)
    tune = Gold([d for d in documents if zlib.crc32(d["id"].encode()) % 5 < 3])
    rest = Gold([d for d in documents if zlib.crc32(d["id"].encode()) % 5 >= 3])
    with tempfile.TemporaryDirectory() as folder:
        scores = options.scores or Path(folder) / "scores.jsonl"
        if not scores.exists():
            source = Path(folder) / "documents.jsonl"
            source.write_text("".join(json.dumps({"id": d["id"], "text": d["text"]}) + "\n" for d in documents), encoding="utf8")
            crate("scores", SAYSWHO_MODEL=str(options.model), SAYSWHO_DOCUMENTS=str(source), SAYSWHO_SCORES=str(scores))

        settings = dict.fromkeys(SETTINGS, 0.0)
        for line in target.read_text(encoding="utf8").splitlines():
            if not line.startswith("#"):
                name, number = line.rsplit(" ", 1)
                settings[name] = float(number)

        def say(what):
            (now,) = answers(scores, [settings])
            shown = [f"{name} {score[0]:.4f}, words {score[1]:.4f}" for name, score in (("tuned on", tune.score(now)), ("on the rest", rest.score(now)))]
            print(f"{what}: whole attributions, {'; '.join(shown)}", flush=True)
            return worth(tune.score(now))

        best = say("as they stand")
        for round_ in range(options.rounds):
            before = best
            step = STEPS[min(round_, len(STEPS) - 1)]
            # All single moves at once, then the good ones one after the other.
            moves = [(name, way * step) for name in SETTINGS for way in (1, -1)]
            variants = [settings | {name: settings[name] + by} for name, by in moves]
            ranked = sorted(zip((worth(tune.score(a)) for a in answers(scores, variants)), moves), reverse=True)
            for score, (name, by) in ranked[:8]:
                if score <= before:
                    break
                tried = settings | {name: settings[name] + by}
                (now,) = answers(scores, [tried])
                if worth(tune.score(now)) > best:
                    settings, best = tried, worth(tune.score(now))
            say(f"round {round_ + 1}, steps of {step}")
        print(text_of(settings))
        if not options.dry:
            note = [line for line in target.read_text(encoding="utf8").splitlines(True) if line.startswith("#")]
            target.write_text("".join(note) + text_of(settings), encoding="utf8")


if __name__ == "__main__":
    main()
