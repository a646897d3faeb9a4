//! Who comes in, how long they stay, and who is kept out.

use std::net::Ipv4Addr;

use attrium_storage::testing::on_both;
use secrecy::ExposeSecret;

use super::*;
use crate::commands::{self, Answer, Command};
use crate::rights::Right;
use crate::sessions;
use crate::tokens::SessionToken;

const HOME: crate::Address = crate::Address::V4(Ipv4Addr::LOCALHOST);
const MINUTE_MICROS: i64 = 60 * 1_000_000;

async fn add_user(engine: &Engine, role: &str) -> String {
    let command = Command::AddUser {
        workspace: None,
        email: "Ayse@Example.com".to_owned(),
        name: None,
        role: role.to_owned(),
        password: None,
    };
    match commands::run(engine, command).await.unwrap() {
        Answer::User { password: Some(password), .. } => password,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_session_slides_and_ends() {
    on_both(|store| async move {
        let (engine, _) = house(&store).await;
        let password = add_user(&engine, "analyst").await;
        let signed = sessions::sign_in(&engine, "ayse@example.com", &password.into(), HOME).await.unwrap();
        let cx = engine.cx_of_session(&signed.token, None).await.unwrap().unwrap();
        assert!(cx.rights().has(Right::ReadProfiles) && !cx.rights().has(Right::EditProfiles));
        // Used every 20 minutes it lasts, but not beyond 12 hours.
        for _ in 0..35 {
            engine.clock().advance_micros(20 * MINUTE_MICROS);
            assert!(engine.cx_of_session(&signed.token, Some("default")).await.unwrap().is_some());
        }
        engine.clock().advance_micros(20 * MINUTE_MICROS);
        assert!(engine.cx_of_session(&signed.token, None).await.unwrap().is_none());
        assert!(engine.cx_of_session(&SessionToken::presented("no"), None).await.unwrap().is_none());
        engine.close().await;
    })
    .await;
}

#[tokio::test]
async fn an_idle_session_ends_and_so_does_one_signed_out_of() {
    on_both(|store| async move {
        let (engine, _) = house(&store).await;
        let password = add_user(&engine, "owner").await;
        let password = secrecy::SecretString::from(password.clone());
        let first = sessions::sign_in(&engine, "ayse@example.com", &password, HOME).await.unwrap();
        engine.clock().advance_micros(31 * MINUTE_MICROS);
        assert!(engine.cx_of_session(&first.token, None).await.unwrap().is_none());
        let second = sessions::sign_in(&engine, "ayse@example.com", &password, HOME).await.unwrap();
        let foreign = engine.cx_of_session(&second.token, Some("elsewhere")).await;
        assert!(matches!(foreign, Err(Error::NotFound { .. })));
        sessions::sign_out(&engine, &second.token).await.unwrap();
        assert!(engine.cx_of_session(&second.token, None).await.unwrap().is_none());
        engine.close().await;
    })
    .await;
}

#[tokio::test]
async fn wrong_passwords_and_unknown_users_are_refused_alike_and_then_slowed() {
    on_both(|store| async move {
        let (engine, _) = house(&store).await;
        let password = add_user(&engine, "owner").await;
        for email in ["ayse@example.com", "nobody@example.com"] {
            let refused = sessions::sign_in(&engine, email, &"wrong password".into(), HOME).await.unwrap_err();
            assert_eq!(codes(refused), [ProblemCode::WrongCredentials]);
        }
        let mut last = None;
        for _ in 0..10 {
            last = sessions::sign_in(&engine, "ayse@example.com", &"wrong password".into(), HOME).await.err();
        }
        assert!(matches!(last, Some(Error::TooMany { .. })));
        let elsewhere = crate::Address::V4(Ipv4Addr::new(10, 0, 0, 1));
        assert!(sessions::sign_in(&engine, "ayse@example.com", &password.into(), elsewhere).await.is_ok());
        engine.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_key_opens_its_workspace_until_it_is_revoked() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let command = Command::CreateKey { workspace: None, name: "crm".to_owned(), scopes: vec![Right::ReadProfiles] };
        let Answer::Key { text, entry } = commands::run(&engine, command).await.unwrap() else {
            panic!("a key was made");
        };
        let by_key = engine.cx_of_key(&text).await.unwrap().unwrap();
        assert_eq!(by_key.workspace, cx.workspace);
        assert!(profiles::find_by_external_id(&by_key, "a").await.is_ok());
        assert!(matches!(segments::count(&by_key, None).await, Err(Error::Denied { .. })));
        let wrong = text.replacen(&entry.public, "00000000", 1);
        assert!(engine.cx_of_key(&wrong).await.unwrap().is_none());
        let revoke = Command::RevokeKey { workspace: None, key: entry.public };
        commands::run(&engine, revoke).await.unwrap();
        assert!(engine.cx_of_key(&text).await.unwrap().is_none());
        engine.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_key_with_a_wrong_checksum_is_refused_without_the_database() {
    on_both(|store| async move {
        let (engine, _) = house(&store).await;
        let command = Command::CreateKey { workspace: None, name: "crm".to_owned(), scopes: vec![Right::ReadProfiles] };
        let Answer::Key { text, .. } = commands::run(&engine, command).await.unwrap() else {
            panic!("a key was made");
        };
        let slipped = format!("{}{}", &text[..text.len() - 1], if text.ends_with('0') { '1' } else { '0' });
        // Whatever asks the database from now on fails.
        engine.close().await;
        assert!(engine.cx_of_key(&text).await.is_err());
        assert!(matches!(engine.cx_of_key(&slipped).await, Ok(None)));
    })
    .await;
}

#[tokio::test]
async fn a_new_password_ends_all_sessions() {
    on_both(|store| async move {
        let (engine, _) = house(&store).await;
        let password = add_user(&engine, "owner").await;
        let signed = sessions::sign_in(&engine, "ayse@example.com", &password.into(), HOME).await.unwrap();
        assert!(!format!("{signed:?}").contains(signed.token.expose()), "secrets do not print");
        let reset =
            Command::ResetPassword { email: "ayse@example.com".to_owned(), password: Some("a new password".into()) };
        commands::run(&engine, reset).await.unwrap();
        assert!(engine.cx_of_session(&signed.token, None).await.unwrap().is_none());
        assert!(sessions::sign_in(&engine, "ayse@example.com", &"a new password".into(), HOME).await.is_ok());
        assert_eq!(signed.user.password_hash.expose_secret().split('$').nth(1), Some("argon2id"));
        engine.close().await;
    })
    .await;
}
