use std::collections::HashSet;

use serde_json::json;

use super::*;
use crate::fixtures::{at, uuid, workspace};
use crate::store::Store;
use crate::testing::on_both;

fn job(workspace: WorkspaceId, number: u128) -> Job {
    Job {
        id: JobId::from_uuid(uuid(number)),
        workspace,
        name: "import".to_owned(),
        payload: json!({ "number": number.to_string() }),
        run_at: at(i64::try_from(number).unwrap()),
        dedup_key: None,
    }
}

async fn owed(store: &Store, job: &Job) -> bool {
    let tx = store.begin().await.unwrap();
    let is_new = insert(&tx, job).await.unwrap();
    tx.commit().await.unwrap();
    is_new
}

/// Claims at second `now`, for ten seconds.
async fn claimed(store: &Store, now: i64, limit: usize) -> Vec<ClaimedJob> {
    let tx = store.begin().await.unwrap();
    let wanted =
        Claim { names: &["import", "export"], now: at(now), lease_now: at(now), lease_until: at(now + 10), limit };
    let claimed = claim(&tx, wanted).await.unwrap();
    tx.commit().await.unwrap();
    claimed
}

async fn finished(store: &Store, claimed: &ClaimedJob) -> bool {
    let tx = store.begin().await.unwrap();
    let is_held = finish(&tx, claimed).await.unwrap();
    tx.commit().await.unwrap();
    is_held
}

/// One job in each of this many workspaces, numbered from 1.
async fn owed_everywhere(store: &Store, count: u128) -> Vec<Job> {
    let mut jobs = Vec::new();
    for number in 1..=count {
        jobs.push(job(workspace(store, number).await, number));
        owed(store, &jobs[jobs.len() - 1]).await;
    }
    jobs
}

fn ids(claimed: &[ClaimedJob]) -> Vec<JobId> {
    claimed.iter().map(|claimed| claimed.job.id).collect()
}

