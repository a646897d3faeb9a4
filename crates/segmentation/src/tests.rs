//! Properties of the whole language, on random rules, texts and profiles.

mod random;

use proptest::prelude::*;

use crate::fixtures::{noon_in, schema};
use crate::{Analysis, Catalogue, Node, Rule, compile, complete, parse};
use random::{facts, json, node, right_node, text};

fn not(node: Node) -> Rule {
    Rule { node: Node::Not(Box::new(node)) }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_rule_reads_back_from_its_text(node in node()) {
        let rule = Rule { node };
        let text = rule.to_text();
        let parsed = parse(&text);
        prop_assert_eq!(&parsed.diagnostics, &[], "{}", text);
        prop_assert_eq!(parsed.rule.as_ref(), Some(&rule), "{}", text);
    }

    #[test]
    fn a_rule_reads_back_from_its_json(node in node()) {
        let rule = Rule { node };
        let json = rule.to_json();
        prop_assert_eq!(Rule::from_json(&json), Ok(rule.clone()));
        let text = serde_json::to_string(&json).unwrap();
        prop_assert_eq!(serde_json::from_str::<Rule>(&text).unwrap(), rule);
    }

    #[test]
    fn every_node_has_a_span_that_reads_as_the_node(node in node()) {
        let text = Rule { node: node.clone() }.to_text();
        let spans = parse(&text).spans;
        let mut nodes = Vec::new();
        pre_order(&node, false, &mut nodes);
        prop_assert_eq!(spans.nodes().len(), nodes.len());
        for (span, (node, is_inside_negative)) in spans.nodes().iter().zip(nodes) {
            // `a != 1` is one text for two nodes; it reads as the outer one.
            if !is_inside_negative {
                let read = parse(&text[span.whole.clone()]).rule.map(|rule| rule.node);
                prop_assert_eq!(read.as_ref(), Some(node));
            }
        }
    }

    #[test]
    fn compiling_never_panics_and_places_what_it_finds(node in node()) {
        let schema = schema();
        let analysis = Analysis::of_rule(Rule { node }, &Catalogue { attributes: &schema });
        prop_assert_eq!(analysis.compiled.is_none(), analysis.diagnostics.iter().any(|found| found.severity == crate::Severity::Error));
        for found in analysis.diagnostics {
            prop_assert!(found.span.is_some_and(|span| analysis.text.get(span).is_some()), "{}", analysis.text);
        }
    }

    #[test]
    fn not_is_the_exact_complement(node in right_node(), facts in facts()) {
        let schema = schema();
        let catalogue = Catalogue { attributes: &schema };
        let moment = noon_in("Europe/Istanbul");
        let matches = |rule: &Rule| compile(rule, &catalogue).map(|compiled| compiled.matches(&facts, &moment));
        let found = matches(&Rule { node: node.clone() });
        prop_assert!(found.is_ok(), "{}: {:?}", Rule { node: node.clone() }.to_text(), found);
        prop_assert_eq!(matches(&not(node)), found.map(|is_in| !is_in));
    }

    #[test]
    fn a_rule_has_a_sentence(node in node()) {
        let sentence = Rule { node }.sentence(&schema());
        prop_assert!(sentence.ends_with('.'));
    }

    #[test]
    fn any_text_is_answered(text in text(), at in 0_usize..400) {
        let schema = schema();
        let catalogue = Catalogue { attributes: &schema };
        let analysis = Analysis::of_text(&text, &catalogue);
        prop_assert!(analysis.rule.is_some() || !analysis.diagnostics.is_empty());
        for found in analysis.diagnostics {
            prop_assert!(found.span.is_some_and(|span| text.get(span).is_some()));
        }
        for completion in complete(&text, at, &catalogue) {
            prop_assert!(text.get(completion.span).is_some());
        }
    }

    #[test]
    fn any_json_is_answered(json in json()) {
        let schema = schema();
        let analysis = Analysis::of_json(&json, &Catalogue { attributes: &schema });
        prop_assert!(analysis.rule.is_some() || !analysis.diagnostics.is_empty());
        if let Some(rule) = analysis.rule {
            prop_assert_eq!(parse(&rule.to_text()).rule, Some(rule));
        }
    }
}

fn pre_order<'a>(node: &'a Node, is_inside_negative: bool, nodes: &mut Vec<(&'a Node, bool)>) {
    nodes.push((node, is_inside_negative));
    for child in node.children() {
        let is_negative = matches!((node, child), (Node::Not(_), Node::Compare(_)));
        pre_order(child, is_negative, nodes);
    }
}
