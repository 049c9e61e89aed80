//! The encoder against its reference: the pieces, windows and logits that the training code wrote beside the model.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
};

use proptest::prelude::*;
use sayswho::{
    Engine, Label, Loader, ModelError,
    encoder::{Memory, Model, Reading},
    text::Document,
};
use serde_json::Value;

#[path = "support/model.rs"]
mod small;

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

/// How far two lists of numbers are apart.
#[derive(Debug, Default)]
struct Gap {
    largest: f64,
    sum: f64,
    count: f64,
}

impl Gap {
    fn add(&mut self, ours: &[f64], theirs: &[f64]) {
        for (ours, theirs) in ours.iter().zip(theirs) {
            let gap = (ours - theirs).abs();
            self.largest = self.largest.max(gap);
            self.sum += gap;
            self.count += 1.0;
        }
    }

    fn mean(&self) -> f64 {
        self.sum / self.count
    }
}

fn floats(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}

/// Ours are as near to the exact answer (activations of 32 bits) as the reference's own with eight. The two with eight
/// bits differ too: a number between two of the 127 steps falls to one side here and to the other there, where sums were
/// taken in another order, and every layer multiplies that; but to less than what eight bits cost.
#[test]
fn windows_and_logits_are_the_references() {
    let Some((model, fixtures)) = pair() else { return };
    let (mut between, mut ours, mut theirs) = (Gap::default(), Gap::default(), Gap::default());
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
            let (eight, exact) = (&window["int8"], &window["float"]);
            for (at, index) in range.enumerate() {
                // One without a word piece has no logits of ours.
                let Some(found) = reading.sentence(index) else { continue };
                let found = found.labels.into_iter().chain([found.mixed]).map(f64::from).collect::<Vec<_>>();
                let [eight, exact] = [eight, exact].map(|all| floats(&all["sentence_logits"][at]));
                between.add(&found, &eight);
                ours.add(&found, &exact);
                theirs.add(&eight, &exact);
            }
            for (at, found) in reading.piece_logits(&model).iter().enumerate() {
                let found = found.map(f64::from);
                let [eight, exact] = [eight, exact].map(|all| floats(&all["token_logits"][at]));
                between.add(&found, &eight);
                ours.add(&found, &exact);
                theirs.add(&eight, &exact);
            }
        }
    }
    for (name, gap) in [("ours to theirs", &between), ("ours to exact", &ours), ("theirs to exact", &theirs)] {
        println!("{name}: {:.4} on average, {:.4} at most", gap.mean(), gap.largest);
    }
    assert!(ours.count > 5_000.0);
    assert!(ours.mean() < 1.1 * theirs.mean() && ours.largest < 1.5 * theirs.largest);
    assert!(between.mean() < theirs.mean() && between.largest < 1.5 * theirs.largest);
}

const TEXT: &str = "A Wall for the Harbour\n\nThe council approved the wall. “Nobody asked us,” said Ada Moss, a shopkeeper.\n\n\
                    She said the bill would double. What a shameful waste! Read more";

/// As many windows as it takes, whatever the model.
fn long_text() -> String {
    [TEXT; 12].join("\n\n")
}

#[test]
fn a_small_model_labels_every_sentence_the_same_in_steps_and_at_once() {
    let engine = Engine::with_model(small::file()).unwrap();
    let text = long_text();
    for look_at in [None, Some(0), Some(text.len() / 2), Some(text.len())] {
        let mut job = engine.begin(&text);
        if let Some(offset) = look_at {
            job.look_at(offset);
        }
        let mut stepped = Vec::new();
        let mut steps = 0;
        while let Some(sentences) = job.step() {
            stepped.extend(sentences.into_iter().map(|s| (s.span, s.label, s.scores)));
            steps += 1;
        }
        stepped.sort_by_key(|&(span, ..)| span);
        let whole = job.finish();
        assert!(steps > 2);
        assert!(stepped == whole.sentences.iter().map(|s| (s.span, s.label, s.scores)).collect::<Vec<_>>());
        assert!(whole == engine.analyze(&text), "what was looked at first changes nothing");
    }
}

