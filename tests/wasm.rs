//! The WebAssembly module as JavaScript sees it, in a headless browser. `make test` runs it through wasm-pack.

#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, clippy::unwrap_used)]

use js_sys::{JSON, JsString, Reflect};
use sayswho::wasm::{Engine, is_english, version};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const ARTICLE: &str = "The ferry sank on Tuesday.\n\n“We heard a bang — 🚢 — and then nothing,” said Ada Moss, \
                       who was on board. Officials said 40 people were missing.\n\nWhat a shameful waste of lives!";

fn engine() -> Engine {
    Engine::new(None).unwrap()
}

fn get(object: &JsValue, path: &str) -> JsValue {
    path.split('.').fold(object.clone(), |value, key| Reflect::get(&value, &key.into()).unwrap())
}

#[wasm_bindgen_test]
fn the_version_is_the_crates() {
    assert_eq!(version(), env!("CARGO_PKG_VERSION"));
    assert_eq!(engine().version(), version());
}

#[wasm_bindgen_test]
fn the_answer_has_the_designs_form() {
    let answer = engine().analyze(ARTICLE).ok().unwrap();
    for field in ["sentences.0.start", "sentences.0.end", "sentences.0.confidence", "sentences.0.scores.opinion"] {
        assert!(get(&answer, field).as_f64().is_some(), "{field}");
    }
    for field in ["sentences.0.attributions", "sentences.0.signals", "attributions.0.source", "summary.sources"] {
        assert!(js_sys::Array::is_array(&get(&answer, field)), "{field}");
    }
    assert_eq!(get(&answer, "sentences.0.mixed"), JsValue::FALSE);
    assert_eq!(get(&answer, "sentences.0.label"), JsValue::from("reported-fact"));
    assert_eq!(get(&answer, "summary.reported-fact"), JsValue::from(1));
    assert!(get(&answer, "attributions.0.vague").as_bool().is_some());
}

#[wasm_bindgen_test]
fn the_answer_is_the_same_as_the_crates() {
    let answer = engine().analyze(ARTICLE).ok().unwrap();
    let own = sayswho::analyze(ARTICLE).with_offsets(ARTICLE, sayswho::Offsets::Utf16);
    let own = JSON::parse(&serde_json::to_string(&own).unwrap()).unwrap();
    let text = |value: &JsValue| String::from(JSON::stringify(value).unwrap());
    assert_eq!(text(&answer), text(&own));
}

#[wasm_bindgen_test]
fn offsets_slice_the_text_as_javascript_does() {
    let text = JsString::from(ARTICLE);
    let answer = engine().analyze(ARTICLE).ok().unwrap();
    let at = |path: &str| get(&answer, path).as_f64().unwrap() as u32;
    let last = text.slice(at("sentences.3.start"), at("sentences.3.end"));
    assert_eq!(String::from(last), "What a shameful waste of lives!");
}

/// What trips offsets up: one unit or two, joined or alone, unseen or turning the line about.
const PIECES: [&[u16]; 20] = [
    &[0xD83D, 0xDEA2],                         // an emoji
    &[0xD83D, 0xDC69, 0x200D, 0xD83D, 0xDC67], // two, joined
    &[0xD83C, 0xDDEB, 0xD83C, 0xDDF7],         // a flag
    &[0xD835, 0xDC00],                         // an astral letter
    &[0x65, 0x301],                            // a letter and its combining mark
    &[0x301],
    &[0xD83D], // half of a pair
    &[0xDE00],
    &[0x202E], // bidi controls
    &[0x2066],
    &[0x2028], // separators of lines and paragraphs
    &[0x2029],
    &[0xA, 0xA],
    &[0x201C],
    &[0x201D],
    &[0x2E, 0x20],
    &[0x20],
    &[0x4F60, 0x597D],
    &[0x627],
    &[0],
];

/// As JavaScript holds it, which need not be Unicode. The same for the same seed.
fn random_text(seed: u32) -> JsString {
    let mut state = seed;
    let mut below = |end: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % end
    };
    let mut units = Vec::new();
    for _ in 0..1 + below(60) {
        match below(3) {
            0 => units.extend("“We heard it,” said Ada Moss of the council. ".encode_utf16().take(below(50))),
            1 => units.extend(["said ", "Moss ", "What a shame! ", "it was "][below(4)].encode_utf16()),
            _ => units.extend(PIECES[below(PIECES.len())]),
        }
    }
    JsString::from_char_code(&units)
}

#[wasm_bindgen_test]
fn on_random_unicode_offsets_slice_as_javascript_does() {
    let engine = engine();
    let mut seen = 0;
    for seed in 0..1000 {
        let js = random_text(seed);
        // As the glue hands it over: half a pair becomes U+FFFD, one unit for one.
        let text = String::from(js.clone());
        let own = sayswho::analyze(&text);
        let answer = engine.analyze(&text).ok().unwrap();
        let check = |path: &str, ends: [&str; 2], span: sayswho::Span| {
            let [start, end] = ends.map(|end| get(&answer, &format!("{path}.{end}")).as_f64().unwrap() as u32);
            assert_eq!(String::from(js.slice(start, end)), span.of(&text), "{path} of {text:?}");
        };
        for (index, sentence) in own.sentences.iter().enumerate() {
            check(&format!("sentences.{index}"), ["start", "end"], sentence.span);
            seen += 1;
        }
        for (index, attribution) in own.attributions.iter().enumerate() {
            for (at, &span) in attribution.content.iter().enumerate() {
                check(&format!("attributions.{index}.content.{at}"), ["0", "1"], span);
            }
        }
    }
    assert!(seen > 1000, "{seen}");
}

#[wasm_bindgen_test]
fn a_job_gives_the_labels_of_the_whole_window_by_window() {
    let article = [ARTICLE; 40].join("\n\n");
    let engine = engine();
    let mut job = engine.begin(&article);
    let mut seen = 0;
    let mut windows = 0;
    loop {
        let sentences: JsValue = job.step().ok().unwrap().into();
        if sentences.is_undefined() {
            break;
        }
        seen += sentences.unchecked_into::<js_sys::Array>().length();
        windows += 1;
    }
    let whole = job.finish().ok().unwrap();
    assert_eq!(f64::from(seen), get(&whole, "sentences.length").as_f64().unwrap());
    assert!(windows > 3, "{windows}");
}

#[wasm_bindgen_test]
fn what_is_no_model_is_an_error_with_a_message() {
    let error: JsValue = Engine::new(Some(vec![1, 2, 3])).err().unwrap().into();
    let error: js_sys::Error = error.dyn_into().unwrap();
    assert!(String::from(error.message()).contains("model"), "{:?}", error.message());
}

#[wasm_bindgen_test]
fn an_empty_text_has_an_empty_answer() {
    let answer = engine().analyze("").ok().unwrap();
    assert_eq!(get(&answer, "sentences.length"), JsValue::from(0));
    assert_eq!(get(&answer, "summary.unlabelled"), JsValue::from(0));
}

#[wasm_bindgen_test]
fn english_is_told_from_other_languages() {
    assert!(is_english(ARTICLE));
    assert!(!is_english("Die Fähre ist am Dienstag gesunken, und vierzig Menschen werden noch vermisst."));
}
