//! Random customers of a random schema: the plain truth, and the index that follows it.

use std::collections::BTreeMap;

use attrium_schema::{
    Actor, AttributeDefinition, AttributeDraft, AttributeId, AttributeKey, AttributeSchema, Change, Date, Edit,
    GeoPoint, Held, Operation, PrivacyClass, Profile, ProfileId, Scalar, ScalarType, Source, Stamp, Timestamp, Value,
    ValueType, apply, parse_decimal, unborn,
};
use uuid::Uuid;

use super::chance::Chance;
use crate::index::AudienceIndex;

/// Numbers that meet, as integers and as decimals, and the ends of what fits.
pub(super) const INTEGERS: [i64; 9] = [i64::MIN, -2, 0, 1, 2, 3, 10, 1 << 60, i64::MAX];
pub(super) const DECIMALS: [&str; 9] =
    ["-2", "0", "1", "1.5", "2.50", "3", "10", "0.0000000000000000000000000001", "9223372036854775807.5"];
/// Words that differ in case, in length of their folded form, or only as bytes; and zones among them.
pub(super) const TEXTS: [&str; 14] = [
    "",
    "a",
    "A",
    "ab",
    "aB",
    "b",
    "Ayşe",
    "AYŞE",
    "İ",
    "straße",
    "STRASSE",
    "Europe/Istanbul",
    "America/New_York",
    "Nowhere/Never",
];
/// Days around leap days, ends of months and years, and the pool of moments.
pub(super) const DATES: [&str; 10] = [
    "2024-02-28",
    "2024-02-29",
    "2024-03-01",
    "2023-02-28",
    "2023-12-31",
    "2024-01-01",
    "2024-03-31",
    "1972-02-29",
    "0001-01-01",
    "9999-12-31",
];
/// Instants around changes of the clocks in the zones above, and ends of days.
pub(super) const TIMESTAMPS: [&str; 10] = [
    "2024-02-28T23:59:59.999999Z",
    "2024-02-29T00:00:00Z",
    "2024-02-29T21:00:00Z",
    "2024-03-10T06:59:59Z",
    "2024-03-10T07:00:00Z",
    "2024-11-03T05:30:00Z",
    "2024-11-03T06:30:00Z",
    "2023-12-31T22:00:00Z",
    "1972-02-29T12:00:00Z",
    "2024-03-01T00:00:00.000001Z",
];

pub(super) fn scalar(chance: &mut Chance, scalar_type: ScalarType) -> Scalar {
    match scalar_type {
        ScalarType::Text => Scalar::Text(chance.pick(&TEXTS).to_owned()),
        ScalarType::Integer => Scalar::Integer(chance.pick(&INTEGERS)),
        ScalarType::Decimal => Scalar::Decimal(parse_decimal(chance.pick(&DECIMALS)).unwrap()),
        ScalarType::Boolean => Scalar::Boolean(chance.once_in(2)),
        ScalarType::Date => Scalar::Date(date(chance)),
        ScalarType::Timestamp => Scalar::Timestamp(timestamp(chance)),
        ScalarType::GeoPoint => Scalar::GeoPoint(chance.pick(&[
            GeoPoint::new(0.0, 0.0).unwrap(),
            GeoPoint::new(41.01, 28.97).unwrap(),
            GeoPoint::new(-90.0, 180.0).unwrap(),
        ])),
    }
}

pub(super) fn date(chance: &mut Chance) -> Date {
    chance.pick(&DATES).parse().unwrap()
}

pub(super) fn timestamp(chance: &mut Chance) -> Timestamp {
    chance.pick(&TIMESTAMPS).parse().unwrap()
}

/// Zones whose days begin at quite different instants, and none.
const ZONES: [&str; 4] = ["Pacific/Apia", "Europe/Istanbul", "America/New_York", "Nowhere/Never"];

fn value(chance: &mut Chance, definition: &AttributeDefinition, value_type: ValueType) -> Value {
    if definition.key.as_str() == "time_zone" && !chance.once_in(4) {
        return Value::One(Scalar::Text(chance.pick(&ZONES).to_owned()));
    }
    if value_type.is_list {
        return Value::Many(chance.several(1, 4, |chance| scalar(chance, value_type.scalar)));
    }
    Value::One(scalar(chance, value_type.scalar))
}

#[derive(Debug)]
pub(super) struct World {
    pub(super) schema: AttributeSchema,
    pub(super) profiles: BTreeMap<ProfileId, Profile>,
    pub(super) index: AudienceIndex,
    /// What happened, with the profile as it was before; the newest last.
    past: Vec<(Change, Option<Profile>)>,
}

