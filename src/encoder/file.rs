//! The model file: what it holds, and why one is refused. `training/FORMAT.md` is its page.
//!
//! ```text
//! bytes ─ magic, version, length ─ checksum ─ shape ─ sections in order ─ Weights + WordPieces
//! ```
//!
//! Nothing of the file is used before its checksum holds. Embeddings stay as they are, as bytes of the file; the layers'
//! matrices, 6 bits a weight, are unpacked to bytes once, and the file's other bytes freed.

use std::{borrow::Cow, fmt, ops::Range};

use wide::{f32x4, i32x4};

use super::wordpiece::WordPieces;

/// The format that this version reads.
const FORMAT: u32 = 2;
const MAGIC: &[u8; 8] = b"SAYSWHO\0";
const HEADER: usize = 256;
/// Sections begin at multiples of this.
const ALIGN: usize = 64;

/// How many labels the sentence head tells apart: the three and none.
pub(super) const LABELS: usize = 4;
/// What the token head gives: source, cue, content, the beginnings of each, signal.
pub(super) const TOKEN_HEADS: usize = 7;
/// Dimensions of one attention head.
pub(super) const HEAD: usize = 32;

/// Why a model file was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ModelError {
    /// The bytes don't begin as a model file does.
    NotAModel,
    /// The file is in a format that this version does not read.
    Version {
        /// The format that the file says it is in.
        found: u32,
    },
    /// Bytes are missing or too many, as where a download broke off.
    Length {
        /// What the file says it has, or the least that a file has.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// The bytes are not those that were written.
    Checksum,
    /// The file is whole, but of another shape than this version computes.
    Shape(
        /// What is not as it must be.
        &'static str,
    ),
    /// The vocabulary or a table of characters is broken.
    Table(
        /// Which one.
        &'static str,
    ),
    /// A weight is no finite number.
    NotFinite,
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAModel => f.write_str("this is not a model file of Says Who"),
            Self::Version { found } => {
                write!(f, "the model file is in format {found}, and this version of Says Who reads format {FORMAT}")
            }
            Self::Length { expected, found } => {
                write!(f, "the model file is cut short or joined to something: {found} bytes instead of {expected}")
            }
            Self::Checksum => f.write_str("the model file is damaged: its checksum does not match"),
            Self::Shape(what) => write!(f, "the model file is of a shape that this version does not compute: {what}"),
            Self::Table(what) => write!(f, "the model file is broken: its {what} can't be read"),
            Self::NotFinite => f.write_str("the model file is broken: a weight is not a number"),
        }
    }
}

impl std::error::Error for ModelError {}

/// The sizes in the header.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    pub vocabulary: usize,
    pub hidden: usize,
    pub layers: usize,
    pub heads: usize,
    pub inner: usize,
    pub positions: usize,
    /// Columns of an embedding row that share a scale.
    pub group: usize,
    /// The most tokens that a window is filled with.
    pub budget: usize,
    /// Pieces of the sentence before and after that a window sees.
    pub left: usize,
    pub right: usize,
}

/// What turns logits into answers; found on held-out documents after training.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    /// What the label logits are divided by.
    pub temperature: f32,
    /// What is added to them then.
    pub bias: [f32; LABELS],
    /// From which probability on a piece has the role: source, cue, content, the beginnings of each, signal.
    pub roles: [f32; TOKEN_HEADS],
    /// From which probability on a claim is mixed.
    pub mixed: f32,
}

/// A matrix of integer weights, stored as value (−32 to 31) + 32.
#[derive(Debug)]
pub(super) struct Matrix {
    /// For every eight outputs, for every four inputs: a lane for each output, with a byte for each input.
    pub weights: Vec<[i32x4; 2]>,
    pub inputs: usize,
    pub scales: Vec<f32x4>,
    pub bias: Vec<f32x4>,
}

/// Weight and bias of a layer normalisation.
#[derive(Debug)]
pub(super) struct Norm {
    pub weight: Vec<f32x4>,
    pub bias: Vec<f32x4>,
}

/// One transformer layer.
#[derive(Debug)]
pub(super) struct Layer {
    pub query_key_value: Matrix,
    pub output: Matrix,
    pub norm1: Norm,
    pub up: Matrix,
    pub down: Matrix,
    pub norm2: Norm,
}

/// A small matrix of 32-bit weights with its bias.
#[derive(Debug)]
pub(super) struct Head {
    pub weights: Vec<f32x4>,
    pub bias: Vec<f32>,
}

/// Everything that was learnt.
#[derive(Debug)]
pub(super) struct Weights {
    /// The part of the file that holds `words` and `positions`, which count from its start.
    embeddings: Cow<'static, [u8]>,
    pub shape: Shape,
    pub epsilon: f32,
    pub calibration: Calibration,
    pub words: Range<usize>,
    pub word_scales: Vec<f32>,
    pub positions: Range<usize>,
    pub position_scales: Vec<f32>,
    pub norm: Norm,
    pub layers: Vec<Layer>,
    pub sentence_head: Head,
    pub token_head: Head,
}

