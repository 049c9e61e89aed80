//! The model file: what it holds, and why one is refused. `training/FORMAT.md` is its page.
//!
//! ```text
//! bytes ─ magic, version, length ─ checksum ─ shape ─ sections in order ─ Weights + WordPieces
//! ```
//!
//! It is read part by part, as far as its bytes are there (`loading.rs`). Embeddings stay as they are, as bytes of the
//! file; the layers' matrices, 6 bits a weight, are unpacked to bytes once, and the file's other bytes freed.

use std::{borrow::Cow, fmt, iter, iter::Peekable, ops::Range, vec};

use wide::{f32x4, i32x4};

use super::{
    Model,
    weights::{Calibration, Head, LABELS, Layer, Matrix, Norm, Shape, TOKEN_HEADS, Weights},
    wordpiece::WordPieces,
};

/// The format that this version reads.
const FORMAT: u32 = 2;
const MAGIC: &[u8; 8] = b"SAYSWHO\0";
pub(super) const HEADER: usize = 256;
/// Where the header says how long the file is.
const LENGTH: usize = 12;
/// Bytes of the checksum, the file's last.
const CHECKSUM: usize = 4;
/// Bytes of a file without sections.
const LEAST: usize = HEADER + CHECKSUM;
/// Sections begin at multiples of this.
const ALIGN: usize = 64;

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

/// One thing that stands in a file, of one section or several.
#[derive(Debug, Clone, Copy)]
enum Part {
    /// The vocabulary and the tables of characters.
    Tables,
    /// Word and position embeddings with their scales.
    Embeddings,
    Norm(usize),
    Matrix {
        outputs: usize,
        inputs: usize,
    },
    Head {
        outputs: usize,
        inputs: usize,
    },
}

/// What a file of this shape holds, in order.
fn order(shape: &Shape) -> Vec<Part> {
    let &Shape { hidden, inner, .. } = shape;
    let matrix = |outputs, inputs| Part::Matrix { outputs, inputs };
    let layer = [
        matrix(3 * hidden, hidden),
        matrix(hidden, hidden),
        Part::Norm(hidden),
        matrix(inner, hidden),
        matrix(hidden, inner),
        Part::Norm(hidden),
    ];
    let head = |outputs, inputs| Part::Head { outputs, inputs };
    let mut parts = vec![Part::Tables, Part::Embeddings, Part::Norm(hidden)];
    parts.extend(iter::repeat_n(layer, shape.layers).flatten());
    parts.extend([head(LABELS + 1, 2 * hidden), head(TOKEN_HEADS, hidden)]);
    parts
}

/// The parts of a file that have come, and those that have not.
#[derive(Debug)]
pub(super) struct Parts {
    version: String,
    shape: Shape,
    /// How long the whole file is.
    pub length: usize,
    /// Bytes of the vocabulary, entries of the map, bytes of its text, classes.
    tables: [usize; 4],
    epsilon: f32,
    calibration: Calibration,
    /// Where the next part begins.
    pub at: usize,
    to_come: Peekable<vec::IntoIter<Part>>,
    wordpieces: Option<WordPieces>,
    pub embeddings: Option<Embeddings>,
    norms: Vec<Norm>,
    matrices: Vec<Matrix>,
    heads: Vec<Head>,
}

/// Where the embeddings stand in the file, and their scales.
#[derive(Debug)]
pub(super) struct Embeddings {
    words: Range<usize>,
    word_scales: Vec<f32>,
    positions: Range<usize>,
    position_scales: Vec<f32>,
}

impl Embeddings {
    /// From the first of both to the last.
    pub fn range(&self) -> Range<usize> {
        self.words.start..self.positions.end
    }
}

