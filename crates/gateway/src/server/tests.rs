//! Claims about the accept loop, with real connections: who is shown the door, and how a server ends.

use attrium_engine::clock::Stopwatch;
use axum::routing::get;
use bytes::Bytes;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use super::*;

/// Timeouts of these tests: real connections need real time, so little of it.
const SOON: Duration = Duration::from_millis(200);
/// Nothing here takes this long unless it is broken.
const NEVER: Duration = Duration::from_secs(20);

const CONNECTIONS_MAX: usize = 8;

struct Running {
    address: SocketAddr,
    lifecycle: Lifecycle,
    /// Lets `/slow` answer.
    gate: Arc<Notify>,
    /// Says that `/slow` was reached.
    reached: Arc<Notify>,
    server: JoinHandle<()>,
}

async fn start() -> Running {
    let (gate, reached) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (opens, says) = (Arc::clone(&gate), Arc::clone(&reached));
    let large = Bytes::from(vec![b'x'; 32 << 20]);
    let router = Router::new().route("/", get(async || "hello")).route("/large", get(async move || large)).route(
        "/slow",
        get(async move || {
            says.notify_one();
            opens.notified().await;
            "done"
        }),
    );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let config = HttpConfig {
        in_flight_max: 8,
        connections_max: CONNECTIONS_MAX,
        connections_per_address_max: CONNECTIONS_MAX,
        timeout: NEVER,
        header_timeout: SOON,
        drain: Duration::ZERO,
        shutdown: NEVER,
        trusted_proxies: Vec::new(),
    };
    let lifecycle = Lifecycle::default();
    let ends = lifecycle.clone();
    let server = TaskTracker::new().spawn(async move { serve(listener, router, &config, &ends).await });
    Running { address, lifecycle, gate, reached, server }
}

/// Sends bytes and reads until the server closes.
async fn talk(address: SocketAddr, sent: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(sent.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // A reset is an end as good as any other.
    let _read = tokio::time::timeout(NEVER, stream.read_to_end(&mut answer)).await.unwrap();
    String::from_utf8(answer).unwrap()
}

fn request(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
}

#[tokio::test]
async fn an_ordinary_request_is_answered() {
    let running = start().await;
    let answer = talk(running.address, &request("/")).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("hello"), "{answer}");
}

#[tokio::test]
async fn who_does_not_speak_is_shown_the_door() {
    let running = start().await;
    for sent in ["", "GET / HT", "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: "] {
        let start = Stopwatch::start();
        let answer = talk(running.address, sent).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{sent:?}: {answer}");
        assert!(start.elapsed() < NEVER / 2, "{sent:?} kept its connection");
    }
}

#[tokio::test]
async fn who_does_not_read_is_shown_the_door() {
    let running = start().await;
    let mut unread = Vec::new();
    for _ in 0..CONNECTIONS_MAX {
        let mut stream = TcpStream::connect(running.address).await.unwrap();
        stream.write_all(request("/large").as_bytes()).await.unwrap();
        unread.push(stream);
    }
    // Every place is taken until they are given up.
    let answer = talk(running.address, &request("/")).await;
    assert!(answer.ends_with("hello"), "{answer}");
    drop(unread);
}

#[tokio::test]
async fn a_request_names_its_host_once() {
    let running = start().await;
    for hosts in ["", "Host: a\r\nHost: b\r\n", "Host: a\r\nHost: a\r\n"] {
        let answer = talk(running.address, &format!("GET / HTTP/1.1\r\n{hosts}\r\n{}", request("/"))).await;
        assert!(answer.starts_with("HTTP/1.1 400"), "{hosts}: {answer}");
        assert_eq!(answer.matches("HTTP/1.1").count(), 1, "{hosts}: {answer}");
    }
    let answer = talk(running.address, "GET / HTTP/1.0\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.0 200"), "{answer}");
}

#[tokio::test]
async fn a_request_head_is_bounded() {
    let running = start().await;
    let many = "X-A: b\r\n".repeat(HEADERS_MAX + 1);
    let long = format!("X-A: {}\r\n", "b".repeat(HEAD_BYTES_MAX));
    for headers in [many, long] {
        let answer = talk(running.address, &format!("GET / HTTP/1.1\r\nHost: a\r\n{headers}\r\n")).await;
        assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
    }
}

/// Each of these another server may read with another end, and so take its rest for a second request.
#[tokio::test]
async fn a_body_without_one_clear_end_is_refused() {
    let running = start().await;
    for lengths in [
        "Content-Length: 4\r\nContent-Length: 5",
        "Content-Length: 4, 4",
        "Content-Length: +4",
        "Content-Length: 0x4",
        "Content-Length: 4\r\nTransfer-Encoding: xchunked",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding:\r\n chunked",
    ] {
        let sent = format!("POST / HTTP/1.1\r\nHost: a\r\n{lengths}\r\n\r\nabcd{}", request("/"));
        let answer = talk(running.address, &sent).await;
        assert!(answer.starts_with("HTTP/1.1 400"), "{lengths}: {answer}");
        assert_eq!(answer.matches("HTTP/1.1").count(), 1, "{lengths}: {answer}");
    }
}

/// RFC 9112 lets a server answer by the chunks or refuse; it must close the connection, and so it does.
#[tokio::test]
async fn nothing_is_read_behind_a_request_with_both_lengths() {
    let running = start().await;
    for lengths in
        ["Content-Length: 4\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nContent-Length: 4"]
    {
        let sent = format!("POST / HTTP/1.1\r\nHost: a\r\n{lengths}\r\n\r\n0\r\n\r\n{}", request("/"));
        let answer = talk(running.address, &sent).await;
        assert_eq!(answer.matches("HTTP/1.1").count(), 1, "{lengths}: {answer}");
        assert!(!answer.contains("hello"), "{lengths}: {answer}");
    }
}

#[tokio::test]
async fn nobody_speaks_http_2() {
    let running = start().await;
    let preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u{4}\0\0\0\0\0";
    let answer = talk(running.address, preface).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4") || answer.starts_with("HTTP/1.1 505"), "{answer}");
    let upgrade = "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\n\
                   HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n";
    let answer = talk(running.address, upgrade).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("hello"), "{answer}");
}

#[tokio::test]
async fn a_request_in_flight_is_finished_and_a_new_one_refused() {
    let running = start().await;
    let in_flight = TaskTracker::new().spawn({
        let address = running.address;
        async move { talk(address, &request("/slow")).await }
    });
    running.reached.notified().await;
    running.lifecycle.stop();
    running.lifecycle.until_closing().await;
    // The listener closes right after that; until then a connection is accepted and dropped.
    while TcpStream::connect(running.address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    running.gate.notify_one();
    let answer = in_flight.await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("done"), "{answer}");
    tokio::time::timeout(NEVER, running.server).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_second_signal_waits_for_nobody() {
    let running = start().await;
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    stream.write_all(request("/slow").as_bytes()).await.unwrap();
    running.reached.notified().await;
    let start = Stopwatch::start();
    running.lifecycle.stop();
    running.lifecycle.hurry();
    tokio::time::timeout(NEVER, running.server).await.unwrap().unwrap();
    assert!(start.elapsed() < Duration::from_secs(2));
}
