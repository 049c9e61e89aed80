//! The engine, and the job of labelling one text, window by window.

use std::{
    borrow::Cow,
    ops::Range,
    sync::{Arc, Mutex},
};

use crate::{
    analysis::{Analysis, Attribution, Sentence},
    attribution,
    decide::{Rules, Voice, voice},
    encoder::{Memory, Model, ModelError, Reading, verdict},
    span::{OffsetTable, Offsets},
    summary,
    text::Document,
};

/// What labels a text. It owns what is loaded once, and is cheap to share.
#[derive(Debug, Clone, Default)]
pub struct Engine {
    /// `None` for the rules.
    model: Option<Arc<Model>>,
    /// `None` where nothing is kept between texts.
    memory: Option<Arc<Mutex<Memory>>>,
}

impl From<Model> for Engine {
    fn from(model: Model) -> Self {
        Self { model: Some(Arc::new(model)), memory: None }
    }
}

impl Engine {
    /// An engine that judges by word lists and rules.
    #[must_use]
    pub const fn new() -> Self {
        Self { model: None, memory: None }
    }

    /// An engine with the model in `file`, the bytes of a `sayswho.bin`. What is needed of them is
    /// kept, not copied, and the rest freed: hand over a `Vec`, or bytes that live as long as the program.
    ///
    /// # Errors
    ///
    /// [`ModelError`] where the bytes are no model that this version reads. It never falls back to the rules.
    pub fn with_model(file: impl Into<Cow<'static, [u8]>>) -> Result<Self, ModelError> {
        Ok(Model::read(file)?.into())
    }

    /// The same engine, remembering what its model said of the last `windows` windows of some 150 words each, about 10 KB
    /// a window. For a text that is labelled again and again while it is edited: the model reads only the windows whose
    /// words changed, and the answer is the same. Where rules judge, nothing is remembered.
    ///
    /// ```
    /// let engine = sayswho::Engine::new().remembering(100);
    /// assert_eq!(engine.analyze("Rain fell.").sentences.len(), 1);
    /// ```
    #[must_use]
    pub fn remembering(self, windows: usize) -> Self {
        Self { memory: Some(Arc::new(Mutex::new(Memory::new(windows)))), ..self }
    }

    /// The version of the model; `None` where rules judge.
    #[must_use]
    pub fn model_version(&self) -> Option<&str> {
        self.model.as_deref().map(Model::version)
    }

    /// Labels the whole of `text`.
    #[must_use]
    pub fn analyze(&self, text: &str) -> Analysis {
        self.begin(text).finish()
    }

    /// Begins on `text`: finds its sentences, labels none yet. Call [`Job::step`] until it returns `None`, then
    /// [`Job::finish`]; or drop the job to stop.
    #[must_use]
    pub fn begin(&self, text: &str) -> Job {
        self.begin_in(text, Offsets::Utf8)
    }

    /// [`begin`](Self::begin), with every offset that goes into the job or comes out of it in `unit`.
    #[must_use]
    pub fn begin_in(&self, text: &str, unit: Offsets) -> Job {
        Job::new(Document::new(text), unit, self.clone())
    }
}

/// The labelling of one text, a window of sentences at a time, so that a reader sees the first labels before the last
/// are known and a caller can stop in the middle.
///
/// ```
/// let mut job = sayswho::Engine::new().begin("Rain fell. Officials said the river would rise.");
/// while let Some(sentences) = job.step() {
///     println!("{} sentences labelled", sentences.len());
/// }
/// assert_eq!(job.finish().sentences.len(), 2);
/// ```
#[derive(Debug)]
pub struct Job {
    document: Document,
    offsets: OffsetTable,
    attributions: Vec<Attribution>,
    judge: Judge,
    /// The windows still to label, the next one last.
    windows: Vec<Range<usize>>,
    /// By the document's sentences; `None` where not labelled yet.
    labelled: Vec<Option<Sentence>>,
}

/// What judges a sentence.
#[derive(Debug)]
enum Judge {
    /// Word lists and rules, which saw the whole text at the start.
    Rules(Rules),
    /// The encoder, which sees a window at a time.
    Model { model: Arc<Model>, reading: Box<Reading>, voices: Vec<Voice> },
}

