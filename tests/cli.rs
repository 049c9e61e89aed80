//! The command line, run as its user runs it: a table of what goes in and what must come out.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::{
    io::{Read, Write},
    path::PathBuf,
    process::{Command, Output, Stdio},
};

use serde_json::{Value, json};

#[path = "support/model.rs"]
mod small;

const TEXT: &str = "The bridge opened in 1932. “We lost the harvest,” said Ada Moss, a farmer.\n\nAdvertisement\n";

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayswho"));
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env("TERM", "xterm-256color");
    command
}

fn run(args: &[&str], input: &[u8]) -> Output {
    let mut child = program()
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    // A program that reads no input may be gone before it is written.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("the answer is UTF-8")
}

fn lines(output: &Output) -> Vec<Value> {
    text(&output.stdout).lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

/// [`run`] by the rules, which answer at once and don't change with the model.
fn run_rules(args: &[&str], input: &[u8]) -> Output {
    run(&[&["--rules"], args].concat(), input)
}

/// A file with `content` that is gone when the test is.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str, content: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("sayswho-{}-{name}", std::process::id()));
        std::fs::write(&path, content).unwrap();
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

struct Case {
    name: &'static str,
    args: &'static [&'static str],
    input: &'static str,
    code: i32,
    stdout: &'static [&'static str],
    stderr: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        name: "an article for a reader",
        args: &["--rules", "label"],
        input: TEXT,
        code: 0,
        stdout: &[
            "reported fact ",
            "%  The bridge opened in 1932.",
            "attributed claim ",
            "└ Ada Moss: “said”, word for word",
            "-                           Advertisement",
            "1 reported fact · 1 attributed claim · 0 unattributed opinions · 1 unlabelled",
        ],
        stderr: &[],
    },
    Case {
        name: "`-` is standard input",
        args: &["--rules", "label", "-"],
        input: "Rain fell.",
        code: 0,
        stdout: &["Rain fell."],
        stderr: &[],
    },
    Case { name: "nothing in, nothing out", args: &["--rules", "label"], input: "", code: 0, stdout: &[], stderr: &[] },
    Case {
        name: "nothing in is an empty answer in JSON",
        args: &["--rules", "label", "--json"],
        input: "",
        code: 0,
        stdout: &["\"sentences\":[]"],
        stderr: &[],
    },
    Case {
        name: "indented where asked",
        args: &["--rules", "label", "--json", "--pretty"],
        input: "Rain fell.",
        code: 0,
        stdout: &["{\n  \"sentences\": [\n"],
        stderr: &[],
    },
    Case {
        name: "a language that is not known is said",
        args: &["--rules", "label"],
        input: "Der Gemeinderat hat am Dienstag beschlossen, zwei Schulen der Stadt zu schließen.",
        code: 0,
        stdout: &["Gemeinderat"],
        stderr: &["not look like English"],
    },
    Case {
        name: "an escape sequence in the text does not reach the terminal",
        args: &["--rules", "label"],
        input: "Rain \u{1b}[31mfell.",
        code: 0,
        stdout: &["Rain \u{FFFD}[31m"],
        stderr: &[],
    },
    Case {
        name: "one sentence explained",
        args: &["--rules", "explain", "“We lost the harvest,” said Ada Moss."],
        input: "",
        code: 0,
        stdout: &["attributed claim: ", "How likely each is", "Who says so", "claim   “We lost the harvest"],
        stderr: &[],
    },
    Case {
        name: "a sentence from a pipe explained",
        args: &["--rules", "explain"],
        input: "Rain fell for two days.",
        code: 0,
        stdout: &["reported fact: ", "nobody else is credited"],
        stderr: &[],
    },
    Case {
        name: "no sentence to explain",
        args: &["--rules", "explain", "  "],
        input: "",
        code: 1,
        stdout: &[],
        stderr: &["no sentence"],
    },
    Case {
        name: "the carried model judges where nothing else is asked for",
        args: &["label"],
        input: "The council approved the budget on Tuesday.\n\nWhat a shameful waste of everybody’s money!",
        code: 0,
        stdout: &["reported fact ", "unattributed opinion ", "└ "],
        stderr: &[],
    },
    Case {
        name: "a file that is not there",
        args: &["--rules", "label", "/nonexistent/article.txt"],
        input: "",
        code: 1,
        stdout: &[],
        stderr: &["/nonexistent/article.txt: No such file"],
    },
    Case {
        name: "a model that is not there",
        args: &["label", "--model", "/nonexistent/model.bin"],
        input: "Rain fell.",
        code: 2,
        stdout: &[],
        stderr: &["can't read the model /nonexistent/model.bin"],
    },
    Case {
        name: "a model that is none",
        args: &["--model", env!("CARGO_BIN_EXE_sayswho"), "label"],
        input: "Rain fell.",
        code: 2,
        stdout: &[],
        stderr: &["can't use the model"],
    },
    Case {
        name: "two forms at once",
        args: &["--rules", "label", "--json", "--jsonl"],
        input: "",
        code: 2,
        stdout: &[],
        stderr: &["cannot be used with"],
    },
    Case {
        name: "the help shows how",
        args: &["help", "label"],
        input: "",
        code: 0,
        stdout: &["--offsets", "Examples:", "--jsonl", "unattributed opinion"],
        stderr: &[],
    },
    Case {
        name: "the version",
        args: &["--version"],
        input: "",
        code: 0,
        stdout: &[env!("CARGO_PKG_VERSION")],
        stderr: &[],
    },
];

