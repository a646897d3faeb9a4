use attrium_schema::{Actor, Decimal, Edit, GeoPoint, Operation, Scalar, Source, Stamp, Value, apply};

use super::*;
use crate::error::UniqueKey;
use crate::fixtures::{at, edit, external_id, key, profile, profile_id, text, unborn_profile, vandalise, workspace};
use crate::store::Store;
use crate::testing::on_both;

async fn inserted(store: &Store, workspace: WorkspaceId, profiles: &[Profile]) {
    let tx = store.begin().await.unwrap();
    insert_many(&tx, workspace, profiles).await.unwrap();
    tx.commit().await.unwrap();
}

/// One value of each type, at the edges of what each can hold, and one unset value.
fn full_profile() -> Profile {
    let decimal = |text: &str| Scalar::Decimal(text.parse::<Decimal>().unwrap());
    let values = [
        ("name", Scalar::Text("Ayşe \"O'Brien\" \\ 😀\n".to_owned())),
        ("largest", Scalar::Integer(i64::MAX)),
        ("smallest", Scalar::Integer(i64::MIN)),
        ("exact", decimal("12345678901234567890.12345678")),
        ("small", decimal("0.0000000000000000000000000001")),
        ("flag", Scalar::Boolean(false)),
        ("born", Scalar::Date("1984-02-29".parse().unwrap())),
        ("seen", Scalar::Timestamp("2026-05-01T09:30:00.123456Z".parse().unwrap())),
        ("home", Scalar::GeoPoint(GeoPoint::new(41.012_345_6, -28.97).unwrap())),
    ];
    let many = Value::Many(vec![Scalar::Integer(1), Scalar::Integer(i64::MAX), Scalar::Integer(1)]);
    let mut operations: Vec<_> =
        values.into_iter().map(|(name, scalar)| (key(name), Operation::Set(Value::One(scalar)))).collect();
    operations.push((key("numbers"), Operation::Set(many)));
    operations.push((key("gone"), Operation::Unset));
    let edit = Edit { operations, occurred_at: at(5), source: Source::Dashboard, actor: Actor::System };
    let mut profile = unborn_profile(1);
    apply(&mut profile, &edit, Stamp { sequence: 9_007_199_254_740_993, recorded_at: at(6) });
    profile
}

#[tokio::test]
async fn every_type_of_value_reads_back_without_the_attribute_schema() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        let full = full_profile();
        inserted(&store, here, std::slice::from_ref(&full)).await;
        assert_eq!(find(store.db(), here, full.id).await.unwrap(), Some(full.clone()));
        assert_eq!(page_for_index(store.db(), here, Page::first(10)).await.unwrap(), [full]);
    })
    .await;
}

#[tokio::test]
async fn a_foreign_workspace_sees_nothing() {
    on_both(|store| async move {
        let (here, there) = (workspace(&store, 1).await, workspace(&store, 2).await);
        let ours = profile(&store, here, 1).await;
        assert_eq!(find(store.db(), there, ours.id).await.unwrap(), None);
        assert_eq!(find_by_identifier(store.db(), there, &external_id(1)).await.unwrap(), None);
        assert_eq!(page(store.db(), there, Page::first(10)).await.unwrap(), []);
        assert_eq!(count(store.db(), there).await.unwrap(), 0);
        // Its ids and identifiers are free there: nothing tells that they are taken here.
        let theirs = profile(&store, there, 1).await;
        let mut altered = theirs.clone();
        edit(&mut altered, "DE", 50);
        let tx = store.begin().await.unwrap();
        assert_eq!(update_many(&tx, there, &[altered]).await.unwrap(), []);
        tx.commit().await.unwrap();
        assert_eq!(find(store.db(), here, ours.id).await.unwrap(), Some(ours));
    })
    .await;
}

