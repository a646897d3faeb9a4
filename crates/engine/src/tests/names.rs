//! A name shows what it is, whatever it names.

use attrium_storage::testing::on_both;

use super::*;
use crate::commands::{self, Command};
use crate::imports::{self, ExternalIds, ImportContent, ImportDraft};
use crate::keys;
use crate::rights::Rights;

/// The place of the one problem, which must be about the second character.
fn refused<T>(outcome: Result<T, Error>) -> Vec<String> {
    let problem = outcome.err().unwrap().into_problems().unwrap().pop().unwrap();
    assert!(problem.message.starts_with("Character 2 (U+202E) is invisible"), "{}", problem.message);
    problem.path
}

#[tokio::test]
async fn no_name_hides_characters() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let hiding = || "a\u{202e}b".to_owned();

        let label = AttributeDraft { label: hiding(), ..draft("plan", ScalarType::Text) };
        assert_eq!(refused(attributes::create(&cx, label, None).await), ["label"]);
        let description = AttributeDraft { description: hiding(), ..draft("plan", ScalarType::Text) };
        assert_eq!(refused(attributes::create(&cx, description, None).await), ["description"]);

        let rule = RuleInput::Text("points exists".to_owned());
        let named = SegmentDraft { key: None, name: hiding(), description: String::new(), rule };
        assert_eq!(refused(segments::create(&cx, named.clone(), None).await), ["name"]);
        let described = SegmentDraft { name: "a".to_owned(), description: hiding(), ..named };
        assert_eq!(refused(segments::create(&cx, described, None).await), ["description"]);

        let file = ImportDraft {
            name: format!("{}.csv", hiding()),
            content: ImportContent::Text("a\n1\n".to_owned()),
            format: None,
            external_id: ExternalIds::Prefix("p-".to_owned()),
            missing: Vec::new(),
        };
        assert_eq!(refused(imports::start(&cx, file, None).await), ["name"]);
        assert_eq!(refused(keys::create(&cx, &hiding(), Rights::all()).await), ["name"]);

        let workspace = Command::CreateWorkspace { key: "b".to_owned(), name: Some(hiding()), time_zone: None };
        assert_eq!(refused(commands::run(&engine, workspace).await), ["name"]);
        let user = Command::AddUser {
            workspace: None,
            email: "a@example.com".to_owned(),
            name: Some(hiding()),
            role: "owner".to_owned(),
            password: None,
        };
        assert_eq!(refused(commands::run(&engine, user).await), ["name"]);
        engine.close().await;
    })
    .await;
}

#[tokio::test]
async fn an_attribute_is_set_once_in_an_edit() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let twice = edit("c-1", &[("points", json!(1)), ("country", json!("TR")), ("POINTS", json!(2))]);
        let problems = profiles::set_attributes(&cx, twice, None).await.unwrap_err().into_problems().unwrap();
        let [problem] = problems.as_slice() else { panic!("{problems:?}") };
        assert_eq!((problem.code, problem.path.join(".").as_str()), (ProblemCode::Invalid, "attributes.2.key"));
        assert_eq!(profiles::find_by_external_id(&cx, "c-1").await.unwrap(), None);
        engine.close().await;
    })
    .await;
}
