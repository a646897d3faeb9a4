//! Files come in whole, once, whatever happens on the way.

use std::fmt::Write as _;

use attrium_schema::{AttributeKey, ImportId, Value};
use attrium_storage::jobs::{self, JobState};
use attrium_storage::testing::on_both;
use attrium_storage::{Job, Topic};

use super::*;
use crate::config::EngineConfig;
use crate::imports::{self, ExternalIds, ImportContent, ImportDraft};
use crate::nouns::{Import, ImportState};
use crate::paging::PageRequest;

fn draft_of(name: &str, content: String, external_id: ExternalIds) -> ImportDraft {
    let content = ImportContent::Text(content);
    ImportDraft { name: name.to_owned(), content, format: None, external_id, missing: vec!["unknown".to_owned()] }
}

/// An import with its job, kept as some other process would leave them.
async fn left_behind(store: &Store, cx: &Cx, options: Json, wait_micros: i64) -> ImportId {
    let import = Import {
        id: cx.ids.import(),
        name: "bank.csv".to_owned(),
        options,
        actor: cx.actor(),
        state: ImportState::Queued,
        rows_total: None,
        rows_done: 0,
        rows_rejected: 0,
        created_attributes: Vec::new(),
        created_at: cx.now,
    };
    let job = Job {
        id: cx.ids.job(),
        workspace: cx.workspace,
        name: "import".to_owned(),
        payload: json!({ "import": import.id }),
        run_at: cx.now.saturating_add_micros(wait_micros),
        dedup_key: None,
    };
    let tx = store.begin().await.unwrap();
    attrium_storage::imports::insert(&tx, cx.workspace, &import).await.unwrap();
    attrium_storage::imports::insert_part(&tx, cx.workspace, import.id, (0, b"id\n1\n".to_vec())).await.unwrap();
    jobs::insert(&tx, &job).await.unwrap();
    tx.commit().await.unwrap();
    import.id
}

async fn has_parts(cx: &Cx, import: ImportId) -> bool {
    attrium_storage::imports::find_part(cx.db(), cx.workspace, import, 0).await.unwrap().is_some()
}

