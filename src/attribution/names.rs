//! The people that a document names, so that "Moss", "Sen. Moss" and "she" can be told to be Ada Moss.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    sync::LazyLock,
};

use rustc_hash::FxBuildHasher;

use super::{
    source_kind::Listed,
    words::{
        ADVERB, AUXILIARY, CAPITAL, COORDINATOR, DETERMINER, MARK, NUMBER, OBJECT, POSSESSIVE, PREPOSITION, RELATIVE,
        SUBJECT, SUBORDINATOR, TIME, VERB, WH, WORD, Words,
    },
};

/// What a name or a title tells of who bears it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    Man,
    Woman,
}

/// A run of words that is a name.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    /// Its first token, behind the titles.
    pub start: usize,
    /// The token after its last.
    pub end: usize,
    /// Where its titles begin.
    pub titles: usize,
    /// Which of [`Names::all`].
    pub name: usize,
}

/// Somebody or something that is named.
#[derive(Debug, Clone)]
pub(super) struct Name {
    /// The fullest form in the document, without titles.
    pub full: String,
    pub person: bool,
    pub gender: Option<Gender>,
    /// Titles and callings, lower-case: "senator", "spokeswoman".
    pub roles: Vec<String>,
    /// What the article calls it: the lists of the words before the name and in apposition to it.
    pub described: Listed,
}

/// Every name of a document and where it stands.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub all: Vec<Name>,
    /// In order.
    pub mentions: Vec<Mention>,
}

static GIVEN: LazyLock<HashMap<&'static str, Option<Gender>, FxBuildHasher>> =
    LazyLock::new(|| entries(include_str!("../data/attribution-given-names.txt")).collect());
/// Every title in small letters, with what it tells of who bears it.
pub(super) fn titles() -> impl Iterator<Item = (&'static str, Option<Gender>)> {
    entries(include_str!("../data/attribution-titles.txt"))
}

fn entries(list: &'static str) -> impl Iterator<Item = (&'static str, Option<Gender>)> {
    list.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let (word, gender) = line.split_once(' ').unwrap_or((line, ""));
        let gender = match gender {
            "m" => Some(Gender::Man),
            "f" => Some(Gender::Woman),
            _ => None,
        };
        (word, gender)
    })
}

static GROUPS: LazyLock<HashSet<&'static str, FxBuildHasher>> = LazyLock::new(|| {
    include_str!("../data/attribution-groups.txt").lines().filter(|line| !line.starts_with('#')).collect()
});

/// Titles in full, so that "the senator" finds "Sen. Moss".
pub(super) fn spelled_out(title: &str) -> &str {
    match title {
        "sen." => "senator",
        "rep." => "representative",
        "gov." => "governor",
        "dr." => "doctor",
        "gen." => "general",
        "col." => "colonel",
        "lt." => "lieutenant",
        "sgt." => "sergeant",
        "capt." => "captain",
        "prof." => "professor",
        "rev." => "reverend",
        _ => title,
    }
}

impl Names {
    /// The names in `words`.
    pub fn find(words: &Words) -> Self {
        let mut names = Self::default();
        // By the last word of the name: every name that ends so, oldest first.
        let mut by_last: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_full: HashMap<String, usize> = HashMap::new();
        let mut at = 0;
        while at < words.len() {
            let Some(end) = run(words, at) else {
                at += 1;
                continue;
            };
            let titles = at;
            let mut start = at;
            let mut roles = Vec::new();
            let mut gender = None;
            while start < end && (words.title(start).is_some() || words.is(start, TIME | ADVERB)) {
                gender = gender.or(words.title(start).flatten());
                roles.push(spelled_out(words.at(start)).to_owned());
                start += 1;
            }
            // "Icelandic Prime Minister Ada Moss": what stands before the title says of what.
            let is_given = |k: usize| GIVEN.contains_key(bare(words, k).as_str());
            let last = (start..end.saturating_sub(2)).rev().find(|&k| words.title(k).is_some() && is_given(k + 1));
            if let Some(last) = last {
                for k in (start..=last).rev().take_while(|&k| words.title(k).is_some()) {
                    gender = gender.or(words.title(k).flatten());
                    roles.push(spelled_out(words.at(k)).to_owned());
                }
                start = last + 1;
            }
            // "spokeswoman Ada Moss"
            if let Some(before) =
                at.checked_sub(1).filter(|&k| words.title(k).is_some() && words.sentence(k) == words.sentence(at))
            {
                gender = gender.or(words.title(before).flatten());
                roles.push(spelled_out(words.at(before)).to_owned());
            }
            at = end;
            if start == end {
                continue;
            }
            let full = text(words, start, end);
            let parts = end - start;
            let last = bare(words, end - 1);
            let given = GIVEN.get(bare(words, start).as_str()).copied();
            let index = if let Some(&known) = by_full.get(&full) {
                known
            } else if parts == 1 {
                match by_last.get(&last).and_then(|known| known.last()) {
                    Some(&known) => known,
                    None => names.add(&full, false, &mut by_full),
                }
            } else {
                let person = given.is_some() || !roles.is_empty();
                let index = names.add(&full, person, &mut by_full);
                if person {
                    by_last.entry(last).or_default().push(index);
                }
                index
            };
            let name = &mut names.all[index];
            name.person |= !roles.is_empty() && start > titles || (parts > 1 && given.is_some());
            name.gender = name.gender.or(gender).or(if parts > 1 { given.flatten() } else { None });
            name.roles.append(&mut roles);
            // "the board’s chairman, Henrik Vale,"
            if parts > 1
                && let Some(title) = apposed_title(words, titles)
            {
                name.person = true;
                name.gender = name.gender.or(words.title(title).flatten());
                name.roles.push(spelled_out(words.at(title)).to_owned());
            }
            name.person |= parts > 1 && is_told_of_as_person(words, end);
            name.described = name.described.and(described(words, titles..end));
            names.mentions.push(Mention { start, end, titles, name: index });
            // "Ada Moss, a senator from Ohio,"
            let mut k = end + 1;
            while k < end + 6 && words.is(k, WORD) && words.at(end) == "," {
                if words.title(k).is_some() {
                    names.all[index].roles.push(words.at(k).to_owned());
                }
                k += 1;
            }
        }
        names.merge_lone();
        names
    }

