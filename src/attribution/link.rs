//! From roles to attributions.

use crate::span::Span;

/// The words of one attribution, by role.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// Who says it.
    pub source: Vec<Span>,
    /// By what word.
    pub cue: Vec<Span>,
    /// What.
    pub content: Vec<Span>,
}

/// Roles.
#[derive(Debug, Clone, Default)]
pub struct Roles {
    /// Linked.
    pub groups: Vec<Group>,
}
