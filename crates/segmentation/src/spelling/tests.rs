//! Keys are shown and kept as they were declared, however they were typed.

use serde_json::json;

use crate::fixtures::schema;
use crate::{Analysis, Catalogue, Rule};

#[test]
fn keys_typed_in_any_case_take_the_spelling_of_their_definition() {
    let schema = schema();
    let catalogue = Catalogue { attributes: &schema };
    let text =
        "AGE >= 18 and not (Trial_Ends_At missing or RENEWAL_AT < trial_ends_AT + 3 days) and NAME contains Other_Name";
    let spelled =
        "age >= 18 and not (trial_ends_at missing or renewal_at < trial_ends_at + 3 days) and name contains other_name";
    let typed = Analysis::of_text(text, &catalogue);
    assert!(typed.compiled.is_some(), "{:?}", typed.diagnostics);
    assert_eq!(typed.rule.as_ref().map(Rule::to_text).as_deref(), Some(spelled));
    assert_eq!(typed.text, text, "what was typed is the reader's own");

    let json = json!({"v": 1, "rule": {"attr": "AGE", "op": "gte", "value": 18}});
    let sent = Analysis::of_json(&json, &catalogue);
    assert_eq!(sent.text, "age >= 18");
    assert_eq!(
        sent.rule.map(|rule| rule.to_json()),
        Some(json!({"v": 1, "rule": {"attr": "age", "op": "gte", "value": 18}}))
    );
}

#[test]
fn a_key_that_nobody_declared_stays_as_it_was_typed() {
    let schema = schema();
    let analysis = Analysis::of_text("AGE > 1 and Shoe_Size > 40", &Catalogue { attributes: &schema });
    assert_eq!(analysis.rule.as_ref().map(Rule::to_text).as_deref(), Some("age > 1 and Shoe_Size > 40"));
}
