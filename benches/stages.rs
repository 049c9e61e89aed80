//! Each stage of the engine, and the whole by rules from 1 KB to 10 MB: `cargo bench --bench stages [-- FILTER]`.
//!
//! The stages run on the same article of about 1,000 words; `encoder` is one window of it, with the carried model. Texts
//! of other sizes are the article again and again. Bytes a second, to hold against others'; `benches/encoder.rs` gives
//! the encoder's multiply-accumulates.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::{fs, hint::black_box};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use sayswho::{
    Engine, Offsets, attribution,
    encoder::{Model, Reading},
    language, quotes, reasons,
    text::Document,
};

fn article() -> String {
    fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/article.txt")).unwrap()
}

fn stages(criterion: &mut Criterion) {
    let text = article();
    let document = Document::new(&text);
    let file = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/model/sayswho.bin")).unwrap();
    let model = Model::read(file.clone()).expect("the model is read");
    let mut reading = Reading::new(&model, &document);
    let window = reading.windows()[0].clone();
    let analysis = sayswho::analyze(&text);

    let mut group = criterion.benchmark_group("stage");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("language", |b| b.iter(|| language::is_english(black_box(&text))));
    group.bench_function("sentences, tokens, quotations", |b| b.iter(|| Document::new(black_box(&text))));
    group.bench_function("quotations", |b| b.iter(|| quotes::find(black_box(&document))));
    group.bench_function("attributions by grammar", |b| b.iter(|| attribution::find(black_box(&document))));
    group.bench_function("reasons", |b| {
        b.iter(|| (0..document.sentences.len()).map(|index| reasons::find(&document, index).len()).sum::<usize>());
    });
    group.bench_function("word pieces, windows", |b| b.iter(|| Reading::new(&model, black_box(&document))));
    group.bench_function("offsets in UTF-16", |b| {
        b.iter(|| analysis.clone().with_offsets(&text, Offsets::Utf16));
    });
    group.bench_function("JSON", |b| b.iter(|| serde_json::to_vec(black_box(&analysis)).unwrap()));
    group.finish();

    let mut group = criterion.benchmark_group("model");
    group.sample_size(10);
    let pieces = reading.window_ids(&model, window.clone()).len();
    group.throughput(Throughput::Elements(model.products(pieces) as u64));
    group.bench_function("encoder and heads, one window", |b| {
        b.iter(|| reading.read(&model, &document, window.clone()));
    });
    for index in reading.windows().to_vec() {
        reading.read(&model, &document, index);
    }
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("attributions by roles", |b| {
        b.iter(|| attribution::from_scores(&document, reading.tokens(), &model.calibration().roles));
    });
    // A word of the middle paragraph is another each time: what a reader of a text that is being written waits for.
    let engine = Engine::with_model(file).expect("the model is read").remembering(100);
    black_box(engine.analyze(&text));
    let middle = text.floor_char_boundary(text.len() / 2);
    let (before, after) = text.split_at(middle + text[middle..].find("\n\n").unwrap_or_default());
    let mut edits = 0;
    group.bench_function("the whole, one paragraph changed", |b| {
        b.iter(|| {
            edits += 1;
            engine.analyze(&format!("{before}\n\n{edits}{after}"))
        });
    });
    group.finish();
}

fn whole(criterion: &mut Criterion) {
    let article = article();
    let engine = Engine::new();
    let mut group = criterion.benchmark_group("whole, by rules");
    group.sample_size(10);
    for (name, size) in
        [("1 KB", 1 << 10), ("10 KB", 10 << 10), ("100 KB", 100 << 10), ("1 MB", 1 << 20), ("10 MB", 10 << 20)]
    {
        let mut text = String::new();
        while text.len() < size {
            text += &article;
            text += "\n\n";
        }
        text.truncate(text.floor_char_boundary(size));
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |b| b.iter(|| engine.analyze(black_box(&text))));
    }
    group.finish();
}

criterion_group!(benches, stages, whole);
criterion_main!(benches);
