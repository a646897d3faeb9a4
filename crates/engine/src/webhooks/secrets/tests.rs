//! A new key of the house takes over from the old one.

use attrium_storage::testing::on_both;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::*;
use crate::config::EngineConfig;
use crate::secret_keys::SecretKeys;
use crate::testing;
use crate::webhooks::{EndpointDraft, EventType, create};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn however_many_there_are_and_whatever_does_not_open_all_others_are_sealed_anew() {
    on_both(|store| async move {
        let key = |byte| STANDARD.encode([byte; 32]).into();
        let keys = |texts: &[SecretString]| SecretKeys::parse(texts).unwrap();
        let config = EngineConfig { secret_keys: keys(&[key(9), key(8)]), ..testing::config() };
        let engine = Engine::on_store(store.clone(), config).await.unwrap();
        let cx = engine.cx_of_operator(None).await.unwrap();
        let draft = EndpointDraft {
            name: "Partner".to_owned(),
            url: "https://example.com/".to_owned(),
            events: vec![EventType::ProfileCreated],
            attributes: Vec::new(),
            segments: Vec::new(),
            is_ordered: false,
        };
        let id = create(&cx, draft, None).await.unwrap().0.id;
        let (unknown, old) = (keys(&[key(7)]), keys(&[key(8)]));
        let tx = store.begin().await.unwrap();
        for number in 2..=251 {
            let former = if number <= 121 { &unknown } else { &old };
            let sealed = former.seal(&cx.ids, &place(cx.workspace, id, number), &[3; 32]).unwrap();
            let secret = EndpointSecret { endpoint: id, number, sealed, created_at: cx.now, expires_at: None };
            endpoint_secrets::insert(&tx, cx.workspace, &secret).await.unwrap();
        }
        tx.commit().await.unwrap();
        reseal(&engine).await.unwrap();
        let current = engine.secret_keys().current_id().unwrap();
        let left = endpoint_secrets::find_sealed_otherwise(store.db(), current, Page::first(999)).await.unwrap();
        let numbers: Vec<i64> = left.iter().map(|(_, secret)| secret.number).collect();
        assert_eq!(numbers, (2..=121).collect::<Vec<_>>());
        engine.close().await;
    })
    .await;
}
