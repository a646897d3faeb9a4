//! How many connections each address has open, so that one alone cannot take them all.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use ipnet::IpNet;

/// Open connections by address. A network of IPv6 that one customer is given (a /64) counts as one address.
#[derive(Debug)]
pub(super) struct Addresses {
    each_max: usize,
    /// Proxies that speak for many are not counted.
    proxies: Vec<IpNet>,
    open: Mutex<HashMap<IpAddr, usize>>,
}

/// One connection of an address; given back when it is dropped.
#[derive(Debug)]
pub(super) struct Counted {
    addresses: Arc<Addresses>,
    address: Option<IpAddr>,
}

impl Addresses {
    pub(super) fn new(each_max: usize, proxies: Vec<IpNet>) -> Self {
        Self { each_max, proxies, open: Mutex::default() }
    }

    /// Counts one more connection; `None` when its address has as many as it may.
    pub(super) fn count(self: &Arc<Self>, peer: IpAddr) -> Option<Counted> {
        let peer = peer.to_canonical();
        if self.proxies.iter().any(|network| network.contains(&peer)) {
            return Some(Counted { addresses: Arc::clone(self), address: None });
        }
        let address = network_of(peer);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let connections = open.entry(address).or_default();
        if self.each_max <= *connections {
            return None;
        }
        *connections += 1;
        Some(Counted { addresses: Arc::clone(self), address: Some(address) })
    }
}

fn network_of(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() >> 64 << 64).into()),
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let Some(address) = self.address else { return };
        let mut open = self.addresses.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(connections) = open.get_mut(&address) {
            *connections -= 1;
            if *connections == 0 {
                open.remove(&address);
            }
        }
    }
}

#[cfg(test)]
mod tests;
