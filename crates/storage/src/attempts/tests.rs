use super::*;
use crate::fixtures::{at, uuid, workspace};
use crate::testing::on_both;

fn attempt(delivery: u128, number: u32, at_s: i64, outcome: AttemptOutcome) -> Attempt {
    Attempt {
        delivery: DeliveryId::from_uuid(uuid(delivery)),
        number,
        endpoint: EndpointId::from_uuid(uuid(1)),
        started_at: at(at_s),
        duration_ms: 10 * number,
        outcome,
    }
}

fn answered(status: u16) -> AttemptOutcome {
    AttemptOutcome::Answered { status, excerpt: "<b>ş\u{fffd}</b>\n".to_owned() }
}

#[tokio::test]
async fn attempts_read_back_add_up_by_the_hour_and_are_forgotten() {
    on_both(|store| async move {
        let (here, there) = (workspace(&store, 1).await, workspace(&store, 2).await);
        // The tests' time begins on the hour.
        let made = [
            attempt(1, 1, 0, answered(500)),
            attempt(1, 2, 60, AttemptOutcome::Failed(AttemptFailure::Timeout)),
            attempt(1, 3, 3_700, answered(204)),
            attempt(2, 1, 3_600, answered(301)),
        ];
        let tx = store.begin().await.unwrap();
        insert_many(&tx, here, &made).await.unwrap();
        tx.commit().await.unwrap();
        let of_one = [made[0].delivery];
        assert_eq!(find_many(store.db(), here, &of_one).await.unwrap(), made[..3]);
        assert_eq!(find_many(store.db(), there, &of_one).await.unwrap(), []);
        let hour = |began_at, succeeded, failed, duration_ms_max| AttemptHour {
            began_at: at(began_at),
            succeeded,
            failed,
            duration_ms_max,
        };
        let endpoint = made[0].endpoint;
        let found = hours(store.db(), here, endpoint, at(0)).await.unwrap();
        assert_eq!(found, [hour(0, 0, 2, 20), hour(3_600, 1, 1, 30)]);
        assert_eq!(hours(store.db(), here, endpoint, at(3_650)).await.unwrap(), [hour(3_600, 1, 0, 30)]);
        let tx = store.begin().await.unwrap();
        assert_eq!(delete_expired(&tx, at(60), 9).await.unwrap(), 1);
        assert_eq!(delete_of(&tx, here, endpoint, 2).await.unwrap(), 2);
        assert_eq!(delete_of(&tx, here, endpoint, 2).await.unwrap(), 1);
    })
    .await;
}
