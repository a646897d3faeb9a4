//! Which addresses may be reached: public ones, and those the configuration names.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// Every block of IPv4 that is not plainly public, and the one public address that is a cloud's own (Azure's agent).
const V4_REFUSED: [Ipv4Net; 17] = [
    v4([0, 0, 0, 0], 8),
    v4([10, 0, 0, 0], 8),
    v4([100, 64, 0, 0], 10),
    v4([127, 0, 0, 0], 8),
    v4([168, 63, 129, 16], 32),
    v4([169, 254, 0, 0], 16),
    v4([172, 16, 0, 0], 12),
    v4([192, 0, 0, 0], 24),
    v4([192, 0, 2, 0], 24),
    v4([192, 31, 196, 0], 24),
    v4([192, 88, 99, 0], 24),
    v4([192, 168, 0, 0], 16),
    v4([198, 18, 0, 0], 15),
    v4([198, 51, 100, 0], 24),
    v4([203, 0, 113, 0], 24),
    v4([224, 0, 0, 0], 4),
    v4([240, 0, 0, 0], 4),
];
/// What of IPv6 is public at all: anything outside, mapped and translated addresses too, is refused.
const V6_PUBLIC: Ipv6Net = v6([0x2000, 0], 3);
/// What of that is not: protocol assignments (Teredo among them), documentation, 6to4.
const V6_REFUSED: [Ipv6Net; 4] =
    [v6([0x2001, 0], 23), v6([0x2001, 0xdb8], 32), v6([0x2002, 0], 16), v6([0x3fff, 0], 20)];

const fn v4(start: [u8; 4], bits: u8) -> Ipv4Net {
    let [a, b, c, d] = start;
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), bits)
}

const fn v6(start: [u16; 2], bits: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(start[0], start[1], 0, 0, 0, 0, 0, 0), bits)
}

/// What an outbound call may reach.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guard {
    /// Whether `http://` will do; otherwise `https://` alone.
    pub allow_http: bool,
    /// Blocks that may be reached though they are not public: a receiver in the own network.
    pub allow_cidrs: Vec<IpNet>,
}

impl Guard {
    /// Whether a socket may be connected to this address.
    pub fn permits(&self, address: IpAddr) -> bool {
        // `::ffff:127.0.0.1` is 127.0.0.1 to the operating system, so it is to us.
        let address = address.to_canonical();
        self.allow_cidrs.iter().any(|allowed| allowed.contains(&address)) || is_public(address)
    }
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => V4_REFUSED.iter().all(|refused| !refused.contains(&address)),
        IpAddr::V6(address) => {
            V6_PUBLIC.contains(&address) && V6_REFUSED.iter().all(|refused| !refused.contains(&address))
        }
    }
}

#[cfg(test)]
mod tests;
