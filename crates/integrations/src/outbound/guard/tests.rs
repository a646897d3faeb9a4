use super::*;

fn check(address: &str, is_permitted: bool) {
    assert_eq!(Guard::default().permits(address.parse().unwrap()), is_permitted, "{address}");
}

#[test]
fn public_addresses_are_reached() {
    for address in ["1.1.1.1", "9.255.255.255", "100.63.255.255", "172.32.0.1", "223.255.255.255"] {
        check(address, true);
    }
    for address in ["2606:4700::1111", "2a00:1450:4001::200e", "2001:4860:4860::8888"] {
        check(address, true);
    }
}

#[test]
fn addresses_of_every_special_block_are_refused() {
    let v4 = "0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1
        172.31.255.255 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.9
        224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255";
    let v6 = ":: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 100::1 2001::1 2001:1ff::1
        2001:db8::1 2002:7f00:1:: 3fff::1 3fff:fff::1 4000::1 fc00::1 fd00:ec2::254 fe80::1 fec0::1 ff02::1";
    for address in v4.split_whitespace().chain(v6.split_whitespace()) {
        check(address, false);
    }
}

#[test]
fn a_mapped_public_address_is_judged_as_what_it_maps() {
    check("::ffff:1.1.1.1", true);
}

#[test]
fn the_allow_list_opens_exactly_what_it_says() {
    let guard =
        Guard { allow_http: false, allow_cidrs: vec!["127.0.0.0/30".parse().unwrap(), "fd00::/64".parse().unwrap()] };
    for (address, is_permitted) in [
        ("127.0.0.1", true),
        ("::ffff:127.0.0.1", true),
        ("127.0.0.4", false),
        ("10.0.0.1", false),
        ("::1", false),
        ("fd00::5", true),
        ("fd00:0:0:1::5", false),
    ] {
        assert_eq!(guard.permits(address.parse().unwrap()), is_permitted, "{address}");
    }
}
