//! Lists of words that are compiled in as text files: one entry a line, sorted by bytes, `#` before a comment.

/// The entries of a list file, to be searched by halves.
#[derive(Debug)]
pub(crate) struct List(Vec<&'static str>);

impl List {
    /// Reads `file`. It costs one pass: keep the result.
    pub(crate) fn new(file: &'static str) -> Self {
        Self(file.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with('#')).collect())
    }

    /// Whether `word` is an entry.
    pub(crate) fn contains(&self, word: &str) -> bool {
        self.0.binary_search(&word).is_ok()
    }

    /// The entries in order.
    pub(crate) fn into_entries(self) -> Vec<&'static str> {
        self.0
    }

    /// The entries in order.
    #[cfg(test)]
    pub(crate) fn entries(&self) -> &[&'static str] {
        &self.0
    }
}
