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
    let house = House::open().await.with_attributes().await;
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
    let profiles = |first: u32| {
        format!(
            "{{ profiles(first: {first}) {{ nodes {{
                     attributes {{ source definition {{ label filledCount usedBy {{ count }} }} }}
                     memberships {{ segment {{ name count }} }} }} }} }}"
        )
    };
    // Labels, definitions, filled counts, users of attributes, memberships, segments, and audiences
    // twice: below definitions they are asked for one step later than below memberships.
    assert_eq!(batches_of(&house, &profiles(1)).await, batches_of(&house, &profiles(12)).await);
    assert!(batches_of(&house, &profiles(12)).await <= 8);

    let members = |first: u32| {
        format!(
            "{{ segment(key: \"one\") {{ members(first: {first}) {{ nodes {{
                     segment {{ name }} profile {{ externalId memberships {{ segment {{ key }} }} }} }} }} }} }}"
        )
    };
    assert_eq!(batches_of(&house, &members(1)).await, batches_of(&house, &members(12)).await);
}
