//! The answer: what [`Engine::analyze`](crate::Engine::analyze) returns, in the form that the WebAssembly module and
//! the command line write as JSON.

use serde::{Deserialize, Serialize, Serializer, ser::SerializeStruct};

use crate::span::{OffsetTable, Offsets, Span};

/// What one sentence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Label {
    /// The writer states, in the outlet's own voice, something that could be checked.
    ReportedFact,
    /// What the sentence says is credited to somebody else.
    AttributedClaim,
    /// The writer's own view, with nobody named as holding it.
    UnattributedOpinion,
}

impl Label {
    /// All three, in the order of [`Scores`].
    pub const ALL: [Self; 3] = [Self::ReportedFact, Self::AttributedClaim, Self::UnattributedOpinion];

    /// The name in the JSON, as in `"reported-fact"`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ReportedFact => "reported-fact",
            Self::AttributedClaim => "attributed-claim",
            Self::UnattributedOpinion => "unattributed-opinion",
        }
    }
}

/// How likely each label is, from 0 to 1; the three sum to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Scores {
    /// The share of [`Label::ReportedFact`].
    #[serde(serialize_with = "share")]
    pub fact: f32,
    /// The share of [`Label::AttributedClaim`].
    #[serde(serialize_with = "share")]
    pub attributed: f32,
    /// The share of [`Label::UnattributedOpinion`].
    #[serde(serialize_with = "share")]
    pub opinion: f32,
}

impl Scores {
    /// The softmax of three log-scores. An endless or missing one counts as nothing.
    #[must_use]
    pub fn from_logits(fact: f32, attributed: f32, opinion: f32) -> Self {
        let logits = [fact, attributed, opinion].map(|x| if x.is_finite() { x } else { f32::MIN / 4.0 });
        let top = logits.into_iter().fold(f32::MIN, f32::max);
        let [fact, attributed, opinion] = logits.map(|x| (x - top).exp());
        let sum = fact + attributed + opinion;
        Self { fact: fact / sum, attributed: attributed / sum, opinion: opinion / sum }
    }

    /// The score of `label`.
    #[must_use]
    pub const fn of(self, label: Label) -> f32 {
        match label {
            Label::ReportedFact => self.fact,
            Label::AttributedClaim => self.attributed,
            Label::UnattributedOpinion => self.opinion,
        }
    }

    /// The likeliest label; the earlier of [`Label::ALL`] where two are equal.
    #[must_use]
    pub fn best(self) -> Label {
        let mut best = Label::ReportedFact;
        for label in Label::ALL {
            if self.of(label) > self.of(best) {
                best = label;
            }
        }
        best
    }
}

/// What the words of a [`Signal`] do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignalKind {
    /// Praise or blame: "disastrous", "masterful".
    Evaluation,
    /// A name that judges: "mob", "so-called experts".
    LoadedName,
    /// What ought to be done: "must", "it is time to".
    Prescription,
    /// The future told as if known: "will only embolden".
    Forecast,
    /// Motives that only the writer sees: "clearly trying to distract".
    MindReading,
    /// The opposite of what is said, or a question that wants no answer.
    Irony,
    /// Everybody or nobody: "Americans are tired of".
    Generalisation,
    /// The writer in person: "I think".
    FirstPerson,
    /// The reader in person: "you might wonder".
    Address,
    /// Force without content: "utterly", "of course".
    Intensifier,
    /// Marked by the model, and in none of the lists.
    LoadedWording,
}

/// Words that give an opinion away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signal {
    /// The words.
    pub span: Span,
    /// What they do.
    pub kind: SignalKind,
    /// The same for a reader, a short phrase in English without a full stop: "praises or blames".
    pub why: &'static str,
}

/// How a claim is passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AttributionKind {
    /// Word for word, between quotation marks.
    Direct,
    /// In the writer's words.
    Indirect,
    /// In the writer's words, with some of the speaker's between quotation marks.
    Mixed,
}

/// What kind of source it is that a claim is credited to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// Somebody, or some body, of a state, a force or a court; and who speaks for them.
    Official,
    /// Somebody who knows the matter by study.
    Expert,
    /// Somebody who was there, or knows at first hand.
    Witness,
    /// Somebody who takes part in what is told.
    Participant,
    /// A document, a study, a law, a poll, a recording, data.
    Document,
    /// An outlet, or somebody who reports for one.
    NewsReport,
    /// Many people with a view in common: "critics", "voters".
    Group,
    /// None of these, or the text doesn't tell.
    Unknown,
}

impl SourceKind {
    /// All of them, in the order of [`SourceKinds`].
    pub const ALL: [Self; 8] = [
        Self::Official,
        Self::Expert,
        Self::Witness,
        Self::Participant,
        Self::Document,
        Self::NewsReport,
        Self::Group,
        Self::Unknown,
    ];

    /// The name in the JSON, as in `"news-report"`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Expert => "expert",
            Self::Witness => "witness",
            Self::Participant => "participant",
            Self::Document => "document",
            Self::NewsReport => "news-report",
            Self::Group => "group",
            Self::Unknown => "unknown",
        }
    }
}

/// One claim that the article passes on, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attribution {
    /// How it is passed on.
    pub kind: AttributionKind,
    /// Who says so, with "he" or "the senator" resolved to the name that the article gave; `None` where it can't tell.
    pub speaker: Option<String>,
    /// What kind of source it is: the same for all claims of one speaker.
    #[serde(rename = "source-kind")]
    pub source_kind: SourceKind,
    /// Whether the source has a name: false for "a spokesman", "officials", and where nobody is credited.
    pub named: bool,
    /// The words that name the source. Empty for a quotation that nobody in its own sentence is credited with.
    pub source: Vec<Span>,
    /// The words that do the attributing: "said", "according to".
    pub cue: Vec<Span>,
    /// What is attributed. In pieces where it is broken: “A,” he said, “B.”
    pub content: Vec<Span>,
    /// Whether the source is somebody in general: "critics say", "reportedly".
    pub vague: bool,
}

