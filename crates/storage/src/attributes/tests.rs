use attrium_schema::{AttributeDraft, Format, ScalarType, ValueType};

use super::*;
use crate::error::UniqueKey;
use crate::fixtures::{at, key, uuid, vandalise, workspace};
use crate::store::Store;
use crate::testing::on_both;

fn country(number: u128, spelled: &str) -> AttributeDefinition {
    let draft = AttributeDraft {
        key: key(spelled),
        label: "Country".to_owned(),
        description: "Where they live".to_owned(),
        value_type: ValueType::list(ScalarType::Text),
        format: Some(Format::Enum { options: vec!["TR".to_owned(), "DE".to_owned()], is_open: true }),
        privacy_class: PrivacyClass::Personal,
    };
    AttributeDefinition::new(AttributeId::from_uuid(uuid(number)), draft, at(1))
}

async fn declared(store: &Store, workspace: WorkspaceId, definition: &AttributeDefinition) {
    let tx = store.begin().await.unwrap();
    insert_many(&tx, workspace, std::slice::from_ref(definition)).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_definition_reads_back_whole_and_in_its_workspace_alone() {
    on_both(|store| async move {
        let (here, there) = (workspace(&store, 1).await, workspace(&store, 2).await);
        let definition = country(1, "Country");
        declared(&store, here, &definition).await;
        assert_eq!(find(store.db(), here, definition.id).await.unwrap(), Some(definition.clone()));
        assert_eq!(find_by_key(store.db(), here, &key("COUNTRY")).await.unwrap(), Some(definition.clone()));
        assert_eq!(
            schema(store.db(), here).await.unwrap().find("country").map(|found| (**found).clone()),
            Some(definition.clone())
        );
        assert_eq!(count(store.db(), here).await.unwrap(), 1);
        assert_eq!(find(store.db(), there, definition.id).await.unwrap(), None);
        assert!(schema(store.db(), there).await.unwrap().is_empty());
        // The same key, even the same id, is free elsewhere.
        declared(&store, there, &definition).await;
    })
    .await;
}

#[tokio::test]
async fn a_key_is_taken_in_any_case() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        declared(&store, here, &country(1, "country")).await;
        let tx = store.begin().await.unwrap();
        let taken = insert_many(&tx, here, &[country(2, "COUNTRY")]).await;
        assert!(matches!(taken, Err(StorageError::UniqueViolation { which: UniqueKey::AttributeKey })));
    })
    .await;
}

#[tokio::test]
async fn an_edit_of_an_old_revision_is_a_conflict() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        let first = country(1, "country");
        declared(&store, here, &first).await;
        let second = AttributeDefinition { revision: 2, format: None, label: "Land".to_owned(), ..first };
        let tx = store.begin().await.unwrap();
        update(&tx, here, &second).await.unwrap();
        assert!(matches!(update(&tx, here, &second).await, Err(StorageError::Conflict { table: "attributes" })));
        tx.commit().await.unwrap();
        assert_eq!(find(store.db(), here, second.id).await.unwrap(), Some(second));
    })
    .await;
}

#[tokio::test]
async fn what_does_not_read_names_its_column() {
    for (assignment, column) in [
        ("key = '1st'", "key"),
        ("value_type = 'colour'", "value_type"),
        ("privacy_class = 'secret'", "privacy_class"),
        ("revision = -1", "revision"),
        ("format = '{\"kind\": \"colour\"}'", "format"),
    ] {
        on_both(|store| async move {
            let here = workspace(&store, 1).await;
            declared(&store, here, &country(1, "country")).await;
            vandalise(&store, &format!("UPDATE attributes SET {assignment}")).await;
            match schema(store.db(), here).await {
                Err(StorageError::Corrupt { table: "attributes", column: named, .. }) => assert_eq!(named, column),
                other => panic!("{other:?}"),
            }
        })
        .await;
    }
}
