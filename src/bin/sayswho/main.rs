//! The command line: labels articles, streams of documents, and single sentences.
//!
//! ```text
//! label [FILE…]  ─ text in   ─┬─ for a reader       label.rs, print.rs
//!                             ├─ --json             label.rs
//!                             └─ --jsonl            jsonl.rs, lines.rs, record.rs: a document a line, as a stream
//! explain        ─ one sentence, everything that is known about it   explain.rs, print.rs
//! ```
//!
//! Exit codes: 0 where everything was answered, 1 where some input was not, 2 where nothing was tried (a bad argument,
//! a model that cannot be read).

mod explain;
mod input;
mod jsonl;
mod label;
mod lines;
mod print;
mod progress;
mod record;
mod resume;

use std::{
    io,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, Parser, Subcommand, ValueEnum};
use sayswho::{Engine, Offsets};

/// Labels each sentence of a news article: reported fact, attributed claim (and whose), or unattributed opinion.
///
/// Nothing leaves this machine, and the same text always gets the same answer. English only.
#[derive(Debug, Parser)]
#[command(name = "sayswho", version, arg_required_else_help = true, after_help = EXAMPLES)]
struct Cli {
    /// Use the model in FILE instead of the one that this program carries.
    #[arg(long, value_name = "FILE", global = true)]
    model: Option<PathBuf>,
    /// Judge by word lists and rules alone: hundreds of times faster, and wrong more often.
    #[arg(long, global = true, conflicts_with = "model")]
    rules: bool,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  sayswho label article.txt                         read an article with its labels
  curl -s … | html2text | sayswho label | less      the same, from a pipe
  sayswho label --json article.txt                  one JSON object: sentences, attributions, summary
  sayswho label --jsonl < corpus.jsonl > out.jsonl  a corpus: {\"id\", \"text\"} a line in, the answer a line out
  sayswho explain 'Critics say the plan is a shameful waste.'

`sayswho help label` and `sayswho help explain` say more.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Label articles: for a reader, as JSON, or as a stream of JSON lines.
    #[command(after_help = LABEL_HELP)]
    Label(LabelArgs),
    /// Say everything that is known about one sentence: scores, who says so, which words gave it away.
    #[command(after_help = EXPLAIN_HELP)]
    Explain {
        /// The sentence; standard input where it is left out. Several are explained one by one.
        sentence: Option<String>,
    },
}

const LABEL_HELP: &str = "\
Paragraphs are parted by blank lines; a single line break is a space. Give the whole article where you have it: a
quotation runs over sentences, and \"he said\" needs to know who spoke before.

  reported fact         the writer states, in the outlet's own voice, something that could be checked
  attributed claim      what the sentence says is credited to somebody else
  unattributed opinion  the writer's own view, with nobody named as holding it
  -                     no statement of the article: a byline, a photo credit, \"Read more\"

--json writes one object a file, one a line in a pipe and indented on a terminal:
  {\"sentences\": [{\"start\", \"end\", \"label\", \"mixed\", \"confidence\", \"scores\", \"attributions\", \"signals\"}],
   \"attributions\": [{\"kind\", \"speaker\", \"source\", \"cue\", \"content\", \"vague\"}], \"summary\": {…}}

--jsonl reads {\"id\", \"text\"} and writes the same object with \"id\" first, a document a line, in the order of the
lines, in bounded memory. Blank lines are skipped. A line that is no document is answered with {\"id\", \"error\"} and
reported by its number on standard error, and the exit code is 1. Unpaired surrogates (\"\\ud800\", which Python
writes) become U+FFFD. How far it has come is shown on a terminal.

A run with --output that was stopped goes on with the same command and --resume: what is answered is kept, a line cut
off in the middle is written anew, and the file ends as if nothing had happened.

Examples:
  sayswho label --jsonl --jobs 0 --output out.jsonl --resume corpus.jsonl
  sayswho label --jsonl --offsets chars < in.jsonl   offsets as Python counts them
  sayswho label --json *.txt | jq .summary";

const EXPLAIN_HELP: &str = "\
Examples:
  sayswho explain 'The minister said the disastrous plan would be dropped.'
  pbpaste | sayswho explain";

#[derive(Debug, Args)]
struct LabelArgs {
    /// What to read; standard input where there is none, or for `-`.
    files: Vec<PathBuf>,
    /// Write JSON, one object a file.
    #[arg(long, conflicts_with = "jsonl")]
    json: bool,
    /// Indent the JSON, also in a pipe.
    #[arg(long, requires = "json")]
    pretty: bool,
    /// Read and write JSON lines: {"id", "text"} in, the answer with "id" out.
    #[arg(long)]
    jsonl: bool,
    /// Label N documents at once, each on a core; 0 for as many as there are cores.
    #[arg(long, value_name = "N", default_value_t = 1, requires = "jsonl")]
    jobs: usize,
    /// Write to FILE, which must not be there yet.
    #[arg(long, short, value_name = "FILE", requires = "jsonl")]
    output: Option<PathBuf>,
    /// Go on where the output file ends.
    #[arg(long, requires = "output")]
    resume: bool,
    /// What the offsets in the JSON count.
    #[arg(long, value_enum, value_name = "UNIT", default_value_t = Unit::Utf8)]
    offsets: Unit,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Unit {
    /// UTF-8 bytes, as Rust, Go and C count
    Utf8,
    /// UTF-16 code units, as JavaScript and Java count
    Utf16,
    /// Unicode code points, as Python counts
    Chars,
}

impl From<Unit> for Offsets {
    fn from(unit: Unit) -> Self {
        match unit {
            Unit::Utf8 => Self::Utf8,
            Unit::Utf16 => Self::Utf16,
            Unit::Chars => Self::Chars,
        }
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let engine = match engine(cli.model.as_deref(), cli.rules) {
        Ok(engine) => engine,
        Err(message) => {
            anstream::eprintln!("sayswho: {message}");
            return ExitCode::from(2);
        }
    };
    let outcome = match cli.command {
        Command::Label(args) if args.jsonl => jsonl::run(&engine, &args),
        Command::Label(args) => label::run(&engine, &args),
        Command::Explain { sentence } => explain::run(&engine, sentence),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        // Whoever read the answer has heard enough, as `head` has: no error of ours.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => {
            anstream::eprintln!("sayswho: {error}");
            ExitCode::from(2)
        }
        Err(error) => {
            anstream::eprintln!("sayswho: can't write the answer: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The model that this program carries.
const CARRIED: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/model/sayswho.bin"));

fn engine(model: Option<&Path>, rules: bool) -> Result<Engine, String> {
    if rules {
        return Ok(Engine::new());
    }
    let Some(path) = model else {
        return Engine::with_model(CARRIED).map_err(|error| format!("can't use the model that it carries: {error}"));
    };
    let file = std::fs::read(path).map_err(|error| format!("can't read the model {}: {error}", path.display()))?;
    Engine::with_model(file).map_err(|error| format!("can't use the model {}: {error}", path.display()))
}
