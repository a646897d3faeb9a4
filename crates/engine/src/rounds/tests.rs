//! Whoever asks is answered by a round that could see what they saw.

use std::pin::pin;

use futures_util::FutureExt as _;

use super::*;

#[tokio::test]
async fn a_round_that_had_begun_before_the_question_does_not_answer_it() {
    let rounds = Rounds::default();
    let begun = rounds.begin();
    let mut answer = pin!(rounds.next());
    assert_eq!(answer.as_mut().now_or_never(), None);
    rounds.rung().await;
    rounds.end(begun, "too early");
    assert_eq!(answer.as_mut().now_or_never(), None);
    rounds.end(rounds.begin(), "right");
    assert_eq!(answer.await, "right");
}

#[tokio::test]
async fn a_round_answers_everyone_who_asked_before_it_began() {
    let rounds = Rounds::default();
    let (mut first, mut second) = (pin!(rounds.next()), pin!(rounds.next()));
    assert!(first.as_mut().now_or_never().is_none() && second.as_mut().now_or_never().is_none());
    // A round that failed has no end.
    rounds.begin();
    rounds.end(rounds.begin(), 1);
    assert_eq!((first.await, second.await), (1, 1));
}