/// A sentence and what it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// Where it stands, without the white space around it.
    pub span: Span,
    /// `None` for page furniture: bylines, credits, "Read more".
    pub label: Option<Label>,
    /// An attributed claim with the writer's own judgement wrapped round it.
    pub mixed: bool,
    /// How sure: the score of the label, from 0 to 1. Of the sentences with confidence 0.8, four in five carry it.
    /// For furniture, how sure it is none.
    pub confidence: f32,
    /// How likely each label is.
    pub scores: Scores,
    /// Which of [`Analysis::attributions`] have content or a cue in this sentence, in ascending order.
    pub attributions: Vec<usize>,
    /// The words that give an opinion away: sorted, without overlap, and only for opinions and mixed claims.
    pub signals: Vec<Signal>,
}

/// Somebody whose claims the article passes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// The fullest name that the article gives.
    pub name: String,
    /// How many attributions are theirs.
    pub claims: usize,
    /// What kind of source it is.
    pub kind: SourceKind,
    /// Whether it has a name, rather than being "a spokesman" or "officials".
    pub named: bool,
}

/// How many attributions each kind of source has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SourceKinds {
    /// Of [`SourceKind::Official`].
    pub official: usize,
    /// Of [`SourceKind::Expert`].
    pub expert: usize,
    /// Of [`SourceKind::Witness`].
    pub witness: usize,
    /// Of [`SourceKind::Participant`].
    pub participant: usize,
    /// Of [`SourceKind::Document`].
    pub document: usize,
    /// Of [`SourceKind::NewsReport`].
    pub news_report: usize,
    /// Of [`SourceKind::Group`].
    pub group: usize,
    /// Of [`SourceKind::Unknown`].
    pub unknown: usize,
}

/// The article in figures. Counts are of sentences.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Summary {
    /// Sentences labelled [`Label::ReportedFact`].
    pub reported_fact: usize,
    /// Sentences labelled [`Label::AttributedClaim`].
    pub attributed_claim: usize,
    /// Sentences labelled [`Label::UnattributedOpinion`].
    pub unattributed_opinion: usize,
    /// Sentences with no label.
    pub unlabelled: usize,
    /// Who is heard, most heard first, then in the order of the article.
    pub sources: Vec<Source>,
    /// How many attributions each kind of source has; they sum to the length of [`Analysis::attributions`].
    pub kinds: SourceKinds,
}

/// The whole answer for one article.
///
/// ```
/// let text = "Rain fell for two days. “We lost the harvest,” said Ada Moss, a farmer.";
/// let analysis = sayswho::analyze(text);
/// assert_eq!(analysis.sentences.len(), 2);
/// assert_eq!(analysis.attributions[0].speaker.as_deref(), Some("Ada Moss"));
/// ```
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Analysis {
    /// Every sentence, in order, disjoint; together they cover every word of the text.
    pub sentences: Vec<Sentence>,
    /// Every claim that is passed on, by where it begins.
    pub attributions: Vec<Attribution>,
    /// The article in figures.
    pub summary: Summary,
}

impl Analysis {
    /// The same answer with its offsets in `unit`; `text` must be the text that was analysed, and `self` in UTF-8.
    #[must_use]
    pub fn with_offsets(self, text: &str, unit: Offsets) -> Self {
        match unit {
            Offsets::Utf8 => self,
            Offsets::Utf16 | Offsets::Chars => self.converted(text, &OffsetTable::new(text, unit)),
        }
    }

    pub(crate) fn converted(mut self, text: &str, table: &OffsetTable) -> Self {
        for sentence in &mut self.sentences {
            sentence.convert(text, table);
        }
        for attribution in &mut self.attributions {
            for spans in [&mut attribution.source, &mut attribution.cue, &mut attribution.content] {
                for span in spans {
                    *span = table.span(text, *span);
                }
            }
        }
        self
    }
}

impl Sentence {
    /// Its offsets, and those of its signals, in the table's unit.
    pub(crate) fn convert(&mut self, text: &str, table: &OffsetTable) {
        self.span = table.span(text, self.span);
        for signal in &mut self.signals {
            signal.span = table.span(text, signal.span);
        }
    }
}

/// A share as it is written. Six decimals are all that a 32-bit share holds; and as JavaScript has 64-bit numbers only,
/// the unrounded one would read 0.7869859933853149 there and 0.786986 in the command line's JSON.
fn millionths(share: f32) -> f64 {
    (f64::from(share) * 1e6).round() / 1e6
}

fn share<S: Serializer>(share: &f32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(millionths(*share))
}

// `start` and `end` stand beside the other fields. serde's `flatten` would do it through a map of boxed values, which
// costs 20 KB of WebAssembly and an allocation a field.
impl Serialize for Sentence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Sentence", 8)?;
        object.serialize_field("start", &self.span.start)?;
        object.serialize_field("end", &self.span.end)?;
        object.serialize_field("label", &self.label)?;
        object.serialize_field("mixed", &self.mixed)?;
        object.serialize_field("confidence", &millionths(self.confidence))?;
        object.serialize_field("scores", &self.scores)?;
        object.serialize_field("attributions", &self.attributions)?;
        object.serialize_field("signals", &self.signals)?;
        object.end()
    }
}

impl Serialize for Signal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Signal", 4)?;
        object.serialize_field("start", &self.span.start)?;
        object.serialize_field("end", &self.span.end)?;
        object.serialize_field("kind", &self.kind)?;
        object.serialize_field("why", &self.why)?;
        object.end()
    }
}