impl World {
    /// Some customers, loaded.
    pub(super) fn new(chance: &mut Chance) -> Self {
        let schema = schema(chance);
        let index = AudienceIndex::new(&schema);
        let mut world = Self { schema, profiles: BTreeMap::new(), index, past: Vec::new() };
        for _ in 0..chance.below(40) {
            world.load(chance);
        }
        world
    }

    /// Something happens to someone, and the index hears of it.
    pub(super) fn step(&mut self, chance: &mut Chance) {
        match chance.below(8) {
            0 => self.load(chance),
            1 | 2 => self.rewind(),
            _ => self.change(chance),
        }
    }

    /// A profile is read from the database anew, whatever was known of it.
    fn load(&mut self, chance: &mut Chance) {
        let id = profile_id(chance);
        let mut profile = unborn(id, Vec::new(), Timestamp::UNIX_EPOCH);
        profile.version = 1 + i64::try_from(chance.below(3)).unwrap();
        for definition in self.schema.iter() {
            if chance.once_in(3) {
                continue;
            }
            // Now and then a value of before the attribute was declared anew with this type.
            let value_type = if chance.once_in(12) { value_type(chance) } else { definition.value_type };
            let value = (!chance.once_in(6)).then(|| value(chance, definition, value_type));
            let held = Held { value, occurred_at: timestamp(chance), sequence: 0, source: Source::System };
            profile.held.insert(definition.key.clone(), held);
        }
        self.index.put(&profile);
        self.profiles.insert(id, profile);
        self.past.retain(|(change, _)| change.profile != id);
    }

    fn change(&mut self, chance: &mut Chance) {
        let id = profile_id(chance);
        let before = self.profiles.get(&id).cloned();
        let mut profile = before.clone().unwrap_or_else(|| unborn(id, Vec::new(), Timestamp::UNIX_EPOCH));
        let stamp = Stamp { sequence: 1 + i64::try_from(self.past.len()).unwrap(), recorded_at: Timestamp::UNIX_EPOCH };
        let news = apply(&mut profile, &self.edit(chance), stamp);
        assert!(self.index.apply(&news), "a new change is news");
        assert!(!self.index.apply(&news), "the same change again is not");
        self.profiles.insert(id, profile);
        self.past.push((news, before));
    }

    fn edit(&self, chance: &mut Chance) -> Edit {
        let definitions: Vec<_> = self.schema.iter().collect();
        let operations = chance.several(0, 3, |chance| {
            let definition = chance.pick(&definitions);
            let operation = match chance.below(4) {
                0 => Operation::Unset,
                _ => Operation::Set(value(chance, definition, definition.value_type)),
            };
            (definition.key.clone(), operation)
        });
        Edit { operations, occurred_at: timestamp(chance), source: Source::System, actor: Actor::System }
    }

    fn rewind(&mut self) {
        let Some((change, before)) = self.past.pop() else {
            return;
        };
        assert!(self.index.rewind(&change), "the newest change is undone");
        assert!(!self.index.rewind(&change), "once");
        match before {
            Some(before) => self.profiles.insert(change.profile, before),
            None => self.profiles.remove(&change.profile),
        };
    }
}

/// One of sixty people, so that the same ones come up again.
fn profile_id(chance: &mut Chance) -> ProfileId {
    ProfileId::from_uuid(Uuid::from_u128(chance.below(60) as u128))
}

fn value_type(chance: &mut Chance) -> ValueType {
    ValueType { scalar: chance.pick(&ScalarType::ALL), is_list: chance.once_in(3) }
}

/// Two to nine attributes of any type; in most worlds one of them names the profile's zone.
fn schema(chance: &mut Chance) -> AttributeSchema {
    let mut types = chance.several(2, 8, value_type);
    types.sort();
    let mut definitions: Vec<_> =
        types.into_iter().enumerate().map(|(place, value_type)| definition(&format!("a{place}"), value_type)).collect();
    if !chance.once_in(4) {
        definitions.push(definition("time_zone", ValueType::one(ScalarType::Text)));
    }
    AttributeSchema::new(definitions)
}

pub(super) fn definition(key: &str, value_type: ValueType) -> AttributeDefinition {
    let draft = AttributeDraft {
        key: AttributeKey::parse(key).unwrap(),
        label: key.to_owned(),
        description: String::new(),
        value_type,
        format: None,
        privacy_class: PrivacyClass::Public,
    };
    AttributeDefinition::new(AttributeId::from_uuid(Uuid::nil()), draft, Timestamp::UNIX_EPOCH)
}
