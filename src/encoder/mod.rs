//! The encoder: a small transformer that reads the article in windows of whole sentences, and gives each sentence a
//! score for each label and each token its roles.
//!
//! ```text
//! Document ─ word pieces ─ windows ─ layers ─┬─ sentence head: fact, attributed, opinion, none; mixed
//!                                            └─ token head: source, cue, content, their beginnings; signal
//! ```
//!
//! `training/FORMAT.md` states the arithmetic, and the model file carries everything that was learnt. The same file
//! gives the same numbers natively and in WebAssembly, to the bit: products are sums of integers, and what is not is
//! done in one order with no help from the platform's mathematics.

mod attention;
mod dot;
mod file;
mod kernels;
mod layers;
mod loading;
mod math;
mod memory;
pub(crate) mod verdict;
mod weights;
mod windows;
mod wordpiece;

use std::{
    borrow::Cow,
    ops::Range,
    sync::{Arc, Mutex, PoisonError},
};

pub(crate) use self::loading::Stream;
pub use self::{
    file::ModelError,
    math::{sigmoid, softmax},
    memory::Memory,
    weights::Calibration,
    wordpiece::Piece,
};
use self::{
    layers::Workspace,
    memory::Said,
    weights::Weights,
    windows::{Pieces, Window},
    wordpiece::WordPieces,
};
use crate::text::Document;

/// A model, loaded once and shared by whatever labels.
#[derive(Debug)]
pub struct Model {
    version: String,
    weights: Weights,
    wordpieces: WordPieces,
}

/// What the sentence head says of one sentence: logits, not yet calibrated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SentenceLogits {
    /// Reported fact, attributed claim, unattributed opinion, none.
    pub labels: [f32; 4],
    /// Whether a claim has the writer's own judgement wrapped round it.
    pub mixed: f32,
}

/// What the token head says of one token of a [`Document`]: probabilities, the largest of the token's pieces. All zero
/// where no window saw the token: not yet, or because it lies beyond the 253rd piece of its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct TokenScores {
    /// In the words that name a source.
    pub source: f32,
    /// In the words that attribute.
    pub cue: f32,
    /// In what is attributed.
    pub content: f32,
    /// The first of a source.
    pub source_begin: f32,
    /// The first of a cue.
    pub cue_begin: f32,
    /// The first of a content.
    pub content_begin: f32,
    /// Carries the opinion; means something only where the sentence is an opinion or mixed.
    pub signal: f32,
}

impl Model {
    /// Reads a model file. What is needed of the bytes is kept, not copied, and the rest freed.
    ///
    /// # Errors
    ///
    /// [`ModelError`] where they are no model that this version reads, whole and undamaged.
    pub fn read(file: impl Into<Cow<'static, [u8]>>) -> Result<Self, ModelError> {
        loading::whole(file.into())
    }

    /// The model's own version, as its makers named it.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// What turns its logits into answers.
    #[must_use]
    pub const fn calibration(&self) -> &Calibration {
        &self.weights.calibration
    }

    /// The word pieces of one sentence, with where they stand in it.
    #[must_use]
    pub fn pieces(&self, sentence: &str) -> Vec<Piece> {
        let mut found = Vec::new();
        self.wordpieces.encode(sentence, self.weights.shape.positions - 3, &mut found);
        found
    }

    /// The probabilities of reported fact, attributed claim, unattributed opinion and none; they sum to 1.
    #[must_use]
    pub fn probabilities(&self, logits: SentenceLogits) -> [f32; 4] {
        let Calibration { temperature, bias, .. } = self.weights.calibration;
        let mut scaled = logits.labels;
        for (logit, bias) in scaled.iter_mut().zip(bias) {
            *logit = *logit / temperature + bias;
        }
        softmax(scaled)
    }

    /// Multiply-accumulates for a window of `pieces`: what its speed is reckoned by.
    #[must_use]
    pub const fn products(&self, pieces: usize) -> usize {
        let shape = &self.weights.shape;
        let linear = shape.hidden * (4 * shape.hidden + 2 * shape.inner);
        shape.layers * pieces * (linear + 2 * pieces * shape.hidden)
    }
}

/// One document on its way through the encoder, window by window.
#[derive(Debug)]
pub struct Reading {
    pieces: Pieces,
    plan: Vec<Range<usize>>,
    sentences: Vec<Option<SentenceLogits>>,
    tokens: Vec<TokenScores>,
    window: Window,
    workspace: Workspace,
    memory: Option<Arc<Mutex<Memory>>>,
    runs: usize,
}

impl Reading {
    /// Begins on `document`: finds its word pieces and windows.
    #[must_use]
    pub fn new(model: &Model, document: &Document) -> Self {
        Self::with_opening(model, document, usize::MAX)
    }

    /// [`new`](Self::new), with a first window of at most `pieces`, so that it is read sooner.
    #[must_use]
    pub fn with_opening(model: &Model, document: &Document, pieces: usize) -> Self {
        let shape = &model.weights.shape;
        let opening = pieces;
        let pieces = Pieces::new(&model.wordpieces, shape, document);
        let plan = pieces.plan(shape, opening);
        Self {
            pieces,
            plan,
            sentences: vec![None; document.sentences.len()],
            tokens: vec![TokenScores::default(); document.tokens.len()],
            window: Window::default(),
            workspace: Workspace::default(),
            memory: None,
            runs: 0,
        }
    }

