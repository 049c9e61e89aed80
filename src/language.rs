//! Whether a text is in English, the one language that the rules and the model know.

/// Whether `text` is, as far as its first few thousand characters tell, in English. True where there is too little to tell.
///
/// ```
/// assert!(sayswho::language::is_english("The council voted on Tuesday to close two of the town’s schools."));
/// assert!(!sayswho::language::is_english("Der Gemeinderat hat am Dienstag beschlossen, zwei Schulen zu schließen."));
/// ```
#[must_use]
pub fn is_english(text: &str) -> bool {
    let mut end = text.len().min(8_000);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    match whatlang::detect(&text[..end]) {
        Some(info) => info.lang() == whatlang::Lang::Eng || !info.is_reliable(),
        None => true,
    }
}
