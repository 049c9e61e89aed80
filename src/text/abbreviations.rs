//! Abbreviations: words whose full stop belongs to them.

use std::sync::LazyLock;

use super::list::List;

/// What may come after an abbreviation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// "Sen.", "v.": the sentence goes on.
    Title,
    /// "No.": an abbreviation only before a number, and then the sentence goes on.
    Numbered,
    /// "Inc.", "Jan.": the sentence may go on or be over.
    Final,
    /// "U.S.", "p.m.", "Ph.D.": letters with a stop after each; the sentence may go on or be over.
    Dotted,
    /// "J.": the initial of a name, or one letter at the end.
    Initial,
}

static TITLES: LazyLock<List> = LazyLock::new(|| List::new(include_str!("../data/abbreviations-titles.txt")));
static NUMBERED: LazyLock<List> = LazyLock::new(|| List::new(include_str!("../data/abbreviations-numbered.txt")));
static FINAL: LazyLock<List> = LazyLock::new(|| List::new(include_str!("../data/abbreviations-final.txt")));

/// The longest entry, in bytes: longer words need no look-up.
const LONGEST: usize = 8;

/// What `word`, which ends in its full stop, abbreviates; `None` where it is an ordinary word before a full stop.
pub(super) fn kind(word: &str) -> Option<Abbreviation> {
    // "then-Sen.", "Calif.-Nev."
    let word = word.rsplit('-').next().unwrap_or(word);
    let stem = word.strip_suffix('.')?;
    let mut letters = stem.chars();
    let first = letters.next().filter(|c| c.is_alphabetic())?;
    if letters.next().is_none() {
        return match stem {
            "v" => Some(Abbreviation::Title),
            "c" | "p" => Some(Abbreviation::Numbered),
            _ => first.is_uppercase().then_some(Abbreviation::Initial),
        };
    }
    if is_dotted(stem) {
        return Some(if matches!(stem, "e.g" | "i.e" | "E.g" | "I.e") {
            Abbreviation::Title
        } else {
            Abbreviation::Dotted
        });
    }
    if word.len() > LONGEST {
        return None;
    }
    let listed = |word: &str| {
        if TITLES.contains(word) {
            Some(Abbreviation::Title)
        } else if FINAL.contains(word) {
            Some(Abbreviation::Final)
        } else if NUMBERED.contains(word) {
            Some(Abbreviation::Numbered)
        } else {
            None
        }
    };
    // "SEN. VANCE" in a text all in capitals.
    listed(word).or_else(|| {
        let capitals = stem.len() > 2 && stem.bytes().all(|b| b.is_ascii_uppercase());
        capitals.then(|| listed(&format!("{first}{}.", stem.get(1..).unwrap_or_default().to_ascii_lowercase())))?
    })
}

/// Whether `stem` is short pieces with stops between: "U.S", "p.m", "Ph.D", "U.S.S.R"; not "example.com".
fn is_dotted(stem: &str) -> bool {
    stem.len() <= 16
        && stem.contains('.')
        && stem.split('.').all(|piece| {
            let mut letters = piece.chars();
            letters.next().is_some_and(char::is_alphabetic)
                && match letters.next() {
                    None => true,
                    // "Ph.D", "Lt.Col"
                    Some(second) => {
                        letters.next().is_none() && piece.starts_with(char::is_uppercase) && second.is_lowercase()
                    }
                }
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_and_disjoint() {
        for list in [&*TITLES, &*NUMBERED, &*FINAL] {
            assert!(list.entries().is_sorted());
            assert!(list.entries().iter().all(|word| word.ends_with('.') && word.len() <= LONGEST));
        }
        assert!(TITLES.entries().iter().all(|word| !FINAL.contains(word) && !NUMBERED.contains(word)));
    }

    #[test]
    fn kinds() {
        use Abbreviation::{Dotted, Final, Initial, Numbered, Title};
        for (word, expected) in [
            ("Sen.", Some(Title)),
            ("SEN.", Some(Title)),
            ("v.", Some(Title)),
            ("e.g.", Some(Title)),
            ("No.", Some(Numbered)),
            ("Inc.", Some(Final)),
            ("Calif.", Some(Final)),
            ("U.S.", Some(Dotted)),
            ("p.m.", Some(Dotted)),
            ("Ph.D.", Some(Dotted)),
            ("then-Rep.", Some(Title)),
            ("J.", Some(Initial)),
            ("É.", Some(Initial)),
            ("a.", None),
            ("town.", None),
            ("example.com.", None),
            (".", None),
            ("", None),
        ] {
            assert_eq!(kind(word), expected, "{word}");
        }
    }
}
