use super::*;

#[test]
fn a_caller_has_so_many_places_and_gets_them_back() {
    let places = Arc::new(Places::of_operations());
    let held: Vec<Place> = std::iter::from_fn(|| places.take(Actor::Operator)).collect();
    assert_eq!(held.len(), OPERATIONS_MAX);
    assert!(places.take(Actor::System).is_some(), "others have their own");
    drop(held);
    assert!(places.take(Actor::Operator).is_some());
    assert_eq!(places.taken(), 0);
    assert!(places.taken.lock().unwrap().is_empty());
    let sockets = Arc::new(Places::of_sockets());
    let held: Vec<Place> = std::iter::from_fn(|| sockets.take(Actor::Operator)).collect();
    assert_eq!(held.len(), SOCKETS_MAX);
}
