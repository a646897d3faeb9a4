//! Keys read back, and a slip of one letter is seen.

use secrecy::ExposeSecret;

use super::*;
use crate::clock::Clock;

#[test]
fn a_fresh_key_reads_back_and_has_its_hash() {
    let fresh = FreshKey::make(&Ids::random(Clock::system()));
    let presented = PresentedKey::parse(fresh.text.expose_secret()).unwrap();
    assert_eq!(presented.public, fresh.public);
    assert!(presented.has_hash(fresh.secret_hash.as_bytes()));
    assert!(!presented.has_hash(&[0; 32]));
}

#[test]
fn a_changed_letter_breaks_the_checksum() {
    let fresh = FreshKey::make(&Ids::random(Clock::system()));
    let text = fresh.text.expose_secret();
    let wrong = text.replacen(&fresh.public, "AAAAAAAA", 1);
    assert_eq!(PresentedKey::parse(&wrong), None);
    for text in ["", "attrium", "attrium___", "Bearer x", "attrium_ü_ü_ü"] {
        assert_eq!(PresentedKey::parse(text), None);
    }
}
