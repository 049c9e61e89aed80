//! Whole pieces as a page has them: a wire story between the furniture of a site, with a bare opinion below. Each
//! sentence of `tests/pieces/` stands behind its label: F reported fact, A attributed claim, O opinion, N none.

#![cfg(not(target_arch = "wasm32"))]

use sayswho::{Analysis, Engine, Label};

const PIECES: [(&str, &str); 3] = [
    ("harbor", include_str!("pieces/harbor.txt")),
    ("dam", include_str!("pieces/dam.txt")),
    ("school", include_str!("pieces/school.txt")),
];

/// The text without labels, and each labelled sentence: where it begins, and its letter.
fn unmark(marked: &str) -> (String, Vec<(usize, char)>) {
    let mut text = String::new();
    let mut labels = Vec::new();
    for paragraph in marked.trim_end().split("\n\n") {
        if !text.is_empty() {
            text += "\n\n";
        }
        let mut first = true;
        for word in paragraph.split(' ') {
            if matches!(word, "F" | "A" | "O" | "N") {
                labels.push((text.len() + usize::from(!first), word.chars().next().unwrap_or('N')));
                continue;
            }
            if !first {
                text.push(' ');
            }
            text += word;
            first = false;
        }
    }
    (text, labels)
}

fn letter(label: Option<Label>) -> char {
    match label {
        Some(Label::ReportedFact) => 'F',
        Some(Label::AttributedClaim) => 'A',
        Some(Label::UnattributedOpinion) => 'O',
        None => 'N',
    }
}

fn engine() -> Engine {
    Engine::with_model(include_bytes!("../model/sayswho.bin").as_slice()).unwrap_or_default()
}

#[test]
fn every_sentence_is_labelled_right() {
    let engine = engine();
    assert!(engine.model_version().is_some(), "the model is read");
    let mut wrong = Vec::new();
    for (name, marked) in PIECES {
        let (text, labels) = unmark(marked);
        let analysis = engine.analyze(&text);
        for &(start, expected) in &labels {
            let sentence = analysis.sentences.iter().rfind(|s| s.span.start <= start);
            let got = sentence.map_or('?', |s| letter(s.label));
            if got != expected {
                let shown = sentence.map_or("", |s| s.span.of(&text));
                wrong.push(format!("{name}: {got} for {expected}: {shown}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn credited(analysis: &Analysis, text: &str, words: &str) -> Option<String> {
    let at = text.find(words)?;
    let found = analysis
        .attributions
        .iter()
        .filter(|a| a.content.iter().any(|span| span.start <= at + words.len() && at < span.end))
        .max_by_key(|a| a.content.iter().map(|span| span.len()).sum::<usize>())?;
    found.speaker.clone()
}

#[test]
fn every_claim_is_laid_at_the_right_door() {
    let engine = engine();
    let mut wrong = Vec::new();
    for (piece, words, speaker) in [
        (0, "no ceiling", "Oskar Brandt"),
        (0, "directed against nobody", "Oskar Brandt"),
        (0, "open to merchant ships", "Ingrid Sol"),
        (0, "the first ferries would sail", "Ingrid Sol"),
        (0, "changes the map", "Peter Aaldering"),
        (1, "buses would be ready", "Ruth Okello"),
        (1, "left behind", "Ruth Okello"),
        (1, "delayed by a lack of money", "Henrik Vale"),
        (2, "we got respect", "Leo Grant"),
        (2, "the money would be paid", "Alma Reyes"),
        (2, "cost the districts", "Carol Yates"),
        (2, "lost days would be made up", "Carol Yates"),
        (2, "Families will notice", "Dana Whitfield"),
    ] {
        let (text, _) = unmark(PIECES[piece].1);
        let got = credited(&engine.analyze(&text), &text, words);
        if got.as_deref() != Some(speaker) {
            wrong.push(format!("{words}: {got:?} for {speaker}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
