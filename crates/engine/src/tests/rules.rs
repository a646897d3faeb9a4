//! Rules while they are typed, and attributes as the index sees them.

use attrium_schema::Scalar;
use attrium_storage::testing::on_both;

use super::*;
use crate::audience;
use crate::paging::PageRequest;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rule_is_counted_at_each_node_while_it_is_typed() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        for (who, country) in [("a", "TR"), ("b", "TR"), ("c", "DE")] {
            set(&cx, who, "country", text(country)).await;
        }
        set(&cx, "d", "points", json!(3)).await;
        engine.settle().await.unwrap();
        let rule = r#"country = "TR" or points > 1"#;
        let analysis = audience::analyse(&cx, RuleInput::Text(rule.to_owned())).await.unwrap();
        assert!(analysis.is_valid && analysis.index.is_ready);
        assert_eq!((analysis.count, analysis.total), (Some(3), Some(4)));
        let nodes: Vec<(usize, usize, u64)> =
            analysis.nodes.iter().map(|node| (node.from, node.to, node.count)).collect();
        assert_eq!(nodes, [(0, 28, 3), (0, 14, 2), (18, 28, 1)]);
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_rule_is_no_error_and_offsets_count_utf16() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        engine.settle().await.unwrap();
        let rule = r#"country = "😀" and contry = "TR""#;
        let analysis = audience::analyse(&cx, RuleInput::Text(rule.to_owned())).await.unwrap();
        assert!(!analysis.is_valid);
        let found = &analysis.diagnostics[0];
        assert_eq!((found.code, found.from, found.to), ("unknown_attribute", 19, 25));
        assert_eq!(found.suggestions, ["country"]);
        assert_eq!((analysis.count, analysis.total), (None, Some(0)));
        let completions = audience::complete(&cx, "coun", 4).await.unwrap();
        assert_eq!(completions[0].insert.trim(), "country");
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn attributes_know_their_values_and_their_segments() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        for (who, country) in [("a", "TR"), ("b", "TR"), ("c", "DE")] {
            set(&cx, who, "country", text(country)).await;
        }
        let turks = segment(&cx, "Turks", r#"country = "TR""#).await;
        engine.settle().await.unwrap();
        let keys = ["country", "points"].map(|key| AttributeKey::parse(key).unwrap());
        assert_eq!(attributes::filled_counts(&cx, &keys).await.unwrap(), [3, 0]);
        let top = attributes::top_values(&cx, &keys[0], 1).await.unwrap();
        assert_eq!(top, [attributes::ValueCount { value: Scalar::Text("TR".to_owned()), count: 2 }]);
        segment(&cx, "Others", r#"COUNTRY != "TR""#).await;
        let users = attributes::used_by(&cx, &keys, &PageRequest::new(1, None)).await.unwrap();
        assert_eq!((users[0].page.items[0].key.as_str(), users[0].page.has_next, users[0].total), ("others", true, 2));
        assert_eq!((users[1].page.items.len(), users[1].page.has_next, users[1].total), (0, false, 0));
        let rest = PageRequest::new(1, Some("others".to_owned()));
        let users = attributes::used_by(&cx, &keys, &rest).await.unwrap();
        assert_eq!((users[0].page.items[0].id, users[0].page.has_next, users[0].total), (turks.id, false, 2));
        let edit = attributes::AttributeEdit {
            id: attributes::find_by_key(&cx, "COUNTRY").await.unwrap().unwrap().id,
            expected_revision: Some(1),
            label: Some("Land".to_owned()),
            description: None,
            format: None,
            privacy_class: Some(PrivacyClass::Personal),
        };
        let edited = attributes::update(&cx, edit.clone(), None).await.unwrap();
        assert_eq!((edited.revision, edited.label.as_str()), (2, "Land"));
        assert!(matches!(attributes::update(&cx, edit, None).await, Err(Error::Conflict { .. })));
        engine.close().await;
    })
    .await;
}
