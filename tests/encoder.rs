//! The encoder against its reference: the pieces, windows and logits that the training code wrote beside the model.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::path::PathBuf;

use sayswho::{
    encoder::{Model, Reading},
    text::Document,
};
use serde_json::Value;

/// The carried model and its fixtures; another pair where `SAYSWHO_MODEL` and `SAYSWHO_FIXTURES` name it.
fn pair() -> Option<(Model, Value)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let place = |variable: &str, path: &str| std::env::var_os(variable).map_or_else(|| root.join(path), PathBuf::from);
    let model = std::fs::read(place("SAYSWHO_MODEL", "model/sayswho.bin")).ok()?;
    let fixtures = std::fs::read(place("SAYSWHO_FIXTURES", "model/fixtures.json")).ok()?;
    Some((
        Model::read(model).expect("the model is read"),
        serde_json::from_slice(&fixtures).expect("fixtures are JSON"),
    ))
}

fn numbers(value: &Value) -> Vec<usize> {
    value.as_array().unwrap().iter().map(|x| usize::try_from(x.as_u64().unwrap()).unwrap()).collect()
}

/// The pieces of `text` as the fixtures write them: id, start and end in UTF-8 bytes.
fn pieces(model: &Model, text: &str) -> Vec<Vec<usize>> {
    model.pieces(text).iter().map(|p| vec![p.id as usize, p.span.start, p.span.end]).collect()
}

#[test]
fn word_pieces_are_the_references() {
    let Some((model, fixtures)) = pair() else { return };
    let strings = fixtures["strings"].as_array().unwrap().iter();
    let sentences = fixtures["documents"].as_array().unwrap().iter().flat_map(|d| d["sentences"].as_array().unwrap());
    let mut seen = 0;
    for case in strings.chain(sentences) {
        let expected: Vec<Vec<usize>> = case["pieces"].as_array().unwrap().iter().map(numbers).collect();
        // Ours stops where no window has room for more.
        let kept = &expected[..expected.len().min(253)];
        assert!(pieces(&model, case["text"].as_str().unwrap()) == kept, "{}", case["text"]);
        seen += 1;
    }
    assert!(seen > 20);
}

/// A document whose sentences are the fixture's, however our own segmenter would cut them.
fn document(case: &Value) -> Document {
    let mut text = String::new();
    let mut spans = Vec::new();
    for sentence in case["sentences"].as_array().unwrap() {
        if !text.is_empty() {
            text += if sentence["paragraph"].as_bool().unwrap() { "\n\n" } else { " " };
        }
        let start = text.len();
        text += sentence["text"].as_str().unwrap();
        spans.push(sayswho::Span::new(start, text.len()));
    }
    let mut document = Document::new(&text);
    let at = |place: usize| document.tokens.partition_point(|token| token.span.start < place);
    let sentences = spans
        .iter()
        .map(|&span| sayswho::text::SentenceSpan { span, paragraph: 0, tokens: at(span.start)..at(span.end) })
        .collect();
    document.sentences = sentences;
    document
}

#[test]
fn windows_and_logits_are_the_references() {
    let Some((model, fixtures)) = pair() else { return };
    let (mut worst_sentence, mut worst_token, mut compared) = (0f64, 0f64, 0);
    for case in fixtures["documents"].as_array().unwrap() {
        let document = document(case);
        let mut reading = Reading::new(&model, &document);
        let windows = case["windows"].as_array().unwrap();
        let plan = reading.windows().to_vec();
        assert_eq!(plan.len(), windows.len(), "{}", case["name"]);
        for (range, window) in plan.into_iter().zip(windows) {
            assert_eq!(range.clone().collect::<Vec<_>>(), numbers(&window["sentences"]), "{}", case["name"]);
            let ids: Vec<usize> = reading.window_ids(&model, range.clone()).iter().map(|&id| id as usize).collect();
            assert_eq!(ids, numbers(&window["ids"]), "{}", case["name"]);
            reading.read(&model, &document, range.clone());
            for (index, expected) in range.zip(window["int8"]["sentence_logits"].as_array().unwrap()) {
                let Some(found) = reading.sentence(index) else { continue };
                let found = found.labels.into_iter().chain([found.mixed]);
                for (ours, theirs) in found.zip(expected.as_array().unwrap()) {
                    worst_sentence = worst_sentence.max((f64::from(ours) - theirs.as_f64().unwrap()).abs());
                    compared += 1;
                }
            }
            let tokens = window["int8"]["token_logits"].as_array().unwrap();
            for (found, expected) in reading.piece_logits(&model).iter().zip(tokens) {
                for (&ours, theirs) in found.iter().zip(expected.as_array().unwrap()) {
                    worst_token = worst_token.max((f64::from(ours) - theirs.as_f64().unwrap()).abs());
                }
            }
        }
    }
    println!("{compared} logits; the largest difference {worst_sentence:.4} by sentence, {worst_token:.4} by token");
    // Rounding of halves and the order of sums move an activation by one of 127 steps here and there.
    assert!(worst_sentence < 0.05 && worst_token < 0.15, "{worst_sentence} {worst_token}");
}
