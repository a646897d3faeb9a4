use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::*;
use crate::outbound::Cidr;
use crate::testing::{NameServer, Reply, Sink, accept_untrusted};

fn config() -> OutboundConfig {
    let loopback: Cidr = "127.0.0.0/8".parse().unwrap();
    let guard = Guard { allow_http: true, allow_cidrs: vec![loopback] };
    OutboundConfig { guard, dns: None, timeout: Duration::from_secs(5) }
}

async fn post(config: OutboundConfig, url: &str) -> Result<Answer, Failure> {
    let target = Target::parse(url, &config.guard).unwrap();
    Outbound::new(config).unwrap().post(&target, Parcel { body: b"{}".to_vec(), ..Parcel::default() }).await
}

async fn answered(reply: Reply) -> Result<Answer, Failure> {
    let sink = Sink::start(move |_| reply.clone()).await;
    post(config(), &sink.url("/")).await
}

#[tokio::test]
async fn a_status_comes_back_as_it_is() {
    for status in [200, 204, 400, 401, 404, 408, 410, 429, 500, 502, 503] {
        assert_eq!(answered(Reply::status(status)).await.unwrap().status, status);
    }
    let reply = Reply::Answer(429, vec![("Retry-After", "120".to_owned())], b"slow down".to_vec());
    let answer = Answer { status: 429, retry_after: Some("120".to_owned()), body: b"slow down".to_vec() };
    assert_eq!(answered(reply).await, Ok(answer));
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_nothing_more() {
    let other = Sink::start(|_| Reply::status(200)).await;
    for (status, location) in [(301, other.url("/")), (302, other.url("/")), (307, "file:///etc/passwd".to_owned())] {
        let reply = Reply::Answer(status, vec![("location", location)], Vec::new());
        assert_eq!(answered(reply).await.unwrap().status, status);
    }
    assert_eq!(other.received(), []);
}

#[tokio::test]
async fn a_request_says_little_and_asks_for_plain_bytes() {
    let sink = Sink::start(|_| Reply::status(200)).await;
    post(config(), &sink.url("/hooks?a=b")).await.unwrap();
    let request = sink.wait_for(1).await.remove(0);
    assert_eq!(request.line, "POST /hooks?a=b HTTP/1.1");
    assert_eq!(request.body, b"{}");
    assert_eq!(request.header("accept-encoding"), Some("identity"));
    assert!(request.header("user-agent").unwrap().starts_with("Attrium/"));
    assert_eq!((request.header("cookie"), request.header("referer")), (None, None));
}

#[tokio::test]
async fn at_most_16_kilobytes_of_an_answer_are_read() {
    let huge = Reply::Answer(200, Vec::new(), vec![b'x'; 5_000_000]);
    let answer = answered(huge).await.unwrap();
    assert_eq!((answer.status, answer.body.len()), (200, ANSWER_BYTES_MAX));
}

#[tokio::test]
async fn one_limit_of_time_holds_for_silence_and_for_a_body_without_end() {
    for reply in [Reply::Hang, Reply::Endless] {
        let sink = Sink::start(move |_| reply.clone()).await;
        let hasty = OutboundConfig { timeout: Duration::from_millis(300), ..config() };
        let began = Instant::now();
        assert_eq!(post(hasty, &sink.url("/")).await, Err(Failure::Timeout));
        assert!(began.elapsed() < Duration::from_secs(3));
    }
}

/// Once asked, says `100 Continue` as fast as it is read, and nothing else.
async fn flood(listener: TcpListener) {
    let (mut stream, _) = listener.accept().await.unwrap();
    stream.read_u8().await.unwrap();
    let interim = b"HTTP/1.1 100 Continue\r\n\r\n".repeat(10_000);
    while stream.write_all(&interim).await.is_ok() {}
}

#[tokio::test]
async fn interim_answers_without_end_hold_up_nobody_else() {
    let outbound = Outbound::new(OutboundConfig { timeout: Duration::from_secs(1), ..config() }).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let flooded = Target::parse(&format!("http://{}/", listener.local_addr().unwrap()), outbound.guard()).unwrap();
    let flooding = JoinSet::from_iter([flood(listener)]);
    // All of this is one thread: were the answers read on it, nobody would look at the clock.
    assert_eq!(outbound.post(&flooded, Parcel::default()).await, Err(Failure::Timeout));
    drop(flooding);
}

#[tokio::test]
async fn what_is_no_answer_is_a_failure() {
    for reply in [Reply::Reset, Reply::Raw(Vec::new()), Reply::Raw(b"SSH-2.0-OpenSSH\r\n".to_vec())] {
        assert_eq!(answered(reply.clone()).await, Err(Failure::BrokenAnswer), "{reply:?}");
    }
    let cut = Reply::Raw(b"HTTP/1.1 200 .\r\ncontent-length: 9\r\n\r\nabc".to_vec());
    assert_eq!(answered(cut).await, Err(Failure::BrokenAnswer));
    let continues = Reply::Raw(b"HTTP/1.1 100 Continue\r\n\r\n".repeat(100_000));
    assert!(answered(continues).await.is_err());
}

#[tokio::test]
async fn a_certificate_that_nobody_signed_ends_the_call() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}/", listener.local_addr().unwrap());
    let server = tokio::task::spawn_blocking(move || accept_untrusted(&listener));
    assert_eq!(post(config(), &url).await, Err(Failure::Tls));
    assert!(!server.await.unwrap(), "not a byte of the request may go out");
}