#[test]
fn what_goes_in_and_what_comes_out() {
    for case in CASES {
        let output = run(case.args, case.input.as_bytes());
        let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
        assert_eq!(output.status.code(), Some(case.code), "{}: {stderr}", case.name);
        for (stream, wanted) in [(stdout, case.stdout), (stderr, case.stderr)] {
            for part in wanted {
                assert!(stream.contains(part), "{}: no {part:?} in\n{stream}", case.name);
            }
        }
        assert!(!case.stderr.is_empty() || stderr.is_empty(), "{}: {stderr}", case.name);
        assert!(!stdout.contains('\u{1b}'), "{}: colours in a pipe", case.name);
    }
}

#[test]
fn colour_where_it_is_forced_and_never_against_no_color() {
    let colours = |set: &[(&str, &str)]| {
        let output = program().args(["--rules", "explain", "Rain fell."]).envs(set.iter().copied()).output().unwrap();
        text(&output.stdout).contains('\u{1b}')
    };
    assert!(colours(&[("CLICOLOR_FORCE", "1")]));
    assert!(!colours(&[("NO_COLOR", "1")]));
}

#[test]
fn json_lines_keep_ids_and_order_and_survive_bad_lines() {
    let input = [
        r#"{"id":"a","text":"Rain fell.","title":"ignored"}"#,
        "",
        r#"{"text":"No id.","id":12345678901234567890123}"#,
        r#"{"id":{"k":[1,null]},"text":""}"#,
        "{\"id\":1,\"text\":",
        r#"{"id":2}"#,
        r#"{"id":3,"text":7}"#,
        r#"["id"]"#,
        "{\"id\":6,\"text\":\"A raw \u{1} in a string.\"}",
        "  \t",
        r#"{"text":"Without."}"#,
    ]
    .join("\n");
    let mut bytes = input.into_bytes();
    bytes.extend(b"\n{\"id\":4,\"text\":\"\xFF\"}\r\n{\"id\":5,\"text\":\"The last line has no end.\"}");
    let output = run_rules(&["label", "--jsonl"], &bytes);
    assert_eq!(output.status.code(), Some(1));
    let firsts: Vec<&str> = text(&output.stdout)
        .lines()
        .map(|line| line.split(",\"sentences\":").next().and_then(|line| line.split(" at").next()).unwrap())
        .collect();
    let answered = [
        r#"{"id":"a""#,
        r#"{"id":12345678901234567890123"#,
        r#"{"id":{"k":[1,null]}"#,
        r#"{"id":null,"error":"EOF while parsing a value,"#,
        r#"{"id":2,"error":"missing field `text`,"#,
        r#"{"id":3,"error":"invalid type: integer `7`, expected a string in \"text\","#,
        r#"{"id":null,"error":"not a JSON object"}"#,
        r#"{"id":null,"error":"control character (\\u0000-\\u001F) found while parsing a string,"#,
        r#"{"id":null"#,
        r#"{"id":4,"error":"not UTF-8 from byte 16 on"}"#,
        r#"{"id":5"#,
    ];
    assert_eq!(firsts, answered);
    let stderr = text(&output.stderr);
    for number in [5, 6, 7, 8, 9, 12] {
        assert!(stderr.contains(&format!("standard input, line {number}: ")), "{number} in {stderr}");
    }
    assert_eq!(stderr.lines().count(), 6, "{stderr}");
}

