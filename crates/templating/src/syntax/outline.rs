//! What is open and what has a name where a text is being written, mistakes and all.

use super::pieces::{Piece, pieces};
use super::tokens::{Token, tokens};

/// The end of a text that is being written.
#[derive(Debug, Default)]
pub(crate) struct Outline<'s> {
    /// The tags that may come next for the innermost block: `else`, `endif`.
    pub(crate) parts: Vec<&'static str>,
    /// Names that the template gave a value.
    pub(crate) names: Vec<&'s str>,
    pub(crate) is_in_loop: bool,
}

/// The outline of what stands before a place.
pub(crate) fn outline(source: &str) -> Outline<'_> {
    let Ok((pieces, _)) = pieces(source, source.len()) else { return Outline::default() };
    let mut names = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    for piece in pieces {
        let Piece::Tag(tag) = piece else { continue };
        let first = tokens(source, tag.rest).into_iter().next().filter(|lexeme| lexeme.token == Token::Word);
        let name = first.map(|lexeme| &source[lexeme.span]);
        match &source[tag.name] {
            "assign" => names.extend(name),
            block @ ("for" | "capture") => {
                names.extend(name);
                open.push(block);
            }
            block @ ("if" | "unless" | "case") => open.push(block),
            end if end.starts_with("end") => {
                open.pop();
            }
            _ => {}
        }
    }
    names.sort_unstable();
    names.dedup();
    let parts = match open.last() {
        Some(&"if") => vec!["else", "elsif", "endif"],
        Some(&"unless") => vec!["else", "elsif", "endunless"],
        Some(&"case") => vec!["when", "else", "endcase"],
        Some(&"for") => vec!["else", "endfor"],
        Some(&"capture") => vec!["endcapture"],
        Some(_) | None => Vec::new(),
    };
    Outline { parts, names, is_in_loop: open.contains(&"for") }
}
