//! The features of gold sources, for `training/sources/fit.py`.
//!
//! A test, so that it needs no door into the crate: it does nothing unless `SAYSWHO_SOURCES` names the file to read
//! and `SAYSWHO_SOURCES_TO` the file to write, one JSON object a source.

use std::io::{BufRead, Write};

use serde_json::{Value, json};

use super::super::{speaker::Speakers, words::Words};
use crate::{
    span::{OffsetTable, Offsets, Span},
    text::Document,
};

#[test]
fn dump() -> Result<(), Box<dyn std::error::Error>> {
    let (Ok(from), Ok(to)) = (std::env::var("SAYSWHO_SOURCES"), std::env::var("SAYSWHO_SOURCES_TO")) else {
        return Ok(());
    };
    let mut to = std::io::BufWriter::new(std::fs::File::create(to)?);
    for line in std::io::BufReader::new(std::fs::File::open(from)?).lines() {
        let gold: Value = serde_json::from_str(&line?)?;
        let document = Document::new(gold["text"].as_str().unwrap_or_default());
        let words = Words::new(&document);
        let chars = OffsetTable::new(&document.text, Offsets::Chars);
        let offset = |value: &Value| {
            chars.byte(&document.text, value.as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or_default())
        };
        let mut index = 0;
        for attribution in gold["attributions"].as_array().into_iter().flatten() {
            for source in attribution["source"].as_array().into_iter().flatten() {
                let tokens = words.tokens(Span::new(offset(&source[0]), offset(&source[1])));
                let tokens = words.span(tokens).map_or(0..0, |span| words.tokens(span));
                let who = Speakers::new(&words).of(tokens.clone());
                let mut features = Vec::new();
                super::features(&words, &tokens, who.described, &mut |about, rest| {
                    features.push(format!("{about} {}", rest.text).trim_end().to_owned());
                });
                let row = json!({
                    "id": gold["id"], "type": gold["source_types"][index], "named": who.named, "features": features,
                });
                serde_json::to_writer(&mut to, &row)?;
                to.write_all(b"\n")?;
                index += 1;
            }
        }
    }
    Ok(())
}
