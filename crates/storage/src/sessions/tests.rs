use super::*;
use crate::fixtures::{at, uuid};
use crate::store::Store;
use crate::testing::on_both;
use crate::users::{self, User};

fn session(number: u8) -> Session {
    Session {
        id: SessionId::from_uuid(uuid(number.into())),
        user: UserId::from_uuid(uuid(1)),
        token_hash: SecretHash::from_bytes([number; 32]),
        created_at: at(number.into()),
        last_used_at: at(number.into()),
        expires_at: at(i64::from(number) + 100),
    }
}

async fn with_sessions(store: &Store, numbers: &[u8]) {
    let user = User {
        id: UserId::from_uuid(uuid(1)),
        email: "user@example.com".to_owned(),
        name: "User".to_owned(),
        password_hash: "hash".into(),
        created_at: at(0),
    };
    let tx = store.begin().await.unwrap();
    users::insert(&tx, &user).await.unwrap();
    for number in numbers {
        insert(&tx, &session(*number)).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn standing(store: &Store, numbers: &[u8]) -> Vec<u8> {
    let mut found = Vec::new();
    for number in numbers {
        if find_by_token(store.db(), &session(*number).token_hash).await.unwrap().is_some() {
            found.push(*number);
        }
    }
    found
}

#[tokio::test]
async fn a_session_is_found_by_its_token_alone() {
    on_both(|store| async move {
        with_sessions(&store, &[1]).await;
        assert_eq!(find_by_token(store.db(), &session(1).token_hash).await.unwrap(), Some(session(1)));
        assert_eq!(find_by_token(store.db(), &session(2).token_hash).await.unwrap(), None);
        let tx = store.begin().await.unwrap();
        update_last_used(&tx, session(1).id, at(50)).await.unwrap();
        update_last_used(&tx, session(2).id, at(50)).await.unwrap();
        tx.commit().await.unwrap();
        let used = find_by_token(store.db(), &session(1).token_hash).await.unwrap().unwrap();
        assert_eq!(used.last_used_at, at(50));
    })
    .await;
}

#[tokio::test]
async fn sessions_end_one_by_one_by_age_and_all_at_once() {
    on_both(|store| async move {
        let all = [1, 2, 3, 4, 5];
        with_sessions(&store, &all).await;
        let tx = store.begin().await.unwrap();
        assert!(delete(&tx, session(5).id).await.unwrap());
        assert!(!delete(&tx, session(5).id).await.unwrap());
        assert_eq!(delete_expired(&tx, at(102)).await.unwrap(), 1);
        assert_eq!(delete_beyond(&tx, session(1).user, 2).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(standing(&store, &all).await, [3, 4]);

        let tx = store.begin().await.unwrap();
        assert_eq!(delete_of_user(&tx, session(1).user).await.unwrap(), 2);
        tx.commit().await.unwrap();
        assert!(standing(&store, &all).await.is_empty());
    })
    .await;
}
