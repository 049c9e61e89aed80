//! The loading of a model file, all at once or as it comes in: the checksum and the unpacking, as far as there are bytes.
//!
//! Nothing that was read is handed out before the checksum of the whole holds.

use std::{borrow::Cow, ops::Range};

use super::{
    Model,
    file::{Embeddings, HEADER, Header, ModelError, Parts, begins},
};

/// The CRC-32 of any bytes with their own CRC-32 behind them.
const SOUND: u32 = 0x2144_DF1C;

/// How far the loading of a file has come.
#[derive(Debug, Default)]
struct Loading {
    /// Of all bytes that were taken, of which there were `taken`.
    checksum: crc32fast::Hasher,
    taken: usize,
    state: State,
}

/// What is known of a file, from its first bytes on.
#[derive(Debug, Default)]
enum State {
    /// The header is not there yet.
    #[default]
    Header,
    /// It is not for this version.
    NoModel(ModelError),
    Sections(Box<Parts>),
    /// Why nothing more is read of a file of so many bytes. That may be since it is damaged, which is looked at first.
    Refused(usize, ModelError),
}

/// The model of a file that is there as a whole.
pub(super) fn whole(file: Cow<'static, [u8]>) -> Result<Model, ModelError> {
    let mut loading = Loading::default();
    loading.take(&file);
    loading.go_on(&file, 0);
    let parts = loading.finish(&file)?;
    let place = parts.embeddings.as_ref().map_or(0..0, Embeddings::range);
    parts.finish(part(file, place))
}

impl Loading {
    /// Counts the next bytes of the file.
    fn take(&mut self, new: &[u8]) {
        self.checksum.update(new);
        self.taken += new.len();
    }

    /// Reads what is there of the file from its byte `base` on; how many bytes of it are not needed any more.
    fn go_on(&mut self, file: &[u8], base: usize) -> usize {
        if matches!(self.state, State::Header) && file.len() >= HEADER {
            self.state = match begins(file) {
                Err(error) => State::NoModel(error),
                Ok(length) => match Parts::new(&Header(file)) {
                    Ok(parts) => State::Sections(Box::new(parts)),
                    Err(error) => State::Refused(length, error),
                },
            };
        }
        match &mut self.state {
            State::Header => 0,
            State::NoModel(_) | State::Refused(..) => file.len(),
            State::Sections(parts) => {
                let (read, length) = (parts.go_on(file, base), parts.length);
                let done = parts.at.saturating_sub(base);
                if let Err(error) = read {
                    self.state = State::Refused(length, error);
                }
                done
            }
        }
    }

    /// What was read, after all was taken; `rest` is what was not used of it.
    fn finish(self, rest: &[u8]) -> Result<Parts, ModelError> {
        let (length, parts) = match self.state {
            State::Header => return Err(begins(rest).err().unwrap_or(ModelError::NotAModel)),
            State::NoModel(error) => return Err(error),
            State::Sections(parts) => (parts.length, Ok(*parts)),
            State::Refused(length, error) => (length, Err(error)),
        };
        if length != self.taken {
            return Err(ModelError::Length { expected: length, found: self.taken });
        }
        if self.checksum.finalize() == SOUND { parts } else { Err(ModelError::Checksum) }
    }
}

/// The loading of a file that comes in pieces.
#[derive(Debug, Default)]
pub struct Stream {
    loading: Loading,
    /// What came and is still needed, from the file's byte `base` on.
    waiting: Vec<u8>,
    base: usize,
    embeddings: Vec<u8>,
}

impl Stream {
    /// Takes the next bytes.
    pub fn push(&mut self, new: &[u8]) {
        self.loading.take(new);
        self.waiting.extend_from_slice(new);
        let done = self.loading.go_on(&self.waiting, self.base).min(self.waiting.len());
        if let State::Sections(parts) = &self.loading.state
            && let Some(embeddings) = &parts.embeddings
            && self.embeddings.is_empty()
        {
            let Range { start, end } = embeddings.range();
            self.embeddings = self.waiting.get(start - self.base..end - self.base).unwrap_or_default().to_vec();
        }
        self.waiting.drain(..done);
        self.base += done;
    }

    /// The model, after the last byte.
    pub fn finish(self) -> Result<Model, ModelError> {
        self.loading.finish(&self.waiting)?.finish(self.embeddings.into())
    }
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
