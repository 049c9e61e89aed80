//! The features of gold documents, for `training/rules/fit.py`.
//!
//! A test, so that it needs no door into the crate: it does nothing unless `SAYSWHO_DUMP` names the files to read
//! (parted by `:`) and `SAYSWHO_DUMP_TO` the file to write, one JSON object a sentence.

use std::io::{BufRead, Write};

use serde_json::{Value, json};

use super::{
    features::{self, Feature, Role, Seen},
    voice,
};
use crate::{
    attribution, furniture,
    reasons::{self, Words},
    span::{OffsetTable, Offsets},
    text::Document,
};

#[test]
fn dump() -> Result<(), Box<dyn std::error::Error>> {
    let (Ok(files), Ok(to)) = (std::env::var("SAYSWHO_DUMP"), std::env::var("SAYSWHO_DUMP_TO")) else {
        return Ok(());
    };
    let mut to = std::io::BufWriter::new(std::fs::File::create(to)?);
    for file in files.split(':') {
        for line in std::io::BufReader::new(std::fs::File::open(file)?).lines() {
            let gold: Value = serde_json::from_str(&line?)?;
            write_document(file, &gold, &mut to)?;
        }
    }
    Ok(())
}

fn write_document(file: &str, gold: &Value, to: &mut impl Write) -> Result<(), Box<dyn std::error::Error>> {
    let document = Document::new(gold["text"].as_str().unwrap_or_default());
    let voices = voice::find(&document, &attribution::find(&document));
    let chars = OffsetTable::new(&document.text, Offsets::Chars);
    for (index, sentence) in document.sentences.iter().enumerate() {
        let words = Words::of(&document, index);
        let candidates = reasons::candidates(&words);
        let seen = Seen { document: &document, index, words: &words, voice: &voices[index], candidates: &candidates };
        let mut features = serde_json::Map::new();
        features::each(&seen, &mut |feature, value| {
            for name in names(feature) {
                let sum = features.get(&name).and_then(Value::as_f64).unwrap_or_default();
                features.insert(name, json!(sum + f64::from(value)));
            }
        });
        let span = chars.span(&document.text, sentence.span);
        serde_json::to_writer(
            &mut *to,
            &json!({
                "file": file, "id": gold["id"], "index": index, "start": span.start, "end": span.end,
                "paragraph": sentence.paragraph, "furniture": furniture::is_furniture(&document, index),
                "features": features,
            }),
        )?;
        to.write_all(b"\n")?;
    }
    Ok(())
}

/// The names of `feature` in `data/decision.txt`.
fn names(feature: Feature<'_>) -> Vec<String> {
    match feature {
        Feature::Word(word, role) => {
            let whose = match role {
                Role::Own => Some(word.text.to_owned()),
                Role::Frame => Some(format!("@{}", word.text)),
                Role::Others => None,
            };
            [format!("*{}", word.text)].into_iter().chain(whose).collect()
        }
        Feature::Pair(before, word, own) => {
            let pair = format!("{} {}", before.text, word.text);
            [format!("*{pair}")].into_iter().chain(own.then_some(pair)).collect()
        }
        Feature::Named(name) => vec![name.to_owned()],
    }
}
