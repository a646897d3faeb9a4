use super::*;

fn parse(text: &str, allow_http: bool) -> Result<Target, TargetError> {
    Target::parse(text, &Guard { allow_http, allow_cidrs: Vec::new() })
}

#[test]
fn a_public_url_is_taken() {
    for url in [
        "https://example.com",
        "https://example.com/hooks?token=a%20b",
        "https://example.com:8443/x",
        "https://1.1.1.1/",
        "https://[2606:4700::1111]/",
        "https://müşteri.example/kanca",
        "HTTPS://EXAMPLE.COM/",
    ] {
        assert!(parse(url, false).is_ok(), "{url}");
    }
    assert!(parse("http://example.com/", true).is_ok());
}

/// However loopback and the metadata service are spelled, they are recognised before anyone connects.
#[test]
fn every_spelling_of_an_inner_address_is_refused() {
    let hosts = "127.0.0.1 127.1 127.0.1 0177.0.0.1 0x7f.1 0x7f000001 0x7f.0x0.0x0.0x1 2130706433 017700000001 127.000.000.001
        0 0.0.0.0 00 0x0 127.0.0.1. 127.255.255.255 10.1 10.0.0.1 0xa.1 172.16.1 172.31.255.255 192.168.1 192.168.257
        3232235777 100.64.0.1 100.127.255.255 169.254.169.254 169.254.43518 0xa9fea9fe 2852039166 0251.0376.0251.0376
        0xa9.0xfe.0xa9.0xfe 192.0.0.192 198.18.0.1 203.0.113.1 224.0.0.1 255.255.255.255 240.0.0.1
        １２７.０.０.１ 127。0。0。1 127．0．0．1 127｡0｡0｡1 ①②⑦.⓪.⓪.① 127%2e0%2e0%2e1 127%2E1 %31%32%37.0.0.1 ０x7f.1
        [::1] [::] [0:0:0:0:0:0:0:1] [0000::0001] [::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:ffff:7f00:0001]
        [::127.0.0.1] [::7f00:1] [64:ff9b::7f00:1] [64:ff9b::127.0.0.1] [64:ff9b:1::1] [2002:7f00:1::] [2002:a9fe:a9fe::]
        [2001::1] [2001:0:7f00:1::] [2001:db8::1] [fe80::1] [fec0::1] [fc00::1] [fd00:ec2::254] [ff02::1] [100::1] [3fff::1]
        [::ffff:169.254.169.254] [::ffff:a9fe:a9fe] [::ffff:0:127.0.0.1]";
    let mut count = 0;
    for host in hosts.split_whitespace() {
        for (scheme, allow_http) in [("https", false), ("http", true)] {
            let refused = parse(&format!("{scheme}://{host}/"), allow_http);
            assert!(matches!(refused, Err(TargetError::Address | TargetError::Malformed)), "{host}: {refused:?}");
        }
        count += 1;
    }
    assert!(60 <= count, "{count} spellings");
}

#[test]
fn a_zone_or_a_broken_address_is_no_url() {
    for host in ["[fe80::1%25eth0]", "[fe80::1%eth0]", "256.256.256.256", "[::1", "1.2.3.4.5", "0x100000000", ""] {
        assert_eq!(parse(&format!("https://{host}/"), false), Err(TargetError::Malformed), "{host}");
    }
}

#[test]
fn other_schemes_are_refused() {
    for url in [
        "http://example.com/",
        "ftp://example.com/",
        "gopher://example.com/",
        "ws://example.com/",
        "unix:///run/x.sock",
        "file:///etc/passwd",
        "data:text/plain,a",
    ] {
        assert_eq!(parse(url, false), Err(TargetError::Scheme { allow_http: false }), "{url}");
    }
    assert_eq!(parse("file:///etc/passwd", true), Err(TargetError::Scheme { allow_http: true }));
}

#[test]
fn ports_of_other_services_are_refused() {
    for port in [0, 1, 21, 22, 23, 25, 53, 111, 445, 1023, 2375, 3306, 5432, 6379, 9200, 11211, 27017] {
        assert_eq!(parse(&format!("https://example.com:{port}/"), false), Err(TargetError::Port { port }));
    }
    for port in ["80", "443", "1024", "8443", "65535"] {
        assert!(parse(&format!("https://example.com:{port}/"), false).is_ok(), "{port}");
    }
    for port in ["65536", "-1", "x"] {
        assert_eq!(parse(&format!("https://example.com:{port}/"), false), Err(TargetError::Malformed), "{port}");
    }
}

#[test]
fn what_hides_in_a_url_is_refused() {
    for (url, error) in [
        ("https://user:password@example.com/", TargetError::UserInfo),
        ("https://user@example.com/", TargetError::UserInfo),
        ("https://@example.com/", TargetError::UserInfo),
        ("https://:@example.com/", TargetError::UserInfo),
        ("https://example.com@127.0.0.1/", TargetError::UserInfo),
        ("https://example.com/#a", TargetError::Fragment),
        ("https://example.com/#", TargetError::Fragment),
        ("https://example.com/a b", TargetError::Malformed),
        (" https://example.com/", TargetError::Malformed),
        ("https://example.com/\r\nHost: a", TargetError::Malformed),
        ("https://exa\tmple.com/", TargetError::Malformed),
        ("https:\\\\example.com\\", TargetError::Malformed),
        ("https://example.com\\@127.0.0.1/", TargetError::Malformed),
        ("example.com", TargetError::Malformed),
        ("", TargetError::Malformed),
        ("https://", TargetError::Malformed),
    ] {
        assert_eq!(parse(url, false), Err(error), "{url}");
    }
    assert_eq!(parse(&format!("https://example.com/{}", "a".repeat(2_048)), false), Err(TargetError::TooLong));
}

#[test]
fn only_the_origin_shows() {
    let target = parse("https://example.com/hooks/secret?token=secret", false).unwrap();
    assert_eq!(format!("{target:?}"), "Target(https://example.com)");
}
