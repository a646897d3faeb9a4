//! Passwords verify, and refuse.

use super::*;
use crate::clock::Clock;

#[tokio::test]
async fn only_the_right_password_of_a_known_user_is_right() {
    let ids = Ids::random(Clock::system());
    let passwords = Passwords::new(&ids);
    let hash = passwords.hash(&"correct horse".into(), &ids).await.unwrap();
    assert!(hash.starts_with("$argon2id$"));
    assert!(passwords.verify(&"correct horse".into(), Some(hash.clone())).await.unwrap());
    assert!(!passwords.verify(&"wrong horse".into(), Some(hash)).await.unwrap());
    assert!(!passwords.verify(&"nobody has this password".into(), None).await.unwrap());
}

#[tokio::test]
async fn short_and_huge_passwords_are_refused() {
    let ids = Ids::random(Clock::system());
    let passwords = Passwords::new(&ids);
    for password in ["short".to_owned(), "x".repeat(BYTES_MAX + 1)] {
        assert!(matches!(passwords.hash(&password.into(), &ids).await, Err(Error::Invalid(_))));
    }
}

#[test]
fn generated_passwords_differ_and_are_long_enough() {
    let ids = Ids::random(Clock::system());
    let (one, two) = (generate(&ids), generate(&ids));
    assert!(CHARS_MIN <= one.expose_secret().len());
    assert_ne!(one.expose_secret(), two.expose_secret());
}
