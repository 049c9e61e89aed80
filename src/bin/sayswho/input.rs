//! Where text comes from: files and standard input, by one name each.

use std::{
    fmt,
    fs::File,
    io::{self, BufReader, IsTerminal, Read},
    path::{Path, PathBuf},
};

/// A file, or standard input.
#[derive(Debug, Clone)]
pub enum Input {
    Standard,
    File(PathBuf),
}

impl Input {
    /// What `files` name: standard input where there are none, and for `-`.
    pub fn all(files: &[PathBuf]) -> Vec<Self> {
        if files.is_empty() {
            return vec![Self::Standard];
        }
        files
            .iter()
            .map(|file| if file == Path::new("-") { Self::Standard } else { Self::File(file.clone()) })
            .collect()
    }

    /// Opens it. Tells somebody who sits at a terminal that the program waits for them.
    pub fn open(&self) -> io::Result<BufReader<Box<dyn Read + Send>>> {
        match self {
            Self::Standard => {
                let stdin = io::stdin();
                if stdin.is_terminal() {
                    anstream::eprintln!("sayswho: reading from the terminal; end with Ctrl-D on a line of its own");
                }
                Ok(BufReader::with_capacity(1 << 16, Box::new(stdin)))
            }
            Self::File(path) => Ok(BufReader::with_capacity(1 << 16, Box::new(File::open(path)?))),
        }
    }

    /// How long it is; `None` for what is no file, as a pipe.
    pub fn bytes(&self) -> Option<u64> {
        match self {
            Self::Standard => None,
            Self::File(path) => path.metadata().ok().filter(std::fs::Metadata::is_file).map(|file| file.len()),
        }
    }

    /// The whole of it, which must be UTF-8: offsets into a text that was mended would point nowhere.
    pub fn read(&self) -> io::Result<String> {
        let mut text = String::new();
        match self.open()?.read_to_string(&mut text) {
            Ok(_) => Ok(text),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                Err(io::Error::new(error.kind(), "not UTF-8 text (`iconv -f LATIN1 -t UTF-8` may help)"))
            }
            Err(error) => Err(error),
        }
    }
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Standard => f.write_str("standard input"),
            Self::File(path) => path.display().fmt(f),
        }
    }
}
