//! Work that nobody waits for gives its core back.

use super::*;

#[tokio::test]
async fn work_learns_that_its_caller_went_away() {
    let cpu = Cpu::new();
    let (tell, told) = tokio::sync::oneshot::channel();
    let (started, has_started) = tokio::sync::oneshot::channel();
    let endless = cpu.run(move |wanted| {
        started.send(()).expect("the test waits");
        while wanted.is_wanted() {
            std::thread::yield_now();
        }
        tell.send("let go").expect("the test waits");
    });
    tokio::select! {
        outcome = endless => panic!("nobody told it to end: {outcome:?}"),
        started = has_started => started.unwrap(),
    }
    assert_eq!(told.await, Ok("let go"));
    assert!(cpu.run(Wanted::is_wanted).await.unwrap());
}
