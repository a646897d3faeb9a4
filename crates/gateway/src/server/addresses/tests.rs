use super::*;

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

#[test]
fn an_address_has_so_many_connections_and_gets_them_back() {
    let addresses = Arc::new(Addresses::new(2, vec!["10.0.0.0/8".parse().unwrap()]));
    let first = addresses.count(address("192.0.2.1")).unwrap();
    let second = addresses.count(address("::ffff:192.0.2.1")).unwrap();
    assert!(addresses.count(address("192.0.2.1")).is_none());
    let others: Vec<Counted> =
        ["192.0.2.2", "2001:db8::1", "2001:db8::ffff"].map(|text| addresses.count(address(text)).unwrap()).into();
    assert!(addresses.count(address("2001:db8::5:5:5:5")).is_none(), "a network of one customer is one");
    assert!(addresses.count(address("2001:db8:1::1")).is_some());
    let proxied: Vec<Counted> = (0..10).map(|_| addresses.count(address("10.1.2.3")).unwrap()).collect();
    drop(first);
    assert!(addresses.count(address("192.0.2.1")).is_some());
    drop((second, others, proxied));
    assert!(addresses.open.lock().unwrap().is_empty());
}
