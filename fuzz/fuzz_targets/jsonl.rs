//! Any bytes as a stream of JSON lines: every line that is not blank has one answer, which is JSON and has its id.
#![no_main]
#![allow(dead_code)]

use libfuzzer_sys::fuzz_target;
use sayswho::{Engine, Offsets};

#[path = "../../src/bin/sayswho/input.rs"]
mod input;
#[path = "../../src/bin/sayswho/lines.rs"]
mod lines;
#[path = "../../src/bin/sayswho/record.rs"]
mod record;

fuzz_target!(|bytes: &[u8]| {
    let engine = Engine::new();
    let mut stream = bytes;
    let mut first = true;
    let mut length = 0;
    while let Some(line) = lines::read(&mut stream, first).expect("memory can be read") {
        first = false;
        length += line.len();
        let lines::Line::Whole(line) = line else { panic!("none is so long") };
        for unit in [Offsets::Utf8, Offsets::Utf16, Offsets::Chars] {
            let record::Answered { json, error } = record::answer(&engine, &line, unit);
            assert!(record::is_answer(&json));
            assert_eq!(json.iter().filter(|&&byte| byte == b'\n').count(), 1);
            assert_eq!(record::sentences(&json).is_none(), error.is_some());
            assert_eq!(record::id(&json).map(|id| id.get()), record::id(&line).map(|id| id.get()));
        }
    }
    // But for a byte order mark.
    assert!(length == bytes.len() as u64 || length + 3 == bytes.len() as u64);
});
