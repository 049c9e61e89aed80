//! One line of a stream, and its answer.
//!
//! ```text
//! line ─ {"id", "text"} ─ analyze ─ offsets ─ {"id", "sentences", "attributions", "summary"}
//!   └ unreadable ───────────────────────────── {"id", "error"}
//! ```

use sayswho::{Analysis, Attribution, Engine, Offsets, Sentence, Summary};
use serde::{Deserialize, Deserializer, Serialize, de};
use serde_json::value::RawValue;

/// Kept as it was written, whatever it is: no number loses a digit on the way. `null` where there is none.
type Id<'a> = Option<&'a RawValue>;

/// Of any line, also one that is no document: whose answer it gets. Other fields are checked to be JSON, no more.
#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow, default)]
    id: Id<'a>,
}

/// Of a document.
#[derive(Deserialize)]
struct Body {
    text: Text,
}

/// A JSON string of which unpaired surrogates are replaced by U+FFFD.
///
/// Python writes a broken UTF-16 text as `"\ud800"`. serde_json refuses that for a `String`, but hands it over as the
/// three bytes ED A0..BF xx when asked for bytes. U+FFFD is as long in UTF-8, in UTF-16 and in code points, so offsets
/// hold in the sender's text too.
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Text;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a string in \"text\"")
            }

            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Text, E> {
                let mut bytes = bytes.to_vec();
                for at in 0..bytes.len().saturating_sub(2) {
                    // No other sequence of UTF-8 has A0..BF after ED.
                    if bytes[at] == 0xED && bytes[at + 1] >= 0xA0 {
                        bytes[at..at + 3].copy_from_slice("\u{FFFD}".as_bytes());
                    }
                }
                String::from_utf8(bytes).map(Text).map_err(|_| E::custom("the text is not UTF-8"))
            }
        }
        deserializer.deserialize_bytes(Visitor)
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    id: Id<'a>,
    sentences: &'a [Sentence],
    attributions: &'a [Attribution],
    summary: &'a Summary,
}

#[derive(Serialize)]
struct Refusal<'a> {
    id: Id<'a>,
    error: &'a str,
}

/// What is written for one line.
#[derive(Debug)]
pub struct Answered {
    /// A JSON object, with the end of its line.
    pub json: Vec<u8>,
    /// Why the line is no document.
    pub error: Option<String>,
}

/// Labels the document in `line`.
pub fn answer(engine: &Engine, line: &[u8], unit: Offsets) -> Answered {
    match document(line) {
        Ok((Named { id }, Body { text: Text(text) })) => {
            let Analysis { sentences, attributions, summary } = engine.analyze(&text).with_offsets(&text, unit);
            let answer = Answer { id, sentences: &sentences, attributions: &attributions, summary: &summary };
            Answered { json: json(&answer), error: None }
        }
        Err(error) => refuse(id(line), error),
    }
}

/// The answer to a line that can't be labelled.
pub fn refuse(id: Id, error: String) -> Answered {
    Answered { json: json(&Refusal { id, error: &error }), error: Some(error) }
}

/// The `id` in a line, of a document or of an answer, as it was written.
pub fn id(line: &[u8]) -> Id<'_> {
    serde_json::from_slice::<Named>(line).ok().filter(|_| is_object(line)).and_then(|named| named.id)
}

/// Whether `line` is a whole answer: a JSON object and the end of its line.
pub fn is_answer(line: &[u8]) -> bool {
    line.ends_with(b"\n") && is_object(line) && serde_json::from_slice::<Named>(line).is_ok()
}

/// serde takes `["a", "b"]` for `{"id": "a", "text": "b"}` too; nobody who writes that means it.
fn is_object(line: &[u8]) -> bool {
    line.trim_ascii_start().starts_with(b"{")
}

/// How many sentences `answer` has; `None` where it is an error.
pub fn sentences(answer: &[u8]) -> Option<usize> {
    #[derive(Deserialize)]
    struct Labelled {
        sentences: Vec<de::IgnoredAny>,
    }
    serde_json::from_slice::<Labelled>(answer).ok().map(|labelled| labelled.sentences.len())
}

/// How much the document in `line` tells of the unit of an answer's offsets: 0 where all units are alike, 1 where some
/// character is of several bytes, 2 where one is of two UTF-16 code units too.
pub fn width(line: &[u8]) -> usize {
    let Ok((_, Body { text: Text(text) })) = document(line) else { return 0 };
    match text.chars().max() {
        Some('\u{10000}'..) => 2,
        Some('\u{80}'..) => 1,
        _ => 0,
    }
}

fn json(answer: &impl Serialize) -> Vec<u8> {
    let mut json = Vec::with_capacity(1 << 12);
    // Into memory, and with no map whose keys could be no strings: it can't fail.
    let _ = serde_json::to_writer(&mut json, answer);
    json.push(b'\n');
    json
}

fn document(line: &[u8]) -> Result<(Named<'_>, Body), String> {
    let line = std::str::from_utf8(line).map_err(|error| format!("not UTF-8 from byte {} on", error.valid_up_to()))?;
    if !is_object(line.as_bytes()) {
        return Err("not a JSON object".to_owned());
    }
    // Twice: asked for bytes, as `Text` does, serde_json lets control characters pass that no JSON string may have.
    let both = serde_json::from_str(line).and_then(|named| Ok((named, serde_json::from_str(line)?)));
    both.map_err(|error| {
        // "… at line 1 column 8": the line is not ours to count here.
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        format!("{message}, at column {}", error.column())
    })
}
