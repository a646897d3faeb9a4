//! `if`, `unless` and `case`.

use super::{BlockKind, Parser};
use crate::syntax::cursor::{Cursor, Read};
use crate::syntax::pieces::Tag;
use crate::tree::{Arm, Branch, Case, Comparison, Condition, Expression, If, Node, Span, Term};
use crate::value::Value;

impl Parser<'_> {
    /// What stands behind a first `else` but the end is read, so that its mistakes are found, and dropped.
    pub(super) fn choice(&mut self, kind: BlockKind, tag: &Tag) -> Node {
        let mut branches = Vec::new();
        let mut otherwise = None;
        let condition = self.condition(&tag.rest);
        branches.push(Branch { is_negated: kind == BlockKind::Unless, condition, body: self.body() });
        while let Some(part) = self.next_part() {
            if &self.source[part.name.clone()] == "elsif" {
                let condition = self.condition(&part.rest);
                let branch = Branch { is_negated: false, condition, body: self.body() };
                if otherwise.is_none() {
                    branches.push(branch);
                }
            } else {
                let body = self.body();
                otherwise.get_or_insert(body);
            }
        }
        Node::If(If { branches, otherwise })
    }

    fn condition(&mut self, part: &Span) -> Condition {
        let read = self.cursor(part.clone()).condition();
        let nothing = || Expression { term: Term::Literal(Value::Nil), span: part.clone() };
        let never = || Condition { first: Comparison { left: nothing(), test: None }, rest: Vec::new() };
        self.noted(read).unwrap_or_else(never)
    }

    pub(super) fn case(&mut self, tag: &Tag) -> Node {
        let read = whole_expression(self.cursor(tag.rest.clone()));
        let subject = self.noted_or_nothing(read, &tag.rest);
        // What stands before the first `when` is never rendered.
        self.body();
        let mut arms = Vec::new();
        while let Some(part) = self.next_part() {
            let is_when = &self.source[part.name.clone()] == "when";
            let values = is_when.then(|| {
                let read = when_values(self.cursor(part.rest.clone()));
                self.noted(read).unwrap_or_default()
            });
            arms.push(Arm { values, body: self.body() });
        }
        Node::Case(Case { subject, arms })
    }
}

fn whole_expression(mut cursor: Cursor<'_>) -> Read<Expression> {
    let expression = cursor.expression()?;
    cursor.expect_end("Only one value can stand here")?;
    Ok(expression)
}

/// Values with commas or `or` between them.
fn when_values(mut cursor: Cursor<'_>) -> Read<Vec<Expression>> {
    let mut values = vec![cursor.expression()?];
    while cursor.eat_sign(",") || cursor.eat_word("or") {
        values.push(cursor.expression()?);
    }
    cursor.expect_end("Only `or` or a comma can follow here")?;
    Ok(values)
}
