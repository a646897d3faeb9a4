//! Tokens differ, and each has one CSRF token.

use super::*;
use crate::clock::Clock;

#[test]
fn the_csrf_token_belongs_to_its_session_alone() {
    let ids = Ids::random(Clock::system());
    let (one, two) = (SessionToken::make(&ids), SessionToken::make(&ids));
    assert!(one.has_csrf_token(&one.csrf_token()));
    assert!(!one.has_csrf_token(&two.csrf_token()));
    assert!(!one.has_csrf_token(""));
    assert_eq!(SessionToken::presented(one.expose()).hash(), one.hash());
}
