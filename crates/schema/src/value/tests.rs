use super::*;

fn check_shown(value: &Value, expected: &str) {
    assert_eq!(value.to_string(), expected);
}

#[test]
fn a_value_is_shown_as_people_read_it() {
    check_shown(&Value::One(Scalar::Decimal("1.50".parse().unwrap())), "1.5");
    check_shown(&Value::One(Scalar::GeoPoint(GeoPoint::new(41.01, -0.0).unwrap())), "41.01, 0");
    check_shown(&Value::Many(vec![Scalar::Text("a".to_owned()), Scalar::Text("b".to_owned())]), "a, b");
}

#[test]
fn a_place_is_on_the_sphere() {
    for (lat, lon) in [(90.1, 0.0), (0.0, -180.1), (f64::NAN, 0.0), (0.0, f64::INFINITY)] {
        assert_eq!(GeoPoint::new(lat, lon), None);
    }
}

#[test]
fn a_list_of_mixed_types_has_no_type() {
    let mixed = Value::Many(vec![Scalar::Integer(1), Scalar::Boolean(true)]);
    assert_eq!(mixed.value_type(), None);
    assert_eq!(Value::Many(Vec::new()).value_type(), None);
    assert_eq!(Value::One(Scalar::Integer(1)).value_type(), Some(ValueType::one(ScalarType::Integer)));
}

#[test]
fn every_type_is_named_and_read_back() {
    for scalar in ScalarType::ALL {
        for value_type in [ValueType::one(scalar), ValueType::list(scalar)] {
            assert_eq!(value_type.to_string().parse(), Ok(value_type));
        }
    }
    assert!("list of list of text".parse::<ValueType>().is_err());
    assert!("number".parse::<ValueType>().is_err());
}