/// A listener that must never hear anything.
async fn silent() -> (TcpListener, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, port)
}

async fn is_untouched(listener: &TcpListener) -> bool {
    timeout(Duration::from_millis(50), listener.accept()).await.is_err()
}

#[tokio::test]
async fn a_name_that_leads_inside_is_never_connected_to() {
    let (listener, port) = silent().await;
    let names: &[(&str, &[&str])] = &[
        ("inside.test", &["127.0.0.1"]),
        // One public address does not make the other one right.
        ("both.test", &["1.1.1.1", "127.0.0.1"]),
        ("six.test", &["2606:4700::1111", "::1"]),
        ("mapped.test", &["::ffff:127.0.0.1"]),
        ("metadata.test", &["169.254.169.254"]),
    ];
    let server = NameServer::start(names).await;
    let guard = Guard { allow_http: true, allow_cidrs: Vec::new() };
    let strict = OutboundConfig { guard, dns: Some(server.address()), ..config() };
    for (name, _) in names {
        assert_eq!(post(strict.clone(), &format!("http://{name}:{port}/")).await, Err(Failure::Unreachable), "{name}");
    }
    for name in ["localhost", "localhost.", "a.localhost", "ⓛocalhost"] {
        assert_eq!(post(strict.clone(), &format!("http://{name}:{port}/")).await, Err(Failure::Unreachable), "{name}");
    }
    assert!(is_untouched(&listener).await);
}

#[tokio::test]
async fn a_name_is_looked_up_where_the_configuration_says() {
    let sink = Sink::start(|_| Reply::status(200)).await;
    let server = NameServer::start(&[("partner.test", &["127.0.0.1"])]).await;
    let config = OutboundConfig { dns: Some(server.address()), ..config() };
    let url = format!("http://partner.test:{}/", sink.address().port());
    assert_eq!(post(config, &url).await.unwrap().status, 200);
    assert_eq!(sink.received()[0].header("host"), Some(url.trim_start_matches("http://").trim_end_matches('/')));
}

/// Whoever registers endpoints must not learn from us which doors of our network are open.
#[tokio::test]
async fn an_open_door_a_closed_one_and_no_door_look_the_same() {
    let (listener, open) = silent().await;
    let (closed, closed_port) = silent().await;
    drop(closed);
    let server = NameServer::start(&[("inside.test", &["127.0.0.1"])]).await;
    let guard = Guard { allow_http: true, allow_cidrs: Vec::new() };
    let strict = OutboundConfig { guard, dns: Some(server.address()), ..config() };
    let mut took = Vec::new();
    for url in [
        format!("http://inside.test:{open}/"),
        format!("http://inside.test:{closed_port}/"),
        "http://nobody.test/".to_owned(),
    ] {
        let began = Instant::now();
        assert_eq!(post(strict.clone(), &url).await, Err(Failure::Unreachable));
        took.push(began.elapsed());
    }
    assert!(took.iter().all(|took| UNREACHABLE_AFTER <= *took), "{took:?}");
    assert!(is_untouched(&listener).await);
}

#[tokio::test]
async fn a_closed_port_is_unreachable() {
    let (closed, port) = silent().await;
    drop(closed);
    assert_eq!(post(config(), &format!("http://127.0.0.1:{port}/")).await, Err(Failure::Unreachable));
}
