//! How far a stream has come, for somebody at a terminal; nothing in a pipe.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::input::Input;

/// A bar over the bytes of all inputs, or where their length is not known, a count.
pub struct Progress {
    bar: ProgressBar,
    documents: u64,
    /// Of these, answered by an earlier run: no measure of speed.
    skipped: u64,
    errors: u64,
}

impl Progress {
    pub fn new(inputs: &[Input], shown: bool) -> Self {
        let bytes: Option<u64> = inputs.iter().map(Input::bytes).sum();
        let bar = if shown { ProgressBar::new(0) } else { ProgressBar::hidden() };
        if shown {
            bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(4));
        }
        let template = match bytes {
            Some(_) => "{elapsed} {wide_bar} {percent}% {msg}, {eta} left",
            None => "{elapsed} {msg}",
        };
        bar.set_length(bytes.unwrap_or(0));
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self { bar, documents: 0, skipped: 0, errors: 0 }
    }

    /// One more line of `bytes` bytes, answered by an earlier run.
    pub fn skip(&mut self, bytes: u64, error: bool) {
        self.skipped += 1;
        self.advance(bytes, error);
        self.bar.reset_eta();
    }

    /// One more line of `bytes` bytes.
    pub fn advance(&mut self, bytes: u64, error: bool) {
        self.documents += 1;
        self.errors += u64::from(error);
        if self.bar.is_hidden() {
            return;
        }
        self.bar.inc(bytes);
        #[allow(clippy::cast_precision_loss)]
        let rate = (self.documents - self.skipped) as f64 / self.bar.elapsed().as_secs_f64().max(0.001);
        let errors = if self.errors > 0 { format!(", {} bad", self.errors) } else { String::new() };
        self.bar.set_message(format!("{} documents{errors}, {rate:.1} a second", self.documents));
    }

    /// A line on standard error, above the bar.
    pub fn say(&self, message: &str) {
        self.bar.suspend(|| anstream::eprintln!("{message}"));
    }

    /// Leaves the last figures standing.
    pub fn finish(&self) {
        self.bar.abandon();
    }
}