/// Paragraphs of one to four sentences of made-up words.
fn paragraph() -> impl Strategy<Value = String> {
    let sentence = prop::collection::vec("[a-z]{1,6}|said|the council", 1..12).prop_map(|words| words.join(" ") + ".");
    prop::collection::vec(sentence, 1..5).prop_map(|sentences| sentences.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn after_a_paragraph_was_changed_only_the_windows_that_see_it_are_read_again(
        paragraphs in prop::collection::vec(paragraph(), 4..16),
        place in any::<prop::sample::Index>(),
        new in paragraph(),
    ) {
        let changed = place.index(paragraphs.len());
        let old = paragraphs.join("\n\n");
        let mut edited = paragraphs;
        edited[changed] = new;
        let edited = edited.join("\n\n");

        let engine = Engine::with_model(small::file()).unwrap();
        let remembering = engine.clone().remembering(1000);
        prop_assert_eq!(remembering.analyze(&old), engine.analyze(&old));
        prop_assert_eq!(remembering.analyze(&edited), engine.analyze(&edited));

        let model = Model::read(small::file()).unwrap();
        let memory = Arc::new(Mutex::new(Memory::new(1000)));
        let (before, after) = (Document::new(&old), Document::new(&edited));
        let mut first = Reading::new(&model, &before).with_memory(Arc::clone(&memory));
        for window in first.windows().to_vec() {
            first.read(&model, &before, window);
        }
        let mut second = Reading::new(&model, &after).with_memory(memory);
        let own = after.paragraphs[changed].sentences.clone();
        let count = after.sentences.len();
        let old: Vec<usize> = first.windows().iter().map(|window| window.end).collect();
        // The same cut: so many sentences from the beginning before the change, and from the end after it.
        let stays = |cut: usize| {
            cut == 0
                || cut <= own.start && old.contains(&cut)
                || cut >= own.end && old.iter().any(|old| before.sentences.len() - old == count - cut)
        };
        for window in second.windows().to_vec() {
            let runs = second.runs();
            second.read(&model, &after, window.clone());
            // A window sees a sentence to each side of its own.
            let sees = window.start.saturating_sub(1) < own.end && own.start < window.end + 1;
            let moved = !stays(window.start) || !stays(window.end);
            prop_assert!(second.runs() == runs || sees || moved, "{window:?} was read again");
        }
        let again = second.windows().to_vec();
        let runs = second.runs();
        for window in again {
            second.read(&model, &after, window);
        }
        prop_assert_eq!(second.runs(), runs, "what was read once is remembered");
    }
}

/// Some 5,000 words of paragraphs that are all different.
fn paragraphs_of_a_long_article() -> Vec<String> {
    const WORDS: [&str; 24] = [
        "council", "river", "bridge", "vote", "winter", "engineer", "ballot", "market", "harbour", "school",
        "minister", "report", "flood", "letter", "garden", "station", "budget", "witness", "doctor", "village",
        "orchard", "mayor", "signal", "ferry",
    ];
    let mut state = 7u32;
    let mut next = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below
    };
    let sentence = |next: &mut dyn FnMut(usize) -> usize| {
        let words: Vec<&str> = (0..8 + next(22)).map(|_| WORDS[next(WORDS.len())]).collect();
        format!("The {}.", words.join(" "))
    };
    (0..120).map(|_| (0..1 + next(3)).map(|_| sentence(&mut next)).collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn an_edit_moves_few_windows() {
    let Some((model, _)) = pair() else { return };
    let windows = |paragraphs: &[String]| -> Vec<Vec<u32>> {
        let document = Document::new(&paragraphs.join("\n\n"));
        let mut reading = Reading::new(&model, &document);
        let plan = reading.windows().to_vec();
        plan.into_iter().map(|window| reading.window_ids(&model, window).to_vec()).collect()
    };
    let paragraphs = paragraphs_of_a_long_article();
    let before = windows(&paragraphs);
    let again: Vec<usize> = (0..paragraphs.len())
        .map(|place| {
            let mut edited = paragraphs.clone();
            edited[place] = "Nobody had expected that, the ferry's engineer said on the bridge.".to_owned();
            windows(&edited).iter().filter(|window| !before.contains(window)).count()
        })
        .collect();
    let (sum, worst) = (again.iter().sum::<usize>(), again.iter().max().copied().unwrap_or_default());
    println!("{} windows; after an edit {:.2} of them are new, {worst} at worst", before.len(), sum as f64 / 120.0);
    // Filled to the brim, 10.8 of 31, and 31 at worst.
    assert!(sum <= 120 * 5 / 2 && worst <= 10, "{again:?}");
}

#[test]
fn memory_is_bounded() {
    let model = Model::read(small::file()).unwrap();
    let document = Document::new(&long_text());
    let memory = Arc::new(Mutex::new(Memory::new(1)));
    let mut reading = Reading::new(&model, &document).with_memory(memory);
    let windows = reading.windows().to_vec();
    for window in [&windows[0], &windows[0], &windows[1], &windows[0]] {
        reading.read(&model, &document, window.clone());
    }
    assert_eq!(reading.runs(), 3, "only the last window is remembered");
}

/// What the extension asks after a paragraph of a page has changed: the paragraph, with the one before it.
#[test]
fn a_paragraph_asked_about_with_the_one_before_is_labelled_as_in_its_article() {
    let Ok(file) = std::fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("model/sayswho.bin")) else { return };
    let engine = Engine::with_model(file).unwrap();
    let article = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/article.txt")).unwrap();
    let paragraphs: Vec<&str> = article.trim().split("\n\n").collect();
    let whole = engine.analyze(&article);
    let (mut same, mut all) = (0, 0);
    let mut start = article.find(paragraphs[0]).unwrap();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let before = index.checked_sub(1).map_or(String::new(), |before| format!("{}\n\n", paragraphs[before]));
        let asked = engine.analyze(&format!("{before}{paragraph}"));
        for sentence in asked.sentences.iter().filter(|sentence| sentence.span.start >= before.len()) {
            let at = sentence.span.start - before.len() + start;
            let there = whole.sentences.iter().find(|other| other.span.start == at).expect("sentences are cut alike");
            all += 1;
            same += usize::from(there.label == sentence.label);
        }
        start += paragraph.len() + 2;
    }
    println!("{same} of {all} sentences get the same label");
    assert!(all > 30 && same * 100 >= all * 90, "{same} of {all}");
}

