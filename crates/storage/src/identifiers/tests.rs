use super::*;
use crate::error::UniqueKey;
use crate::fixtures::{profile, profile_id, vandalise, workspace};
use crate::store::Store;
use crate::testing::on_both;

fn named(text: &str) -> Identifier {
    Identifier::external_id(text).unwrap()
}

/// Three profiles, of which the first is also found by these.
async fn with(store: &Store, texts: &[&str]) -> WorkspaceId {
    let here = workspace(store, 1).await;
    for number in 1..=3 {
        profile(store, here, number).await;
    }
    let more: Vec<_> = texts.iter().map(|text| (named(text), profile_id(1))).collect();
    let tx = store.begin().await.unwrap();
    insert_many(&tx, here, &more).await.unwrap();
    tx.commit().await.unwrap();
    here
}

#[tokio::test]
async fn identifiers_lead_to_their_profile_in_their_workspace_alone() {
    on_both(|store| async move {
        let here = with(&store, &["second name"]).await;
        let there = workspace(&store, 2).await;
        assert_eq!(find(store.db(), here, &named("second name")).await.unwrap(), Some(profile_id(1)));
        assert_eq!(find(store.db(), here, &named("nobody")).await.unwrap(), None);
        assert_eq!(find(store.db(), there, &named("second name")).await.unwrap(), None);
        let wanted = [named("customer-00002"), named("nobody"), named("second name")];
        let mut found = find_many(store.db(), here, &wanted).await.unwrap();
        found.sort();
        assert_eq!(found, [(named("customer-00002"), profile_id(2)), (named("second name"), profile_id(1))]);
        assert_eq!(find_many(store.db(), there, &wanted).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_prefix_finds_by_code_point_page_by_page() {
    on_both(|store| async move {
        let here = with(&store, &["a_1", "a%2", "aB", "ab", "aé", "a😀", "b"]).await;
        let search = IdentifierSearch { kind: IdentifierKind::ExternalId, prefix: "a" };
        let texts = |found: Vec<(Identifier, ProfileId)>| -> Vec<String> {
            found.iter().map(|(identifier, _)| identifier.value().to_owned()).collect()
        };
        let first = texts(page(store.db(), here, search, Page::first(4)).await.unwrap());
        assert_eq!(first, ["a%2", "aB", "a_1", "ab"]);
        let second = texts(page(store.db(), here, search, Page::after("ab", 4)).await.unwrap());
        assert_eq!(second, ["aé", "a😀"]);
        assert_eq!(count(store.db(), here, search).await.unwrap(), 6);
        let all = IdentifierSearch { prefix: "", ..search };
        assert_eq!(count(store.db(), here, all).await.unwrap(), 10);
    })
    .await;
}

#[tokio::test]
async fn an_identifier_needs_a_profile_and_is_taken_once() {
    on_both(|store| async move {
        let here = with(&store, &["taken"]).await;
        let tx = store.begin().await.unwrap();
        let taken = insert_many(&tx, here, &[(named("taken"), profile_id(2))]).await;
        assert!(matches!(taken, Err(StorageError::UniqueViolation { which: UniqueKey::Identifier })));
        drop(tx);
        let tx = store.begin().await.unwrap();
        let nobody = insert_many(&tx, here, &[(named("free"), profile_id(9))]).await;
        assert!(matches!(nobody, Err(StorageError::ForeignKeyViolation)));
    })
    .await;
}

#[tokio::test]
async fn what_does_not_read_is_corrupt() {
    on_both(|store| async move {
        let here = with(&store, &["odd"]).await;
        vandalise(&store, "UPDATE identifiers SET kind = 'shoe_size' WHERE value = 'odd'").await;
        let read = crate::profiles::find(store.db(), here, profile_id(1)).await;
        assert!(matches!(read, Err(StorageError::Corrupt { table: "identifiers", column: "kind", .. })));
    })
    .await;
}
