//! `label --jsonl`: a document a line in, its answer a line out, in constant memory.
//!
//! ```text
//! line ─ {"id", "text"} ─ analyze ─ offsets ─ {"id", "sentences", "attributions", "summary"}
//!   └ unreadable: its number and why on standard error, then the next
//! ```

use std::{
    fmt,
    io::{self, BufRead, BufReader, BufWriter, Read, Write},
    path::PathBuf,
};

use sayswho::{Analysis, Attribution, Engine, Offsets, Sentence, Summary};
use serde::{Deserialize, Deserializer, Serialize, de};
use serde_json::value::RawValue;

use crate::input::Input;

/// A line. Other fields are skipped unread.
#[derive(Deserialize)]
struct Record<'a> {
    /// Kept as it was written, whatever it is: no number loses a digit on the way.
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
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

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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
    id: Option<&'a RawValue>,
    sentences: &'a [Sentence],
    attributions: &'a [Attribution],
    summary: &'a Summary,
}

/// Answers every line of `files`; whether all could be.
pub fn run(engine: &Engine, files: &[PathBuf], unit: Offsets) -> io::Result<bool> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut whole = true;
    for input in Input::all(files) {
        match input.open() {
            Ok(mut lines) => whole &= stream(engine, &input, &mut lines, unit, &mut out)?,
            Err(error) => {
                whole = false;
                anstream::eprintln!("sayswho: {input}: {error}");
            }
        }
    }
    out.flush()?;
    Ok(whole)
}

fn stream(
    engine: &Engine,
    input: &Input,
    lines: &mut BufReader<impl Read>,
    unit: Offsets,
    out: &mut impl Write,
) -> io::Result<bool> {
    let mut whole = true;
    let mut report = |number: usize, reason: &dyn fmt::Display| {
        whole = false;
        anstream::eprintln!("sayswho: {input}, line {number}: {reason}");
    };
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        match lines.read_until(b'\n', &mut line) {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) => {
                report(number, &error);
                break;
            }
        }
        match record(&line, number == 1) {
            Ok(None) => {}
            Ok(Some(Record { id, text: Text(text) })) => {
                let Analysis { sentences, attributions, summary } = engine.analyze(&text).with_offsets(&text, unit);
                let answer = Answer { id, sentences: &sentences, attributions: &attributions, summary: &summary };
                serde_json::to_writer(&mut *out, &answer)?;
                out.write_all(b"\n")?;
            }
            Err(reason) => report(number, &reason),
        }
        // Whoever sends one line and waits gets its answer at once; a long stream is written in large pieces.
        if lines.buffer().is_empty() {
            out.flush()?;
        }
    }
    Ok(whole)
}

fn record(line: &[u8], first: bool) -> Result<Option<Record<'_>>, String> {
    let line = std::str::from_utf8(line).map_err(|error| format!("not UTF-8 from byte {} on", error.valid_up_to()))?;
    let line = if first { line.trim_start_matches('\u{FEFF}') } else { line };
    if line.trim().is_empty() {
        return Ok(None);
    }
    serde_json::from_str(line).map(Some).map_err(|error| {
        // "… at line 1 column 8": the line is ours to count.
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        format!("{message}, at column {}", error.column())
    })
}