impl Parts {
    pub fn new(header: &Header<'_>) -> Result<Self, ModelError> {
        let count = |at| header.count(at);
        let length = count(LENGTH);
        if length < LEAST {
            return Err(ModelError::Length { expected: LEAST, found: length });
        }
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
        Ok(Self {
            version: header.text(16..32),
            length,
            tables: [count(68), count(72), count(76), count(80)],
            epsilon,
            calibration,
            at: HEADER,
            to_come: order(&shape).into_iter().peekable(),
            shape,
            wordpieces: None,
            embeddings: None,
            norms: Vec::new(),
            matrices: Vec::new(),
            heads: Vec::new(),
        })
    }

    /// Reads the parts that are there, of a `file` from its byte `base` on.
    pub fn go_on(&mut self, file: &[u8], base: usize) -> Result<(), ModelError> {
        while let Some(&part) = self.to_come.peek() {
            let mut sections = Sections { file, base, length: self.length, at: self.at };
            match self.read(part, &mut sections) {
                Ok(()) => self.at = sections.at,
                Err(Stop::ToCome) => return Ok(()),
                Err(Stop::Refused(error)) => return Err(error),
            }
            self.to_come.next();
        }
        if self.at + CHECKSUM == self.length {
            Ok(())
        } else {
            Err(ModelError::Shape("the sections don't fill the file"))
        }
    }

    /// Reads one part, nothing of it where a byte of it is still to come.
    fn read(&mut self, part: Part, sections: &mut Sections<'_>) -> Result<(), Stop> {
        match part {
            Part::Tables => {
                let [pieces, map, text, classes] = self.tables;
                let sections = [
                    sections.next(pieces, 1)?,
                    sections.next(map, 12)?,
                    sections.next(text, 1)?,
                    sections.next(classes, 12)?,
                ];
                let [pieces, map, text, classes] = sections;
                self.wordpieces =
                    Some(WordPieces::new(pieces.bytes, self.shape.vocabulary, map.bytes, text.bytes, classes.bytes)?);
            }
            Part::Embeddings => {
                let Shape { vocabulary, hidden, group, positions, .. } = self.shape;
                let words = sections.next(vocabulary, hidden / 2)?;
                let word_scales = sections.next(vocabulary * (hidden / group), 4)?;
                let places = sections.next(positions, hidden)?;
                let position_scales = sections.next(positions, 4)?;
                self.embeddings = Some(Embeddings {
                    words: words.range(),
                    word_scales: word_scales.floats()?,
                    positions: places.range(),
                    position_scales: position_scales.floats()?,
                });
            }
            Part::Norm(size) => {
                let (weight, bias) = (sections.next(size, 4)?, sections.next(size, 4)?);
                self.norms.push(Norm { weight: weight.vectors()?, bias: bias.vectors()? });
            }
            Part::Matrix { outputs, inputs } => {
                let row = inputs / 4 * 3;
                let (packed, scales, bias) =
                    (sections.next(outputs, row)?, sections.next(outputs, 4)?, sections.next(outputs, 4)?);
                let mut weights = Vec::with_capacity(outputs * inputs / 32);
                for eight in packed.bytes.chunks_exact(8 * row) {
                    unpack(eight, row, &mut weights);
                }
                self.matrices.push(Matrix { weights, inputs, scales: scales.vectors()?, bias: bias.vectors()? });
            }
            Part::Head { outputs, inputs } => {
                let (weights, bias) = (sections.next(outputs * inputs, 4)?, sections.next(outputs, 4)?);
                self.heads.push(Head { weights: weights.vectors()?, bias: bias.floats()? });
            }
        }
        Ok(())
    }

