//! Secrets are shown once, sealed ever after, and replaced in peace.

use attrium_storage::endpoint_secrets;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::*;
use crate::secret_keys::SecretKeys;
use crate::webhooks::rotate_secret;

async fn signed(engine: &Engine, sink: &Sink, points: i64) -> Received {
    set(&now(engine).await, "a", "points", json!(points)).await;
    engine.settle().await.unwrap();
    sink.received().pop().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn during_a_rotation_both_secrets_fit_and_after_it_the_new_one_alone() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let sink = Sink::start(|_| Reply::status(200)).await;
        let (made, old) = endpoint(&cx, &sink).await;
        let rotation = rotate_secret(&cx, made.id, 24, None).await.unwrap();
        assert_eq!(rotation.old_ends_at, cx.now.saturating_add_micros(86_400_000_000));
        let new = WebhookSecret::parse(rotation.secret.unwrap().expose_secret()).unwrap();
        let request = signed(&engine, &sink, 1).await;
        let now = || engine.clock().now();
        assert!(is_signed(&request, &old, now()) && is_signed(&request, &new, now()));
        engine.clock().advance_micros(86_400_000_000);
        let request = signed(&engine, &sink, 2).await;
        assert!(!is_signed(&request, &old, now()) && is_signed(&request, &new, now()));
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_rotations_at_once_each_is_done_or_refused_and_no_secret_is_lost() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let sink = Sink::start(|_| Reply::status(200)).await;
        let (made, _) = endpoint(&cx, &sink).await;
        let (one, two) = tokio::join!(rotate_secret(&cx, made.id, 1, None), rotate_secret(&cx, made.id, 1, None));
        let mut done = 0;
        for outcome in [one, two] {
            match outcome {
                Ok(_) => done += 1,
                Err(error) => assert_eq!(codes(error), [ProblemCode::Conflict]),
            }
        }
        let live = endpoint_secrets::find_live(store.db(), cx.workspace, &[made.id], cx.now).await.unwrap();
        assert_eq!(live.len(), 1 + done);
        assert!(0 < done);
        engine.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_fourth_old_secret_is_refused_until_the_first_ends() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let sink = Sink::start(|_| Reply::status(200)).await;
        let (made, _) = endpoint(&cx, &sink).await;
        for hours in [0, 169] {
            assert_eq!(codes(rotate_secret(&cx, made.id, hours, None).await.unwrap_err()), [ProblemCode::Invalid]);
        }
        for hours in [1, 2, 3] {
            rotate_secret(&cx, made.id, hours, None).await.unwrap();
        }
        assert_eq!(codes(rotate_secret(&cx, made.id, 1, None).await.unwrap_err()), [ProblemCode::TooMany]);
        engine.clock().advance_micros(3_600_000_000);
        rotate_secret(&now(&engine).await, made.id, 1, None).await.unwrap();
        engine.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_secret_is_answered_once_and_never_stored_in_the_open() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let sink = Sink::start(|_| Reply::status(200)).await;
        let draft = endpoint_draft(&sink.url("/hooks"));
        let (made, secret) = webhooks::create(&cx, draft.clone(), Some("key".to_owned())).await.unwrap();
        let secret = WebhookSecret::parse(secret.unwrap().expose_secret()).unwrap();
        let (again, nothing) = webhooks::create(&cx, draft, Some("key".to_owned())).await.unwrap();
        assert_eq!((again.id, nothing.is_none()), (made.id, true));
        let stored = endpoint_secrets::find_live(store.db(), cx.workspace, &[made.id], cx.now).await.unwrap();
        assert_eq!(stored.len(), 1);
        let bytes = &stored[0].sealed.bytes;
        assert!(!bytes.windows(8).any(|window| secret.bytes().windows(8).any(|part| part == window)));
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_key_of_the_house_seals_anew_what_the_old_one_sealed() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let sink = Sink::start(|_| Reply::status(200)).await;
        let (made, secret) = endpoint(&cx, &sink).await;
        testing::crash(&engine).await;
        let key = |byte| STANDARD.encode([byte; 32]).into();
        let new = SecretKeys::parse(&[key(9)]).unwrap();
        let both = SecretKeys::parse(&[key(9), testing::SECRET_KEY.into()]).unwrap();
        // With the new key alone nothing can be signed, so nothing is sent.
        let config = |secret_keys| EngineConfig { seed: Some(8), secret_keys, ..testing::config() };
        let engine = Engine::on_store(store.clone(), config(new.clone())).await.unwrap();
        set(&now(&engine).await, "a", "points", json!(1)).await;
        engine.settle().await.unwrap();
        assert_eq!(sink.received(), []);
        testing::crash(&engine).await;
        let engine = Engine::on_store(store.clone(), config(both)).await.unwrap();
        crate::housekeeping::tidy(&engine).await.unwrap();
        testing::crash(&engine).await;
        let engine = Engine::on_store(store.clone(), config(new)).await.unwrap();
        let request = sink.wait_for(1).await.remove(0);
        assert!(is_signed(&request, &secret, engine.clock().now()));
        assert!(webhooks::find(&cx, made.id).await.unwrap().is_some());
        engine.close().await;
    })
    .await;
}

#[tokio::test]
async fn without_a_key_of_the_house_no_endpoint_is_made() {
    on_both(|store| async move {
        let config = EngineConfig { secret_keys: SecretKeys::default(), ..testing::config() };
        let engine = Engine::on_store(store.clone(), config).await.unwrap();
        let cx = engine.cx_of_operator(None).await.unwrap();
        let refused = webhooks::create(&cx, endpoint_draft("https://example.com/"), None).await.unwrap_err();
        let problems = refused.into_problems().unwrap();
        assert!(problems[0].message.contains("secret_key"), "{problems:?}");
        engine.close().await;
    })
    .await;
}