#[test]
fn offsets_in_each_unit_hold_in_the_senders_text() {
    // Wide in each unit in another way, with half a surrogate pair as Python writes it.
    let line = r#"{"id":1,"text":"🙂 \ud83d é \udca9. Rain fell."}"#;
    for (unit, starts) in [("utf8", [0, 17]), ("utf16", [0, 10]), ("chars", [0, 9])] {
        let output = run_rules(&["label", "--jsonl", "--offsets", unit], line.as_bytes());
        assert!(output.status.success(), "{}", text(&output.stderr));
        let sentences = lines(&output)[0]["sentences"].clone();
        let found: Vec<&Value> = sentences.as_array().unwrap().iter().map(|s| &s["start"]).collect();
        assert_eq!(found, starts.iter().map(|&s| json!(s)).collect::<Vec<_>>().iter().collect::<Vec<_>>(), "{unit}");
    }
}

#[test]
fn a_line_is_answered_as_soon_as_it_is_sent() {
    let mut child =
        program().args(["--rules", "label", "--jsonl"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (mut stdin, mut stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    for id in [b'1', b'2'] {
        stdin.write_all(&[b"{\"id\":", &[id][..], b",\"text\":\"\"}\n"].concat()).unwrap();
        stdin.flush().unwrap();
        let mut start = [0; 7];
        stdout.read_exact(&mut start).unwrap();
        assert_eq!(start, *[b"{\"id\":", &[id][..]].concat());
        let mut byte = [0];
        while byte != *b"\n" {
            stdout.read_exact(&mut byte).unwrap();
        }
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn several_files_are_answered_one_by_one() {
    let first = Scratch::new("first.txt", b"The bridge opened in 1932.");
    let second = Scratch::new("second.txt", "“We lost the whole harvest,” said Ada Moss.".as_bytes());
    let broken = Scratch::new("broken.txt", b"caf\xE9");
    let output = run_rules(&["label", "--json", first.path(), broken.path(), second.path()], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("broken.txt: not UTF-8"), "{}", text(&output.stderr));
    let labels: Vec<Value> = lines(&output).iter().map(|answer| answer["sentences"][0]["label"].clone()).collect();
    assert_eq!(labels, [json!("reported-fact"), json!("attributed-claim")]);

    let output = run_rules(&["label", first.path(), second.path()], b"");
    assert!(text(&output.stdout).contains(&format!("==> {} <==", second.path())));
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let line = format!("{{\"id\":1,\"text\":\"{}\"}}\n", "Rain fell. ".repeat(50));
    let mut child = program()
        .args(["--rules", "label", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let _ = child.stdin.take().unwrap().write_all(line.repeat(200).as_bytes());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{}", text(&output.stderr));
}

/// Documents of very different lengths, a line each, some of them bad.
fn corpus(lines: usize) -> String {
    (0..lines)
        .map(|id| match id % 9 {
            4 => format!("{{\"id\":{id}}}\n"),
            7 => format!("\n{{\"text\":\"Rain fell.\",\"id\":\"{id}\"}}\r\n"),
            _ => {
                let text = "The mayor said the bridge was safe. What a shameful waste! ".repeat(id * id % 23);
                format!("{{\"id\":{id},\"text\":\"{text}\"}}\n")
            }
        })
        .collect()
}

#[test]
fn any_number_of_jobs_gives_the_same_answers_in_the_same_order() {
    let input = corpus(300);
    let one = run_rules(&["label", "--jsonl"], input.as_bytes());
    assert_eq!(text(&one.stdout).lines().count(), 300);
    for jobs in ["0", "2", "5"] {
        let several = run_rules(&["label", "--jsonl", "--jobs", jobs], input.as_bytes());
        assert!(several.stdout == one.stdout, "{jobs} jobs: another output");
        assert!(several.stderr == one.stderr, "{jobs} jobs: other messages");
        assert_eq!(several.status.code(), Some(1));
    }
}

#[test]
fn a_stopped_run_goes_on_where_it_stopped() {
    let input = Scratch::new("resume-in.jsonl", corpus(40).as_bytes());
    let whole = run_rules(&["label", "--jsonl", input.path()], b"").stdout;
    let ends: Vec<usize> = (1..=whole.len()).filter(|&end| whole[end - 1] == b'\n').collect();
    // Nothing, a line's first byte, a line but for its end, a line, half of the next; all but a byte, everything.
    let cuts = [0, 1, ends[0] - 1, ends[0], (ends[20] + ends[21]) / 2, ends[30], whole.len() - 1, whole.len()];
    for cut in cuts {
        for damage in [&b""[..], b"\0\0\0\0"] {
            let out = Scratch::new("resume-out.jsonl", &[&whole[..cut], damage].concat());
            let output =
                run_rules(&["label", "--jsonl", "--resume", "-o", out.path(), "--jobs", "3", input.path()], b"");
            assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
            assert!(output.stdout.is_empty());
            assert!(std::fs::read(&out.0).unwrap() == whole, "cut at byte {cut}: another file");
        }
    }
}

#[test]
fn with_the_model_two_jobs_keep_the_order_and_go_on_after_a_stop() {
    let input = Scratch::new("model-in.jsonl", corpus(16).as_bytes());
    let one = run(&["label", "--jsonl", input.path()], b"");
    assert_eq!(text(&one.stdout).lines().count(), 16);
    let two = run(&["label", "--jsonl", "--jobs", "2", input.path()], b"");
    assert!(two.stdout == one.stdout && two.stderr == one.stderr);
    let out = Scratch::new("model-out.jsonl", &one.stdout[..one.stdout.len() * 3 / 4]);
    let resumed = run(&["label", "--jsonl", "--resume", "-o", out.path(), "--jobs", "2", input.path()], b"");
    assert_eq!(resumed.status.code(), Some(1), "{}", text(&resumed.stderr));
    assert!(std::fs::read(&out.0).unwrap() == one.stdout);
}

#[test]
fn a_killed_run_goes_on() {
    let input = corpus(60);
    let whole = run_rules(&["label", "--jsonl"], input.as_bytes()).stdout;
    let out = Scratch::new("killed.jsonl", b"");
    std::fs::remove_file(&out.0).unwrap();
    let args = ["--rules", "label", "--jsonl", "--output", out.path(), "--resume"];
    let mut child = program().args(args).stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let half = input.len() / 2;
    child.stdin.as_mut().unwrap().write_all(&input.as_bytes()[..half]).unwrap();
    // It has answered something, and waits for more: nothing but a signal ends it.
    while std::fs::metadata(&out.0).map_or(0, |file| file.len()) == 0 {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let output = run(&args, input.as_bytes());
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert!(std::fs::read(&out.0).unwrap() == whole);
}

#[test]
fn an_output_file_that_is_not_this_runs_is_left_alone() {
    let input = "{\"id\":1,\"text\":\"“Émile left,” said Ada Moss.\"}\n{\"id\":2,\"text\":\"Rain fell.\"}\n";
    let answers = text(&run_rules(&["label", "--jsonl"], input.as_bytes()).stdout).to_owned();
    let first = answers.lines().next().unwrap();
    for (name, args, content, message) in [
        ("without --resume", &[][..], String::new(), "is there already"),
        ("another input", &["--resume"], answers.replace("{\"id\":1", "{\"id\":7"), "its line 1 has another \"id\""),
        ("more answers than lines", &["--resume"], answers.repeat(2), "answers more than the input asks"),
        ("an unreadable line in the middle", &["--resume"], format!("{first}\n{{\n{answers}"), "see its line 2"),
        ("other offsets", &["--resume", "--offsets", "chars"], format!("{first}\n"), "other --offsets"),
    ] {
        let out = Scratch::new("not-ours.jsonl", content.as_bytes());
        let output = run_rules(&[&["label", "--jsonl", "-o", out.path()], args].concat(), input.as_bytes());
        assert_eq!(output.status.code(), Some(2), "{name}: {}", text(&output.stderr));
        assert!(text(&output.stderr).contains(message), "{name}: {}", text(&output.stderr));
        assert_eq!(std::fs::read_to_string(&out.0).unwrap(), content, "{name}");
    }
}

#[test]
fn other_settings_are_seen_whatever_the_answered_lines_end_with() {
    let model = Scratch::new("small.bin", &small::file());
    // What shows the model, what shows each unit of offsets, what shows nothing, and what was not answered yet.
    let plain = "{\"id\":1,\"text\":\"The council said so.\"}\n";
    let wide = "{\"id\":2,\"text\":\"The caf\\u00e9 said so.\"}\n";
    let pairs = "{\"id\":3,\"text\":\"🙂 The council said so.\"}\n";
    let silent = "{\"id\":4,\"text\":\"\"}\n{\"id\":5}\n";
    let next = "{\"id\":6,\"text\":\"Rain fell.\"}\n";
    let rules: &[&str] = &["--rules"];
    let utf16: &[&str] = &["--rules", "--offsets", "utf16"];
    let chars: &[&str] = &["--rules", "--offsets", "chars"];
    let other: &[&str] = &["--model", model.path()];
    for (answered, before, after, goes_on) in [
        ([plain, ""], rules, other, false),
        ([plain, ""], other, rules, false),
        ([wide, plain], rules, chars, false),
        ([pairs, wide], utf16, chars, false),
        // Where all that was answered would be answered alike, nothing is wrong with it.
        ([plain, ""], rules, chars, true),
        ([wide, plain], utf16, chars, true),
        (["", ""], rules, other, true),
    ] {
        let answered = [answered.concat().as_str(), silent].concat();
        let content = run(&[&["label", "--jsonl"], before].concat(), answered.as_bytes()).stdout;
        let out = Scratch::new("settings.jsonl", &content);
        let input = answered.clone() + next;
        let output = run(&[&["label", "--jsonl", "--resume", "-o", out.path()], after].concat(), input.as_bytes());
        let file = std::fs::read(&out.0).unwrap();
        let case = format!("{before:?} to {after:?} after {answered}: {}", text(&output.stderr));
        if goes_on {
            assert_eq!(output.status.code(), Some(1), "{case}");
            assert!(file == run(&[&["label", "--jsonl"], after].concat(), input.as_bytes()).stdout, "{case}");
        } else {
            assert_eq!(output.status.code(), Some(2), "{case}");
            assert!(text(&output.stderr).contains("another model, another version or other --offsets"), "{case}");
            assert!(file == content, "{case}");
        }
    }
}

/// The most memory that `process` has held, in KB.
#[cfg(target_os = "linux")]
fn peak(process: &std::process::Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", process.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_stream() {
    let mut child = program()
        .args(["--rules", "label", "--jsonl", "--jobs", "2"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut stdin, mut stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let counter = std::thread::spawn(move || std::io::copy(&mut stdout, &mut std::io::sink()).unwrap());
    let line = format!("{{\"id\":1,\"text\":\"{}\"}}\n", "The mayor said the bridge was safe. ".repeat(100));
    let mut send = |lines: usize| (0..lines).for_each(|_| stdin.write_all(line.as_bytes()).unwrap());
    send(500);
    let before = peak(&child);
    send(4_500);
    let after = peak(&child);
    drop(stdin);
    assert!(child.wait().unwrap().success());
    assert!(counter.join().unwrap() > 20 << 20);
    assert!(after < before + 4096, "{before} KB after 500 lines, {after} KB after 5,000");
}

#[cfg(target_os = "linux")]
#[test]
fn a_line_longer_than_any_article_is_not_held() {
    let mut child = program()
        .args(["--rules", "label", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let megabyte = vec![b'x'; 1 << 20];
    (0..300).for_each(|_| stdin.write_all(&megabyte).unwrap());
    let peak = peak(&child);
    stdin.write_all(b"\n{\"id\":2,\"text\":\"Rain fell.\"}\n").unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert!(peak < 200 << 10, "{peak} KB");
    let answers = lines(&output);
    assert_eq!(answers[0], json!({"id": null, "error": "longer than 64 MB"}));
    assert_eq!((answers[1]["id"].as_u64(), answers.len()), (Some(2), 2));
}

#[cfg(target_os = "linux")]
#[test]
fn progress_is_shown_on_a_terminal_alone() {
    let input = Scratch::new("progress.jsonl", corpus(20).as_bytes());
    let out = Scratch::new("progress-out.jsonl", b"");
    let command =
        format!("{} --rules label --jsonl --resume -o {} {}", env!("CARGO_BIN_EXE_sayswho"), out.path(), input.path());
    // `script` gives it a terminal, and says on its own output what the terminal was sent.
    let terminal = Command::new("script").args(["-qec", &command, "/dev/null"]).env("TERM", "xterm").output().unwrap();
    let seen = String::from_utf8_lossy(&terminal.stdout);
    assert!(seen.contains("20 documents, 2 bad") && seen.contains("100%"), "{seen}");
    let piped = Command::new("sh").args(["-c", &command]).stdin(Stdio::null()).output().unwrap();
    assert!(piped.stdout.is_empty() && piped.stderr.is_empty(), "{}", text(&piped.stderr));
}
