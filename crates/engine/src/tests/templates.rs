//! Templates: checked before they are kept, and tried on customers while they are typed.

use attrium_storage::testing::on_both;
use attrium_templating::Context;

use super::*;
use crate::paging::PageRequest;
use crate::templates::{self, Preview, Subject, TemplateDraft, TemplateEdit, TemplateInput};

fn written(name: &str, body: &str) -> TemplateDraft {
    TemplateDraft {
        key: None,
        name: name.to_owned(),
        description: String::new(),
        context: Context::Html,
        body: body.to_owned(),
    }
}

fn input(body: &str, who: &str) -> TemplateInput {
    let subject = Some(Subject::ExternalId(who.to_owned()));
    TemplateInput { body: body.to_owned(), context: Context::Html, subject }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_template_is_tried_on_a_customer_while_it_is_typed() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        set(&cx, "a", "country", text("<TR>")).await;
        set(&cx, "b", "points", json!(3)).await;
        let body = "Hello {{ country }}, {{ points | default: 0 }}!";
        let found = templates::analyse(&cx, input(body, "a")).await.unwrap();
        assert!(found.is_valid);
        let reads: Vec<String> = found.reads.iter().map(ToString::to_string).collect();
        assert_eq!(reads, ["country", "points"]);
        let preview = found.preview.unwrap();
        assert_eq!(preview.profile.external_id(), Some("a"));
        assert_eq!(preview.preview, Preview::Text("Hello &lt;TR&gt;, 0!".to_owned()));

        // Nothing is sent with a hole in it.
        let found = templates::analyse(&cx, input(body, "b")).await.unwrap();
        let Preview::Refused(why) = found.preview.unwrap().preview else { panic!("a hole was rendered") };
        assert_eq!((why.code, &body[why.from..why.to]), ("missing", "country"));
        let stranger = templates::analyse(&cx, input(body, "nobody")).await;
        assert!(matches!(stranger, Err(Error::NotFound { noun: "profile" })));
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_misspelled_attribute_is_underlined_and_not_saved() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let body = "😀 {{ contry }}";
        let found = templates::analyse(&cx, input(body, "nobody").without_subject()).await.unwrap();
        assert!(!found.is_valid && found.preview.is_none());
        let wrong = &found.diagnostics[0];
        assert_eq!((wrong.code, wrong.from, wrong.to), ("unknown_attribute", 6, 12));
        assert_eq!(wrong.suggestions, ["country"]);
        let Err(Error::Invalid(problems)) = templates::create(&cx, written("", body), None).await else {
            panic!("a broken template was saved")
        };
        let codes: Vec<(ProblemCode, &str)> =
            problems.iter().map(|problem| (problem.code, problem.path[0].as_str())).collect();
        assert_eq!(codes, [(ProblemCode::Invalid, "name"), (ProblemCode::Template, "body")]);
        let completions = templates::complete(&cx, "😀 {{ coun", 10).await.unwrap();
        assert_eq!((completions[0].insert.as_str(), completions[0].from, completions[0].to), ("country", 6, 10));
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_template_is_kept_edited_and_deleted() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let first = templates::create(&cx, written("Willkommen!", "{{ country }}"), None).await.unwrap();
        let second = templates::create(&cx, written("Willkommen!", "Hi"), Some("k".to_owned())).await.unwrap();
        assert_eq!((first.key.as_str(), second.key.as_str()), ("willkommen", "willkommen_2"));
        let again = templates::create(&cx, written("Willkommen!", "Hi"), Some("k".to_owned())).await.unwrap();
        assert_eq!(again, second);
        let edit = TemplateEdit {
            id: first.id,
            expected_revision: Some(1),
            name: None,
            description: None,
            context: Some(Context::Text),
            body: None,
        };
        let edited = templates::update(&cx, edit.clone(), None).await.unwrap();
        assert_eq!((edited.revision, edited.context, edited.body.as_str()), (2, Context::Text, "{{ country }}"));
        let stale = templates::update(&cx, edit, None).await;
        assert!(matches!(stale, Err(Error::Conflict { noun: "template", expected: 1, found: 2 })));
        let page = templates::page(&cx, Some("WILL"), PageRequest::new(1, None)).await.unwrap();
        assert!(page.has_next && page.items == [edited]);
        let page = templates::page(&cx, None, PageRequest::new(5, Some("willkommen".to_owned()))).await.unwrap();
        assert_eq!(page.items, [second]);
        assert_eq!(templates::delete(&cx, first.id, None).await.unwrap(), first.id);
        assert!(matches!(templates::delete(&cx, first.id, None).await, Err(Error::NotFound { noun: "template" })));
        assert_eq!(templates::find(&cx, first.id).await.unwrap(), None);
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_template_is_checked_for_where_it_goes() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let body = "<a title={{ country }}>";
        let found = templates::analyse(&cx, input(body, "nobody").without_subject()).await.unwrap();
        assert!(!found.is_valid);
        assert!(
            found
                .diagnostics
                .iter()
                .any(|wrong| wrong.code == "unsafe_place" && &body[wrong.from..wrong.to] == "country")
        );
        let text = TemplateDraft { context: Context::Text, ..written("Note", body) };
        let note = templates::create(&cx, text, None).await.unwrap();
        let same = TemplateEdit {
            id: note.id,
            expected_revision: None,
            name: None,
            description: None,
            context: None,
            body: None,
        };
        // Text becomes HTML, and then HTML gets another body: neither passes what the other keeps.
        let html = TemplateEdit { context: Some(Context::Html), ..same.clone() };
        assert!(matches!(templates::update(&cx, html.clone(), None).await, Err(Error::Invalid(_))));
        let quoted = Some("<a title=\"{{ country }}\">".to_owned());
        templates::update(&cx, TemplateEdit { body: quoted, ..html }, None).await.unwrap();
        let unquoted = TemplateEdit { body: Some(body.to_owned()), ..same };
        assert!(matches!(templates::update(&cx, unquoted, None).await, Err(Error::Invalid(_))));
        engine.close().await;
    })
    .await;
}

impl TemplateInput {
    fn without_subject(self) -> Self {
        Self { subject: None, ..self }
    }
}
