//! What JavaScript sees. No logic: each item hands on to the crate and turns the answer into JavaScript's terms.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::{Offsets, language};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &'static str = include_str!("wasm.d.ts");

#[wasm_bindgen]
extern "C" {
    /// `Analysis` of `wasm.d.ts`.
    #[wasm_bindgen(typescript_type = "Analysis")]
    pub type Analysis;

    /// `Sentence[] | undefined` of `wasm.d.ts`.
    #[wasm_bindgen(typescript_type = "Sentence[] | undefined")]
    pub type Sentences;
}

/// The version of the engine, as in `"0.1.0"`.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Whether `text` is in English, the one language that the engine knows; true where there is too little to tell.
#[wasm_bindgen(js_name = isEnglish)]
#[must_use]
pub fn is_english(text: &str) -> bool {
    language::is_english(text)
}

/// What labels a text. Offsets in its answers are UTF-16 code units, as JavaScript counts.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine(crate::Engine);

#[wasm_bindgen]
impl Engine {
    /// An engine with the model in `model`, the bytes of a `sayswho.bin`; without, one that judges by rules.
    ///
    /// # Errors
    ///
    /// An `Error` where the bytes are no model that this version reads.
    #[wasm_bindgen(constructor)]
    pub fn new(model: Option<Vec<u8>>) -> Result<Self, JsError> {
        Ok(Self(match model {
            Some(file) => crate::Engine::with_model(file)?,
            None => crate::Engine::new(),
        }))
    }

    /// From now on remembers what the model said of the last `windows` windows of some 150 words each, about 10 KB a
    /// window; none to forget. For a text that is labelled again and again while it is edited: the model reads only the
    /// windows whose words changed, and the answer is the same.
    pub fn remember(&mut self, windows: usize) {
        self.0 = std::mem::take(&mut self.0).remembering(windows);
    }

    /// Labels the whole of `text`, an article with its paragraphs parted by blank lines.
    ///
    /// # Errors
    ///
    /// An `Error` where the answer can't be handed over, which happens only when memory runs out.
    pub fn analyze(&self, text: &str) -> Result<Analysis, JsError> {
        hand_over(&self.0.begin_in(text, Offsets::Utf16).finish())
    }

    /// Begins on `text`, to be labelled window by window.
    #[must_use]
    pub fn begin(&self, text: &str) -> Job {
        Job(self.0.begin_in(text, Offsets::Utf16))
    }

    /// The version of the engine.
    #[must_use]
    pub fn version(&self) -> String {
        version()
    }
}

/// Makes an `Engine` of a model file that comes in pieces: what has come is checked and unpacked while the rest is on its
/// way.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Loader(crate::Loader);

#[wasm_bindgen]
impl Loader {
    /// One that has no bytes yet.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next bytes of the file.
    pub fn push(&mut self, bytes: &[u8]) {
        self.0.push(bytes);
    }

    /// The engine, once all bytes were pushed. The loader is used up.
    ///
    /// # Errors
    ///
    /// An `Error` where they are no model that this version reads.
    pub fn finish(self) -> Result<Engine, JsError> {
        Ok(Engine(self.0.finish()?))
    }
}

/// The labelling of one text, window by window. Call `step` until it returns `undefined`, then `finish`; or `free` to
/// stop in the middle.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Job(crate::Job);

#[wasm_bindgen]
impl Job {
    /// Labels the next window and returns its sentences, with their final labels; `undefined` when all are labelled.
    ///
    /// # Errors
    ///
    /// An `Error` where the answer can't be handed over, which happens only when memory runs out.
    pub fn step(&mut self) -> Result<Sentences, JsError> {
        hand_over(&self.0.step())
    }

    /// Asks for the sentences at and after `offset` (UTF-16 code units) before all others.
    #[wasm_bindgen(js_name = lookAt)]
    pub fn look_at(&mut self, offset: usize) {
        self.0.look_at(offset);
    }

    /// The whole answer; labels first what `step` has not. The job is used up.
    ///
    /// # Errors
    ///
    /// An `Error` where the answer can't be handed over, which happens only when memory runs out.
    pub fn finish(self) -> Result<Analysis, JsError> {
        hand_over(&self.0.finish())
    }
}

/// `null` for `None` inside the answer, as in JSON, but `undefined` for the answer itself.
fn hand_over<T: JsCast>(answer: &impl Serialize) -> Result<T, JsError> {
    let value = answer.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?;
    Ok(if value.is_null() { JsValue::UNDEFINED } else { value }.unchecked_into())
}
