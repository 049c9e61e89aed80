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
