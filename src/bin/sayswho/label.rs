//! `label`: whole articles, for a reader or as JSON.

use std::io::{self, BufWriter, IsTerminal, Write};

use sayswho::{Engine, language};

use crate::{LabelArgs, input::Input, print};

/// Labels every file; whether all could be read.
pub fn run(engine: &Engine, args: &LabelArgs) -> io::Result<bool> {
    let inputs = Input::all(&args.files);
    let mut whole = true;
    for (index, input) in inputs.iter().enumerate() {
        let text = match input.read() {
            Ok(text) => text,
            Err(error) => {
                whole = false;
                anstream::eprintln!("sayswho: {input}: {error}");
                continue;
            }
        };
        if args.json {
            json(engine, args, &text)?;
        } else {
            if !language::is_english(&text) {
                anstream::eprintln!("sayswho: {input}: this does not look like English; its labels mean little");
            }
            let mut out = print::stdout();
            if inputs.len() > 1 {
                print::title(&mut out, &input.to_string(), index == 0)?;
            }
            print::article(&mut out, &text, engine.begin(&text))?;
            out.flush()?;
        }
    }
    Ok(whole)
}

fn json(engine: &Engine, args: &LabelArgs, text: &str) -> io::Result<()> {
    let analysis = engine.analyze(text).with_offsets(text, args.offsets.into());
    let stdout = io::stdout();
    let pretty = args.pretty || stdout.is_terminal();
    let mut out = BufWriter::new(stdout.lock());
    if pretty {
        serde_json::to_writer_pretty(&mut out, &analysis)?;
    } else {
        serde_json::to_writer(&mut out, &analysis)?;
    }
    out.write_all(b"\n")?;
    out.flush()
}
