//! Whoever takes the lead keeps it however long that takes: otherwise two nodes take it from each other.

use attrium_schema::TimeZone;
use attrium_storage::leases::{self, LeaseRequest};
use attrium_storage::testing::on_both;

use super::*;
use crate::clock::Clock;
use crate::config::EngineConfig;
use crate::cx::Cx;
use crate::profiles::{self, ProfileEdit, ProfileTarget};
use crate::testing;

/// A follower that has loaded one profile, beside an engine that follows nothing.
async fn follower(engine: &Engine, cx: &Cx) -> Follower {
    let target = ProfileTarget::ExternalId("p1".to_owned());
    let edit = ProfileEdit { target, attributes: Vec::new(), occurred_at: None, expected_version: None };
    profiles::set_attributes(cx, edit, None).await.unwrap();
    let audience = Arc::new(Audience::new(cx.workspace, TimeZone::UTC));
    let mut follower = Follower::new(engine.clone(), audience);
    follower.load().await.unwrap();
    follower
}

/// The lease in someone's hands, and over in this very moment.
async fn lease_of(cx: &Cx, holder: &str) -> Option<Lease> {
    let expires_at = Clock::lease_now();
    // By then whoever held it has lost it.
    let now = expires_at.saturating_add_micros(3_600 * 1_000_000);
    let tx = cx.engine.store().begin().await.unwrap();
    let request = LeaseRequest { workspace: cx.workspace, name: NAME, holder, now, expires_at };
    let lease = leases::acquire(&tx, request).await.unwrap();
    tx.commit().await.unwrap();
    lease
}

#[tokio::test]
async fn the_way_back_to_the_last_leader_holds_the_lease_page_by_page() {
    on_both(|store| async move {
        let quiet = EngineConfig { has_workers: false, ..testing::config() };
        let engine = Engine::on_store(store, quiet).await.unwrap();
        let cx = engine.cx_of_operator(None).await.unwrap();
        let mut follower = follower(&engine, &cx).await;
        follower.lease = lease_of(&cx, "this node").await;
        follower.rewind().await.unwrap();
        let held = leases::find(cx.db(), cx.workspace, NAME).await.unwrap().unwrap();
        assert!(Clock::lease_now() < held.expires_at);
        assert_eq!(Some(held), follower.lease);
        // Another node was quicker once: there is no sense in going on.
        follower.lease = lease_of(&cx, "this node").await;
        lease_of(&cx, "another node").await.unwrap();
        follower.load().await.unwrap();
        assert!(follower.rewind().await.is_err());
        engine.close().await;
    })
    .await;
}
