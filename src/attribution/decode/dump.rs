//! What the settings of `data/decoding.txt` are fitted by, for `training/attribution/fit.py`.
//!
//! Two tests, so that they need no door into the crate; neither does anything unless its variables are set.
//! `scores` runs the model in `SAYSWHO_MODEL` over the documents of `SAYSWHO_DOCUMENTS` and writes what its token head
//! said to `SAYSWHO_SCORES`; `answers` reads these again, and for each file of settings named in `SAYSWHO_SETTINGS`
//! (parted by `:`) writes the attributions to a file beside it that ends in `.out`.

use std::{
    env::var,
    error::Error,
    fs::{self, File},
    io::{BufRead, BufReader, BufWriter, Write},
};

use serde_json::{Value, json};

use super::Settings;
use crate::{
    attribution,
    encoder::{Model, Reading, TokenScores},
    engine::Job,
    span::{OffsetTable, Offsets},
    text::Document,
};

#[test]
fn scores() -> Result<(), Box<dyn Error>> {
    let (Ok(model), Ok(from), Ok(to)) = (var("SAYSWHO_MODEL"), var("SAYSWHO_DOCUMENTS"), var("SAYSWHO_SCORES")) else {
        return Ok(());
    };
    let model = Model::read(fs::read(model)?)?;
    let mut to = BufWriter::new(File::create(to)?);
    for line in BufReader::new(File::open(from)?).lines() {
        let gold: Value = serde_json::from_str(&line?)?;
        let document = Document::new(gold["text"].as_str().unwrap_or_default());
        // In the windows that an article is read in.
        let mut reading = Reading::with_opening(&model, &document, Job::OPENING);
        for window in reading.windows().to_vec() {
            reading.read(&model, &document, window);
        }
        let scores: Vec<[f32; 6]> = reading
            .tokens()
            .iter()
            .map(|s| [s.source, s.cue, s.content, s.source_begin, s.cue_begin, s.content_begin])
            .collect();
        let row = json!({
            "id": gold["id"], "text": gold["text"], "thresholds": model.calibration().roles, "scores": scores,
        });
        writeln!(to, "{row}")?;
    }
    Ok(())
}

#[test]
fn answers() -> Result<(), Box<dyn Error>> {
    let (Ok(from), Ok(settings)) = (var("SAYSWHO_SCORES"), var("SAYSWHO_SETTINGS")) else { return Ok(()) };
    let mut sinks = Vec::new();
    for path in settings.split(':') {
        let sink = BufWriter::new(File::create(format!("{path}.out"))?);
        sinks.push((Settings::read(&fs::read_to_string(path)?), sink));
    }
    for line in BufReader::new(File::open(from)?).lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let document = Document::new(row["text"].as_str().unwrap_or_default());
        let thresholds: [f32; 7] = serde_json::from_value(row["thresholds"].clone())?;
        let numbers: Vec<[f32; 6]> = serde_json::from_value(row["scores"].clone())?;
        let scores: Vec<TokenScores> = numbers
            .into_iter()
            .map(|[source, cue, content, source_begin, cue_begin, content_begin]| TokenScores {
                source,
                cue,
                content,
                source_begin,
                cue_begin,
                content_begin,
                signal: 0.0,
            })
            .collect();
        let chars = OffsetTable::new(&document.text, Offsets::Chars);
        for (settings, sink) in &mut sinks {
            let mut found = attribution::with_settings(&document, &scores, &thresholds, settings);
            for attribution in &mut found {
                for spans in [&mut attribution.source, &mut attribution.cue, &mut attribution.content] {
                    for span in spans {
                        *span = chars.span(&document.text, *span);
                    }
                }
            }
            writeln!(sink, "{}", json!({"id": row["id"], "attributions": found}))?;
        }
    }
    Ok(())
}
