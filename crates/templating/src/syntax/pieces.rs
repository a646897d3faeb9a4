//! The first pass: cuts a source into text, outputs and tags, takes white space away where a `-` asks
//! for it, and passes over comments and raw text.

use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::tree::Span;

/// One piece of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Text(Span),
    /// The inside of `{% raw %}`.
    Raw(Span),
    /// `{{ inside }}`
    Output {
        inside: Span,
        whole: Span,
    },
    Tag(Tag),
}

/// `{% name rest %}`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) name: Span,
    pub(super) rest: Span,
    pub(super) whole: Span,
}

/// Every piece of a source, and what could not be cut.
///
/// # Errors
/// A finding when the source is longer than allowed; then nothing is looked at.
pub(super) fn pieces(source: &str, bytes_max: usize) -> Result<(Vec<Piece>, Vec<Diagnostic>), Diagnostic> {
    if bytes_max < source.len() {
        let message = format!("A template has at most {bytes_max} bytes; this one has {}", source.len());
        return Err(Diagnostic::new(DiagnosticCode::TooLong, 0..source.len(), message));
    }
    let mut cutter = Cutter { source, at: 0, trims_next: false, pieces: Vec::new(), diagnostics: Vec::new() };
    while cutter.cut() {}
    Ok((cutter.pieces, cutter.diagnostics))
}

struct Cutter<'s> {
    source: &'s str,
    at: usize,
    /// Whether the last piece takes away the white space behind it.
    trims_next: bool,
    pieces: Vec<Piece>,
    diagnostics: Vec<Diagnostic>,
}

/// An output or a tag, with the white space control read.
struct Braces {
    inside: Span,
    whole: Span,
    trims_before: bool,
    trims_after: bool,
}

impl Cutter<'_> {
    /// Cuts the text up to the next braces, and these; `false` at the end.
    fn cut(&mut self) -> bool {
        let Some(open) = self.opening(&["{{", "{%"]) else {
            self.text(self.at..self.source.len(), false);
            return false;
        };
        let is_tag = self.source[open..].starts_with("{%");
        let Some(braces) = self.braces(open, if is_tag { "%}" } else { "}}" }) else {
            self.text(self.at..open, false);
            let (opening, closing) = if is_tag { ("{%", "%}") } else { ("{{", "}}") };
            self.unclosed(open..open + 2, format!("`{opening}` is never closed; end it with `{closing}`"));
            return false;
        };
        self.text(self.at..open, braces.trims_before);
        self.at = braces.whole.end;
        self.trims_next = braces.trims_after;
        if !is_tag {
            self.pieces.push(Piece::Output { inside: braces.inside, whole: braces.whole });
            return true;
        }
        let tag = self.tag(&braces);
        match &self.source[tag.name.clone()] {
            "comment" => self.comment(&tag),
            "raw" => self.raw(&tag),
            _ => self.pieces.push(Piece::Tag(tag)),
        }
        true
    }

    fn text(&mut self, span: Span, trims_end: bool) {
        let mut text = &self.source[span.clone()];
        let mut start = span.start;
        if self.trims_next {
            text = text.trim_start();
            start = span.end - text.len();
        }
        if trims_end {
            text = text.trim_end();
        }
        self.trims_next = false;
        if !text.is_empty() {
            self.pieces.push(Piece::Text(start..start + text.len()));
        }
    }

    fn unclosed(&mut self, span: Span, message: String) {
        self.diagnostics.push(Diagnostic::new(DiagnosticCode::Unclosed, span, message));
    }

    /// Where the next of some opening braces stand.
    fn opening(&self, marks: &[&str]) -> Option<usize> {
        let is_mark = |at: &usize| marks.iter().any(|mark| self.source[*at..].starts_with(mark));
        self.source[self.at..].match_indices('{').map(|(at, _)| self.at + at).find(is_mark)
    }

    /// The braces that open at a place, or `None` when they never close.
    fn braces(&self, open: usize, closing: &str) -> Option<Braces> {
        let close = self.source[open + 2..].find(closing)?;
        Some(self.braces_between(open, open + 2 + close))
    }

    fn braces_between(&self, open: usize, close: usize) -> Braces {
        let mut inside = open + 2..close;
        let trims_before = self.source[inside.clone()].starts_with('-');
        inside.start += usize::from(trims_before);
        let trims_after = self.source[inside.clone()].ends_with('-');
        inside.end -= usize::from(trims_after);
        Braces { inside, whole: open..close + 2, trims_before, trims_after }
    }

    fn tag(&self, braces: &Braces) -> Tag {
        let inside = &self.source[braces.inside.clone()];
        let start = braces.inside.end - inside.trim_start().len();
        let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
        let rest = &self.source[start..braces.inside.end];
        let length = match rest.find(|letter| !is_name(letter)).unwrap_or(rest.len()) {
            // `#` and whatever else begins no word is a name of one character.
            0 => rest.chars().next().map_or(0, char::len_utf8),
            length => length,
        };
        Tag { name: start..start + length, rest: start + length..braces.inside.end, whole: braces.whole.clone() }
    }

    /// Passes over a comment, and the comments and raw text in it.
    fn comment(&mut self, opening: &Tag) {
        let mut depth = 1;
        while let Some(open) = self.opening(&["{%"]) {
            let Some(braces) = self.braces(open, "%}") else { break };
            let tag = self.tag(&braces);
            self.at = braces.whole.end;
            match &self.source[tag.name.clone()] {
                "comment" => depth += 1,
                "endcomment" => depth -= 1,
                "raw" => {
                    let Some((_, end)) = self.end_of_raw() else { break };
                    self.at = end.whole.end;
                }
                _ => {}
            }
            if depth == 0 {
                self.trims_next = braces.trims_after;
                return;
            }
        }
        self.at = self.source.len();
        self.unclosed(opening.whole.clone(), "This comment is never closed; end it with {% endcomment %}".to_owned());
    }

    fn raw(&mut self, opening: &Tag) {
        let start = self.at;
        let trims_start = self.trims_next;
        let Some((stop, end)) = self.end_of_raw() else {
            self.at = self.source.len();
            self.unclosed(opening.whole.clone(), "This raw text is never closed; end it with {% endraw %}".to_owned());
            return;
        };
        let text = &self.source[start..stop];
        let text = if trims_start { text.trim_start() } else { text };
        let start = stop - text.len();
        let text = if end.trims_before { text.trim_end() } else { text };
        self.pieces.push(Piece::Raw(start..start + text.len()));
        self.at = end.whole.end;
        self.trims_next = end.trims_after;
    }

    /// Where the raw text from here stops, and the tag that ends it.
    fn end_of_raw(&self) -> Option<(usize, Braces)> {
        let mut start = self.at;
        for (close, _) in self.source[self.at..].match_indices("%}") {
            let close = self.at + close;
            if let Some(open) = self.source[start..close].rfind("{%") {
                let braces = self.braces_between(start + open, close);
                if self.source[braces.inside.clone()].trim() == "endraw" {
                    return Some((start + open, braces));
                }
            }
            start = close + 2;
        }
        None
    }
}