impl Judge {
    fn sentence(&self, document: &Document, index: usize) -> Sentence {
        match self {
            Self::Rules(rules) => rules.sentence(document, index),
            Self::Model { model, reading, voices } => {
                verdict::sentence(model, reading, document, index, &voices[index])
            }
        }
    }
}

impl Job {
    /// At least this many tokens a window, unless the text ends: about 150 words, what a screen shows.
    const WINDOW: usize = 180;

    /// Word pieces in a model's first window. Just after the start a browser runs code that was compiled in haste, three
    /// times slower: half a window is there in half the time.
    pub(crate) const OPENING: usize = 144;

    fn new(document: Document, unit: Offsets, Engine { model, memory }: Engine) -> Self {
        let offsets = OffsetTable::new(&document.text, unit);
        let attributions = attribution::find(&document);
        let (judge, mut windows) = match model {
            None => (Judge::Rules(Rules::new(&document, &attributions)), windows(&document, Self::WINDOW)),
            Some(model) => {
                let reading = Reading::with_opening(&model, &document, Self::OPENING);
                let reading = Box::new(match memory {
                    Some(memory) => reading.with_memory(memory),
                    None => reading,
                });
                let windows = reading.windows().to_vec();
                (Judge::Model { model, reading, voices: voice::find(&document, &attributions) }, windows)
            }
        };
        windows.reverse();
        let labelled = vec![None; document.sentences.len()];
        Self { document, offsets, attributions, judge, windows, labelled }
    }

    /// The text, in the paragraphs, sentences and tokens that the job found in it.
    #[must_use]
    pub const fn document(&self) -> &Document {
        &self.document
    }

    /// Asks for the sentences at and after `offset` before all others.
    pub fn look_at(&mut self, offset: usize) {
        let byte = self.offsets.byte(&self.document.text, offset);
        let first = self.document.sentences.partition_point(|sentence| sentence.span.end <= byte);
        // In reading order from there on, then what lies before; the next one stands last.
        self.windows.sort_by_key(|window| std::cmp::Reverse((window.end <= first, window.start)));
    }

    /// Labels the next window and returns its sentences, with their final labels. `None` when all are labelled.
    pub fn step(&mut self) -> Option<Vec<Sentence>> {
        let window = self.label_next()?;
        let mut sentences: Vec<Sentence> = self.labelled.get(window)?.iter().flatten().cloned().collect();
        for sentence in &mut sentences {
            sentence.convert(&self.document.text, &self.offsets);
        }
        Some(sentences)
    }

    fn label_next(&mut self) -> Option<Range<usize>> {
        let window = self.windows.pop()?;
        if let Judge::Model { model, reading, .. } = &mut self.judge {
            reading.read(model, &self.document, window.clone());
        }
        for index in window.clone() {
            self.labelled[index] = Some(self.judge.sentence(&self.document, index));
        }
        Some(window)
    }

    /// With a model: the attributions that its token head gives, now that it has read every window. The labels stay; whose
    /// words are whose, and so the signals, may change.
    fn link(&mut self) {
        let Judge::Model { model, reading, voices } = &mut self.judge else { return };
        self.attributions = attribution::from_scores(&self.document, reading.tokens(), &model.calibration().roles);
        *voices = voice::find(&self.document, &self.attributions);
        for (index, labelled) in self.labelled.iter_mut().enumerate() {
            *labelled = Some(self.judge.sentence(&self.document, index));
        }
    }

    /// Whether every sentence is labelled.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.windows.is_empty()
    }

    /// The whole answer; labels first what [`step`](Self::step) has not.
    #[must_use]
    pub fn finish(mut self) -> Analysis {
        while self.label_next().is_some() {}
        self.link();
        let sentences: Vec<Sentence> = self.labelled.into_iter().flatten().collect();
        let summary = summary::of(&sentences, &self.attributions);
        Analysis { sentences, attributions: self.attributions, summary }.converted(&self.document.text, &self.offsets)
    }
}

/// Parts the sentences into runs of at least `tokens` tokens.
fn windows(document: &Document, tokens: usize) -> Vec<Range<usize>> {
    let mut windows = Vec::new();
    let mut start = 0;
    for (index, sentence) in document.sentences.iter().enumerate() {
        let first = document.sentences[start].tokens.start;
        if sentence.tokens.end - first >= tokens || index + 1 == document.sentences.len() {
            windows.push(start..index + 1);
            start = index + 1;
        }
    }
    windows
}