impl Weights {
    /// The bytes of a section of the embeddings.
    pub fn bytes(&self, section: &Range<usize>) -> &[u8] {
        self.embeddings.get(section.clone()).unwrap_or_default()
    }
}

/// Reads `file`; the model's version, its weights and its word pieces.
pub(super) fn read(file: Cow<'static, [u8]>) -> Result<(String, Weights, WordPieces), ModelError> {
    check(&file)?;
    let header = Header(&file);
    let count = |at| header.count(at);
    let shape = Shape {
        vocabulary: count(32),
        hidden: count(36),
        layers: count(40),
        heads: count(44),
        inner: count(48),
        positions: count(52),
        group: count(64),
        budget: count(84),
        left: count(88),
        right: count(92),
    };
    shape.check(count(56), count(60))?;
    let Shape { vocabulary, hidden, inner, group, .. } = shape;

    let mut sections = Sections { file: &file, at: HEADER };
    let pieces = sections.next(count(68), 1)?;
    let map = sections.next(count(72), 12)?;
    let map_text = sections.next(count(76), 1)?;
    let classes = sections.next(count(80), 12)?;
    let wordpieces = WordPieces::new(&file[pieces], vocabulary, &file[map], &file[map_text], &file[classes])?;

    let words = sections.next(vocabulary, hidden / 2)?;
    let word_scales = sections.floats(vocabulary * (hidden / group))?;
    let positions = sections.next(shape.positions, hidden)?;
    let position_scales = sections.floats(shape.positions)?;
    let norm = sections.norm(hidden)?;
    let mut layers = Vec::new();
    for _ in 0..shape.layers {
        layers.push(Layer {
            query_key_value: sections.matrix(3 * hidden, hidden)?,
            output: sections.matrix(hidden, hidden)?,
            norm1: sections.norm(hidden)?,
            up: sections.matrix(inner, hidden)?,
            down: sections.matrix(hidden, inner)?,
            norm2: sections.norm(hidden)?,
        });
    }
    let sentence_head = sections.head(LABELS + 1, 2 * hidden)?;
    let token_head = sections.head(TOKEN_HEADS, hidden)?;
    if sections.at + 4 != file.len() {
        return Err(ModelError::Shape("the sections don't fill the file"));
    }

    let calibration = Calibration {
        temperature: header.float(100)?,
        bias: header.floats(104)?,
        roles: header.floats(120)?,
        mixed: header.float(148)?,
    };
    let epsilon = header.float(96)?;
    if calibration.temperature <= 0.0 || epsilon <= 0.0 {
        return Err(ModelError::Shape("temperature and epsilon must be above zero"));
    }
    let version = String::from_utf8_lossy(&file[16..32]).trim_end_matches('\0').to_owned();
    let (first, last) = (words.start, positions.end);
    let within = |section: Range<usize>| section.start - first..section.end - first;
    let weights = Weights {
        embeddings: part(file, first..last),
        shape,
        epsilon,
        calibration,
        words: within(words),
        word_scales,
        positions: within(positions),
        position_scales,
        norm,
        layers,
        sentence_head,
        token_head,
    };
    Ok((version, weights, wordpieces))
}

/// The bytes of `file` in `range`; the others are freed.
fn part(file: Cow<'static, [u8]>, range: Range<usize>) -> Cow<'static, [u8]> {
    match file {
        Cow::Borrowed(file) => file.get(range).unwrap_or_default().into(),
        Cow::Owned(mut file) => {
            file.truncate(range.end);
            file.drain(..range.start);
            file.shrink_to_fit();
            file.into()
        }
    }
}

/// Whether the bytes are those that were written, in the format that is read here.
fn check(file: &[u8]) -> Result<(), ModelError> {
    let magic = file.get(..MAGIC.len()).ok_or(ModelError::NotAModel)?;
    if magic != MAGIC {
        return Err(ModelError::NotAModel);
    }
    let least = HEADER + 4;
    if file.len() < least {
        return Err(ModelError::Length { expected: least, found: file.len() });
    }
    let header = Header(file);
    let found = header.u32(8);
    if found != FORMAT {
        return Err(ModelError::Version { found });
    }
    if header.count(12) != file.len() {
        return Err(ModelError::Length { expected: header.count(12), found: file.len() });
    }
    let (body, checksum) = file.split_at(file.len() - 4);
    if crc32fast::hash(body).to_le_bytes() != checksum {
        return Err(ModelError::Checksum);
    }
    Ok(())
}

impl Shape {
    /// Whether the kernels can compute it. The upper limits keep sums of sections and of products from overflowing.
    fn check(&self, labels: usize, token_heads: usize) -> Result<(), ModelError> {
        let wrong = |what| Err(ModelError::Shape(what));
        if labels != LABELS || token_heads != TOKEN_HEADS {
            return wrong("other heads");
        }
        if self.hidden == 0 || self.hidden > 4096 || self.hidden != self.heads * HEAD {
            return wrong("the hidden size");
        }
        if self.group == 0 || !self.hidden.is_multiple_of(self.group) {
            return wrong("the embedding's groups");
        }
        if self.inner == 0 || self.inner > 16_384 || !self.inner.is_multiple_of(8) {
            return wrong("the inner size");
        }
        if self.vocabulary < super::wordpiece::SPECIAL || self.vocabulary > 1 << 20 || self.layers > 64 {
            return wrong("vocabulary or layers");
        }
        if self.budget < 8 || self.positions > 4096 || self.budget > self.positions {
            return wrong("the window");
        }
        if self.left + self.right + 4 > self.budget {
            return wrong("the context");
        }
        Ok(())
    }
}

/// Numbers of the header, whose bytes are known to be there.
struct Header<'a>(&'a [u8]);

