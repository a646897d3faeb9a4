//! Where a request comes from: the peer of the connection, or whoever a trusted proxy says it speaks for.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, header};
use ipnet::IpNet;

use super::App;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The sender of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Client {
    /// Its address, as far as anyone we trust can tell.
    pub(super) address: IpAddr,
    /// Whether it is a program on this machine that speaks for itself.
    pub(super) is_local: bool,
}

impl Client {
    fn of(peer: IpAddr, headers: &HeaderMap, proxies: &[IpNet]) -> Self {
        let peer = peer.to_canonical();
        let is_forwarded = headers.contains_key(FORWARDED_FOR) || headers.contains_key(header::FORWARDED);
        Self {
            address: address(peer, headers, proxies),
            is_local: peer.is_loopback() && !is_forwarded && !is_trusted(peer, proxies),
        }
    }
}

impl FromRequestParts<Arc<App>> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        // The server knows every peer; only tests without a connection have none.
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |ConnectInfo(peer)| peer.ip());
        Ok(Self::of(peer, &parts.headers, &app.config.http.trusted_proxies))
    }
}

/// Goes from hop to hop, away from us, as long as each was named by someone trusted. What stands further left
/// anyone may have written.
fn address(peer: IpAddr, headers: &HeaderMap, proxies: &[IpNet]) -> IpAddr {
    let mut nearest = peer;
    for hop in headers.get_all(FORWARDED_FOR).iter().rev().flat_map(|line| hops(line.to_str().unwrap_or_default())) {
        if !is_trusted(nearest, proxies) {
            break;
        }
        let Some(named) = read_hop(hop) else { break };
        nearest = named;
    }
    nearest
}

/// The hops of one line, the nearest first.
fn hops(line: &str) -> impl Iterator<Item = &str> {
    line.rsplit(',').map(str::trim)
}

/// Some proxies add the port: `192.0.2.1:4711`, `[2001:db8::1]:4711`.
fn read_hop(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let read = bare.parse().or_else(|_| text.parse::<SocketAddr>().map(|address| address.ip()));
    read.ok().map(|address| address.to_canonical())
}

fn is_trusted(address: IpAddr, proxies: &[IpNet]) -> bool {
    proxies.iter().any(|network| network.contains(&address))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn client(peer: &str, lines: &[&'static str], proxies: &[&str]) -> Client {
        let mut headers = HeaderMap::new();
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
}
