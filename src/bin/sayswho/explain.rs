//! `explain`: everything that is known about one sentence.

use std::io::{self, Write};

use sayswho::Engine;

use crate::{input::Input, print};

/// Explains each sentence of `sentence`, or of standard input; whether it could be read.
pub fn run(engine: &Engine, sentence: Option<String>) -> io::Result<bool> {
    let text = match sentence.filter(|text| text != "-").map_or_else(|| Input::Standard.read(), Ok) {
        Ok(text) => text,
        Err(error) => {
            anstream::eprintln!("sayswho: standard input: {error}");
            return Ok(false);
        }
    };
    let analysis = engine.analyze(&text);
    if analysis.sentences.is_empty() {
        anstream::eprintln!("sayswho: there is no sentence to explain");
        return Ok(false);
    }
    let mut out = print::stdout();
    for (index, sentence) in analysis.sentences.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        print::explained(&mut out, &text, sentence, &analysis.attributions)?;
    }
    out.flush()?;
    Ok(true)
}
