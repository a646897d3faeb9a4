//! The job that forgets what a deleted endpoint was owed, little by little: a million rows in one transaction would
//! hold up everyone else.

use attrium_schema::EndpointId;
use attrium_storage::jobs::{self, ClaimedJob, Job};
use attrium_storage::{Tx, attempts, deliveries};
use serde_json::json;

use crate::cx::Cx;
use crate::engine::Engine;
use crate::error::Error;

/// What the job is called.
pub(crate) const FORGET_JOB: &str = "forget_endpoint";
/// Deliveries, and attempts, that are forgotten in one transaction.
const FORGOTTEN_AT_ONCE: usize = 1_000;

/// Owes the job, in the transaction that deletes the endpoint.
pub(super) async fn push(cx: &Cx, tx: &Tx, id: EndpointId) -> Result<(), Error> {
    let job = Job {
        id: cx.ids.job(),
        workspace: cx.workspace,
        name: FORGET_JOB.to_owned(),
        payload: json!({ "endpoint": id }),
        run_at: cx.now,
        dedup_key: None,
    };
    jobs::insert(tx, &job).await?;
    Ok(())
}

/// Works the job off. One that was interrupted goes on with what is left.
///
/// # Errors
/// What interrupted it; it may be taken up again.
pub(crate) async fn forget(engine: &Engine, claimed: &ClaimedJob) -> Result<(), Error> {
    let workspace = claimed.job.workspace;
    let id: EndpointId = serde_json::from_value(claimed.job.payload["endpoint"].clone()).map_err(Error::broken)?;
    loop {
        let tx = engine.store().begin().await?;
        let forgotten = deliveries::delete_of(&tx, workspace, id, FORGOTTEN_AT_ONCE).await?
            + attempts::delete_of(&tx, workspace, id, FORGOTTEN_AT_ONCE).await?;
        let is_done = forgotten == 0;
        let is_held = if is_done { jobs::finish(&tx, claimed).await? } else { jobs::progress(&tx, claimed).await? };
        if !is_held {
            return Err(Error::broken("the lease of the job was lost"));
        }
        tx.commit().await?;
        if is_done {
            return Ok(());
        }
    }
}