    /// Asks `memory`, which several readings may share, before the encoder is run over a window, and adds to it.
    #[must_use]
    pub fn with_memory(self, memory: Arc<Mutex<Memory>>) -> Self {
        Self { memory: Some(memory), ..self }
    }

    /// Over how many windows the encoder was run.
    #[must_use]
    pub const fn runs(&self) -> usize {
        self.runs
    }

    /// The windows, each the sentences that it labels: disjoint, in order, all of them.
    #[must_use]
    pub fn windows(&self) -> &[Range<usize>] {
        &self.plan
    }

    /// The pieces that the encoder reads for one of the [`windows`](Self::windows), markers and context among them.
    #[must_use]
    pub fn window_ids(&mut self, model: &Model, window: Range<usize>) -> &[u32] {
        self.pieces.fill(&model.weights.shape, window, &mut self.window);
        &self.window.ids
    }

    /// Reads one of the [`windows`](Self::windows): runs the encoder over it, unless the memory has it.
    pub fn read(&mut self, model: &Model, document: &Document, window: Range<usize>) {
        self.pieces.fill(&model.weights.shape, window.clone(), &mut self.window);
        let said = self.say(model);
        let Self { pieces, sentences, tokens, window: filled, .. } = self;
        let mut of_pieces = said.pieces.iter();
        for ((index, place), logits) in window.zip(&filled.places).zip(&said.sentences) {
            let [fact, attributed, opinion, none, mixed] = *logits;
            if let Some(sentence) = sentences.get_mut(index).filter(|_| !place.is_empty()) {
                *sentence = Some(SentenceLogits { labels: [fact, attributed, opinion, none], mixed });
            }
            let of_pieces = of_pieces.by_ref().take(place.len());
            let Some(sentence) = document.sentences.get(index) else { continue };
            let mut token = sentence.tokens.start;
            for (piece, logits) in pieces.of(index).iter().zip(of_pieces) {
                let [source, cue, content, source_begin, cue_begin, content_begin, signal] = logits.map(sigmoid);
                let (start, end) = (sentence.span.start + piece.span.start, sentence.span.start + piece.span.end);
                // Pieces and tokens come in the same order; a piece can lie over several tokens.
                while token < sentence.tokens.end && document.tokens[token].span.end <= start {
                    token += 1;
                }
                let mut over = token;
                while over < sentence.tokens.end && document.tokens[over].span.start < end {
                    let scores = &mut tokens[over];
                    for (old, new) in [
                        (&mut scores.source, source),
                        (&mut scores.cue, cue),
                        (&mut scores.content, content),
                        (&mut scores.source_begin, source_begin),
                        (&mut scores.cue_begin, cue_begin),
                        (&mut scores.content_begin, content_begin),
                        (&mut scores.signal, signal),
                    ] {
                        *old = old.max(new);
                    }
                    over += 1;
                }
            }
        }
    }

    /// What the heads say of the window that is filled.
    fn say(&mut self, model: &Model) -> Said {
        let Self { window, workspace, memory, runs, .. } = self;
        // Held to look up and to add, never while the encoder runs: others may label meanwhile. Nothing panics while it
        // is held, and what it holds is whole whenever it is let go.
        let memory = || memory.as_ref().map(|memory| memory.lock().unwrap_or_else(PoisonError::into_inner));
        if let Some(said) = memory().and_then(|mut memory| memory.find(window)) {
            return said;
        }
        *runs += 1;
        workspace.run(&model.weights, &window.ids);
        let mut said = Said::default();
        for place in &window.places {
            said.sentences.push(layers::logits(&model.weights.sentence_head, workspace.pool(place.clone())));
            said.pieces.extend(place.clone().map(|at| layers::logits(&model.weights.token_head, workspace.state(at))));
        }
        if let Some(mut memory) = memory() {
            memory.keep(window, said.clone());
        }
        said
    }

    /// What the sentence head said of sentence `index`; `None` before its window was read, and for a sentence without
    /// a word piece.
    #[must_use]
    pub fn sentence(&self, index: usize) -> Option<SentenceLogits> {
        self.sentences.get(index).copied().flatten()
    }

    /// What the token head said, for every token of the document.
    #[must_use]
    pub fn tokens(&self) -> &[TokenScores] {
        &self.tokens
    }

    /// The word pieces of sentence `index`.
    #[must_use]
    pub fn pieces(&self, index: usize) -> &[Piece] {
        self.pieces.of(index)
    }

    /// What the token head said of each piece of the window that was read last, as logits in the file's order. For
    /// checking against the reference.
    #[must_use]
    pub fn piece_logits(&self, model: &Model) -> Vec<[f32; 7]> {
        (0..self.window.ids.len())
            .map(|at| layers::logits(&model.weights.token_head, self.workspace.state(at)))
            .collect()
    }
}
