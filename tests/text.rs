//! Sentences and tokens, as tables. In the first, `|` with a space at each side stands where one sentence ends and the
//! next begins; a case without one is a single sentence.

use sayswho::text::Document;

/// The sentences of `text`.
fn sentences(text: &str) -> Vec<String> {
    let document = Document::new(text);
    document.sentences.iter().map(|s| document.slice(s.span).to_owned()).collect()
}

/// Checks a table of texts that are marked with ` | ` at each boundary, where the text itself has `gap`.
fn check(gap: &str, cases: &[&str]) {
    let mut wrong = Vec::new();
    for case in cases {
        let found = sentences(&case.replace(" | ", gap));
        let expected: Vec<_> = case.split(" | ").filter(|part| !part.is_empty()).map(str::to_owned).collect();
        if found != expected {
            wrong.push(format!("expected {expected:#?}\n   found {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn plain() {
    check(
        " ",
        &[
            "",
            "He left.",
            "He left. | She stayed.",
            "He left! | She stayed? | Nobody knows.",
            "Did he leave?! | She stayed.",
            "He left.... | She stayed.",
            "It cost $3.5 million. | Taxes rose 2.4 percent.",
            "There were 40 people. | 12 were hurt.",
            "It began in 1932. | The bridge opened then.",
            "The ship sank in 1912. | 1,500 people died.",
            "He left; she stayed.",
            "He had one wish: The bridge should open.",
            "HE LEFT. | SHE STAYED.",
            "iPhone sales fell. | iPads did well. | eBay was up.",
            "The town is small. | iPhone sales fell there.",
            "He left. | “She stayed.”",
            "He left. | (She stayed.) | They ate.",
            "He left (she stayed). | They ate.",
            "He left (did she?) and they ate.",
            "He left [see below]. | They ate.",
            "The rule changed.[1] | It was old.",
            "Él se fue. | Ça va. | Über uns.",
            "He left — nobody knew why. | She stayed.",
            "“Stop.” — a sign",
            "Well... she stayed.",
            "Well… she stayed.",
            "He waited . . . and left.",
            "He waited... | The crowd left.",
            "So what? nobody asked.",
            "Yahoo! said it would close.",
            "The show Jeopardy! is old. | She likes it.",
            "Visit example.com. | The site is old.",
            "See https://example.com/a.b?c=d. | The site is old.",
            "Write to ann@example.com. | She answers.",
            "It is so #sad. | @ann_lee left. | #Enough of it.",
        ],
    );
}

#[test]
fn a_missing_space_is_a_boundary_only_where_it_surely_is_one() {
    for (text, expected) in [
        ("He left.The next day she stayed.", ["He left.", "The next day she stayed."].as_slice()),
        ("He left.“She stayed.”", &["He left.", "“She stayed.”"]),
        ("He left?”The next day she stayed.", &["He left?”", "The next day she stayed."]),
        ("He read example.com daily.", &["He read example.com daily."]),
        ("He owns Snopes.com and v2.0.", &["He owns Snopes.com and v2.0."]),
        ("He left.the next day", &["He left.the next day"]),
    ] {
        assert_eq!(sentences(text), expected);
    }
}

#[test]
fn abbreviations() {
    check(
        " ",
        &[
            "U.S. officials said so.",
            "It happened in the U.S. | Officials said so.",
            "It happened in the U.S. | The president said so.",
            "The U.S. Supreme Court ruled.",
            "The U.S. Immigration office knew of immigration.",
            "Sen. J. D. Vance spoke.",
            "Rep. Ann Lee (D-Ill.) spoke.",
            "Sen. Ann Lee, R-Tenn., spoke. | She left.",
            "Mr. Lee and Mrs. Moss met Dr. Ray.",
            "Then-Gov. Ann Lee spoke.",
            "The then-Sen. Ann Lee spoke.",
            "SEN. LEE SPOKE. | SHE LEFT.",
            "At 5 p.m. Monday he left.",
            "He left at 5 p.m. | She stayed.",
            "He left at 5 p.m. and she stayed.",
            "On Jan. 6 he left.",
            "It happened in Jan. | The town was dark.",
            "George W. Bush spoke. | He left.",
            "They chose Plan B. | The town was dark.",
            "It was he and I. | Then they left.",
            "It was between Ann and I. | Nobody else knew.",
            "No. 5 is alive.",
            "She said no. | Five men left.",
            "He lives in St. Paul. | She lives in Mt. Airy.",
            "Roe v. Wade was overturned.",
            "Lee vs. Moss is on.",
            "Acme Inc. said so.",
            "Acme Inc. | The company said so.",
            "Acme Corp. Chairman Bo Moss spoke.",
            "He works for Acme Co. | She does not.",
            "He lives in Fla. with her.",
            "He lives in Tampa, Fla. | She does not.",
            "He lives in Washington, D.C. | She does not.",
            "A Ph.D. student spoke. | He has a Ph.D. | She has none.",
            "Fruit, e.g. Apples, was sold.",
            "Apples, pears, etc. were sold.",
            "Apples, pears, etc. | The town ate.",
            "Martin Luther King Jr. spoke. | He was there.",
            "A U.S.-led force came. | It left.",
            "It is Sgt. Lee’s. | He left.",
            "She moved to the U.K. in May.",
            "The E.U. and the U.N. agreed. | So did the U.S.",
            "Prices rose 3 percent vs. 2 percent.",
            "He said Gen. Lee was late. | She was not.",
        ],
    );
}

#[test]
fn speech() {
    check(
        " ",
        &[
            "“We won,” she said. | “They lost.”",
            "“We won.” | She left.",
            "“Why?” he asked. | She left.",
            "“Why?” Lee asked. | She left.",
            "“Why?” Ann Lee asked.",
            "“Stop!” | The crowd ran.",
            "“Stop!” cried the man.",
            "\"Why?\" he asked. | \"Because,\" she said.",
            "\"We won.\" | \"They lost.\" | He left.",
            "'We won.' | She left.",
            "‘We won.’ | She left.",
            "He said: “We won. | They lost.”",
            "He said, “We won.” | She left.",
            "He said, “We won”. | She left.",
            "She said, “He told me ‘no.’” | They left.",
            "“We won!” she said. | “We won!”",
            "«We won.» | She left.",
            "``We won.'' | She left.",
            "''We won.'' | ''They lost,'' he said.",
            "She asked, “Why?” | The man left.",
            "“Is it 5 p.m.?” he asked.",
            "He was born in the U.S.” | The man left.",
            "He called it “a mess.” | She did not.",
            "(“We won.”) | She left.",
            "“... and so we won.” | She left.",
        ],
    );
}

#[test]
fn paragraphs_part_sentences() {
    check(
        "\n\n",
        &[
            "A headline without a stop | The first sentence.",
            "BRIDGE SHUT | The first sentence.",
            "“We won | “They lost,” she said.",
            "He said: | We won.",
            "1. Buy milk | 2. Buy bread",
            "1. Buy milk. | 2. Buy bread.",
            "• Buy milk | • Buy bread",
            "a) Buy milk. | b) Buy bread.",
            "By Ann Lee | RIVERTON, Ill. (AP) — The bridge is shut.",
            "He lives in the U.S. | He left.",
            "He spoke to Mr. | Nobody knows.",
        ],
    );
    check("\r\n\r\n", &["A headline | The first sentence.", "He left. | She stayed."]);
    check("\u{2029}", &["A headline | The first sentence."]);
    check(
        "\n",
        &[
            "A headline without a stop | The first sentence of the text is longer than the headline.",
            "The first sentence. | A heading | The second sentence. | The third sentence.",
            "They want: | - more buses | - new lamps",
        ],
    );
}

#[test]
fn hard_wrapped_lines_are_joined() {
    for text in [
        "The minister said on\nMonday that she would go.",
        "The minister said on\r\nMonday that she would go.",
        "The minister said on\u{2028}Monday that she would go.",
        "The council of the town voted on Tuesday\nto close the bridge, which is older than\nMayor Ann Lee and everybody else in it.",
    ] {
        assert_eq!(sentences(text), [text]);
    }
}

#[test]
fn spans_are_exact() {
    let text = " \u{feff}He\u{a0}left. \u{200b}\n\n\u{2003}“She stayed.”\u{a0}\n";
    assert_eq!(sentences(text), ["He\u{a0}left.", "“She stayed.”"]);
    let document = Document::new(text);
    for sentence in &document.sentences {
        let paragraph = &document.paragraphs[sentence.paragraph];
        assert!(paragraph.span.contains(sentence.span));
        assert_eq!(document.tokens[sentence.tokens.start].span.start, sentence.span.start);
        assert_eq!(document.tokens[sentence.tokens.end - 1].span.end, sentence.span.end);
    }
}
