//! Cases read as the text with `⟦…⟧` round each quotation that must be found; `⟦…` in the last place of an unclosed one.

use super::*;

/// The text that was searched, and what `expected` marks in it: the starts and ends of quotations.
fn parse(marked: &str) -> (String, Vec<Span>) {
    let (mut text, mut spans, mut start) = (String::new(), Vec::new(), 0);
    for c in marked.chars() {
        match c {
            '⟦' => start = text.len(),
            '⟧' => spans.push(Span::new(start, text.len())),
            c => text.push(c),
        }
    }
    (text, spans)
}

#[test]
fn quotations() {
    for (name, marked) in [
        ("curly", "⟦“We won,”⟧ she said."),
        ("straight", "⟦\"We won,\"⟧ she said."),
        ("two in a sentence", "⟦“We won,”⟧ she said, ⟦“and they lost.”⟧"),
        ("straight, two in a sentence", "⟦\"We won,\"⟧ she said, ⟦\"and they lost.\"⟧"),
        ("stop after the mark", "He called it ⟦“a mess”⟧."),
        ("over sentences", "⟦“We won. They lost. Nobody cares,”⟧ she said."),
        ("nested singles", "⟦“He told me ‘no’ twice,”⟧ she said."),
        ("nested straight singles", "⟦\"He told me 'no' twice,\"⟧ she said."),
        ("nested at the end", "⟦“He told me ‘no.’”⟧ She left."),
        ("nested at the end, straight", "⟦\"He told me 'no.'\"⟧ She left."),
        ("nested at the start", "⟦“‘No’ is what he told me,”⟧ she said."),
        ("nested in the same marks", "⟦“He told me “no” twice,”⟧ she said."),
        ("British", "⟦‘We won,’⟧ she said, ⟦‘and they lost.’⟧"),
        ("British, straight", "⟦'We won,'⟧ she said, ⟦'and they lost.'⟧"),
        ("British with contractions", "⟦‘We don’t know what they’re doing,’⟧ she said."),
        ("British with a possessive", "⟦‘The voters’ choice is clear,’⟧ she said."),
        ("British with nested doubles", "⟦‘He told me “no” twice,’⟧ she said."),
        ("British, straight, nested doubles", "⟦'He told me \"no\" twice,'⟧ she said."),
        ("British word", "The ⟦'Right decision'⟧ was made."),
        ("apostrophes only", "The voters’ choice and the workers’ pay don’t matter."),
        ("straight apostrophes only", "The voters' choice and the workers' pay don't matter."),
        ("clipped words", "Rock ’n’ roll from the ’90s got ’em, and 'tis the season."),
        ("straight clipped words", "Rock 'n' roll from the '90s got 'em, 'cause they were young."),
        ("guillemets", "⟦«We won»⟧, she said."),
        ("guillemets with spaces", "⟦« We won »⟧, she said."),
        ("typewriter", "⟦``We won,''⟧ she said."),
        ("typewriter, twice the same", "⟦''We won,''⟧ she said. ⟦''They lost.''⟧"),
        ("typewriter and curly", "⟦“We won,''⟧ she said."),
        ("low opening mark", "⟦„We won“⟧, she said."),
        ("closed by an opening mark", "⟦“We won?“⟧ she asked."),
        ("opened by a closing mark", "⟦”We won,”⟧ she said."),
        ("feet and inches", "He is 6' 2\" tall and she is 5' 11\" tall."),
        ("feet and inches in a quotation", "⟦\"He is 6' 2\" tall,\"⟧ she said."),
        ("after a bracket", "(⟦\"We won,\"⟧ she said.)"),
        ("after a dash", "She said it—⟦\"we won\"⟧—twice."),
        ("before a dash", "⟦\"We won—\"⟧ she began."),
        ("possessive of a title", "⟦\"Time\"⟧'s cover and ⟦“Time”⟧’s cover."),
        ("never closed", "⟦“We won, she said.⟧\n\nIt rained. ⟦“They lost,”⟧ he said."),
        ("never closed, straight", "⟦\"We won, she said.⟧\n\nIt rained. ⟦\"They lost,\"⟧ he said."),
        ("never closed, then opened again", "⟦“We won, she said.⟧ ⟦“They lost,”⟧ he said."),
        ("stray closing mark", "We won,” she said. ⟦“They lost,”⟧ he said."),
        ("over paragraphs", "⟦“We won.\n\n“They lost.\n\n“Nobody cares,”⟧ she said."),
        ("over paragraphs, straight", "⟦\"We won.\n\n\"They lost,\"⟧ she said."),
        ("over paragraphs, British", "⟦‘We won.\n\n‘They lost,’⟧ she said."),
        ("over paragraphs, not repeated", "⟦“We won.\n\nThey lost,”⟧ she said."),
        ("over paragraphs, never closed", "⟦“We won.\n\n“They lost, she said.⟧\n\nIt rained."),
        ("nothing inside", "He said \"\" and “”."),
        ("a lone mark", "\""),
        ("only marks", "\"\"\"\"\" ''''' “““ ”””"),
        ("empty", ""),
        ("with a hashtag", "⟦“#MeToo is here,”⟧ she said."),
        ("bracket inside", "⟦“[We] won,”⟧ she said."),
        ("French apostrophe", "The Hawai‘i senator and Gov. D’Arcy met."),
    ] {
        let (text, expected) = parse(marked);
        let document = Document::new(&text);
        let found: Vec<_> = document.quotations.iter().map(|q| q.span.of(&text)).collect();
        let expected: Vec<_> = expected.iter().map(|span| span.of(&text)).collect();
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn contents_are_one_span_a_paragraph_without_marks() {
    let text = "“We won.\n\n“They lost,” she said.";
    let document = Document::new(text);
    let contents: Vec<_> = document.quotations[0].content.iter().map(|span| span.of(text)).collect();
    assert_eq!(contents, ["We won.", "They lost,"]);
}

#[test]
fn kinds() {
    use QuotationKind::{Scare, Speech};
    for (text, expected) in [
        ("“We lost the whole harvest in two days,” said Ada Moss.", Speech),
        ("“Yes,” she said.", Speech),
        ("She replied: “Never.”", Speech),
        ("He called the plan “a disaster”.", Speech),
        ("He called the plan “disastrous”.", Speech),
        ("The mayor fears “a very long winter” for the town.", Speech),
        ("She was “too tired to care” that night.", Speech),
        ("The “experts” were wrong.", Scare),
        ("The so-called “Deep State” is a term.", Scare),
        ("Ann “Annie” Lee won.", Scare),
        ("She appeared on “Meet the Town.”", Scare),
        ("She wrote the book “The Long Way Home From the River”.", Scare),
        ("“We won, she said.", Speech),
    ] {
        let document = Document::new(text);
        assert_eq!(document.quotations.first().map(|q| q.kind), Some(expected), "{text}");
    }
}

#[test]
fn a_forgotten_mark_does_not_swallow_the_article() {
    let text = format!("“We won, she said.\n\n{}", "It rained.\n\n".repeat(50));
    let document = Document::new(&text);
    assert_eq!(document.quotations.len(), 1);
    assert_eq!(document.slice(document.quotations[0].span), "“We won, she said.");
    assert!(!document.quotations[0].closed);
}
