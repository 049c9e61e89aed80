//! What holds for every text, also for one that nobody wrote.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used)]

use std::time::{Duration, Instant};

use proptest::prelude::*;
use sayswho::{Analysis, Engine, Label, OffsetTable, Offsets, Span, analyze, language::is_english, text::Document};

/// Pieces of news and of what breaks splitters, to be strung together.
const PIECES: [&str; 72] = [
    "the",
    "mayor",
    "Lee",
    "Mr.",
    "U.S.",
    "Sen.",
    "J.",
    "p.m.",
    "No.",
    "5",
    "1,000",
    "3.5",
    "etc.",
    "said",
    "She",
    "I",
    "iPhone",
    "don’t",
    "O'Neill",
    "voters’",
    "'em",
    "’90s",
    ".",
    ".",
    ".",
    "!",
    "?",
    "?!",
    "...",
    "…",
    ". . .",
    ",",
    ";",
    ":",
    "—",
    "--",
    "-",
    "“",
    "”",
    "\"",
    "'",
    "‘",
    "’",
    "''",
    "``",
    "«",
    "»",
    "„",
    "(",
    ")",
    "[1]",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\u{a0}",
    "\u{200b}",
    "\u{feff}",
    "\u{301}",
    "\u{2028}",
    "\u{2029}",
    "\u{c}",
    "👩‍👧",
    "🇫🇷",
    "https://example.com/a",
    "ann@example.com",
    "@ann",
    "#tag",
    "By Ann Lee",
    "Photo:",
    "العربية",
    "新闻。",
];

/// Newsy text: pieces with or without spaces between.
fn news() -> impl Strategy<Value = String> {
    prop::collection::vec((0..PIECES.len(), prop::bool::weighted(0.75)), 0..80).prop_map(|pieces| {
        pieces.iter().map(|&(piece, space)| format!("{}{}", PIECES[piece], if space { " " } else { "" })).collect()
    })
}

fn anything() -> impl Strategy<Value = String> {
    prop_oneof![3 => news(), 1 => any::<String>(), 1 => "[ .!?\"'“”‘’a-cA-C\n]{0,60}"]
}

/// Sorted, disjoint, not empty, inside `text`, on character boundaries.
fn check_spans(text: &str, spans: impl Iterator<Item = Span>) -> Result<(), TestCaseError> {
    let mut end = 0;
    for span in spans {
        prop_assert!(!span.is_empty() && end <= span.start && span.end <= text.len(), "{:?} after {}", span, end);
        prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
        end = span.end;
    }
    Ok(())
}

/// Each list of spans by itself, and how the parts of an answer refer to one another.
fn check_answer(text: &str, analysis: &Analysis) -> Result<(), TestCaseError> {
    check_spans(text, analysis.sentences.iter().map(|sentence| sentence.span))?;
    for attribution in &analysis.attributions {
        for part in [&attribution.source, &attribution.cue, &attribution.content] {
            check_spans(text, part.iter().copied())?;
        }
        prop_assert!(!attribution.content.is_empty(), "an attribution of nothing");
    }
    for sentence in &analysis.sentences {
        check_spans(text, sentence.signals.iter().map(|signal| signal.span))?;
        prop_assert!(sentence.signals.iter().all(|signal| sentence.span.contains(signal.span)));
        for &index in &sentence.attributions {
            let touches = |span: &Span| span.start < sentence.span.end && sentence.span.start < span.end;
            let attribution = analysis.attributions.get(index);
            let here = attribution.is_some_and(|a| a.content.iter().chain(&a.cue).any(touches));
            prop_assert!(here, "{} of {:?}", index, sentence);
        }
        prop_assert!((0.0..=1.0).contains(&sentence.confidence));
    }
    Ok(())
}

