//! How fast the encoder is: `cargo bench --bench encoder [-- MODEL]`.
//!
//! Prints, for an article of about 1,000 words, the time to its first labels and to its last, and multiply-accumulates
//! a second, which can be held against what the machine can do at most. The best of several runs: the machine has other
//! work. `benches/wasm.mjs` does the same in WebAssembly, and reads from `target/products` how many there are.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::{
    fs,
    time::{Duration, Instant},
};

use sayswho::{
    encoder::{Model, Reading},
    text::Document,
};

/// Word pieces in the first window, as the engine has it (src/engine.rs).
const OPENING: usize = 144;

fn main() {
    let path = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let path = path.unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/model/sayswho.bin").to_owned());
    let Ok(file) = fs::read(&path) else {
        println!("no model at {path}: nothing to time");
        return;
    };
    let (model, load) = best(10, || Model::read(file.clone()).expect("the model is read"));
    println!("model {}: read and checked in {load:.1?}", model.version());

    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/article.txt")).unwrap();
    let document = Document::new(&text);
    let (mut reading, cut) = best(20, || Reading::with_opening(&model, &document, OPENING));
    let windows = reading.windows().to_vec();
    let lengths: Vec<usize> = windows.iter().map(|w| reading.window_ids(&model, w.clone()).len()).collect();
    println!(
        "{} words, {} windows, {} pieces; word pieces found in {cut:.1?}",
        text.split_whitespace().count(),
        windows.len(),
        lengths.iter().sum::<usize>(),
    );
    let ((), first) = best(10, || reading.read(&model, &document, windows[0].clone()));
    let ((), whole) = best(10, || windows.iter().for_each(|w| reading.read(&model, &document, w.clone())));
    let products: usize = lengths.iter().map(|&pieces| model.products(pieces)).sum();
    fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/target/products"), products.to_string()).expect("target is there");
    println!("first window {first:.1?}, whole {whole:.1?}: {:.1} G products a second", per_nanosecond(products, whole));
}

#[allow(clippy::cast_precision_loss)]
fn per_nanosecond(count: usize, time: Duration) -> f64 {
    count as f64 / time.as_nanos() as f64
}

fn best<T>(runs: usize, mut work: impl FnMut() -> T) -> (T, Duration) {
    let mut once = || {
        let start = Instant::now();
        let result = work();
        (result, start.elapsed())
    };
    let mut best = once();
    for _ in 1..runs {
        let next = once();
        if next.1 < best.1 {
            best = next;
        }
    }
    best
}
