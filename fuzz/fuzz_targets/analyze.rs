//! Any text, by rules and by a model: no panic, and an answer in which every span lies where the documentation says.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use sayswho::{Analysis, Engine, Offsets, Span, language, text::Document};

#[path = "../../tests/support/model.rs"]
mod model;

static MODEL: LazyLock<Engine> = LazyLock::new(|| Engine::with_model(model::file()).expect("the tiny model is read"));

fuzz_target!(|text: &str| {
    let _ = language::is_english(text);
    let rules = Engine::new();
    for engine in [&rules, &MODEL] {
        let analysis = engine.analyze(text);
        check(text, &analysis);
        // Another order gives the same labels.
        let mut job = engine.begin_in(text, Offsets::Utf16);
        job.look_at(text.len() / 3);
        while job.step().is_some() {}
        assert_eq!(job.finish(), analysis.with_offsets(text, Offsets::Utf16));
    }
});

fn check(text: &str, analysis: &Analysis) {
    let inside = |span: Span| {
        assert!(!span.is_empty() && text.get(span.start..span.end).is_some(), "{span:?}");
    };
    let mut end = 0;
    for sentence in &analysis.sentences {
        inside(sentence.span);
        assert!(end <= sentence.span.start);
        end = sentence.span.end;
        let mut last = sentence.span.start;
        for signal in &sentence.signals {
            inside(signal.span);
            assert!(last <= signal.span.start && signal.span.end <= end);
            last = signal.span.end;
        }
        assert!(sentence.attributions.is_sorted_by(|a, b| a < b));
        assert!(sentence.attributions.iter().all(|&index| index < analysis.attributions.len()));
        let sum = sentence.scores.fact + sentence.scores.attributed + sentence.scores.opinion;
        assert!((sum - 1.0).abs() < 1e-4 && (0.0..=1.0).contains(&sentence.confidence));
    }
    for attribution in &analysis.attributions {
        for spans in [&attribution.source, &attribution.cue, &attribution.content] {
            spans.iter().copied().for_each(inside);
        }
    }
    let document = Document::new(text);
    for token in &document.tokens {
        let holding = analysis.sentences.iter().filter(|sentence| sentence.span.contains(token.span)).count();
        assert_eq!(holding, 1, "{:?}", token.span);
    }
}
