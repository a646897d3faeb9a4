//! What many fields want to know is read at once: a longer list does not mean more reads.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tracing::span::{Attributes, Id};
use tracing_subscriber::Registry;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

use super::house::House;

/// Counts the batches of the loaders by the span the library opens around each.
#[derive(Clone, Default)]
struct Batches(Arc<AtomicUsize>);

impl<S: tracing::Subscriber> Layer<S> for Batches {
    fn on_new_span(&self, span: &Attributes<'_>, _id: &Id, _context: Context<'_, S>) {
        if span.metadata().name() == "do_load" {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// How many batches it takes to answer; every task of the test runs on this thread.
async fn batches_of(house: &House, query: &str) -> usize {
    let batches = Batches::default();
    let guard = tracing::subscriber::set_default(Registry::default().with(batches.clone()));
    let answer = house.ask(query).await;
    drop(guard);
    assert!(answer.errors.is_empty(), "{:?}", answer.errors);
    batches.0.load(Ordering::Relaxed)
}

#[tokio::test]
async fn a_longer_list_takes_no_more_reads() {
    House::on_both(async |house| {
        let house = house.with_attributes().await;
        for number in 0..12 {
            house.set(&format!("c-{number:02}"), &[("age", "41"), ("country", "\"TR\"")]).await;
        }
        for name in ["One", "Two"] {
            house
                .must(&format!(
                    "mutation {{ createSegment(input: {{ name: \"{name}\", rule: {{ text: \"age exists\" }} }}) {{
                     problems {{ message }} }} }}"
                ))
                .await;
        }
        check(&house, |first| {
            format!(
                "{{ profiles(first: {first}) {{ nodes {{
                 attributes {{ source definition {{ label filledCount usedBy(first: 2) {{ nodes {{ key }} }} }} }}
                 memberships(first: 2) {{ nodes {{ segment {{ name count }} }} }} }} }} }}"
            )
        })
        .await;
        check(&house, |first| {
            format!(
                "{{ segment(key: \"one\") {{ members(first: {first}) {{ nodes {{
                 segment {{ name }} profile {{ externalId memberships(first: 2) {{ nodes {{ segment {{ key }} }} }} }} }} }} }} }}"
            )
        })
        .await;
    })
    .await;
}

/// Twelve items take the batches of one. A busy machine may be late for a batch or two: what must not
/// be is a batch per item.
async fn check(house: &House, query: impl Fn(u32) -> String) {
    let (of_one, of_twelve) = (batches_of(house, &query(1)).await, batches_of(house, &query(12)).await);
    assert!(0 < of_one && of_twelve <= of_one + 3, "{of_one} for one, {of_twelve} for twelve: {}", query(12));
}
