//! Model files: a sound one, damaged at a few places and sealed again, so that the checksum does not hide what lies
//! behind it. Either it is refused, or it labels a text; and so it is when it comes in pieces.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use sayswho::{Engine, Loader};

#[path = "../../tests/support/model.rs"]
mod model;

static SOUND: LazyLock<Vec<u8>> = LazyLock::new(model::file);
const HEADER: usize = 256;

// The input is a list of changes, four bytes each: where (in the header if the first is odd), and the new byte; what is
// left over, if anything, is how many bytes the end loses.
fuzz_target!(|changes: &[u8]| {
    let mut file = SOUND.clone();
    file.truncate(file.len() - 4);
    let (changes, rest) = changes.as_chunks::<4>();
    for &[a, b, c, value] in changes {
        let at = if a & 1 == 1 {
            8 + usize::from(b) % (HEADER - 8)
        } else {
            (usize::from(a >> 1) << 16 | usize::from(c) << 8 | usize::from(b)) % file.len()
        };
        file[at] = value;
    }
    if let [less, ..] = rest {
        file.truncate(file.len() - usize::from(*less));
    }
    let file = model::seal(file);
    let mut loader = Loader::default();
    file.chunks(1 + changes.len() * 37).for_each(|piece| loader.push(piece));
    let (streamed, whole) = (loader.finish(), Engine::with_model(file));
    assert_eq!(streamed.as_ref().map(Engine::model_version), whole.as_ref().map(Engine::model_version));
    if let Ok(engine) = whole {
        let text = "“The wall’s older,” said the council… What a wall!\n\nBy 1932 it fell.";
        let analysis = engine.analyze(text);
        assert!(analysis.sentences.iter().all(|sentence| text.get(sentence.span.start..sentence.span.end).is_some()));
    }
});