    /// The model, with the bytes of its `embeddings`.
    pub fn finish(self, embeddings: Cow<'static, [u8]>) -> Result<Model, ModelError> {
        let missing = ModelError::Shape("a part is missing");
        let (mut norms, mut matrices, mut heads) =
            (self.norms.into_iter(), self.matrices.into_iter(), self.heads.into_iter());
        let (norm, places) = norms.next().zip(self.embeddings).ok_or_else(|| missing.clone())?;
        let mut layer = || {
            Some(Layer {
                query_key_value: matrices.next()?,
                output: matrices.next()?,
                norm1: norms.next()?,
                up: matrices.next()?,
                down: matrices.next()?,
                norm2: norms.next()?,
            })
        };
        let layers =
            (0..self.shape.layers).map(|_| layer()).collect::<Option<Vec<_>>>().ok_or_else(|| missing.clone())?;
        let (sentence_head, token_head) = heads.next().zip(heads.next()).ok_or_else(|| missing.clone())?;
        let first = places.range().start;
        let within = |section: Range<usize>| section.start - first..section.end - first;
        let weights = Weights {
            embeddings,
            shape: self.shape,
            epsilon: self.epsilon,
            calibration: self.calibration,
            words: within(places.words),
            word_scales: places.word_scales,
            positions: within(places.positions),
            position_scales: places.position_scales,
            norm,
            layers,
            sentence_head,
            token_head,
        };
        Ok(Model { version: self.version, weights, wordpieces: self.wordpieces.ok_or(missing)? })
    }
}

/// How long the file says it is, where it begins as one in the format that is read here.
pub(super) fn begins(file: &[u8]) -> Result<usize, ModelError> {
    let magic = file.get(..MAGIC.len()).ok_or(ModelError::NotAModel)?;
    if magic != MAGIC {
        return Err(ModelError::NotAModel);
    }
    if file.len() < HEADER {
        return Err(ModelError::Length { expected: LEAST, found: file.len() });
    }
    let header = Header(file);
    let found = header.u32(8);
    if found != FORMAT {
        return Err(ModelError::Version { found });
    }
    Ok(header.count(LENGTH))
}

/// Numbers of the header, whose bytes are known to be there.
pub(super) struct Header<'a>(pub &'a [u8]);

impl Header<'_> {
    fn u32(&self, at: usize) -> u32 {
        self.0.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_le_bytes)
    }

    fn text(&self, at: Range<usize>) -> String {
        String::from_utf8_lossy(self.0.get(at).unwrap_or_default()).trim_end_matches('\0').to_owned()
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

/// Why a part can't be read.
enum Stop {
    /// Some of its bytes have not come yet.
    ToCome,
    Refused(ModelError),
}

impl From<ModelError> for Stop {
    fn from(error: ModelError) -> Self {
        Self::Refused(error)
    }
}

/// The sections, one after the other.
struct Sections<'a> {
    /// What there is of the file, from its byte `base` on.
    file: &'a [u8],
    base: usize,
    /// How long it is as a whole.
    length: usize,
    at: usize,
}

/// A section and where it begins in the file.
struct Section<'a> {
    bytes: &'a [u8],
    start: usize,
}

impl<'a> Sections<'a> {
    /// The next section, `count` items of `size` bytes.
    fn next(&mut self, count: usize, size: usize) -> Result<Section<'a>, Stop> {
        let start = self.at.next_multiple_of(ALIGN);
        let end = count.checked_mul(size).and_then(|bytes| start.checked_add(bytes));
        let end = end.filter(|&end| end <= self.length - CHECKSUM);
        self.at = end.ok_or(ModelError::Shape("the sections are longer than the file"))?;
        Ok(Section { bytes: self.file.get(start - self.base..self.at - self.base).ok_or(Stop::ToCome)?, start })
    }
}

impl Section<'_> {
    fn range(&self) -> Range<usize> {
        self.start..self.start + self.bytes.len()
    }

    fn floats(&self) -> Result<Vec<f32>, ModelError> {
        let floats: Vec<f32> = self.bytes.as_chunks().0.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect();
        if floats.iter().all(|value| value.is_finite()) { Ok(floats) } else { Err(ModelError::NotFinite) }
    }

    fn vectors(&self) -> Result<Vec<f32x4>, ModelError> {
        Ok(self.floats()?.as_chunks().0.iter().map(|&four| f32x4::new(four)).collect())
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
