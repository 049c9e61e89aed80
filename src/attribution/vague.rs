//! Sources that are somebody in general: "critics say", "many believe", "reportedly".

use std::{collections::HashSet, ops::Range, sync::LazyLock};

use rustc_hash::FxBuildHasher;

use super::words::{AUXILIARY, CAPITAL, COMMA, NUMBER, PREPOSITION, RELATIVE, Words};

static HEADS: LazyLock<HashSet<&'static str, FxBuildHasher>> = LazyLock::new(|| {
    include_str!("../data/attribution-vague.txt").lines().filter(|line| !line.starts_with('#')).collect()
});

/// Whether the source in `tokens` could be anybody.
pub(super) fn is_vague(words: &Words, tokens: Range<usize>) -> bool {
    let head = (tokens.start + 1..tokens.end)
        .find(|&k| words.is(k, PREPOSITION | RELATIVE | AUXILIARY | COMMA))
        .unwrap_or(tokens.end);
    // "three experts" were counted, "Moss supporters" are somebody's.
    let counted = (tokens.start..head).any(|k| words.is(k, NUMBER) || words.is(k, CAPITAL) && k > tokens.start);
    !counted && head > tokens.start && HEADS.contains(words.at(head - 1))
}