async fn settled(engine: &Engine, cx: &Cx, id: ImportId) -> Import {
    engine.settle().await.unwrap();
    imports::find(cx, id).await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_csv_declares_its_attributes_and_names_rows_by_number() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let content = "age,job,points\n30,admin,1\n41,unknown,2\nold,nurse,many\n".to_owned();
        let draft = draft_of("bank.csv", content, ExternalIds::Prefix("bank-".to_owned()));
        let started = imports::start(&cx, draft, None).await.unwrap();
        assert_eq!(started.state, ImportState::Queued);
        let done = settled(&engine, &cx, started.id).await;
        assert!(matches!(done.state, ImportState::Done { .. }), "{done:?}");
        // `age` holds a word, so it is text; `points` was declared before, and is a number.
        assert_eq!((done.rows_total, done.rows_done, done.rows_rejected), (Some(3), 3, 1));
        assert_eq!(done.created_attributes.len(), 2);
        let rejects = imports::rejects(&cx, done.id, PageRequest::new(10, None)).await.unwrap();
        assert_eq!((rejects.items[0].line, rejects.items[0].column.as_deref()), (4, Some("points")));
        let second = profiles::find_by_external_id(&cx, "bank-00002").await.unwrap().unwrap();
        let value = |key: &str| second.value(&AttributeKey::parse(key).unwrap()).map(Value::to_string);
        assert_eq!((value("age").as_deref(), value("job"), value("points").as_deref()), (Some("41"), None, Some("2")));
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ndjson_finds_profiles_by_a_column_and_alters_those_that_exist() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        set(&cx, "7", "country", text("TR")).await;
        let content = "{\"id\": 7, \"points\": 5}\n{\"id\": 8, \"tags\": [\"a\", \"b\"]}\n{\"points\": 1}\n".to_owned();
        let draft = draft_of("people.ndjson", content, ExternalIds::Column("id".to_owned()));
        let started = imports::start(&cx, draft, None).await.unwrap();
        let done = settled(&engine, &cx, started.id).await;
        assert_eq!((done.rows_done, done.rows_rejected), (3, 1), "{done:?}");
        let seven = profiles::find_by_external_id(&cx, "7").await.unwrap().unwrap();
        assert_eq!((seven.version, seven.held.len()), (2, 2));
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_without_its_column_fails_and_says_why() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let draft = draft_of("people.csv", "a,b\n1,2\n".to_owned(), ExternalIds::Column("id".to_owned()));
        let started = imports::start(&cx, draft, None).await.unwrap();
        let failed = settled(&engine, &cx, started.id).await;
        let ImportState::Failed { reason, .. } = failed.state else {
            panic!("{failed:?}");
        };
        assert_eq!(reason, "The file has no column `id`; it has a, b.");
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_of_which_no_line_can_be_read_fails_with_the_first_reason() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let draft = draft_of("people.ndjson", "id,points\n7,1\n".to_owned(), ExternalIds::Column("id".to_owned()));
        let started = imports::start(&cx, draft, None).await.unwrap();
        let ImportState::Failed { reason, .. } = settled(&engine, &cx, started.id).await.state else {
            panic!("no line of it is JSON");
        };
        assert_eq!(
            reason,
            "No line of this file can be read. Line 1: Not JSON: expected value at character 1. \
             Mend it, or say that it is CSV if it is."
        );
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_interrupted_import_goes_on_with_exactly_the_next_row() {
    on_both(|store| async move {
        const ROWS: i64 = 3_000;
        let (mut engine, mut cx) = house(&store).await;
        let mut content = "points,city\n".to_owned();
        for row in 0..ROWS {
            writeln!(content, "{row},c{}", row % 7).unwrap();
        }
        let draft = draft_of("many.csv", content, ExternalIds::Prefix("m-".to_owned()));
        let id = imports::start(&cx, draft, None).await.unwrap().id;
        for seed in 20..23 {
            // Wherever it is by then: the moment differs from run to run, the outcome must not.
            let mut wakeups = store.wakeups();
            tokio::select! {
                () = wakeups.next(Topic::Changes) => {}
                settled = engine.settle() => settled.unwrap(),
            }
            testing::crash(&engine).await;
            let config = EngineConfig { seed: Some(seed), ..testing::config() };
            engine = Engine::on_store(store.clone(), config).await.unwrap();
            cx = engine.cx_of_operator(None).await.unwrap();
        }
        let done = settled(&engine, &cx, id).await;
        assert!(matches!(done.state, ImportState::Done { .. }), "{done:?}");
        assert_eq!((done.rows_total, done.rows_done, done.rows_rejected), (Some(ROWS), ROWS, 0));
        let count = profiles::count(&cx, &profiles::ProfileFilter::ExternalIdPrefix("m-".to_owned())).await.unwrap();
        assert_eq!(count, ROWS.unsigned_abs());
        let page = profiles::page(&cx, &profiles::ProfileFilter::All, PageRequest::new(100, None)).await.unwrap();
        assert!(page.items.iter().all(|profile| profile.version == 1), "no row came in twice");
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_that_never_works_is_tried_ever_later_and_then_given_up() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let id = left_behind(&store, &cx, json!({ "of": "a newer version" }), 0).await;
        let mut tries = 1;
        let began = engine.clock().now();
        let reason = loop {
            match settled(&engine, &cx, id).await.state {
                ImportState::Failed { reason, .. } => break reason,
                ImportState::Queued => {}
                other => panic!("{other:?}"),
            }
            let next = jobs::next_run_at(store.db()).await.unwrap().unwrap();
            assert!(engine.clock().now() < next, "it is not tried again at once");
            engine.clock().set(next);
            tries += 1;
        };
        assert_eq!(tries, 20);
        let hours = (engine.clock().now().as_micros() - began.as_micros()) / (3_600 * 1_000_000);
        assert!((4..=7).contains(&hours), "{hours}");
        assert!(reason.starts_with("The import failed again and again"), "{reason}");
        assert_eq!(jobs::count(store.db(), cx.workspace, JobState::Failed).await.unwrap(), 1);
        crate::housekeeping::tidy(&engine).await.unwrap();
        assert!(!has_parts(&cx, id).await);
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_whose_copy_broke_off_never_runs_and_says_so() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let options = json!({
            "place": "database", "format": "csv", "external_id": { "column": "id" }, "missing": [], "is_whole": false
        });
        let id = left_behind(&store, &cx, options, 60 * 1_000_000).await;
        assert_eq!(settled(&engine, &cx, id).await.state, ImportState::Queued);
        engine.clock().advance_micros(60 * 1_000_000);
        let ImportState::Failed { reason, .. } = settled(&engine, &cx, id).await.state else {
            panic!("it must fail");
        };
        assert_eq!(reason, "The file was not copied whole into the database. Start the import again.");
        assert_eq!(profiles::find_by_external_id(&cx, "1").await.unwrap(), None);
        assert!(!has_parts(&cx, id).await);
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_comes_in_whole_however_many_transactions_it_takes() {
    on_both(|store| async move {
        const ROWS: usize = 700;
        let (engine, cx) = house(&store).await;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("people.csv");
        // More than one transaction's megabytes.
        let mut content = "id,note\n".to_owned();
        for row in 0..ROWS {
            writeln!(content, "{row},{}", "x".repeat(8_000)).unwrap();
        }
        tokio::fs::write(&path, content).await.unwrap();
        let external_id = ExternalIds::Column("id".to_owned());
        let draft =
            ImportDraft { content: ImportContent::File(path), ..draft_of("people.csv", String::new(), external_id) };
        let started = imports::start(&cx, draft, None).await.unwrap();
        let done = settled(&engine, &cx, started.id).await;
        assert!(matches!(done.state, ImportState::Done { .. }), "{done:?}");
        assert_eq!((done.rows_done, done.rows_rejected), (i64::try_from(ROWS).unwrap(), 0));
        assert!(!has_parts(&cx, started.id).await);
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_too_large_is_refused_with_its_size_the_limit_and_the_cure() {
    on_both(|store| async move {
        let limits = crate::Limits { import_bytes_max: 10, ..crate::Limits::default() };
        let config = EngineConfig { limits, ..testing::config() };
        let engine = Engine::on_store(store.clone(), config).await.unwrap();
        let cx = engine.cx_of_operator(None).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("people.csv");
        tokio::fs::write(&path, "id,age\n1,30\n").await.unwrap();
        let draft = draft_of("people.csv", "id,age\n1,30\n".to_owned(), ExternalIds::Column("id".to_owned()));
        let file = ImportDraft { content: ImportContent::File(path), ..draft.clone() };
        for draft in [draft, file] {
            let problems = imports::start(&cx, draft, None).await.unwrap_err().into_problems().unwrap();
            assert_eq!(problems[0].code, ProblemCode::TooMany);
            let message = &problems[0].message;
            assert!(message.starts_with("The file has 12 bytes; an import takes at most 10. Split it"), "{message}");
        }
        assert_eq!(imports::count(&cx).await.unwrap(), 0);
        engine.close().await;
    })
    .await;
}