#[tokio::test]
async fn jobs_are_claimed_when_due_oldest_first_and_by_name() {
    on_both(|store| async move {
        let jobs = owed_everywhere(&store, 3).await;
        let there = workspace(&store, 4).await;
        owed(&store, &Job { name: "other".to_owned(), ..job(there, 4) }).await;
        assert_eq!(next_run_at(store.db()).await.unwrap(), Some(at(1)));
        assert_eq!(claimed(&store, 0, 9).await, []);
        let first = claimed(&store, 9, 2).await;
        assert_eq!(first.iter().map(|claimed| &claimed.job).collect::<Vec<_>>(), [&jobs[0], &jobs[1]]);
        assert_eq!((first[0].attempt, first[0].token, first[0].lease_until), (1, 1, at(19)));
        assert_eq!(ids(&claimed(&store, 9, 9).await), [jobs[2].id]);
        assert_eq!(count(store.db(), jobs[2].workspace, JobState::Leased).await.unwrap(), 1);
        let tx = store.begin().await.unwrap();
        let any = Claim { names: &[], now: at(9), lease_now: at(9), lease_until: at(19), limit: 9 };
        assert_eq!(claim(&tx, any).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_jobs_of_a_workspace_queue_behind_each_other_and_nobody_else_behind_them() {
    on_both(|store| async move {
        let (busy, other) = (workspace(&store, 1).await, workspace(&store, 2).await);
        for number in 1..=3 {
            owed(&store, &job(busy, number)).await;
        }
        owed(&store, &Job { name: "of a newer node".to_owned(), run_at: at(0), ..job(busy, 4) }).await;
        owed(&store, &job(other, 5)).await;
        let first = claimed(&store, 9, 9).await;
        assert_eq!(ids(&first), [job(busy, 1).id, job(other, 5).id]);
        assert_eq!(claimed(&store, 9, 9).await, []);
        assert!(finished(&store, &first[0]).await);
        let second = claimed(&store, 9, 9).await.remove(0);
        assert_eq!(second.job.id, job(busy, 2).id);
        // One that waits to be tried again lets the next go first.
        let tx = store.begin().await.unwrap();
        assert!(retry(&tx, &second, at(60), "no answer").await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(ids(&claimed(&store, 9, 9).await), [job(busy, 3).id]);
    })
    .await;
}

#[tokio::test]
async fn an_expired_lease_is_fenced() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        owed(&store, &job(here, 1)).await;
        let slow = claimed(&store, 1, 1).await.remove(0);
        assert_eq!(next_run_at(store.db()).await.unwrap(), Some(at(11)));
        assert_eq!(claimed(&store, 10, 1).await, []);
        let other = claimed(&store, 11, 1).await.remove(0);
        assert_eq!((other.attempt, other.token), (2, 2));
        let tx = store.begin().await.unwrap();
        assert!(!renew(&tx, &slow, at(90)).await.unwrap());
        assert!(!retry(&tx, &slow, at(90), "slow").await.unwrap());
        assert!(!fail(&tx, &slow, "slow").await.unwrap());
        assert!(!finish(&tx, &slow).await.unwrap());
        assert!(renew(&tx, &other, at(90)).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(claimed(&store, 30, 1).await, []);
        assert!(finished(&store, &other).await);
        assert!(!finished(&store, &other).await);
        assert_eq!(next_run_at(store.db()).await.unwrap(), None);
    })
    .await;
}

/// While a test clock stands, leases still run out: a worker that died must not hold its job for ever.
#[tokio::test]
async fn leases_run_by_a_clock_of_their_own() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        owed(&store, &job(here, 1)).await;
        let tx = store.begin().await.unwrap();
        let standing = |lease_now| Claim {
            names: &[],
            now: at(1),
            lease_now: at(lease_now),
            lease_until: at(lease_now + 10),
            limit: 1,
        };
        assert_eq!(claim(&tx, standing(500)).await.unwrap().len(), 1);
        assert_eq!(claim(&tx, standing(509)).await.unwrap().len(), 0);
        assert_eq!(claim(&tx, standing(510)).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_job_is_tried_again_later_or_given_up() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        owed(&store, &job(here, 1)).await;
        let first = claimed(&store, 1, 1).await.remove(0);
        let tx = store.begin().await.unwrap();
        assert!(retry(&tx, &first, at(60), "no answer").await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(claimed(&store, 59, 1).await, []);
        let second = claimed(&store, 60, 1).await.remove(0);
        assert_eq!((second.attempt, second.job.run_at), (2, at(60)));
        let tx = store.begin().await.unwrap();
        assert!(fail(&tx, &second, "no answer").await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(claimed(&store, 9_000, 1).await, []);
        assert_eq!(count(store.db(), here, JobState::Failed).await.unwrap(), 1);
        assert_eq!(count(store.db(), workspace(&store, 2).await, JobState::Failed).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn tries_are_counted_from_the_last_progress_and_a_shutdown_is_none() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        owed(&store, &job(here, 1)).await;
        for attempt in 1..=3 {
            let lost = claimed(&store, attempt * 100, 1).await.remove(0);
            assert_eq!(i64::from(lost.attempt), attempt, "a worker that died has tried");
        }
        let stopped = claimed(&store, 400, 1).await.remove(0);
        let tx = store.begin().await.unwrap();
        assert!(give_back(&tx, &stopped).await.unwrap());
        assert!(!give_back(&tx, &stopped).await.unwrap());
        tx.commit().await.unwrap();
        let ahead = claimed(&store, 400, 1).await.remove(0);
        assert_eq!(ahead.attempt, 4, "at once, and counted no further");
        assert_eq!(attempts(store.db(), &ahead).await.unwrap(), Some(4));
        let tx = store.begin().await.unwrap();
        assert!(!progress(&tx, &stopped).await.unwrap());
        assert!(progress(&tx, &ahead).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(attempts(store.db(), &ahead).await.unwrap(), Some(1));
        assert_eq!(attempts(store.db(), &stopped).await.unwrap(), None);
        let tx = store.begin().await.unwrap();
        assert!(give_back(&tx, &ahead).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(claimed(&store, 400, 1).await[0].attempt, 1);
    })
    .await;
}

#[tokio::test]
async fn the_time_of_a_job_moves_until_someone_has_it() {
    on_both(|store| async move {
        let (here, there) = (workspace(&store, 1).await, workspace(&store, 2).await);
        owed(&store, &job(here, 1)).await;
        let moved = async |workspace, seconds| {
            let tx = store.begin().await.unwrap();
            let is_moved = update_run_at(&tx, workspace, job(here, 1).id, at(seconds)).await.unwrap();
            tx.commit().await.unwrap();
            is_moved
        };
        assert!(moved(here, 50).await);
        assert!(!moved(there, 9).await);
        assert_eq!(claimed(&store, 49, 1).await, []);
        assert_eq!(claimed(&store, 50, 1).await.len(), 1);
        assert!(!moved(here, 60).await);
    })
    .await;
}

#[tokio::test]
async fn a_job_with_a_dedup_key_is_owed_once_at_a_time() {
    on_both(|store| async move {
        let here = workspace(&store, 1).await;
        let keyed = |number| Job { dedup_key: Some("segment-1".to_owned()), ..job(here, number) };
        assert!(owed(&store, &keyed(1)).await);
        assert!(!owed(&store, &keyed(2)).await);
        assert!(owed(&store, &Job { name: "export".to_owned(), ..keyed(3) }).await);
        let first = claimed(&store, 1, 1).await.remove(0);
        assert!(!owed(&store, &keyed(4)).await);
        assert!(finished(&store, &first).await);
        assert!(owed(&store, &keyed(5)).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_claimers_never_share_a_job() {
    on_both(|store| async move {
        owed_everywhere(&store, 60).await;
        let claimer = async |store: Store| {
            let mut mine = Vec::new();
            loop {
                let claimed = claimed(&store, 100, 7).await;
                if claimed.is_empty() {
                    return mine;
                }
                mine.extend(claimed.into_iter().map(|claimed| claimed.job.id));
            }
        };
        let (one, other, third) = tokio::join!(claimer(store.clone()), claimer(store.clone()), claimer(store.clone()));
        let all: HashSet<JobId> = one.iter().chain(&other).chain(&third).copied().collect();
        assert_eq!((one.len() + other.len() + third.len(), all.len()), (60, 60));
    })
    .await;
}

#[tokio::test]
async fn a_job_in_the_hands_of_an_open_transaction_is_passed_over() {
    on_both(|store| async move {
        if store.is_sqlite() {
            // One writer: the second claim waits for the first transaction.
            return;
        }
        let jobs = owed_everywhere(&store, 2).await;
        let tx = store.begin().await.unwrap();
        let wanted = Claim { names: &[], now: at(9), lease_now: at(9), lease_until: at(19), limit: 1 };
        assert_eq!(claim(&tx, wanted).await.unwrap()[0].job, jobs[0]);
        assert_eq!(claimed(&store, 9, 9).await[0].job, jobs[1]);
        tx.rollback().await.unwrap();
        assert_eq!(claimed(&store, 9, 9).await[0].job, jobs[0]);
    })
    .await;
}
