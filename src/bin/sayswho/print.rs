//! Answers in words and colours, for a reader at a terminal; the same words without colour in a pipe.

use std::io::{self, BufWriter, Write};

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};
use sayswho::{Attribution, AttributionKind, Job, Label, Sentence, Span, Summary};

/// Labels, padded to this, stand in the first column; confidence in the second.
const LABEL_WIDTH: usize = 20;
/// Where what is said about a sentence begins, under the sentence.
const INDENT: &str = "                            ";

const PLAIN: Style = Style::new();
const QUIET: Style = Style::new().dimmed();
const STRONG: Style = Style::new().bold();
const SIGNAL: Style = Style::new().bold().underline();

/// Standard output; colours only where somebody sees them and `NO_COLOR` does not forbid it.
pub fn stdout() -> impl Write {
    // One write a block, not one a styled word: the buffer stands before what strips the styles.
    BufWriter::with_capacity(1 << 14, AutoStream::auto(io::stdout()))
}

/// The name of a file before its labels, where there are several.
pub fn title(out: &mut impl Write, name: &str, first: bool) -> io::Result<()> {
    writeln!(out, "{}{STRONG}==> {name} <=={STRONG:#}\n", if first { "" } else { "\n" })
}

/// The article with each sentence's label, source and reasons, then the article in figures.
pub fn article(out: &mut impl Write, text: &str, job: Job) -> io::Result<()> {
    let paragraphs: Vec<usize> = job.document().paragraphs.iter().map(|p| p.span.end).collect();
    let analysis = job.finish();
    let mut paragraphs = paragraphs.into_iter().peekable();
    for (index, sentence) in analysis.sentences.iter().enumerate() {
        let mut new = false;
        while paragraphs.next_if(|&end| end <= sentence.span.start).is_some() {
            new = true;
        }
        if new && index > 0 {
            writeln!(out)?;
        }
        head(out, text, sentence)?;
        for attribution in linked(sentence, &analysis.attributions) {
            writeln!(out, "{INDENT}{QUIET}└ {}{QUIET:#}", credit(text, attribution))?;
        }
        for signal in &sentence.signals {
            writeln!(out, "{INDENT}{QUIET}└ “{}” {}{QUIET:#}", flat(signal.span.of(text)), signal.why)?;
        }
    }
    if !analysis.sentences.is_empty() {
        writeln!(out)?;
        figures(out, &analysis.summary)?;
    }
    Ok(())
}

/// One sentence with everything that is known about it.
pub fn explained(
    out: &mut impl Write,
    text: &str,
    sentence: &Sentence,
    attributions: &[Attribution],
) -> io::Result<()> {
    writeln!(out, "{}", marked(text, sentence))?;
    let colour = colour(sentence.label);
    writeln!(out, "\n  {colour}{}{colour:#}: {}.", name(sentence), meaning(sentence))?;
    writeln!(out, "\n  How likely each is")?;
    for label in Label::ALL {
        let score = sentence.scores.of(label);
        let colour = self::colour(Some(label));
        writeln!(out, "    {:<LABEL_WIDTH$}  {}  {colour}{}{colour:#}", words(label), percent(score), bar(score))?;
    }
    if sentence.label.is_none() {
        writeln!(out, "    {:<LABEL_WIDTH$}  {}", "none of these", percent(sentence.confidence))?;
    }
    writeln!(out, "\n  Who says so")?;
    let mut anybody = false;
    for attribution in linked(sentence, attributions) {
        anybody = true;
        writeln!(out, "    {}", credit(text, attribution))?;
        for (what, spans) in
            [("source", &attribution.source), ("cue", &attribution.cue), ("claim", &attribution.content)]
        {
            if !spans.is_empty() {
                writeln!(out, "      {what:<8}{}", quoted(text, spans))?;
            }
        }
    }
    if !anybody {
        writeln!(out, "    the writer; nobody else is credited")?;
    }
    if !sentence.signals.is_empty() {
        writeln!(out, "\n  Words that give an opinion away")?;
    }
    for signal in &sentence.signals {
        writeln!(out, "    “{SIGNAL}{}{SIGNAL:#}” {}", flat(signal.span.of(text)), signal.why)?;
    }
    Ok(())
}

fn head(out: &mut impl Write, text: &str, sentence: &Sentence) -> io::Result<()> {
    let colour = colour(sentence.label);
    let confidence = sentence.label.map_or_else(|| " ".repeat(4), |_| percent(sentence.confidence));
    let gap = " ".repeat(LABEL_WIDTH.saturating_sub(name(sentence).chars().count()));
    writeln!(out, "{colour}{}{colour:#}{gap}  {QUIET}{confidence}{QUIET:#}  {}", name(sentence), marked(text, sentence))
}

