//! Named values.

use std::collections::HashMap;
use std::sync::Arc;

use super::Value;

/// Named values in the order they were given; of two with one name the later stands.
#[derive(Clone, Debug, Default)]
pub struct Object {
    fields: Vec<(Arc<str>, Value)>,
    places: HashMap<Arc<str>, usize>,
}

impl Object {
    /// The field with this name, or `None`.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.places.get(name).map(|place| &self.fields[*place].1)
    }

    /// How many fields there are.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &(Arc<str>, Value)> {
        self.fields.iter()
    }

    /// A field as a list of its name and its value, which is how loops see it.
    pub(crate) fn pair(&self, place: usize) -> Option<Value> {
        let (name, value) = self.fields.get(place)?;
        Some(Value::list(vec![Value::Text(Arc::clone(name)), value.clone()]))
    }
}

impl FromIterator<(Arc<str>, Value)> for Object {
    fn from_iter<I: IntoIterator<Item = (Arc<str>, Value)>>(fields: I) -> Self {
        let mut object = Self::default();
        for (name, value) in fields {
            if let Some(place) = object.places.get(&name) {
                object.fields[*place].1 = value;
            } else {
                object.places.insert(Arc::clone(&name), object.fields.len());
                object.fields.push((name, value));
            }
        }
        object
    }
}
