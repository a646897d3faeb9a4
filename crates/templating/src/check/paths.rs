//! What names and their fields mean.

use attrium_schema::suggest::{cut, did_you_mean, nearest};
use attrium_schema::{AttributeKey, ScalarType};

use super::kinds::Kind;
use super::{Checker, FINDINGS_MAX, Meaning, looks};
use crate::data::{FORLOOP, PROFILE, WORKSPACE, Workspace};
use crate::diagnostic::DiagnosticCode;
use crate::html::Look;
use crate::tree::{Expression, Name, Path, Root, Segment, Span, Term};
use crate::value::Loop;

impl Checker<'_> {
    pub(super) fn expression(&mut self, expression: &Expression) -> Meaning {
        match &expression.term {
            // A text in a template may well be a number or a date.
            Term::Literal(value) => Meaning { look: looks::of_literal(value), ..Meaning::default() },
            Term::Range(ends) => {
                ends.iter().for_each(|end| {
                    self.expression(end);
                });
                Meaning { look: Look::Number, ..Meaning::of(Kind::List(Some(ScalarType::Integer))) }
            }
            Term::Path(path) => self.path(path, &expression.span),
        }
    }

    fn path(&mut self, path: &Path, span: &Span) -> Meaning {
        for segment in &path.segments {
            if let Segment::Index(index) = segment {
                self.expression(index);
            }
        }
        let Some(root) = path.root_name() else {
            if let Root::Computed(inner) = &path.root {
                self.expression(inner);
            }
            let message = "Which attribute this reads cannot be told; write its name".to_owned();
            self.find(DiagnosticCode::UnknownAttribute, span, message);
            return Meaning::default();
        };
        let local = self.locals.iter().rev().find(|(name, _)| *name == root.text).map(|(_, meaning)| meaning.clone());
        if let Some(mut meaning) = local {
            // A name of the template's own that an `if` has looked at.
            meaning.missing = meaning.missing.filter(|_| !self.present.iter().any(|name| **name == *root.text));
            return self.through_fields(meaning, &root, &path.segments);
        }
        match &*root.text {
            FORLOOP => self.of_loop(&root, &path.segments),
            WORKSPACE => self.of_workspace(&path.segments),
            PROFILE => self.of_profile(&root, &path.segments),
            _ => {
                let meaning = self.bare(&root);
                self.through_fields(meaning, &root, &path.segments)
            }
        }
    }

    /// A name that stands alone: an attribute, or what the template may have given a value.
    fn bare(&mut self, name: &Name) -> Meaning {
        if !self.assigned.contains(&name.text) {
            return self.attribute(name);
        }
        self.reads.extend(AttributeKey::parse(&name.text));
        Meaning::default()
    }

    fn of_profile(&mut self, root: &Name, segments: &[Segment]) -> Meaning {
        let Some((key, rest)) = segments.split_first().and_then(|(first, rest)| Some((first.name()?, rest))) else {
            let message = format!("Name an attribute of `{PROFILE}`, as in `{PROFILE}.country`");
            self.find(DiagnosticCode::UnknownAttribute, &root.span, message);
            return Meaning::default();
        };
        let meaning = self.attribute(&key);
        self.through_fields(meaning, &key, rest)
    }

    fn attribute(&mut self, name: &Name) -> Meaning {
        self.reads.extend(AttributeKey::parse(&name.text));
        let Some(schema) = self.schema else { return Meaning::default() };
        if let Some(definition) = schema.find(&name.text) {
            let key = definition.key.as_str();
            let is_present = self.present.iter().any(|present| present.eq_ignore_ascii_case(key));
            let missing = (!is_present).then(|| key.to_owned());
            let look = looks::of_attribute(definition);
            return Meaning { kind: Kind::of(definition.value_type), look, missing };
        }
        let keys = schema.iter().map(|definition| definition.key.as_str());
        // A flood of unknown names is not worth a search through all attributes each.
        let is_told = self.found.len() < FINDINGS_MAX;
        let near = if is_told { nearest(&name.text, keys.chain([WORKSPACE])) } else { Vec::new() };
        let message = format!("No attribute is called `{}`{}", cut(&name.text), did_you_mean(&near));
        self.find(DiagnosticCode::UnknownAttribute, &name.span, message).suggestions = near;
        Meaning::default()
    }

    fn of_workspace(&mut self, segments: &[Segment]) -> Meaning {
        let Some((first, rest)) = segments.split_first() else { return Meaning::default() };
        let Some(field) = first.name() else { return Meaning::default() };
        if Workspace::FIELDS.iter().any(|(name, _)| *name == &*field.text) {
            return self.through_fields(Meaning::of(Kind::One(ScalarType::Text)), &field, rest);
        }
        self.unknown_field(&field, WORKSPACE, Workspace::FIELDS.iter().map(|(name, _)| *name));
        Meaning::default()
    }

    fn of_loop(&mut self, root: &Name, segments: &[Segment]) -> Meaning {
        if self.loops == 0 {
            let message = format!("`{FORLOOP}` stands outside of any loop");
            self.find(DiagnosticCode::UnknownAttribute, &root.span, message);
        }
        for field in segments.iter().filter_map(Segment::name) {
            if !Loop::FIELDS.iter().any(|(name, _)| *name == &*field.text) {
                self.unknown_field(&field, FORLOOP, Loop::FIELDS.iter().map(|(name, _)| *name));
            }
        }
        let last = segments.last().and_then(Segment::name);
        let is_count = last.is_some_and(|field| !matches!(&*field.text, "name" | "parentloop"));
        Meaning { look: if is_count { Look::Number } else { Look::Any }, ..Meaning::default() }
    }

    /// The fields behind what a name means.
    fn through_fields(&mut self, meaning: Meaning, name: &Name, segments: &[Segment]) -> Meaning {
        let Meaning { mut kind, mut look, missing } = meaning;
        for segment in segments {
            let owner = kind;
            let field = segment.name();
            let field_name = field.as_ref().map(|field| &*field.text);
            kind = match (kind, field_name) {
                (Kind::Unknown, _) => Kind::Unknown,
                (Kind::List(_), None | Some("first" | "last")) => kind.item(),
                (Kind::List(_) | Kind::One(ScalarType::Text), Some("size")) => Kind::One(ScalarType::Integer),
                (Kind::One(ScalarType::Text), Some("first" | "last")) => kind,
                (Kind::One(ScalarType::GeoPoint), Some("lat" | "lon")) => Kind::One(ScalarType::Decimal),
                (Kind::List(_) | Kind::One(_), _) => {
                    let field = field.unwrap_or_else(|| name.clone());
                    let fields: &[&str] = match kind {
                        Kind::List(_) | Kind::One(ScalarType::Text) => &["first", "last", "size"],
                        Kind::One(ScalarType::GeoPoint) => &["lat", "lon"],
                        Kind::One(_) | Kind::Unknown => &[],
                    };
                    let whole = format!("{} ({kind})", cut(&name.text));
                    self.unknown_field(&field, &whole, fields.iter().copied());
                    Kind::Unknown
                }
            };
            look = looks::of_field(owner, look, kind);
        }
        Meaning { kind, look, missing }
    }

    fn unknown_field<'n>(&mut self, field: &Name, of: &str, names: impl Iterator<Item = &'n str>) {
        if self.schema.is_none() {
            return;
        }
        let near = nearest(&field.text, names);
        let message = format!("`{of}` has no field `{}`{}", cut(&field.text), did_you_mean(&near));
        self.find(DiagnosticCode::UnknownField, &field.span, message).suggestions = near;
    }
}