    /// A lone "Moss" that stands before "Ada Moss" is introduced, as in a headline, is hers where she is the only one.
    fn merge_lone(&mut self) {
        let mut owners: HashMap<&str, Option<usize>> = HashMap::new();
        for (index, name) in self.all.iter().enumerate().filter(|(_, name)| name.person) {
            if let Some((_, last)) = name.full.rsplit_once(' ') {
                owners.entry(last).and_modify(|owner| *owner = None).or_insert(Some(index));
            }
        }
        let lone = |name: &Name| !name.full.contains(' ');
        let target: Vec<Option<usize>> = self
            .all
            .iter()
            .map(|name| if lone(name) { owners.get(name.full.as_str()).copied().flatten() } else { None })
            .collect();
        for mention in &mut self.mentions {
            mention.name = target.get(mention.name).copied().flatten().unwrap_or(mention.name);
        }
        for (index, target) in target.into_iter().enumerate() {
            let Some(target) = target else { continue };
            let (gender, roles) = (self.all[index].gender, self.all[index].roles.clone());
            self.all[target].described = self.all[target].described.and(self.all[index].described);
            self.all[target].gender = self.all[target].gender.or(gender);
            self.all[target].roles.extend(roles);
        }
    }

    fn add(&mut self, full: &str, person: bool, by_full: &mut HashMap<String, usize>) -> usize {
        let index = self.all.len();
        self.all.push(Name {
            full: full.to_owned(),
            person,
            gender: None,
            roles: Vec::new(),
            described: Listed::default(),
        });
        by_full.insert(full.to_owned(), index);
        index
    }

    /// The mentions that begin in `start..end`.
    pub fn within(&self, start: usize, end: usize) -> &[Mention] {
        let first = self.mentions.partition_point(|mention| mention.start < start);
        let after = self.mentions.partition_point(|mention| mention.start < end);
        self.mentions.get(first..after).unwrap_or_default()
    }
}

/// The title that the name at `at` is an apposition to.
fn apposed_title(words: &Words, at: usize) -> Option<usize> {
    let comma = at.checked_sub(1).filter(|&k| words.at(k) == ",")?;
    let floor = words.around(at).start.max(comma.saturating_sub(8));
    (floor..comma).rev().take_while(|&k| !words.is(k, MARK | VERB | AUXILIARY)).find(|&k| words.title(k).is_some())
}

/// Whether what follows the name that ends at `end` is said of people only: "Tomas Reyes, who runs a bakery," "Marta
/// Lind, the county's chief engineer,".
fn is_told_of_as_person(words: &Words, end: usize) -> bool {
    let sentence = words.around(end.saturating_sub(1));
    let after = if words.at(end) == "," { end + 1 } else { end };
    if after >= sentence.end {
        return false;
    }
    // "WHO" is no "who".
    if matches!(words.at(after), "who" | "whose" | "whom") && !words.is(after, CAPITAL) {
        return true;
    }
    if after == end {
        return false;
    }
    let stop = (after..sentence.end.min(after + 8))
        .find(|&k| k > after && words.is(k, MARK | PREPOSITION | RELATIVE | AUXILIARY | VERB | COORDINATOR))
        .unwrap_or(after);
    stop.checked_sub(1).filter(|&head| head > after).is_some_and(|head| is_calling(words.at(head), words.listed(head)))
}

