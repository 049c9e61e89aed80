//! What a single character is, as far as taking a text apart needs to know.
//!
//! The standard library knows letters, digits and white space. The rest stands here as a few ranges: whole Unicode
//! tables would cost more WebAssembly than all of the segmentation.

/// Characters that are not seen and part nothing: zero-width, bidi controls, soft hyphen, control characters.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{ad}' | '\u{61c}'
        | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}')
}

/// Characters that belong to the one before: accents, variation selectors, skin tones, tags. Those of other scripts
/// that the standard library counts as letters need no mention.
pub(crate) const fn is_combining(c: char) -> bool {
    c >= '\u{300}'
        && matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}'..='\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{93c}' | '\u{94d}'
        | '\u{9bc}' | '\u{9cd}' | '\u{a3c}' | '\u{a4d}' | '\u{abc}' | '\u{acd}' | '\u{b4d}' | '\u{bcd}' | '\u{c4d}'
        | '\u{ccd}' | '\u{d4d}' | '\u{dca}' | '\u{e38}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{eb8}'..='\u{ebc}'
        | '\u{f39}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20f0}'
        | '\u{302a}'..='\u{302f}' | '\u{3099}' | '\u{309a}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}'
        | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}')
}

/// White space, or not seen at all.
pub(crate) fn is_blank(c: char) -> bool {
    !c.is_ascii_graphic() && (c.is_whitespace() || is_invisible(c))
}

/// The zero-width joiner, which makes one emoji of several.
pub(crate) const JOINER: char = '\u{200d}';

/// Half a flag.
pub(crate) const fn is_flag_half(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

/// An apostrophe, straight or curly; both also close quotations.
pub(crate) const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '＇')
}

/// A hyphen that joins words; no dash.
pub(crate) const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

/// Marks that may open what they stand before: brackets, quotation marks of either direction where straight.
pub(crate) const fn opens(mark: char) -> bool {
    matches!(mark, '(' | '[' | '{' | '“' | '‘' | '«' | '‹' | '„' | '‚' | '"' | '\'' | '`')
}

/// Marks that may close what they stand after.
pub(crate) const fn closes(mark: char) -> bool {
    matches!(mark, ')' | ']' | '}' | '”' | '’' | '»' | '›' | '"' | '\'')
}

/// The character of `text` that starts at byte `at`.
pub(crate) fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at) {
        Some(&byte) if byte < 0x80 => Some(byte as char),
        Some(_) => text.get(at..)?.chars().next(),
        None => None,
    }
}

/// The character of `text` that ends at byte `at`.
pub(crate) fn char_before(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at.checked_sub(1)?) {
        Some(&byte) if byte < 0x80 => Some(byte as char),
        _ => text.get(..at)?.chars().next_back(),
    }
}
