//! A reason that changes nothing is no reason: without the words that are shown, a sentence must look less like opinion.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use sayswho::{Engine, Label, Sentence};

/// One opinion each, of many kinds; a plain sentence before it stands for the article.
const OPINIONS: [&str; 40] = [
    "The ministry has published a disastrous plan.",
    "It was a shameful vote.",
    "The council shamefully closed the only library in town.",
    "The new stadium is a monument to vanity.",
    "This reckless and cynical bill deserves to fail.",
    "The offer is a slap in the face for every nurse.",
    "No wonder the shop closed.",
    "The mayor ought to resign.",
    "The town must never forget what they did.",
    "It is time to close the plant.",
    "The state should not own a bank.",
    "The tax will only hurt the poor.",
    "The scheme is bound to fail.",
    "What a waste of nine million euros!",
    "Her masterful speech put the whole chamber to shame.",
    "The so-called experts have got it wrong again.",
    "The nanny state has struck once more.",
    "Nobody in their right mind would build a school there.",
    "Of course the board looked the other way.",
    "Who could possibly object to cleaner water?",
    "Frankly, the inquiry was a charade.",
    "I think the governor has lost his nerve.",
    "Let us be honest: the bridge was never going to be finished.",
    "You have to wonder what they were thinking.",
    "Politicians always put their donors first.",
    "The company's pathetic excuse fooled nobody.",
    "He desperately wants to be loved by the crowd.",
    "Sadly, the orchestra plays to empty seats.",
    "It is a beautiful, generous and unforgettable film.",
    "The soup was bland and the service worse.",
    "This is the most corrupt administration the city has known.",
    "The report makes a mockery of the victims.",
    "Their absurd theory falls apart at the first question.",
    "We deserve better than this.",
    "The strike will almost certainly spread, and rightly so.",
    "Enough is enough.",
    "The senator's hypocrisy is breathtaking.",
    "It was a brave and decent thing to do.",
    "The thugs in suits have won again.",
    "Common sense has finally prevailed.",
];

const BEFORE: &str = "The council met on Tuesday in the town hall.\n\n";

fn last(engine: &Engine, sentence: &str) -> Sentence {
    engine.analyze(&format!("{BEFORE}{sentence}")).sentences.pop().expect("a sentence for a sentence")
}

/// In how many of the opinions that come out as such, with words shown, the score falls without these words.
fn lowered(engine: &Engine) -> (usize, usize) {
    let (mut shown, mut lower) = (0, 0);
    for text in OPINIONS {
        let full = last(engine, text);
        if full.label != Some(Label::UnattributedOpinion) || full.signals.is_empty() {
            continue;
        }
        let mut rest = text.to_owned();
        for signal in full.signals.iter().rev() {
            rest.replace_range(signal.span.start - BEFORE.len()..signal.span.end - BEFORE.len(), "");
        }
        shown += 1;
        let without = if rest.chars().any(char::is_alphanumeric) {
            last(engine, &rest).scores.opinion
        } else {
            0.0 // Nothing is left that could be one.
        };
        if without < full.scores.opinion {
            lower += 1;
        } else {
            println!("not lower without the words shown: {text} -> {rest}");
        }
    }
    println!("{lower} of {shown}");
    (lower, shown)
}

#[test]
fn without_the_words_shown_the_rules_see_less_of_an_opinion() {
    let (lower, shown) = lowered(&Engine::new());
    assert!(shown >= 20 && lower * 5 >= shown * 4);
}

#[test]
fn without_the_words_shown_the_model_sees_less_of_an_opinion() {
    let model = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/model/sayswho.bin")).unwrap();
    let (lower, shown) = lowered(&Engine::with_model(model).unwrap());
    assert!(shown >= 20 && lower * 5 >= shown * 4);
}
