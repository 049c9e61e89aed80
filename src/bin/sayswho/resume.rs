//! The output file of a stream: begun, or continued where an earlier run was stopped.
//!
//! ```text
//! output file   answer  answer  answer  answ          ← the last line is damaged: cut off
//!                 │ the same ids    │ the same answer to what tells settings apart
//! input         line    line    line    line  line …  ← goes on here
//! ```

use std::{
    fs::{File, OpenOptions},
    io::{self, BufRead, BufReader, ErrorKind, Seek, SeekFrom},
    path::Path,
};

use crate::{
    lines::{Line, Lines},
    progress::Progress,
    record::{self, Answered},
};

/// A new file at `path`. One that is there already may be hours of work: it is an error.
pub fn create(path: &Path) -> io::Result<File> {
    File::create_new(path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => {
            refusal(path, "is there already; --resume goes on where it ends, or choose another name")
        }
        _ => named(path, &error),
    })
}

/// The file at `path`, ready for the answer to the next of `lines`, from which those that it answers are taken; and
/// whether it answers all of them. A new file where there is none.
///
/// An error where it does not answer `lines`, or answers them as this program, with `answer`, would not: with another
/// model, or offsets in another unit. A refusal tells nothing of these, nor does plain ASCII of the unit: of each
/// [`width`](record::width) the last document that has a sentence is answered again.
pub fn open(
    path: &Path,
    lines: &mut Lines,
    progress: &mut Progress,
    answer: impl Fn(&Line) -> Answered,
) -> io::Result<(File, bool)> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    let mut file = options.open(path).map_err(|error| named(path, &error))?;
    let mut answers = BufReader::with_capacity(1 << 16, &file);
    let (mut kept, mut whole, mut number) = (0, true, 0);
    let mut telling = [const { None }; 3];
    loop {
        let mut next = Vec::new();
        answers.read_until(b'\n', &mut next)?;
        number += 1;
        if !record::is_answer(&next) {
            if !next.is_empty() && !answers.fill_buf()?.is_empty() {
                return Err(refusal(path, &format!("is no file of answers: see its line {number}")));
            }
            break;
        }
        let Some(line) = documents(lines, progress, &mut whole) else {
            return Err(refusal(path, &format!("answers more than the input asks: {number} lines or more")));
        };
        let asked = if let Line::Whole(line) = &line { record::id(line) } else { None };
        let found = record::id(&next);
        if found.map(|id| id.get()) != asked.map(|id| id.get()) {
            return Err(refusal(path, &format!("answers another input: its line {number} has another \"id\"")));
        }
        let sentences = record::sentences(&next);
        whole &= sentences.is_some();
        progress.skip(line.len(), sentences.is_none());
        kept += next.len() as u64;
        if let (Line::Whole(document), Some(1..)) = (&line, sentences) {
            let width = record::width(document);
            telling[width] = Some((line, next));
        }
    }
    if telling.into_iter().flatten().any(|(line, answered)| answer(&line).json != answered) {
        return Err(refusal(path, "was written with another model, another version or other --offsets"));
    }
    file.set_len(kept)?;
    file.seek(SeekFrom::Start(kept))?;
    Ok((file, whole))
}

/// The next line that has an answer.
fn documents(lines: &mut Lines, progress: &mut Progress, whole: &mut bool) -> Option<Line> {
    for (place, line) in lines {
        let Line::Unreadable(error) = line else { return Some(line) };
        progress.say(&format!("sayswho: {place}: {error}"));
        *whole = false;
    }
    None
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

fn refusal(path: &Path, why: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidInput, format!("{} {why}", path.display()))
}
