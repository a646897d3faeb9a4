use super::*;
use crate::error::UniqueKey;
use crate::fixtures::{at, uuid, vandalise, workspace, workspace_value};
use crate::store::Store;
use crate::testing::on_both;

fn user(number: u128) -> User {
    User {
        id: UserId::from_uuid(uuid(number)),
        email: format!("user{number}@example.com"),
        name: format!("User {number}"),
        password_hash: SecretString::from("$argon2id$…"),
        created_at: at(0),
    }
}

async fn inserted(store: &Store, user: &User) {
    let tx = store.begin().await.unwrap();
    insert(&tx, user).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn users_are_found_by_id_and_by_address() {
    on_both(|store| async move {
        inserted(&store, &user(1)).await;
        inserted(&store, &user(2)).await;
        let found = find(store.db(), user(1).id).await.unwrap().unwrap();
        assert_eq!(found.password_hash.expose_secret(), "$argon2id$…");
        let by_email = find_by_email(store.db(), "user2@example.com").await.unwrap().unwrap();
        assert_eq!((by_email.id, by_email.name.as_str()), (user(2).id, "User 2"));
        assert!(find_by_email(store.db(), "user3@example.com").await.unwrap().is_none());
        let many = find_many(store.db(), &[user(2).id, user(1).id, user(3).id]).await.unwrap();
        assert_eq!(many.len(), 2);
        assert_eq!(count(store.db()).await.unwrap(), 2);
    })
    .await;
}

#[tokio::test]
async fn an_address_is_taken_once() {
    on_both(|store| async move {
        inserted(&store, &user(1)).await;
        let twin = User { email: user(1).email, ..user(2) };
        let tx = store.begin().await.unwrap();
        let taken = insert(&tx, &twin).await;
        assert!(matches!(taken, Err(StorageError::UniqueViolation { which: UniqueKey::UserEmail })));
    })
    .await;
}

#[tokio::test]
async fn only_a_user_who_exists_is_updated() {
    on_both(|store| async move {
        inserted(&store, &user(1)).await;
        let tx = store.begin().await.unwrap();
        update(&tx, &User { name: "Ayşe".to_owned(), ..user(1) }).await.unwrap();
        let nobody = update(&tx, &user(2)).await;
        assert!(matches!(nobody, Err(StorageError::RowsAffected { expected: 1, actual: 0, .. })));
        tx.commit().await.unwrap();
        assert_eq!(find(store.db(), user(1).id).await.unwrap().unwrap().name, "Ayşe");
    })
    .await;
}

#[tokio::test]
async fn a_role_is_held_in_one_workspace_and_not_in_another() {
    on_both(|store| async move {
        let (here, there) = (workspace(&store, 1).await, workspace(&store, 2).await);
        inserted(&store, &user(1)).await;
        let tx = store.begin().await.unwrap();
        insert_role(&tx, here, user(1).id, Role::Analyst).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(find_role(store.db(), here, user(1).id).await.unwrap(), Some(Role::Analyst));
        assert_eq!(find_role(store.db(), there, user(1).id).await.unwrap(), None);
        let member = Member { workspace: workspace_value(1), role: Role::Analyst };
        assert_eq!(memberships(store.db(), user(1).id, 10).await.unwrap(), [member]);

        let tx = store.begin().await.unwrap();
        let again = insert_role(&tx, here, user(1).id, Role::Owner).await;
        assert!(matches!(again, Err(StorageError::UniqueViolation { which: UniqueKey::Member })));
    })
    .await;
}

#[tokio::test]
async fn a_role_nobody_knows_is_corrupt() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        inserted(&store, &user(1)).await;
        let tx = store.begin().await.unwrap();
        insert_role(&tx, here, user(1).id, Role::Owner).await.unwrap();
        tx.commit().await.unwrap();
        vandalise(&store, "UPDATE workspace_users SET role = 'king'").await;
        let role = find_role(store.db(), here, user(1).id).await;
        assert!(matches!(role, Err(StorageError::Corrupt { table: "workspace_users", column: "role", .. })));
    })
    .await;
}

#[test]
fn every_role_reads_back() {
    for role in Role::ALL {
        assert_eq!(role.name().parse(), Ok(role));
    }
    assert!("king".parse::<Role>().is_err());
}