#[test]
fn who_shares_a_memory_labels_while_the_encoder_runs() {
    let model = Model::read(small::file()).unwrap();
    let document = Document::new(&long_text());
    let memory = Arc::new(Mutex::new(Memory::new(1)));
    let (mut free, mut asked) = (0, 0);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut reading = Reading::new(&model, &document).with_memory(Arc::clone(&memory));
            let windows = reading.windows().to_vec();
            for window in windows.iter().cycle().take(2_000) {
                reading.read(&model, &document, window.clone());
            }
        });
        while !reader.is_finished() {
            asked += 1;
            free += usize::from(memory.try_lock().is_ok());
            std::thread::yield_now();
        }
    });
    assert!(asked > 100 && free * 2 > asked, "free {free} of {asked} times");
}

#[test]
fn any_text_is_answered() {
    let engine = Engine::with_model(small::file()).unwrap();
    let long = "word ".repeat(60_000);
    let dense = "a".repeat(300_000);
    let apostrophes = "'".repeat(100_000);
    let texts = [
        "",
        " \n\n ",
        "\u{200B}\u{AD}",
        "\u{FFFD}",
        "\u{301}\u{301}.",
        "…",
        "日本語。한국어",
        "🏳️‍🌈",
        "\0\u{1}\u{85}",
        &long,
        &dense,
        &apostrophes,
    ];
    for text in texts {
        for sentence in engine.analyze(text).sentences {
            assert!(sentence.confidence.is_finite() && (0.0..=1.0).contains(&sentence.confidence));
            let scores = sentence.scores;
            assert!((Label::ALL.map(|label| scores.of(label)).iter().sum::<f32>() - 1.0).abs() < 1e-5);
        }
    }
}

/// Changes bytes of a sound file and writes a checksum that fits, as no accident does.
fn forged(change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut file = small::file();
    file.truncate(file.len() - 4);
    change(&mut file);
    small::seal(file)
}

fn refused(file: Vec<u8>) -> ModelError {
    Model::read(file).expect_err("a broken file is refused")
}

/// What becomes of a file that comes in pieces of `size` bytes: the model's version, or why it is refused.
fn streamed(file: &[u8], size: usize) -> Result<Option<String>, ModelError> {
    let mut loader = Loader::default();
    file.chunks(size).for_each(|piece| loader.push(piece));
    loader.finish().map(|engine| engine.model_version().map(str::to_owned))
}

