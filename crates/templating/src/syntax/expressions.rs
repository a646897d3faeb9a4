//! Values, paths, filters and conditions.

use attrium_schema::suggest::{cut, did_you_mean, nearest};

use super::cursor::{Cursor, Read};
use super::tokens::{Lexeme, Token};
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::filters::{FILTERS, find};
use crate::tree::{
    Comparison, Condition, Expression, FilterCall, Joint, Operator, Path, Pipeline, Root, Segment, Span, Term,
};
use crate::value::Value;

const WANTED_VALUE: &str = "A name, a text in quotes or a number is missing here";
const WANTED_FILTER: &str = "The name of a filter is missing behind `|`";

/// Words that other languages use for an operator, and what to write.
const FOREIGN_WORDS: [(&str, &str); 6] = [
    ("not", "There is no `not` here; use `unless`, or compare with `== false`"),
    ("in", "There is no `in` here; write the list first: `tags contains \"a\"`"),
    ("is", "`is` is written `==` here"),
    ("startswith", "There is no `startswith` here; compare a slice: `name | slice: 0, 3`"),
    ("endswith", "There is no `endswith` here; compare a slice: `name | slice: -3, 3`"),
    ("haskey", "There is no `haskey` here; use `contains`"),
];

impl Cursor<'_> {
    /// A value and its filters, up to the end.
    pub(super) fn pipeline(&mut self) -> Read<Pipeline> {
        let head = self.expression()?;
        let mut filters = Vec::new();
        while self.eat_sign("|") {
            filters.push(self.filter_call()?);
        }
        self.expect_end("Only filters can follow here: `| upcase`")?;
        Ok(Pipeline { head, filters })
    }

    fn filter_call(&mut self) -> Read<FilterCall> {
        let name = self.name(WANTED_FILTER)?;
        let Some(filter) = find(&name.text) else {
            let near = nearest(&name.text, FILTERS.iter().map(|filter| filter.name));
            let message = format!("There is no filter `{}`{}", cut(&name.text), did_you_mean(&near));
            let found = Diagnostic::new(DiagnosticCode::UnknownFilter, name.span, message);
            return Err(Box::new(found.suggesting(near)));
        };
        let mut call = FilterCall { filter, arguments: Vec::new(), allow_false: None, span: name.span };
        if self.eat_sign(":") {
            self.argument(&mut call)?;
            while self.eat_sign(",") {
                self.argument(&mut call)?;
            }
        }
        let given = call.arguments.len();
        let (least, most) = filter.arguments;
        if given < least || most < given {
            let wanted = match (least, most) {
                (0, 0) => "no arguments".to_owned(),
                (1, 1) => "one argument".to_owned(),
                (least, most) if least == most => format!("{least} arguments"),
                (0, most) => format!("at most {most} arguments"),
                (least, most) => format!("{least} to {most} arguments"),
            };
            let message = format!("`{}` takes {wanted}; it is given {given}", filter.name);
            return Err(Box::new(Diagnostic::new(DiagnosticCode::WrongArguments, call.span, message)));
        }
        Ok(call)
    }

    fn argument(&mut self, call: &mut FilterCall) -> Read<()> {
        let is_named = self.peek().token == Token::Word && *self.peek_second() == Token::Sign(":");
        if !is_named {
            call.arguments.push(self.expression()?);
            return Ok(());
        }
        let name = self.name(WANTED_VALUE)?;
        self.eat_sign(":");
        if !call.filter.takes_named(&name.text) {
            let message = format!("`{}` takes no argument named `{}`", call.filter.name, cut(&name.text));
            return Err(Box::new(Diagnostic::new(DiagnosticCode::WrongArguments, name.span, message)));
        }
        call.allow_false = Some(self.expression()?);
        Ok(())
    }

    /// Comparisons joined by `and` and `or`, up to the end.
    pub(super) fn condition(&mut self) -> Read<Condition> {
        let first = self.comparison()?;
        let mut rest = Vec::new();
        loop {
            let joint = if self.eat_word("and") {
                Joint::And
            } else if self.eat_word("or") {
                Joint::Or
            } else {
                break;
            };
            rest.push((joint, self.comparison()?));
        }
        self.expect_end("Only `and`, `or` or an operator can follow here")?;
        Ok(Condition { first, rest })
    }

    fn comparison(&mut self) -> Read<Comparison> {
        if self.is_word("not") && *self.peek_second() != Token::End {
            return Err(self.foreign_word().unwrap_or_else(|| self.unexpected(WANTED_VALUE).into()));
        }
        let left = self.expression()?;
        let test = match self.operator()? {
            Some(operator) => Some((operator, self.expression()?)),
            None => None,
        };
        Ok(Comparison { left, test })
    }

    fn operator(&mut self) -> Read<Option<Operator>> {
        let operator = match &self.peek().token {
            Token::Sign("==") => Operator::Equal,
            Token::Sign("!=" | "<>") => Operator::NotEqual,
            Token::Sign("<") => Operator::Less,
            Token::Sign("<=") => Operator::LessOrEqual,
            Token::Sign(">") => Operator::Greater,
            Token::Sign(">=") => Operator::GreaterOrEqual,
            Token::Sign("=") => {
                let message = "`=` gives a name its value; `==` compares";
                let found = Diagnostic::new(DiagnosticCode::Syntax, self.peek().span.clone(), message);
                return Err(Box::new(found.suggesting(vec!["==".to_owned()])));
            }
            Token::Word if self.is_word("contains") => Operator::Contains,
            Token::Word if self.is_word("and") || self.is_word("or") => return Ok(None),
            Token::Word => return self.foreign_word().map_or(Ok(None), Err),
            Token::Text | Token::Number(_) | Token::Sign(_) | Token::Bad(..) | Token::End => return Ok(None),
        };
        self.next();
        Ok(Some(operator))
    }

    fn foreign_word(&self) -> Option<Box<Diagnostic>> {
        let span = self.peek().span.clone();
        let (_, message) = FOREIGN_WORDS.iter().find(|(word, _)| *word == self.text(&span))?;
        Some(Box::new(Diagnostic::new(DiagnosticCode::Syntax, span, *message)))
    }

    /// A literal, a range or a path.
    pub(super) fn expression(&mut self) -> Read<Expression> {
        let start = self.peek().span.start;
        let Lexeme { token, span } = self.peek().clone();
        let term = match token {
            Token::Text => {
                self.next();
                Term::Literal(Value::text(self.text(&(span.start + 1..span.end - 1))))
            }
            Token::Number(number) => {
                self.next();
                Term::Literal(Value::Number(number))
            }
            Token::Sign("(") => self.range()?,
            Token::Word => match self.literal(&span) {
                Some(value) => {
                    self.next();
                    Term::Literal(value)
                }
                None => Term::Path(self.path()?),
            },
            Token::Sign("[") => Term::Path(self.path()?),
            Token::Sign(_) | Token::Bad(..) | Token::End => return Err(self.unexpected(WANTED_VALUE).into()),
        };
        Ok(Expression { term, span: start..self.end_of_last() })
    }

    /// The literal that a word is, unless it begins a path: `empty.title` is one.
    fn literal(&self, span: &Span) -> Option<Value> {
        let is_path = matches!(self.peek_second(), Token::Sign("." | "["));
        match self.text(span) {
            _ if is_path => None,
            "nil" | "null" => Some(Value::Nil),
            "true" => Some(Value::Boolean(true)),
            "false" => Some(Value::Boolean(false)),
            "blank" => Some(Value::Blank),
            "empty" => Some(Value::Empty),
            _ => None,
        }
    }

    fn range(&mut self) -> Read<Term> {
        self.next();
        self.nested(|cursor| {
            let first = cursor.expression()?;
            cursor.expect_sign("..", "A range is written (1..5)")?;
            let last = cursor.expression()?;
            cursor.expect_sign(")", "This range is never closed; end it with `)`")?;
            Ok(Term::Range(Box::new([first, last])))
        })
    }

    fn path(&mut self) -> Read<Path> {
        let root = if self.is_sign("[") {
            Root::Computed(Box::new(self.bracketed()?))
        } else {
            Root::Name(self.name(WANTED_VALUE)?)
        };
        let mut segments = Vec::new();
        loop {
            if self.is_sign("[") {
                segments.push(Segment::Index(self.bracketed()?));
            } else if self.eat_sign(".") {
                segments.push(Segment::Field(self.name("The name of a field is missing behind the dot")?));
            } else {
                return Ok(Path { root, segments });
            }
        }
    }

    /// `[expression]`
    fn bracketed(&mut self) -> Read<Expression> {
        self.next();
        self.nested(|cursor| {
            let inside = cursor.expression()?;
            cursor.expect_sign("]", "This bracket is never closed; end it with `]`")?;
            Ok(inside)
        })
    }
}
