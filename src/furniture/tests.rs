//! Each case is an article of three paragraphs round the line in question, as it would stand in a page.

use crate::text::Document;

/// Whether `line`, in a paragraph of its own in the middle of an article, is furniture in all its sentences.
fn is_furniture(line: &str) -> bool {
    within(
        "The council voted on Tuesday to close the bridge.\n\n",
        line,
        "\n\nIt will open again in May, the mayor said.",
    )
}

fn within(before: &str, line: &str, after: &str) -> bool {
    let text = format!("{before}{line}{after}");
    let document = Document::new(&text);
    let span = before.len()..before.len() + line.len();
    let inside = |i: &usize| document.sentences.get(*i).is_some_and(|s| span.contains(&s.span.start));
    (0..document.sentences.len()).filter(inside).all(|index| super::is_furniture(&document, index))
}

#[test]
fn furniture() {
    let mut wrong = Vec::new();
    for line in [
        // Bylines, datelines, signatures
        "By Ann Lee",
        "By ANN LEE, Riverton Press",
        "BY ANN LEE AND BO MOSS",
        "By Ann Lee May 4, 2018",
        "By Ann Lee and Bo Moss of The Riverton Press",
        "LONDON —",
        "RIVERTON, Ill.",
        "RIVERTON, Ill. (AP) —",
        "— Ann Lee",
        "–Riverton Press",
        "-Ann Lee, Riverton.",
        "— Ann Lee (@annlee) May 4, 2018",
        "pic.twitter.com/a1B2c3 — Ann Lee (@annlee) May 4, 2018",
        // Credits
        "Photo: Ann Lee",
        "Photo by Ann Lee",
        "Photo credit: Ann Lee, Bo Moss",
        "(Getty Images)",
        "Ann Lee/Getty Images",
        "ANN LEE/AFP/Getty Images",
        "REUTERS/Ann Lee",
        "(Ann Lee/Riverton Press)",
        "[Photo/RPS]",
        "(AP file photo)",
        "Image via Riverton Library",
        "(Reporting by Ann Lee; Editing by Bo Moss)",
        "The Associated Press contributed from Oslo.",
        "Ann Lee contributed reporting.",
        // Navigation
        "Advertisement",
        "ADVERTISEMENT",
        "Read more",
        "READ MORE: The bridge in pictures",
        "Read more about the bridge here.",
        "Related:",
        "Related: The bridge in pictures",
        "Story continues below",
        "Story Continued Below advertisement",
        "Continue reading the main story",
        "Share this",
        "Share this article",
        "53 SHARES Facebook Twitter",
        "12 Comments",
        "Comments (74 posted)",
        "Loading...",
        "Loading…",
        "Click here to see more.",
        "Next page: Bridges >>",
        "Gallery: The bridge | 14 Photos",
        "Back to top",
        "Most popular",
        "Current Time 0:00",
        // Appeals
        "Sign up for our newsletter",
        "SIGN UP FOR OUR NEWSLETTER",
        "Subscribe to our daily briefing and never miss a story.",
        "Follow Ann Lee on Twitter",
        "Follow her on Twitter at @annlee.",
        "Like us on Facebook",
        "Contact your elected officials",
        "Donate now",
        "Support our journalism with a gift today.",
        "Get the morning briefing in your inbox.",
        "Enter your email address",
        "Email *",
        "Let us know in the comments below.",
        // Notes
        "Copyright 2018 Riverton Press. All rights reserved.",
        "©2018 Riverton Press, Inc.",
        "Updated 3:45 p.m. Monday",
        "Last updated on May 4, 2018",
        "1:39 PM ET",
        "Feb. 21, 2019",
        "3 hours ago",
        "This article originally appeared in The Riverton Press.",
        "This story has been updated to include a statement by the mayor.",
        "Reprinted from The Riverton Press.",
        // Marks, lists, addresses, headings
        "* * *",
        "———",
        "1.",
        "[2]",
        "https://example.com/bridge",
        "ann.lee@example.com",
        "@annlee",
        "Pricing and the competition",
        "The Birth of Bridges",
        "'Right decision'",
        "FULL TEXT.",
        "POWERFUL ALLIES",
    ] {
        wrong.extend((!is_furniture(line)).then_some(line));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn statements() {
    let mut wrong = Vec::new();
    for line in [
        "The bridge opened.",
        "By Monday the bridge was open again.",
        "By all accounts, the vote was close.",
        "By 1932 the river had two bridges.",
        "He left.",
        "No.",
        "Not so.",
        "Shame!",
        "What a waste!",
        "Read more books, the mayor said.",
        "Sign up sheets hung in the hall.",
        "Related problems cost the town $3 million.",
        "Advertisement spending rose by 3 percent.",
        "Share prices fell by 3 percent.",
        "The photo by Ann Lee won a prize.",
        "She contributed $50 to the campaign.",
        "Reuters said on Monday that the bridge was shut.",
        "Comments by the mayor angered the council.",
        "Follow the money.",
        "12 comments were read aloud at the meeting.",
        "The Press won.",
        "Updated rules take effect in May.",
        "Published in 1950, the book sold well.",
        "First published in 1950 by a small press in Riverton, the book has sold three million copies in ten languages.",
        "Donate blood, the hospital asked the town’s people.",
        "Ann Lee is the mayor of Riverton.",
        "Mayor wins second term",
        "Bridge is shut",
        "Put luggage on the floor",
        "“We won,” said Ann Lee.",
        "“A disaster”",
        "Still no bridge",
        "Don’t use the bridge",
        "Why is the bridge shut?",
        "The mayor said:",
        "They left at 3:45 p.m. Monday.",
        "Search teams found the boat.",
        "Video showed the bridge fall.",
        "The White House photo released on Monday shows both men.",
        "Copyright law protects the picture.",
    ] {
        wrong.extend(is_furniture(line).then_some(line));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_headline_is_none() {
    for headline in ["Pricing and the competition", "Town Hall Blues"] {
        assert!(!within("", headline, "\n\nThe council voted on Tuesday.\n\nIt rained."), "{headline}");
    }
}

#[test]
fn the_writer_at_the_end() {
    let article = "The bridge is shut. It rained. The mayor left. Nobody spoke.\n\n";
    for (line, expected) in [
        ("Ann Lee is a reporter for The Riverton Press.", true),
        ("Ann Lee is the author of “Bridges”.", true),
        ("Ann Lee is editor-at-large of The Riverton Press.", true),
        ("Ann Lee covers bridges for The Riverton Press.", true),
        ("Ann Lee reported from Riverton, and Bo Moss from Airy.", true),
        ("Ann Lee and Bo Moss contributed.", true),
        ("Ann Lee is the mayor.", false),
        ("She reported from Riverton.", false),
        ("Police reported from Riverton that the bridge was shut.", false),
    ] {
        assert_eq!(within(article, line, ""), expected, "{line}");
        if expected {
            assert!(!within("", line, &format!("\n\n{}", article.repeat(4))), "at the start: {line}");
        }
    }
}

#[test]
fn a_statement_run_together_with_furniture_keeps_its_label() {
    for line in [
        "SIGN UP FOR OUR NEWSLETTER The town’s council voted on Tuesday to close the old bridge over the river, which has stood there for ninety years and needs new cables before it may carry cars.",
        "Continue reading the main story In the second step, the council will sell the old bridge to the county.",
        "Gallery: The bridge | 14 Photos The bridge has stood there for ninety years and needs new cables.",
        "Source: Supplied A federal team has been doing the rounds of the river’s towns in the past few days.",
    ] {
        assert!(!is_furniture(line), "{line}");
    }
}
