//! Where a request comes from: the peer of the connection, or whoever a trusted proxy says it speaks for.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, header};
use ipnet::IpNet;

use super::App;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The sender of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Client {
    /// Its address, as far as anyone we trust can tell.
    pub(super) address: IpAddr,
    /// Whether it is a program on this machine that speaks for itself, and asks for this machine by a name that no
    /// one else can give an address to: a page of a stranger's whose name suddenly leads here does not.
    pub(super) is_local: bool,
}

impl Client {
    fn of(peer: IpAddr, headers: &HeaderMap, proxies: &[IpNet]) -> Self {
        let peer = peer.to_canonical();
        let is_forwarded = headers.contains_key(FORWARDED_FOR) || headers.contains_key(header::FORWARDED);
        Self {
            address: address(peer, headers, proxies),
            is_local: peer.is_loopback()
                && !is_forwarded
                && !is_trusted(peer, proxies)
                && asks_for_this_machine(headers),
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

fn asks_for_this_machine(headers: &HeaderMap) -> bool {
    // Only programs leave it out, and only of HTTP/1.0; browsers never do.
    let Some(host) = headers.get(header::HOST) else { return true };
    let Some(authority) = host.to_str().ok().and_then(|host| host.parse::<Authority>().ok()) else { return false };
    let name = authority.host().trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
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
mod tests;
