//! The lines of all inputs, one after the other, none of them longer than memory should hold.

use std::{
    fmt,
    io::{self, BufRead, BufReader, Read},
};

use crate::input::Input;

/// A longer line is no article: it is answered with an error, and never held.
pub const LONGEST: u64 = 64 << 20;

/// A line, or why there is none.
#[derive(Debug)]
pub enum Line {
    /// With its end, if it has one.
    Whole(Vec<u8>),
    /// Longer than [`LONGEST`]; skipped.
    TooLong,
    /// The input can't be opened, or ends in the middle.
    Unreadable(io::Error),
}

impl Line {
    /// How many bytes it has, as far as they were read.
    pub const fn len(&self) -> u64 {
        match self {
            Self::Whole(line) => line.len() as u64,
            Self::TooLong => LONGEST,
            Self::Unreadable(_) => 0,
        }
    }
}

/// Where a line stands.
#[derive(Debug, Clone)]
pub struct Place {
    input: Input,
    /// From 1; 0 for the input as a whole.
    number: u64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.number {
            0 => self.input.fmt(f),
            number => write!(f, "{}, line {number}", self.input),
        }
    }
}

/// The lines of all inputs but for blank ones, which are nobody's document.
pub struct Lines {
    inputs: std::vec::IntoIter<Input>,
    open: Option<(Place, BufReader<Box<dyn Read + Send>>)>,
}

impl Lines {
    pub fn new(inputs: Vec<Input>) -> Self {
        Self { inputs: inputs.into_iter(), open: None }
    }
}

impl Iterator for Lines {
    type Item = (Place, Line);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let Some((place, lines)) = &mut self.open else {
                let input = self.inputs.next()?;
                let place = Place { input: input.clone(), number: 0 };
                match input.open() {
                    Ok(lines) => self.open = Some((place, lines)),
                    Err(error) => return Some((place, Line::Unreadable(error))),
                }
                continue;
            };
            let first = place.number == 0;
            place.number += 1;
            match read(lines, first) {
                Ok(Some(Line::Whole(line))) if line.trim_ascii().is_empty() => {}
                Ok(Some(line)) => return Some((place.clone(), line)),
                Ok(None) => self.open = None,
                // What fails once would fail for ever.
                Err(error) => return self.open.take().map(|(place, _)| (place, Line::Unreadable(error))),
            }
        }
    }
}

/// The next line; `None` at the end. A byte order mark before the first is no part of it.
pub fn read(input: &mut impl BufRead, first: bool) -> io::Result<Option<Line>> {
    let mut line = Vec::new();
    input.take(LONGEST + 1).read_until(b'\n', &mut line)?;
    if line.is_empty() {
        return Ok(None);
    }
    if line.len() as u64 > LONGEST && !line.ends_with(b"\n") {
        input.skip_until(b'\n')?;
        return Ok(Some(Line::TooLong));
    }
    if first && line.starts_with(b"\xEF\xBB\xBF") {
        line.drain(..3);
    }
    Ok(Some(Line::Whole(line)))
}
