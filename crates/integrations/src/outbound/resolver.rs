//! Looking names up: once, and all or nothing.

use std::net::{IpAddr, SocketAddr};

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{LookupIpStrategy, NameServerConfig, ResolverConfig};
use hickory_resolver::net::NetError;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::guard::Guard;

/// A name that must not be reached.
#[derive(Debug, thiserror::Error)]
#[error("the name has an address that is not public")]
struct Refused;

/// Looks names up for one [`Guard`]. The caller connects to what is answered here and to nothing else.
pub(super) struct GuardedResolver {
    resolver: TokioResolver,
    guard: Guard,
}

impl GuardedResolver {
    /// Asks this server, or those the system asks.
    pub(super) fn new(guard: Guard, server: Option<SocketAddr>) -> Result<Self, NetError> {
        let mut builder = match server {
            Some(server) => TokioResolver::builder_with_config(config_of(server), TokioRuntimeProvider::default()),
            None => TokioResolver::builder_tokio()?,
        };
        builder.options_mut().ip_strategy = LookupIpStrategy::Ipv4AndIpv6;
        Ok(Self { resolver: builder.build()?, guard })
    }
}

fn config_of(server: SocketAddr) -> ResolverConfig {
    let mut name_server = NameServerConfig::udp_and_tcp(server.ip());
    for connection in &mut name_server.connections {
        connection.port = server.port();
    }
    ResolverConfig::from_parts(None, Vec::new(), vec![name_server])
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (resolver, guard) = (self.resolver.clone(), self.guard.clone());
        Box::pin(async move {
            let found: Vec<IpAddr> = resolver.lookup_ip(name.as_str()).await?.iter().collect();
            // One inner address among public ones is how a name is bent: refuse them all.
            if found.iter().all(|address| guard.permits(*address)) {
                let addresses: Addrs = Box::new(found.into_iter().map(|address| SocketAddr::new(address, 0)));
                Ok(addresses)
            } else {
                Err(Refused.into())
            }
        })
    }
}
