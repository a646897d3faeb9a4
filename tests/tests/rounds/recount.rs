//! A recount from the rows alone: every profile through the evaluator of one, beside the memberships kept.

use attrium_schema::{ProfileId, TimeZone, Timestamp, WorkspaceId};
use attrium_segmentation::{Catalogue, Compiled, Moment, compile, parse};
use attrium_storage::{Page, Store, StoreConfig, attributes, memberships, profiles, segments, workspaces};
use attrium_tests::Database;

/// The members of one segment, both as its rule selects them and as they are kept; sorted.
pub(crate) struct Recount {
    pub(crate) selected: Vec<ProfileId>,
    pub(crate) kept: Vec<ProfileId>,
}

/// Recounts the one segment of the first workspace. No server may hold the database.
pub(crate) async fn recount(database: &Database, rule: &str) -> Recount {
    let store = Store::open(StoreConfig::new(database.url().into())).await.expect("the server has let go");
    let found = workspaces::page(store.db(), Page::first(1)).await.expect("workspaces are read");
    let workspace = found.first().expect("there is a workspace").id;
    let recount = Recount { selected: selected(&store, workspace, rule).await, kept: kept(&store, workspace).await };
    store.close().await;
    recount
}

async fn selected(store: &Store, workspace: WorkspaceId, rule: &str) -> Vec<ProfileId> {
    let schema = attributes::schema(store.db(), workspace).await.expect("definitions are read");
    let rule = parse(rule).rule.expect("the rule is right");
    let compiled: Compiled = compile(&rule, &Catalogue { attributes: &schema }).expect("the rule fits");
    let moment = Moment { now: Timestamp::UNIX_EPOCH, zone: TimeZone::UTC };
    let (mut selected, mut after) = (Vec::new(), None);
    loop {
        let page = profiles::page(store.db(), workspace, Page { after, limit: 500 }).await.expect("profiles are read");
        let Some(last) = page.last() else { return selected };
        after = Some(last.id);
        selected.extend(page.iter().filter(|profile| compiled.matches(*profile, &moment)).map(|profile| profile.id));
    }
}

async fn kept(store: &Store, workspace: WorkspaceId) -> Vec<ProfileId> {
    let found = segments::page(store.db(), workspace, Page::first(1)).await.expect("segments are read");
    let segment = found.first().expect("there is a segment").id;
    let (mut kept, mut after) = (Vec::new(), None);
    loop {
        let page = memberships::page(store.db(), workspace, segment, Page { after, limit: 500 })
            .await
            .expect("members are read");
        let Some(last) = page.last() else { return kept };
        after = Some(last.profile);
        kept.extend(page.iter().map(|membership| membership.profile));
    }
}