fn linked<'a>(sentence: &'a Sentence, all: &'a [Attribution]) -> impl Iterator<Item = &'a Attribution> {
    sentence.attributions.iter().filter_map(|&index| all.get(index))
}

/// The sentence on one line, its signals underlined.
fn marked(text: &str, sentence: &Sentence) -> String {
    let style = if sentence.label.is_none() { QUIET } else { PLAIN };
    let mut line = String::new();
    let mut at = sentence.span.start;
    for signal in &sentence.signals {
        line += &format!("{style}{}{style:#}", flat(Span::new(at, signal.span.start).of(text)));
        line += &format!("{SIGNAL}{}{SIGNAL:#}", flat(signal.span.of(text)));
        at = signal.span.end;
    }
    line + &format!("{style}{}{style:#}", flat(Span::new(at, sentence.span.end).of(text)))
}

/// "Ada Moss: “said”, word for word".
fn credit(text: &str, attribution: &Attribution) -> String {
    let source = attribution.source.iter().map(|span| flat(span.of(text))).collect::<Vec<_>>().join(" … ");
    let mut line = match &attribution.speaker {
        Some(speaker) => flat(speaker),
        None if source.is_empty() => "somebody who is not named here".to_owned(),
        None => source,
    };
    if !attribution.cue.is_empty() {
        line += &format!(": {}", quoted(text, &attribution.cue));
    }
    line += match attribution.kind {
        AttributionKind::Direct => ", word for word",
        AttributionKind::Indirect => ", in the writer’s words",
        AttributionKind::Mixed => ", partly word for word",
    };
    if attribution.vague {
        line += ", a vague source";
    }
    line
}

fn quoted(text: &str, spans: &[Span]) -> String {
    spans.iter().map(|span| format!("“{}”", unquoted(&flat(span.of(text))))).collect::<Vec<_>>().join(" … ")
}

/// Without quotation marks of its own, so that none stand doubled.
fn unquoted(text: &str) -> &str {
    text.trim_matches(['“', '”', '"'])
}

/// On one line, and unable to move the cursor: a control character in an article is not an order to the terminal.
fn flat(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            c if c.is_whitespace() => ' ',
            c if c.is_control() => '\u{FFFD}',
            c => c,
        })
        .collect()
}

const fn words(label: Label) -> &'static str {
    match label {
        Label::ReportedFact => "reported fact",
        Label::AttributedClaim => "attributed claim",
        Label::UnattributedOpinion => "unattributed opinion",
    }
}

const fn name(sentence: &Sentence) -> &'static str {
    match sentence.label {
        Some(Label::AttributedClaim) if sentence.mixed => "claim with opinion",
        Some(label) => words(label),
        None => "-",
    }
}

const fn meaning(sentence: &Sentence) -> &'static str {
    match sentence.label {
        Some(Label::ReportedFact) => "the writer states, in the outlet’s own voice, something that could be checked",
        Some(Label::AttributedClaim) if sentence.mixed => {
            "credited to somebody else, with the writer’s own judgement wrapped round it"
        }
        Some(Label::AttributedClaim) => "what it says is credited to somebody else",
        Some(Label::UnattributedOpinion) => "the writer’s own view, with nobody named as holding it",
        None => "no statement of the article, but a byline, a credit, a heading or the like",
    }
}

const fn colour(label: Option<Label>) -> Style {
    match label {
        Some(Label::ReportedFact) => AnsiColor::Green.on_default(),
        Some(Label::AttributedClaim) => AnsiColor::Cyan.on_default(),
        Some(Label::UnattributedOpinion) => AnsiColor::Yellow.on_default().bold(),
        None => QUIET,
    }
}

fn percent(share: f32) -> String {
    format!("{:>3.0}%", share * 100.0)
}

fn bar(share: f32) -> String {
    // Between 0 and 20, whatever the share.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let cells = (share.clamp(0.0, 1.0) * 20.0).round() as usize;
    "█".repeat(cells)
}

fn figures(out: &mut impl Write, summary: &Summary) -> io::Result<()> {
    let parts = [
        counted(summary.reported_fact, "reported fact"),
        counted(summary.attributed_claim, "attributed claim"),
        counted(summary.unattributed_opinion, "unattributed opinion"),
        format!("{} unlabelled", summary.unlabelled),
    ];
    writeln!(out, "{STRONG}{}{STRONG:#}", parts.join(" · "))?;
    let sources: Vec<String> =
        summary.sources.iter().map(|source| format!("{} ({})", flat(&source.name), source.claims)).collect();
    if !sources.is_empty() {
        writeln!(out, "Sources: {}", sources.join(", "))?;
    }
    Ok(())
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
