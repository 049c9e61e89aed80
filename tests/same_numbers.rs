//! The encoder gives the same numbers in a browser as natively, to the last bit: one fingerprint, asked for in both.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use sayswho::{
    encoder::{Model, Reading},
    text::Document,
};

#[path = "support/model.rs"]
mod small;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn every_bit_of_the_small_models_answer() {
    let model = Model::read(small::file()).expect("the small model is sound");
    // One sentence, so that nothing depends on how sentences are cut.
    let mut document = Document::new("the council said the wall, “the wall”, is taller than any that it had planned.");
    let whole = document.sentences[0].span.cover(document.sentences[document.sentences.len() - 1].span);
    document.sentences.truncate(1);
    document.sentences[0].span = whole;
    document.sentences[0].tokens = 0..document.tokens.len();
    let mut reading = Reading::new(&model, &document);
    reading.read(&model, &document, 0..1);
    let logits = reading.sentence(0).expect("it has word pieces");
    let mut numbers = logits.labels.to_vec();
    numbers.push(logits.mixed);
    numbers.extend(model.probabilities(logits));
    for piece in reading.piece_logits(&model) {
        numbers.extend(piece);
        numbers.extend(piece.map(sayswho::encoder::sigmoid));
    }
    assert!(numbers.iter().all(|number| number.is_finite()));
    // FNV-1a.
    let fingerprint = numbers
        .iter()
        .flat_map(|number| number.to_bits().to_le_bytes())
        .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    assert_eq!(fingerprint, 5408211735976628694, "{:?}", logits);
}
