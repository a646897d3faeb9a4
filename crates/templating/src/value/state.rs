//! What `forloop` says.

use std::sync::Arc;

use super::Value;

/// Where a loop stands in one iteration.
#[derive(Clone, Debug)]
pub struct Loop {
    /// The variable and what is looped over, as written: `item-products`.
    pub(crate) name: Arc<str>,
    pub(crate) length: usize,
    /// Which iteration this is, from 0.
    pub(crate) index0: usize,
    /// The loop around this one.
    pub(crate) parent: Option<Arc<Self>>,
}

impl Loop {
    /// Every field, in the order people meet them, and what it says.
    pub(crate) const FIELDS: [(&'static str, &'static str); 9] = [
        ("index", "Which iteration this is, from 1"),
        ("index0", "Which iteration this is, from 0"),
        ("rindex", "How many iterations are left, this one included"),
        ("rindex0", "How many iterations are left after this one"),
        ("first", "Whether this is the first iteration"),
        ("last", "Whether this is the last iteration"),
        ("length", "How many iterations there are"),
        ("name", "The variable and what is looped over"),
        ("parentloop", "The loop around this one"),
    ];

    pub(super) fn field(&self, name: &str) -> Value {
        let left = self.length - self.index0;
        match name {
            "index" => Value::count(self.index0 + 1),
            "index0" => Value::count(self.index0),
            "rindex" => Value::count(left),
            "rindex0" => Value::count(left - 1),
            "first" => Value::Boolean(self.index0 == 0),
            "last" => Value::Boolean(left == 1),
            "length" => Value::count(self.length),
            "name" => Value::Text(Arc::clone(&self.name)),
            "parentloop" => self.parent.clone().map(Value::Loop).unwrap_or_default(),
            _ => Value::Nil,
        }
    }
}