#[test]
fn a_file_that_comes_in_pieces_is_read_or_refused_as_the_whole_is() {
    let sound = small::file();
    let text = long_text();
    let whole = Engine::with_model(sound.clone()).unwrap().analyze(&text);
    let damaged = |at: usize| {
        let mut file = sound.clone();
        file[at] ^= 0x40;
        file
    };
    let longer = [sound.clone(), vec![0]].concat();
    let forgeries = [(32, 5), (40, 3), (68, u32::MAX), (100, 0)]
        .map(|(at, value): (usize, u32)| forged(|file| file[at..at + 4].copy_from_slice(&value.to_le_bytes())));
    let cut = [0, 7, 12, 255, 256, 300, sound.len() / 2, sound.len() - 1].map(|length| sound[..length].to_vec());
    let broken = [0, 9, 14, 40, 300, sound.len() / 2, sound.len() - 1].map(damaged);
    for size in [1, 3, 63, 64, 255, 256, 1000, sound.len(), sound.len() + 1] {
        for file in cut.iter().chain(&broken).chain(&forgeries).chain([&sound, &longer]) {
            let expected = Model::read(file.clone()).map(|model| Some(model.version().to_owned()));
            assert_eq!(streamed(file, size), expected, "{size}");
        }
        let mut loader = Loader::default();
        sound.chunks(size).for_each(|piece| loader.push(piece));
        assert_eq!(loader.finish().unwrap().analyze(&text), whole);
    }
}

#[test]
fn a_file_that_was_cut_is_refused_wherever_it_was() {
    let file = small::file();
    assert!(Model::read(file.clone()).is_ok());
    for length in 0..file.len() {
        let error = refused(file[..length].to_vec());
        match length {
            0..8 => assert_eq!(error, ModelError::NotAModel, "{length}"),
            _ => assert!(matches!(error, ModelError::Length { found, .. } if found == length), "{length}: {error:?}"),
        }
    }
    let mut longer = file.clone();
    longer.push(0);
    assert_eq!(refused(longer), ModelError::Length { expected: file.len(), found: file.len() + 1 });
}

#[test]
fn one_wrong_bit_is_found_wherever_it_is() {
    let file = small::file();
    for at in (0..file.len()).step_by(7).chain(0..256) {
        let mut damaged = file.clone();
        damaged[at] ^= 1 << (at % 8);
        let error = refused(damaged);
        match at {
            0..8 => assert_eq!(error, ModelError::NotAModel),
            8..12 => assert!(matches!(error, ModelError::Version { .. })),
            12..16 => assert!(matches!(error, ModelError::Length { .. })),
            _ => assert_eq!(error, ModelError::Checksum, "{at}"),
        }
    }
}

#[test]
fn a_file_with_a_sound_checksum_and_a_wrong_content_is_refused() {
    let number = |file: &mut Vec<u8>, at: usize, value: u32| file[at..at + 4].copy_from_slice(&value.to_le_bytes());
    let header = |at: usize, value: u32| refused(forged(|file| number(file, at, value)));
    assert_eq!(header(8, 3), ModelError::Version { found: 3 });
    // Every size, none and far too many: refused, or at least not believed.
    for at in (32..96).step_by(4) {
        for value in [0, 1, 3, 0x7FFF_FFFF, u32::MAX] {
            let _ = Model::read(forged(|file| number(file, at, value)));
        }
    }
    for (at, what) in
        [(32, "vocabulary"), (36, "hidden"), (44, "heads"), (56, "labels"), (60, "token heads"), (84, "window")]
    {
        assert!(matches!(header(at, 5), ModelError::Shape(_) | ModelError::Table(_)), "{what}");
    }
    assert_eq!(header(100, f32::NAN.to_bits()), ModelError::NotFinite);
    assert!(matches!(header(100, 0), ModelError::Shape(_)));
    // The vocabulary is the first section.
    assert_eq!(refused(forged(|file| file[256] = 0xFF)), ModelError::Table("vocabulary"));
    assert_eq!(refused(forged(|file| file[256] = b'\n')), ModelError::Table("vocabulary"));
    // The token head's bias is the last.
    let last = small::file().len() - 8;
    assert_eq!(refused(forged(|file| number(file, last, f32::INFINITY.to_bits()))), ModelError::NotFinite);
    for error in [ModelError::NotAModel, ModelError::Version { found: 2 }, ModelError::Checksum, ModelError::NotFinite]
    {
        assert!(error.to_string().contains("model file"));
    }
}