/// Whether a noun is what somebody is, and no body of people: by a list of theirs and by its ending.
fn is_calling(noun: &str, listed: Listed) -> bool {
    const OF_PEOPLE: [&str; 8] = ["er", "or", "ist", "ian", "man", "woman", "ant", "ent"];
    listed.is_of_people() && !noun.ends_with("ment") && OF_PEOPLE.iter().any(|ending| noun.ends_with(ending))
}

/// What stands round the name in `tokens`, its titles among them, to tell who bears it: "the historian Ada Moss",
/// "Ada Moss, who teaches history".
fn described(words: &Words, tokens: Range<usize>) -> Listed {
    let sentence = words.around(tokens.start);
    let mut listed = Listed::default();
    for k in tokens.clone() {
        listed = listed.and(words.listed(k));
    }
    let floor = sentence.start.max(tokens.start.saturating_sub(4));
    for k in (floor..tokens.start).rev() {
        if words.is(k, MARK | DETERMINER | PREPOSITION | VERB | AUXILIARY) {
            break;
        }
        listed = listed.and(words.listed(k));
    }
    if words.at(tokens.end) == "," {
        for k in tokens.end + 1..sentence.end.min(tokens.end + 9) {
            if words.is(k, MARK | AUXILIARY | RELATIVE | COORDINATOR) {
                break;
            }
            listed = listed.and(words.listed(k));
        }
    }
    listed
}

/// The end of the run of name words that begins at `at`.
fn run(words: &Words, at: usize) -> Option<usize> {
    if !is_name_word(words, at) {
        return None;
    }
    let sentence = words.around(at);
    // The first word of a sentence is capital whatever it is.
    let mut end = at;
    while end < sentence.end.max(at + 1) && end < at + 8 {
        if is_name_word(words, end) {
            end += 1;
            if possessive(words, end - 1) {
                break;
            }
        } else if end > at
            && matches!(words.at(end), "de" | "von" | "van" | "bin" | "al" | "el" | "la" | "der" | "du" | "da")
            && is_name_word(words, end + 1)
        {
            end += 2;
            if possessive(words, end - 1) {
                break;
            }
        } else if end > at
            && at > 0
            && words.is(at - 1, DETERMINER)
            && words.is(end - 1, POSSESSIVE)
            && matches!(words.at(end), "'" | "’")
            && is_name_word(words, end + 1)
        {
            // "the Seafarers' Union"; "Moss' Bridge Plan" is still hers.
            end += 2;
        } else {
            break;
        }
    }
    let alone = end == at + 1 && at == sentence.start;
    let common = words.is(at, ADVERB | VERB) || GROUPS.contains(words.at(at));
    (!alone || !common).then_some(end)
}

fn is_name_word(words: &Words, at: usize) -> bool {
    words.is(at, CAPITAL)
        && !words.is(at, NUMBER)
        && !words.is(at, DETERMINER | SUBJECT | PREPOSITION | AUXILIARY | COORDINATOR | SUBORDINATOR | WH | OBJECT)
        && (!words.is(at, TIME) || matches!(words.at(at), "april" | "may" | "june" | "august"))
        && !words.is(at, ADVERB)
        // "Mayor Moss Says", in a headline.
        && !matches!(words.at(at), "says" | "said" | "tells" | "calls" | "warns" | "urges" | "wants" | "vows" | "denies")
}

fn possessive(words: &Words, at: usize) -> bool {
    words.at(at).ends_with("'s") || words.at(at).ends_with("s'")
}

/// A token without its 's.
fn bare(words: &Words, at: usize) -> String {
    let text = words.document.word(at);
    text.strip_suffix("'s").or_else(|| text.strip_suffix("’s")).unwrap_or(text).trim_end_matches(['\'', '’']).to_owned()
}

/// The tokens `start..end` as they read, parted by single spaces, without a last 's.
pub(super) fn text(words: &Words, start: usize, end: usize) -> String {
    let mut out = String::new();
    for at in start..end {
        let gap = |at: usize| match (words.document.tokens.get(at - 1), words.document.tokens.get(at)) {
            (Some(before), Some(here)) => before.span.end < here.span.start,
            _ => false,
        };
        if at > start && gap(at) {
            out.push(' ');
        }
        if at + 1 == end { out.push_str(&bare(words, at)) } else { out.push_str(words.document.word(at)) }
    }
    out
}