impl Header<'_> {
    fn u32(&self, at: usize) -> u32 {
        self.0.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_le_bytes)
    }

    fn count(&self, at: usize) -> usize {
        self.u32(at) as usize
    }

    fn float(&self, at: usize) -> Result<f32, ModelError> {
        let value = f32::from_bits(self.u32(at));
        if value.is_finite() { Ok(value) } else { Err(ModelError::NotFinite) }
    }

    fn floats<const N: usize>(&self, at: usize) -> Result<[f32; N], ModelError> {
        let mut values = [0.0; N];
        for (index, value) in values.iter_mut().enumerate() {
            *value = self.float(at + 4 * index)?;
        }
        Ok(values)
    }
}

/// The sections, one after the other.
struct Sections<'a> {
    file: &'a [u8],
    at: usize,
}

impl Sections<'_> {
    /// The place of the next section, `count` items of `size` bytes.
    fn next(&mut self, count: usize, size: usize) -> Result<Range<usize>, ModelError> {
        let start = self.at.next_multiple_of(ALIGN);
        // The last four bytes are the checksum's.
        let end = count.checked_mul(size).and_then(|bytes| start.checked_add(bytes));
        let end = end.filter(|&end| end + 4 <= self.file.len());
        self.at = end.ok_or(ModelError::Shape("the sections are longer than the file"))?;
        Ok(start..self.at)
    }

    fn floats(&mut self, count: usize) -> Result<Vec<f32>, ModelError> {
        let section = self.next(count, 4)?;
        let floats: Vec<f32> =
            self.file[section].as_chunks().0.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect();
        if floats.iter().all(|value| value.is_finite()) { Ok(floats) } else { Err(ModelError::NotFinite) }
    }

    fn vectors(&mut self, count: usize) -> Result<Vec<f32x4>, ModelError> {
        Ok(self.floats(count)?.as_chunks().0.iter().map(|&four| f32x4::new(four)).collect())
    }

    fn matrix(&mut self, outputs: usize, inputs: usize) -> Result<Matrix, ModelError> {
        let row = inputs / 4 * 3;
        let packed = self.next(outputs, row)?;
        let mut weights = Vec::with_capacity(outputs * inputs / 32);
        for eight in self.file[packed].chunks_exact(8 * row) {
            unpack(eight, row, &mut weights);
        }
        Ok(Matrix { weights, inputs, scales: self.vectors(outputs)?, bias: self.vectors(outputs)? })
    }

    fn norm(&mut self, size: usize) -> Result<Norm, ModelError> {
        Ok(Norm { weight: self.vectors(size)?, bias: self.vectors(size)? })
    }

    fn head(&mut self, outputs: usize, inputs: usize) -> Result<Head, ModelError> {
        Ok(Head { weights: self.vectors(outputs * inputs)?, bias: self.floats(outputs)? })
    }
}

/// Eight rows of `size` bytes of 6-bit weights, four in three bytes, the first in the lowest bits.
// Eight rows a call: a browser changes from slow first code to fast code only where a function is entered.
#[inline(never)]
fn unpack(packed: &[u8], size: usize, weights: &mut Vec<[i32x4; 2]>) {
    let steps = size / 3;
    // As long as each other: said once here, and not asked in the loop.
    let rows: [&[[u8; 3]]; 8] = std::array::from_fn(|row| &packed[row * size..][..size].as_chunks().0[..steps]);
    let four = |rows: &[&[[u8; 3]]], step: usize| {
        let bits = |row: usize| {
            let [a, b, c] = rows[row][step];
            i32::from_le_bytes([a, b, c, 0])
        };
        let bits = i32x4::new([bits(0), bits(1), bits(2), bits(3)]);
        // The nth six bits into the nth byte.
        let place = |at: i32| (bits << (2 * at)) & i32x4::splat(0x3F << (8 * at));
        (place(0) | place(1)) | (place(2) | place(3))
    };
    let (low, high) = rows.split_at(4);
    weights.extend((0..steps).map(|step| [four(low, step), four(high, step)]));
}