#[tokio::test]
async fn an_identifier_is_taken_once() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        profile(&store, here, 1).await;
        let twin = Profile { identifiers: vec![external_id(1)], ..unborn_profile(2) };
        let tx = store.begin().await.unwrap();
        let taken = insert_many(&tx, here, &[twin]).await;
        assert!(matches!(taken, Err(StorageError::UniqueViolation { which: UniqueKey::Identifier })));
        drop(tx);
        assert_eq!(count(store.db(), here).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn only_the_next_version_is_written_and_the_losers_are_named() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        let (mut first, mut second) = (profile(&store, here, 1).await, profile(&store, here, 2).await);
        edit(&mut first, "DE", 10);
        edit(&mut second, "DE", 11);
        let stale = second.clone();
        let tx = store.begin().await.unwrap();
        assert_eq!(update_many(&tx, here, &[second.clone()]).await.unwrap(), []);
        let nobody = Profile { version: 2, ..unborn_profile(3) };
        let losers = update_many(&tx, here, &[first.clone(), stale, nobody]).await.unwrap();
        assert_eq!(losers, [profile_id(2), profile_id(3)]);
        tx.commit().await.unwrap();
        assert_eq!(find_many(store.db(), here, &[second.id, first.id, first.id]).await.unwrap(), [first, second]);
    })
    .await;
}

#[tokio::test]
async fn thousands_are_written_and_paged_in_order() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        let mut profiles: Vec<Profile> = (1..=2_500).map(unborn_profile).collect();
        for (place, profile) in profiles.iter_mut().enumerate() {
            edit(profile, "TR", i64::try_from(place).unwrap());
        }
        inserted(&store, here, &profiles).await;
        assert_eq!(count(store.db(), here).await.unwrap(), 2_500);
        let mut read = Vec::new();
        while let Some(page) = {
            let after = read.last().map(|profile: &Profile| profile.id);
            let page = page_for_index(store.db(), here, Page { after, limit: 1_000 }).await.unwrap();
            (!page.is_empty()).then_some(page)
        } {
            read.extend(page);
        }
        assert_eq!(read, profiles);

        for (place, profile) in profiles.iter_mut().enumerate() {
            edit(profile, "DE", i64::try_from(place).unwrap() + 5_000);
        }
        let tx = store.begin().await.unwrap();
        assert_eq!(update_many(&tx, here, &profiles).await.unwrap(), []);
        tx.commit().await.unwrap();
        let last = find_by_identifier(store.db(), here, &external_id(2_500)).await.unwrap().unwrap();
        assert_eq!(last.value(&key("country")), Some(&text("DE")));
    })
    .await;
}

#[tokio::test]
async fn a_document_that_does_not_read_names_table_column_and_row() {
    for (assignment, column) in [
        ("held_values = '[1]'", "held_values"),
        ("held_values = '{\"country\": 7}'", "held_values"),
        ("held_values = '{\"country\": \"TR\", \"stray\": 1}'", "held_meta"),
        ("held_meta = '{\"country\": [\"colour\", 1, 1, \"cli\"]}'", "held_values"),
        ("held_meta = '{\"country\": [\"text\", 1, 1, \"nowhere\"]}'", "held_meta"),
        ("held_meta = '{\"country\": 7}'", "held_meta"),
        ("updated_at = 9000000000000000000", "updated_at"),
    ] {
        on_both(|store| async move {
            let here = workspace(&store, 1).await;
            let id = profile(&store, here, 1).await.id;
            vandalise(&store, &format!("UPDATE profiles SET {assignment}")).await;
            match find(store.db(), here, id).await {
                Err(StorageError::Corrupt { table: "profiles", column: named, row, .. }) => {
                    assert_eq!((named, row), (column, id.to_string()), "{assignment}");
                }
                other => panic!("{assignment}: {other:?}"),
            }
        })
        .await;
    }
}

#[tokio::test]
async fn a_list_of_mixed_types_cannot_be_written() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        let mut mixed = full_profile();
        let held = mixed.held.get_mut(&key("numbers")).unwrap();
        held.value = Some(Value::Many(vec![Scalar::Integer(1), Scalar::Boolean(true)]));
        let tx = store.begin().await.unwrap();
        let refused = insert_many(&tx, here, &[mixed]).await;
        assert!(matches!(refused, Err(StorageError::Unwritable { table: "profiles", .. })));
    })
    .await;
}
