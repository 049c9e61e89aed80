//! `label --jsonl`: a document a line in, its answer a line out, in the same order and in bounded memory.
//!
//! ```text
//! lines.rs ─ line ─┬─ worker: record.rs ─┬─ answers, in the order of the lines ─ output
//!                  └─ worker: record.rs ─┘     └ of a line that is no document: also on standard error
//! ```
//!
//! The reader gives each line a channel of its own for its answer, and the writer waits for these in turn. Both queues
//! are short, in lines and in bytes: whoever is ahead waits, and a stream of any length takes the memory of a few
//! documents.

use std::{
    io::{self, BufWriter, IsTerminal, Write},
    sync::{
        Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, TryRecvError, channel, sync_channel},
    },
    thread,
};

use sayswho::{Engine, Offsets};

use crate::{
    LabelArgs,
    input::Input,
    lines::{self, Line, Lines, Place},
    progress::Progress,
    record::{self, Answered},
    resume,
};

/// Lines that wait for each worker. More would hide a slow line better, and hold more.
const AHEAD: usize = 4;

/// One line on its way.
struct Job {
    line: Line,
    answer: SyncSender<Answered>,
}

/// What the writer waits for.
type Awaited = (Place, u64, Receiver<Answered>);

/// Answers every line of the files that `args` names; whether all could be.
pub fn run(engine: &Engine, args: &LabelArgs) -> io::Result<bool> {
    let inputs = Input::all(&args.files);
    let unit = args.offsets.into();
    let stdout = io::stdout();
    let shown = args.output.is_some() || !stdout.is_terminal();
    let mut progress = Progress::new(&inputs, shown && io::stderr().is_terminal());
    let mut lines = Lines::new(inputs);
    let mut whole = true;
    let out: Box<dyn Write> = match &args.output {
        None => Box::new(stdout.lock()),
        Some(path) if args.resume => {
            let (file, complete) = resume::open(path, &mut lines, &mut progress, |line| answer(engine, line, unit))?;
            whole &= complete;
            Box::new(file)
        }
        Some(path) => Box::new(resume::create(path)?),
    };
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let jobs = if args.jobs == 0 { thread::available_parallelism()?.get() } else { args.jobs };
    let (lines_in, lines_out) = sync_channel(jobs * AHEAD);
    let (answers_in, answers_out) = sync_channel(jobs * AHEAD);
    let (written_in, written_out) = channel();
    let lines_out = Mutex::new(lines_out);
    thread::scope(|scope| {
        scope.spawn(move || read(lines, &lines_in, &answers_in, &written_out));
        for _ in 0..jobs {
            let lines = &lines_out;
            scope.spawn(move || work(engine, lines, unit));
        }
        // Dropped when writing fails, which stops the reader, and the workers after it.
        let (answers, written) = (answers_out, written_in);
        while let Some((place, bytes, answer)) = wait(&answers, &mut out)? {
            let Some(Answered { json, error }) = wait(&answer, &mut out)? else { continue };
            out.write_all(&json)?;
            // Nobody waits any more when all is read.
            let _ = written.send(bytes);
            if let Some(error) = &error {
                whole = false;
                progress.say(&format!("sayswho: {place}: {error}"));
            }
            progress.advance(bytes, error.is_some());
        }
        out.flush()?;
        progress.finish();
        Ok(whole)
    })
}

/// Reads on while what was read and is not `written` is no longer than the longest line may be: lines of many megabytes
/// would else fill the memory long before the queues.
fn read(lines: Lines, jobs: &SyncSender<Job>, answers: &SyncSender<Awaited>, written: &Receiver<u64>) {
    let mut ahead = 0;
    for (place, line) in lines {
        let (sender, receiver) = sync_channel(1);
        let bytes = line.len();
        ahead -= written.try_iter().sum::<u64>();
        while ahead > 0 && ahead + bytes > lines::LONGEST {
            let Ok(bytes) = written.recv() else { return };
            ahead -= bytes;
        }
        ahead += bytes;
        // A send fails when the writer has stopped.
        if answers.send((place, bytes, receiver)).is_err() || jobs.send(Job { line, answer: sender }).is_err() {
            return;
        }
    }
}

fn work(engine: &Engine, jobs: &Mutex<Receiver<Job>>, unit: Offsets) {
    loop {
        let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Job { line, answer: to }) = next else { return };
        // Nobody waits any more when the writer has stopped.
        let _ = to.send(answer(engine, &line, unit));
    }
}

fn answer(engine: &Engine, line: &Line, unit: Offsets) -> Answered {
    match line {
        Line::Whole(line) => record::answer(engine, line, unit),
        Line::TooLong => record::refuse(None, format!("longer than {} MB", lines::LONGEST >> 20)),
        // Nothing stands for it in the output: there may be any number of documents in what can't be read.
        Line::Unreadable(error) => Answered { json: Vec::new(), error: Some(error.to_string()) },
    }
}

/// The next of `queue`; `None` at its end. Whoever sends one line and waits gets its answer at once, and a long stream
/// is written in large pieces: what is ready is flushed only before a pause.
fn wait<T>(queue: &Receiver<T>, out: &mut impl Write) -> io::Result<Option<T>> {
    match queue.try_recv() {
        Ok(next) => return Ok(Some(next)),
        Err(TryRecvError::Disconnected) => return Ok(None),
        Err(TryRecvError::Empty) => out.flush()?,
    }
    Ok(queue.recv().ok())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// How many of three lines of `bytes` bytes are read while none is answered.
    fn read_ahead(bytes: usize) -> usize {
        let path = std::env::temp_dir().join(format!("sayswho-{}-ahead-{bytes}.jsonl", std::process::id()));
        std::fs::write(&path, [vec![b'x'; bytes - 1], b"\n".to_vec()].concat().repeat(3)).unwrap();
        let (jobs_in, jobs_out) = sync_channel(3);
        let (answers_in, _answers_out) = sync_channel(3);
        // Nobody writes: where it would wait, it returns.
        let (_, written) = channel();
        read(Lines::new(vec![Input::File(path.clone())]), &jobs_in, &answers_in, &written);
        std::fs::remove_file(path).unwrap();
        jobs_out.try_iter().count()
    }

    #[test]
    fn long_lines_are_read_one_by_one_and_short_ones_ahead() {
        assert_eq!(read_ahead(100), 3);
        assert_eq!(read_ahead(30 << 20), 2);
        assert_eq!(read_ahead(40 << 20), 1);
        assert_eq!(read_ahead(64 << 20), 1);
    }
}
