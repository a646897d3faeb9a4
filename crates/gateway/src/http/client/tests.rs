use axum::http::HeaderValue;

use super::*;

fn client(peer: &str, lines: &[&'static str], proxies: &[&str]) -> Client {
    let mut headers = HeaderMap::from_iter([(header::HOST, HeaderValue::from_static("localhost:8080"))]);
    for line in lines {
        headers.append(FORWARDED_FOR, HeaderValue::from_static(line));
    }
    let proxies: Vec<IpNet> = proxies.iter().map(|text| text.parse().unwrap()).collect();
    Client::of(peer.parse().unwrap(), &headers, &proxies)
}

#[test]
fn only_a_trusted_proxy_names_the_client() {
    let check = |peer: &str, lines: &[&'static str], expected: &str| {
        let found = client(peer, lines, &["10.0.0.0/8", "fd00::/8"]).address;
        assert_eq!(found.to_string(), expected, "{peer} {lines:?}");
    };
    check("192.0.2.1", &[], "192.0.2.1");
    check("192.0.2.1", &["198.51.100.7"], "192.0.2.1");
    check("10.0.0.1", &["198.51.100.7"], "198.51.100.7");
    // The client wrote the first; the proxies wrote the rest.
    check("10.0.0.1", &["203.0.113.9, 198.51.100.7, 10.0.0.2"], "198.51.100.7");
    check("10.0.0.1", &["203.0.113.9", "198.51.100.7", "10.0.0.2"], "198.51.100.7");
    check("10.0.0.1", &["10.0.0.3, 10.0.0.2"], "10.0.0.3");
    check("10.0.0.1", &["198.51.100.7:4711"], "198.51.100.7");
    check("fd00::1", &["[2001:db8::1]:4711"], "2001:db8::1");
    check("::ffff:10.0.0.1", &["::ffff:198.51.100.7"], "198.51.100.7");
    // Nobody can be counted as `unknown`: the proxy that says so is.
    check("10.0.0.1", &["198.51.100.7, unknown"], "10.0.0.1");
    check("10.0.0.1", &["198.51.100.7,"], "10.0.0.1");
}

#[test]
fn what_came_through_a_proxy_is_not_local() {
    assert!(client("127.0.0.1", &[], &[]).is_local);
    assert!(client("::1", &[], &[]).is_local);
    assert!(!client("192.0.2.1", &[], &[]).is_local);
    assert!(!client("127.0.0.1", &["127.0.0.1"], &[]).is_local);
    assert!(!client("127.0.0.1", &[], &["127.0.0.1/32"]).is_local);
}

#[test]
fn what_asks_for_another_name_is_not_local() {
    let check = |host: &'static str, expected: bool| {
        let headers = HeaderMap::from_iter([(header::HOST, HeaderValue::from_static(host))]);
        assert_eq!(Client::of(IpAddr::V4(Ipv4Addr::LOCALHOST), &headers, &[]).is_local, expected, "{host}");
    };
    for host in ["localhost", "LOCALHOST:8080", "127.0.0.1:8080", "127.8.8.8", "[::1]:8080"] {
        check(host, true);
    }
    for host in ["", "evil.example", "localhost.evil.example:8080", "192.0.2.1:8080", "[::2]", "local host"] {
        check(host, false);
    }
}
