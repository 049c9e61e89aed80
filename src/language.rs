//! Whether a text is in English, the one language that the rules and the model know.

use whatlang::{Lang, Script};

/// How many bytes of a text are looked at.
const SAMPLE: usize = 8_000;

/// Fewer words than these tell nothing.
const FEW: usize = 6;

/// From so many words on, English has some of its small words.
const MANY: usize = 40;

/// The commonest words that English has and its neighbours don't, or hardly: a quarter of all words in news.
const SMALL_WORDS: [&str; 38] = [
    "and", "are", "as", "at", "been", "but", "by", "for", "from", "had", "has", "have", "he", "her", "his", "is", "it",
    "its", "not", "of", "on", "or", "said", "she", "that", "the", "their", "they", "this", "to", "was", "were",
    "which", "who", "will", "with", "would", "you",
];

/// The commonest small words of the languages around, none of them an English word.
const FOREIGN_WORDS: [&str; 71] = [
    "aan", "att", "aux", "av", "bir", "che", "con", "da", "das", "de", "del", "della", "dem", "den", "der", "des",
    "deux", "di", "dos", "du", "e", "een", "ein", "eine", "el", "en", "er", "est", "et", "för", "gli", "het", "il",
    "ist", "jest", "la", "las", "le", "les", "los", "mit", "na", "nicht", "nie", "och", "og", "os", "par", "per",
    "por", "pour", "que", "qui", "se", "som", "su", "sur", "te", "um", "un", "una", "und", "une", "van", "ve", "von",
    "w", "y", "z", "zu", "är",
];

/// Whether `text` is, as far as its first few thousand characters tell, in English. True where there is too little to tell.
///
/// Small words decide where they are many or, in a longer text, missing: English news that is full of foreign names looks
/// like another language to statistics of letters. Between the two, those statistics decide.
///
/// ```
/// use sayswho::language::is_english;
///
/// assert!(is_english("The council voted on Tuesday to close two of the town’s schools."));
/// assert!(!is_english("Der Gemeinderat hat am Dienstag beschlossen, zwei Schulen zu schließen."));
/// ```
#[must_use]
pub fn is_english(text: &str) -> bool {
    let sample = text.get(..text.floor_char_boundary(SAMPLE)).unwrap_or_default();
    match whatlang::detect_script(sample) {
        // Digits and marks only.
        None => return true,
        Some(Script::Latin) => {}
        Some(_) => return false,
    }
    let (mut words, mut small, mut foreign) = (0_usize, 0_usize, 0_usize);
    for word in sample.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’').filter(|word| !word.is_empty()) {
        words += 1;
        small += usize::from(is_listed(&SMALL_WORDS, word));
        foreign += usize::from(is_listed(&FOREIGN_WORDS, word));
    }
    if words < FEW || small * 6 >= words {
        return true;
    }
    if words >= MANY && small * 20 < words || small == 0 && foreign * 8 > words {
        return false;
    }
    whatlang::detect(sample).is_none_or(|info| info.lang() == Lang::Eng || !info.is_reliable())
}

/// Whether `word`, in whatever letters, is in `list`.
fn is_listed(list: &[&str], word: &str) -> bool {
    word.len() <= 5
        && list.binary_search_by(|small| small.bytes().cmp(word.bytes().map(|b| b.to_ascii_lowercase()))).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_are_sorted() {
        assert!(SMALL_WORDS.is_sorted());
        assert!(FOREIGN_WORDS.is_sorted());
    }

    #[test]
    fn english() {
        for text in [
            "",
            "\0\0\0",
            "12, 13 — 14!",
            "Read more",
            "Hola mundo",
            "Mayor quits",
            "The council voted on Tuesday to close two of the town’s schools.",
            "THE COUNCIL VOTED ON TUESDAY TO CLOSE TWO OF THE TOWN’S SCHOOLS.",
            "“Das Leben der Anderen” and “La vita è bella” were shown at the Kino in the Straße on Tuesday.",
            "Giorgia Rossi of Forza Torino met João Souza in São Paulo on Monday, and they spoke of the 新闻 from Beijing.",
            "Bridge shut after storm; council meets Tuesday, votes expected soon",
            "He tweeted: “Wir schaffen das.” It was the third time that he had said so this week, she wrote.",
        ] {
            assert!(is_english(text), "{text}");
        }
    }

    #[test]
    fn other_languages() {
        let mut wrong = Vec::new();
        for text in [
            "Der Gemeinderat hat am Dienstag beschlossen, zwei Schulen der Stadt zu schließen.",
            "Le conseil municipal a décidé mardi de fermer deux écoles de la ville.",
            "El consejo municipal decidió el martes cerrar dos escuelas de la ciudad.",
            "Il consiglio comunale ha deciso martedì di chiudere due scuole della città.",
            "De gemeenteraad heeft dinsdag besloten om twee scholen in de stad te sluiten.",
            "O conselho municipal decidiu na terça-feira fechar duas escolas da cidade.",
            "Kommunfullmäktige beslutade i tisdags att stänga två av stadens skolor.",
            "Rada miasta zdecydowała we wtorek o zamknięciu dwóch szkół w mieście.",
            "Belediye meclisi salı günü şehirdeki iki okulu kapatma kararı aldı.",
            "Городской совет во вторник решил закрыть две школы города.",
            "Το δημοτικό συμβούλιο αποφάσισε την Τρίτη να κλείσει δύο σχολεία.",
            "قرر مجلس المدينة يوم الثلاثاء إغلاق مدرستين.",
            "مجلس المدينة",
            "מועצת העיר החליטה ביום שלישי לסגור שני בתי ספר.",
            "市议会周二决定关闭两所学校。",
            "市議会は火曜日、市内の二つの学校を閉鎖することを決めた。",
            "시의회는 화요일에 학교 두 곳을 폐쇄하기로 결정했다.",
            "नगर परिषद ने मंगलवार को दो स्कूल बंद करने का फैसला किया।",
        ] {
            wrong.extend(is_english(text).then_some(text));
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
