"""`python -m training.fixtures`: inputs of our own with the reference's pieces, windows and logits.

Written for the engine's tests. Offsets are UTF-8 bytes within the sentence. `float` comes from the
8-bit weights with float activations, `int8` from 8-bit activations too, as the engine computes.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from .corpora import Document, Sentence
from .modelfile import Loaded, read
from .windows import assemble, encode_document, fixed

STRINGS = [
    "",
    " \t\u00a0 ",
    "Hello, world!",
    "“It’s over,” she said — then left…",
    "''Quoted like that,'' he wrote, and '''thrice'''.",
    "Café, naïve, Ångström, İstanbul, Straße, ﬁnance, ＦＵＬＬ",
    "zero\u200bwidth and soft\u00adhyphen, e\u0301 combining",
    "日本語 and 한국어 and emoji 🎉🏳️‍🌈 in one",
    "$1,200.50 (up 3.5%) at 9:30 a.m. #tag @name https://example.org/a?b=c",
    "x" * 101 + " " + "y" * 100,
    "antidisestablishmentarianism's re-election–bid",
    "' ' '' \" ''' '\u200b'",
]

ARTICLES: dict[str, list[list[str]]] = {
    "one sentence": [["The council approved the budget on Tuesday by nine votes to four."]],
    "one claim": [["“We will not raise taxes,” Mayor Anna Vance told reporters."]],
    "one opinion": [["This shameful plan will only embolden the vandals who wrote it."]],
    "short article": [
        ["River town votes on bridge"],
        [
            "HARTON (Wire) — Voters in Harton will decide on Sunday whether to replace the iron bridge.",
            "The work would cost 14 million dollars and take two years, according to the city’s engineer.",
        ],
        [
            "“It is that or close it,” engineer Paul Imre said.",
            "“I would not let my own children walk across it.",
            "Nobody should.”",
        ],
        [
            "Critics say the sum is far too low.",
            "A poll by the local paper found that 58 percent favour the plan.",
            "It is, frankly, a scandal that it took the council ten years to ask.",
        ],
        ["Read more: Our guide to the vote", "© 2026 Harton Wire"],
    ],
    "odd characters": [
        ["“Ça suffit !” s’exclama-t-il… – “enough”, he’d said—twice.", "🎉 ''Done,'' she said; it rose 3½ % to €5."],
    ],
    "empty sentence": [["\u200b", "A sentence after one without pieces."]],
}


def _long_article() -> list[list[str]]:
    paragraphs = []
    for n in range(1, 13):
        paragraphs.append(
            [
                f"In district {n} the count ended shortly after midnight, and {1000 + 37 * n} ballots were valid.",
                f"Turnout there was higher than in any election since 19{60 + n}, officials said on Monday.",
                "“We have never seen queues like these,” said Maria Keller, who runs the polling station, "
                "adding that she expected a recount.",
            ]
        )
        if n % 3 == 0:
            paragraphs.append(["What a farce this whole exercise has become!", "Advertisement"])
    return paragraphs


def _very_long_sentence() -> list[list[str]]:
    items = ", ".join(f"item number {n} of the long list" for n in range(1, 60))
    return [["The inventory has these entries.", f"It names {items}.", "That is all, the clerk said."]]


def _document(name: str, paragraphs: list[list[str]]) -> tuple[Document, list[dict]]:
    text, sentences, shown = "", [], []
    for p in paragraphs:
        for k, s in enumerate(p):
            if text:
                text += "\n\n" if k == 0 else " "
            sentences.append(Sentence(len(text), len(text) + len(s)))
            shown.append({"text": s, "paragraph": k == 0})
            text += s
    return Document(name, "fixture", text, sentences), shown


def _bytes(text: str, at: int) -> int:
    return len(text[:at].encode())


def _pieces(loaded: Loaded, text: str) -> list[list[int]]:
    return [[p.id, _bytes(text, p.start), _bytes(text, p.end)] for p in loaded.tokenizer.encode(text)]


def _rounded(rows: torch.Tensor) -> list[list[float]]:
    return [[round(float(x), 4) for x in row] for row in rows]


def build(path: Path) -> dict:
    """All fixtures for a model file."""
    models = {"float": read(path, activations=False), "int8": read(path, activations=True)}
    loaded = models["int8"]
    articles = ARTICLES | {"long article": _long_article(), "very long sentence": _very_long_sentence()}
    documents = []
    for name, paragraphs in articles.items():
        doc, shown = _document(name, paragraphs)
        encoded = encode_document(doc, loaded.tokenizer)
        for s in shown:
            s["pieces"] = _pieces(loaded, s["text"])
        windows = []
        st = loaded.settings
        for w in assemble(encoded, 0, fixed(st.max_tokens), st.left, st.right, local=True):
            ids, owner = torch.tensor([w.ids]), torch.tensor([w.owner])
            entry: dict = {"ids": w.ids, "owner": w.owner, "sentences": w.sentences}
            for kind, model in models.items():
                with torch.no_grad():
                    sentence, token = model.net(ids, owner, len(w.sentences))
                entry[kind] = {"sentence_logits": _rounded(sentence), "token_logits": _rounded(token[0])}
            windows.append(entry)
        documents.append({"name": name, "sentences": shown, "windows": windows})
    return {
        "model": loaded.settings.version,
        "about": "owner: index into the window's `sentences` (themselves indices into the document's), -1 for markers "
        "and context; token_logits has a row for every id of the window",
        "strings": [{"text": s, "pieces": _pieces(loaded, s)} for s in STRINGS],
        "documents": documents,
    }


def main() -> None:
    """Writes the fixtures of a model file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=Path("model/sayswho.bin"))
    parser.add_argument("--out", type=Path, default=Path("model/fixtures.json"))
    args = parser.parse_args()
    args.out.write_text(json.dumps(build(args.model), ensure_ascii=False, separators=(",", ":")) + "\n", "utf8")


if __name__ == "__main__":
    main()
