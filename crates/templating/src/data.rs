//! What a template is rendered with.

use std::collections::BTreeMap;

use attrium_schema::{AttributeKey, Profile};

use crate::value::Value;

/// The root under which attributes stand: `profile.country`.
pub(crate) const PROFILE: &str = "profile";
/// The root under which the workspace stands: `workspace.name`.
pub(crate) const WORKSPACE: &str = "workspace";
/// Inside a loop, the loop.
pub(crate) const FORLOOP: &str = "forloop";

/// What names mean. Nothing is asked for twice in one rendering.
pub trait Data {
    /// What a bare name means, or `None` when it means nothing: an attribute's key, `workspace`.
    fn root(&self, name: &str) -> Option<Value>;

    /// What `profile.KEY` means, or `None` when the attribute is missing.
    fn attribute(&self, key: &str) -> Option<Value>;
}

/// The attributes of one customer.
pub trait Attributes {
    /// The value of an attribute, or `None` when it is missing.
    fn value(&self, key: &AttributeKey) -> Option<&attrium_schema::Value>;
}

impl Attributes for Profile {
    fn value(&self, key: &AttributeKey) -> Option<&attrium_schema::Value> {
        Self::value(self, key)
    }
}

impl Attributes for BTreeMap<AttributeKey, attrium_schema::Value> {
    fn value(&self, key: &AttributeKey) -> Option<&attrium_schema::Value> {
        self.get(key)
    }
}

/// What a template may say of the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workspace {
    /// What people call it: `workspace.name`.
    pub name: String,
    /// The IANA name of its zone: `workspace.time_zone`.
    pub time_zone: String,
}

impl Workspace {
    /// Every field and what it says.
    pub(crate) const FIELDS: [(&'static str, &'static str); 2] =
        [("name", "What the workspace is called"), ("time_zone", "The zone in which its days begin")];

    fn field(&self, name: &str) -> &str {
        if name == "name" { &self.name } else { &self.time_zone }
    }

    fn to_value(&self) -> Value {
        let fields = Self::FIELDS.map(|(name, _)| (name.into(), Value::text(self.field(name))));
        Value::Object(std::sync::Arc::new(fields.into_iter().collect()))
    }
}

/// One customer in one workspace. A bare key means what `profile.KEY` means, in any case.
#[derive(Clone, Copy)]
pub struct ProfileData<'a> {
    /// The customer.
    pub attributes: &'a dyn Attributes,
    /// The workspace.
    pub workspace: &'a Workspace,
}

impl Data for ProfileData<'_> {
    fn root(&self, name: &str) -> Option<Value> {
        if name == WORKSPACE { Some(self.workspace.to_value()) } else { self.attribute(name) }
    }

    fn attribute(&self, key: &str) -> Option<Value> {
        let key = AttributeKey::parse(key).ok()?;
        self.attributes.value(&key).map(Value::from)
    }
}

/// Plain data: the fields of an object are the names.
impl Data for Value {
    fn root(&self, name: &str) -> Option<Value> {
        match self {
            Self::Object(object) => object.get(name).cloned(),
            Self::Nil
            | Self::Boolean(_)
            | Self::Number(_)
            | Self::Text(_)
            | Self::Markup(_)
            | Self::Date(_)
            | Self::Timestamp(_)
            | Self::List(_)
            | Self::Range(_)
            | Self::Loop(_)
            | Self::Blank
            | Self::Empty => None,
        }
    }

    fn attribute(&self, key: &str) -> Option<Value> {
        self.root(PROFILE)?.root(key)
    }
}
