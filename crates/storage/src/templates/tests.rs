use super::*;
use crate::error::UniqueKey;
use crate::fixtures::{at, uuid, vandalise, workspace};
use crate::store::Store;
use crate::testing::on_both;

fn template_value(number: u128) -> Template {
    Template {
        id: TemplateId::from_uuid(uuid(number)),
        key: format!("template-{number}"),
        name: format!("Template {number}"),
        description: String::new(),
        context: Context::Html,
        body: "Hello {{ first_name | default: \"you\" }}".to_owned(),
        revision: 1,
        created_at: at(0),
        updated_at: at(0),
    }
}

async fn template(store: &Store, workspace: WorkspaceId, number: u128) -> Template {
    let template = template_value(number);
    let tx = store.begin().await.unwrap();
    insert(&tx, workspace, &template).await.unwrap();
    tx.commit().await.unwrap();
    template
}

#[tokio::test]
async fn a_template_is_found_in_its_workspace_alone() {
    on_both(|store| async move {
        let (here, there) = (workspace(&store, 1).await, workspace(&store, 2).await);
        let (first, second) = (template(&store, here, 1).await, template(&store, here, 2).await);
        assert_eq!(find(store.db(), here, first.id).await.unwrap(), Some(first.clone()));
        assert_eq!(find_by_key(store.db(), here, "template-2").await.unwrap(), Some(second.clone()));
        assert_eq!(find_many(store.db(), here, &[second.id, first.id]).await.unwrap(), [first.clone(), second.clone()]);
        let keys: Vec<String> =
            headings(store.db(), here).await.unwrap().into_iter().map(|heading| heading.key).collect();
        assert_eq!(keys, ["template-1", "template-2"]);
        assert_eq!(find(store.db(), there, first.id).await.unwrap(), None);
        assert_eq!(headings(store.db(), there).await.unwrap(), []);
        let tx = store.begin().await.unwrap();
        assert!(!delete(&tx, there, first.id).await.unwrap());
        assert!(delete(&tx, here, first.id).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_key_is_taken_once() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        template(&store, here, 1).await;
        let twin = Template { key: "template-1".to_owned(), ..template_value(2) };
        let tx = store.begin().await.unwrap();
        let taken = insert(&tx, here, &twin).await;
        assert!(matches!(taken, Err(StorageError::UniqueViolation { which: UniqueKey::TemplateKey })));
    })
    .await;
}

#[tokio::test]
async fn an_edit_of_an_old_revision_is_refused() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        let first = template(&store, here, 1).await;
        let second = Template { revision: 2, context: Context::Json, updated_at: at(9), ..first };
        let tx = store.begin().await.unwrap();
        update(&tx, here, &second).await.unwrap();
        assert!(matches!(update(&tx, here, &second).await, Err(StorageError::Conflict { table: "templates" })));
        tx.commit().await.unwrap();
        assert_eq!(find(store.db(), here, second.id).await.unwrap(), Some(second));
    })
    .await;
}

#[tokio::test]
async fn a_row_that_does_not_read_names_its_template() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        let id = template(&store, here, 1).await.id;
        vandalise(&store, "UPDATE templates SET context = 'fax'").await;
        let error = find(store.db(), here, id).await.unwrap_err().to_string();
        assert!(error.contains(&id.to_string()), "{error}");
    })
    .await;
}
