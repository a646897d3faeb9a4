use uuid::Uuid;

use super::*;

#[test]
fn sources_and_actors_are_read_back_from_their_text() {
    let uuid = Uuid::from_u128(7);
    let (key, import, user) = (ApiKeyId::from_uuid(uuid), ImportId::from_uuid(uuid), UserId::from_uuid(uuid));
    for source in [Source::Dashboard, Source::Key(key), Source::Import(import), Source::Cli, Source::System] {
        assert_eq!(source.to_string().parse(), Ok(source));
    }
    for actor in [Actor::User(user), Actor::Key(key), Actor::Operator, Actor::System] {
        assert_eq!(actor.to_string().parse(), Ok(actor));
    }
    assert!(user.to_string().parse::<Source>().is_err());
    assert!("keyboard".parse::<Source>().is_err());
    assert!("".parse::<Actor>().is_err());
}

#[test]
fn an_identifier_is_trimmed_and_bounded() {
    let check = |text: &str, expected: Result<&str, IdentifierError>| {
        let identifier = Identifier::external_id(text);
        assert_eq!(identifier.as_ref().map(Identifier::value), expected.as_ref().map(|text| *text), "{text:?}");
    };
    let longest = "x".repeat(Identifier::BYTES_MAX);
    check(" bank-00001\n", Ok("bank-00001"));
    check(&longest, Ok(&longest));
    check(&format!("{longest}x"), Err(IdentifierError::TooLong { bytes: 257 }));
    check(" \t", Err(IdentifierError::Empty));
    check("a\0b", Err(IdentifierError::Control));
}
