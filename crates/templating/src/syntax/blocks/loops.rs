//! `for`.

use std::sync::Arc;

use super::Parser;
use crate::syntax::cursor::{Cursor, Read};
use crate::syntax::pieces::Tag;
use crate::tree::{Body, Expression, For, Name, Node, Offset};

/// The opening tag of a loop.
struct Header {
    variable: Name,
    collection: Expression,
    name: Arc<str>,
    limit: Option<Expression>,
    offset: Option<Offset>,
    is_reversed: bool,
}

impl Parser<'_> {
    /// Only the first `else` counts; the others are read, so that their mistakes are found.
    pub(super) fn repeated(&mut self, tag: &Tag) -> Option<Node> {
        let read = header(self.cursor(tag.rest.clone()));
        let header = self.noted(read);
        let body = self.body();
        let mut otherwise: Option<Body> = None;
        while self.next_part().is_some() {
            let body = self.body();
            otherwise.get_or_insert(body);
        }
        let Header { variable, collection, name, limit, offset, is_reversed } = header?;
        Some(Node::For(Box::new(For { variable, collection, name, limit, offset, is_reversed, body, otherwise })))
    }
}

/// `item in list`, then `limit:`, `offset:` and `reversed` in any order, with or without commas.
fn header(mut cursor: Cursor<'_>) -> Read<Header> {
    const WANTED: &str = "A loop is written: for item in list";
    let variable = cursor.name(WANTED)?;
    if !cursor.eat_word("in") {
        return Err(cursor.unexpected(WANTED).into());
    }
    let collection = cursor.expression()?;
    let written: String = cursor.text(&collection.span).split_whitespace().collect();
    let name = Arc::from(format!("{}-{written}", variable.text));
    let mut header = Header { variable, collection, name, limit: None, offset: None, is_reversed: false };
    while !cursor.is_end() {
        if cursor.eat_sign(",") {
            continue;
        }
        if cursor.eat_word("reversed") {
            header.is_reversed = true;
        } else if cursor.eat_word("limit") {
            cursor.expect_sign(":", "A limit is written: limit: 3")?;
            header.limit = Some(cursor.expression()?);
        } else if cursor.eat_word("offset") {
            cursor.expect_sign(":", "An offset is written: offset: 3")?;
            header.offset =
                Some(if cursor.eat_word("continue") { Offset::Continue } else { Offset::At(cursor.expression()?) });
        } else {
            return Err(cursor.unexpected("Only `limit`, `offset` and `reversed` can follow here").into());
        }
    }
    Ok(header)
}