/// The words of each sentence.
fn words(text: &str) -> Vec<Vec<String>> {
    let document = Document::new(text);
    (0..document.sentences.len())
        .map(|index| document.tokens_of(index).iter().map(|token| document.slice(token.span).to_owned()).collect())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parts_are_sorted_disjoint_and_nested(text in anything()) {
        let document = Document::new(&text);
        check_spans(&text, document.tokens.iter().map(|t| t.span))?;
        check_spans(&text, document.sentences.iter().map(|s| s.span))?;
        check_spans(&text, document.paragraphs.iter().map(|p| p.span))?;
        check_spans(&text, document.quotations.iter().map(|q| q.span))?;
        let (mut sentence, mut token) = (0, 0);
        for (index, paragraph) in document.paragraphs.iter().enumerate() {
            prop_assert_eq!(paragraph.sentences.start, sentence);
            prop_assert!(paragraph.sentences.end > sentence);
            for s in &document.sentences[paragraph.sentences.clone()] {
                prop_assert!(paragraph.span.contains(s.span));
                prop_assert_eq!(s.paragraph, index);
                prop_assert_eq!(s.tokens.start, token);
                prop_assert!(s.tokens.end > token);
                prop_assert_eq!(document.tokens[token].span.start, s.span.start);
                token = s.tokens.end;
                prop_assert_eq!(document.tokens[token - 1].span.end, s.span.end);
            }
            sentence = paragraph.sentences.end;
        }
        prop_assert_eq!(sentence, document.sentences.len());
        prop_assert_eq!(token, document.tokens.len());
    }

    #[test]
    fn every_letter_and_digit_is_in_one_token(text in anything()) {
        let document = Document::new(&text);
        for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
            let holding = document.tokens.iter().filter(|t| t.span.start <= at && at + c.len_utf8() <= t.span.end).count();
            prop_assert_eq!(holding, 1, "{:?} at {}", c, at);
        }
    }

    #[test]
    fn quotations_have_contents_inside(text in anything()) {
        let document = Document::new(&text);
        for quotation in &document.quotations {
            check_spans(&text, quotation.content.iter().copied())?;
            prop_assert!(!quotation.content.is_empty());
            prop_assert!(quotation.content.iter().all(|&span| quotation.span.contains(span)));
        }
    }

    #[test]
    fn trailing_spaces_change_nothing(text in news()) {
        let text = text.replace('\r', "");
        prop_assert_eq!(words(&text.replace('\n', " \n")), words(&text));
        prop_assert_eq!(words(&format!("{text}  \n ")), words(&text));
    }

    #[test]
    fn carriage_returns_change_nothing(text in news()) {
        let text = text.replace('\r', "");
        prop_assert_eq!(words(&text.replace('\n', "\r\n")), words(&text));
    }

    #[test]
    fn analysis_never_panics_and_is_deterministic(text in anything()) {
        let analysis = analyze(&text);
        check_answer(&text, &analysis)?;
        prop_assert_eq!(&analysis, &analyze(&text));
        let _ = is_english(&text);
    }

    #[test]
    fn the_answers_sentences_cover_every_word_once(text in anything()) {
        let analysis = analyze(&text);
        for token in &Document::new(&text).tokens {
            let holding = analysis.sentences.iter().filter(|sentence| sentence.span.contains(token.span)).count();
            prop_assert_eq!(holding, 1, "{:?}", token.span);
        }
    }

    #[test]
    fn the_three_units_name_the_same_words(text in anything()) {
        let utf16: Vec<u16> = text.encode_utf16().collect();
        let chars: Vec<char> = text.chars().collect();
        let bytes = analyze(&text);
        let words: Vec<&str> = spans(&bytes).map(|span| span.of(&text)).collect();
        let in_utf16 = bytes.clone().with_offsets(&text, Offsets::Utf16);
        // As JavaScript slices, and as Python does.
        let sliced: Vec<String> = spans(&in_utf16).map(|s| String::from_utf16_lossy(&utf16[s.start..s.end])).collect();
        prop_assert_eq!(&sliced, &words);
        let in_chars = bytes.clone().with_offsets(&text, Offsets::Chars);
        let sliced: Vec<String> = spans(&in_chars).map(|s| chars[s.start..s.end].iter().collect()).collect();
        prop_assert_eq!(&sliced, &words);
        for (unit, there) in [(Offsets::Utf16, in_utf16), (Offsets::Chars, in_chars)] {
            let table = OffsetTable::new(&text, unit);
            let back: Vec<Span> =
                spans(&there).map(|s| Span::new(table.byte(&text, s.start), table.byte(&text, s.end))).collect();
            prop_assert_eq!(back, spans(&bytes).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_order_of_windows_changes_nothing(text in anything(), places in prop::collection::vec(0..500usize, 0..4)) {
        let mut job = Engine::new().begin(&text);
        for place in places {
            job.look_at(place);
            job.step();
        }
        prop_assert_eq!(job.finish(), analyze(&text));
    }

    #[test]
    fn harmless_changes_change_no_label(article in article()) {
        harmless(&Engine::new(), &article)?;
    }
}

proptest! {
    // The carried model takes a second for what the rules do in a millisecond.
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn harmless_changes_change_no_label_of_the_models(article in article()) {
        let engine = Engine::with_model(include_bytes!("../model/sayswho.bin").as_slice()).expect("the model is read");
        check_answer(&article, &engine.analyze(&article))?;
        harmless(&engine, &article)?;
    }

    #[test]
    fn the_models_answers_hold_together(text in anything()) {
        let engine = Engine::with_model(include_bytes!("../model/sayswho.bin").as_slice()).expect("the model is read");
        check_answer(&text, &engine.analyze(&text))?;
    }
}

/// Every span in an answer.
fn spans(analysis: &Analysis) -> impl Iterator<Item = Span> {
    let sentences = analysis
        .sentences
        .iter()
        .flat_map(|s| std::iter::once(s.span).chain(s.signals.iter().map(|signal| signal.span)));
    let attributions = analysis
        .attributions
        .iter()
        .flat_map(|a| [&a.source, &a.cue, &a.content])
        .flat_map(|spans| spans.iter().copied());
    sentences.chain(attributions)
}

/// Sentences of an article as editors write them, with every quotation closed in its sentence.
const SENTENCES: [&str; 16] = [
    "The bridge opened in 1932 and carries 40,000 cars a day.",
    "“We lost the whole harvest,” said Ada Moss, a farmer.",
    "“It’s a start,” the mayor told reporters, “but it isn’t enough.”",
    "Engineers say the cables won’t last another winter.",
    "What a shameful waste of everybody’s money!",
    "The council’s own report, published in May, found “serious failings” in the accounts.",
    "According to Mr. Lee, the work will cost $3.5 million.",
    "Nobody in their right mind would call that a plan.",
    "He didn’t say who had paid for it.",
    "The U.S. Senate passed the bill by 52 votes to 48.",
    "Critics called the scheme ‘a monument to vanity’.",
    "It is time to stop pretending.",
    "By Ann Lee",
    "Photo: Ann Lee",
    "The vote was delayed… and then cancelled — twice.",
    "“Is that so?” asked the judge.",
];

/// Some of them, in paragraphs.
fn article() -> impl Strategy<Value = String> {
    prop::collection::vec((0..SENTENCES.len(), prop::bool::weighted(0.3)), 1..25).prop_map(|sentences| {
        sentences.iter().fold(String::new(), |text, &(index, opens)| {
            let between = if text.is_empty() {
                ""
            } else if opens {
                "\n\n"
            } else {
                " "
            };
            text + between + SENTENCES[index]
        })
    })
}

fn labels(engine: &Engine, text: &str) -> Vec<Option<Label>> {
    engine.analyze(text).sentences.iter().map(|sentence| sentence.label).collect()
}

fn harmless(engine: &Engine, article: &str) -> Result<(), TestCaseError> {
    let before = labels(engine, article);
    for (what, after) in [
        ("spaces at the end", format!("{article}  \n\n ")),
        ("spaces at the end of paragraphs", article.replace('\n', " \t\n")),
        ("an empty line more", article.replace("\n\n", "\n\n\n")),
        ("carriage returns", article.replace('\n', "\r\n")),
        ("straight quotation marks", article.replace(['“', '”'], "\"").replace(['‘', '’'], "'")),
        ("spaces that do not break", article.replace("Mr. ", "Mr.\u{a0}")),
    ] {
        prop_assert_eq!(labels(engine, &after), before.as_slice(), "{}", what);
    }
    Ok(())
}

/// Hostile texts cost in proportion to their length. Instructions are counted by `make linear`; here eight times the text may
/// take 32 times as long, where the square of its length would take 64: what is left is for the machine's moods.
#[test]
fn hostile_texts_take_no_longer_than_their_length() {
    let engine = Engine::new();
    let least = |text: &str| {
        let time = |_| {
            let start = Instant::now();
            assert!(Document::new(text).tokens.len() <= text.len());
            assert!(engine.analyze(text).sentences.len() <= text.len());
            let _ = is_english(text);
            start.elapsed()
        };
        (0..3).map(time).min().unwrap_or_default()
    };
    for piece in [
        "a",
        " a",
        "a.",
        "A. ",
        "U.S. ",
        "U.S.-",
        "a@",
        "www.",
        ". ",
        ".)",
        ".(",
        "? ( ",
        "“",
        "“a",
        "“a\n\n",
        "'a ",
        "a' b ",
        "-'-",
        "\"'",
        "\"a",
        "''a``",
        "«",
        "\n",
        "a\n",
        "a\n\n",
        "- a\n",
        "\u{301}",
        "\0",
        "👩\u{200d}",
        "🇫",
        "1,",
        "1:",
        "a-",
        "a’",
        "By A ",
        "@a ",
        "(@a) ",
        "^ ",
        "A/",
    ] {
        let [short, long] = [16_000, 128_000].map(|length| piece.repeat(length / piece.len()));
        let in_proportion = |_| least(&long) < 32 * least(&short) + Duration::from_millis(20);
        // A machine that has other things to do is asked again; what takes the square does so each time.
        assert!((0..5).any(in_proportion), "{piece:?}: eight times the text takes over 32 times as long");
    }
}
