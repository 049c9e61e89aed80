"""A corpus with all that goes wrong in one, for test.sh: JSON lines on standard output."""

import json
import sys

SENTENCES = [
    "The bridge opened in 1932 and carries 40,000 cars a day.",
    "“We lost the whole harvest,” said Ada Moss, a farmer.",
    "What a shameful waste of everybody’s money!",
    "Engineers say the cables won’t last another winter. 👩‍👧",
]


def line(number: int) -> bytes:
    """Line `number`: a document, or none."""
    text = " ".join(SENTENCES[(number + at) % 4] for at in range(number % 7))
    document = json.dumps({"id": number, "text": text}, ensure_ascii=number % 2 == 0).encode()
    match number % 20:
        case 3:
            return b""
        case 7:
            return b" \t"
        case 11:
            return document + b"\r"
        case 13:
            return document.replace(b", ", b",\r", 1)  # between two of its parts, where JSON allows it
        case 15:
            return document[:-2]
        case 17:
            return b'{"id": %d}' % number
        case 19:
            return b'{"id": %d, "text": "Caf\xe9."}' % number
    return document


sys.stdout.buffer.writelines(line(number) + b"\n" for number in range(200))
