//! What is said of a rule while it is typed.

use serde_json::json;

use super::house::House;

const ANALYSE: &str = "query($input: RuleInput!) { ruleAnalysis(input: $input) {
    isValid text json sentence count total
    nodes { path from to count missingCount }
    diagnostics { severity code message from to suggestions path }
    index { isReady loadedProfiles totalProfiles }
} }";

async fn house_of_three(house: House) -> House {
    let house = house.with_attributes().await;
    house.set("c-1", &[("country", "\"TR\""), ("age", "41")]).await;
    house.set("c-2", &[("country", "\"DE\""), ("age", "17")]).await;
    house.set("c-3", &[("age", "30")]).await;
    house
}

#[tokio::test]
async fn a_rule_is_counted_at_every_node() {
    House::on_both(async |house| {
        let house = house_of_three(house).await;
        let text = "age >= 18 and country != \"TR\"";
        let answer = house.ask_with(ANALYSE, json!({ "input": { "text": text } })).await;
        assert_told!("rule_counted", answer);
    })
    .await;
}

#[tokio::test]
async fn a_diagnostic_stands_under_the_wrong_word_in_utf_16() {
    House::on_both(async |house| {
        let house = house_of_three(house).await;
        // Before the wrong word stand letters of one, two and four bytes, and of one and two UTF-16 units.
        let text = "country = \"ş😀\" and contry = \"TR\"";
        let answer = house.ask_with(ANALYSE, json!({ "input": { "text": text } })).await;
        let found = answer.data.clone().into_json().unwrap()["ruleAnalysis"]["diagnostics"][0].clone();
        let units: Vec<u16> = text.encode_utf16().collect();
        let place = |name: &str| usize::try_from(found[name].as_u64().unwrap()).unwrap();
        assert_eq!(String::from_utf16(&units[place("from")..place("to")]).unwrap(), "contry");
        assert_told!("rule_misspelled", answer);
    })
    .await;
}

#[tokio::test]
async fn text_json_and_tree_say_the_same() {
    House::on_both(async |house| {
        let house = house_of_three(house).await;
        let node = json!({ "and": [
        { "attr": "age", "op": "gte", "value": 18 },
        { "not": { "attr": "country", "op": "in", "value": ["TR", "DE"] } },
    ] });
        let mut told = Vec::new();
        for input in [
            json!({ "text": "age >= 18 and country not in (\"TR\", \"DE\")" }),
            json!({ "json": { "v": 1, "rule": node } }),
            json!({ "tree": node }),
        ] {
            let answer = house.ask_with(ANALYSE, json!({ "input": input })).await;
            assert!(answer.errors.is_empty(), "{:?}", answer.errors);
            told.push(answer.data);
        }
        assert_eq!(told[0], told[1]);
        assert_eq!(told[0], told[2]);
    })
    .await;
}

#[tokio::test]
async fn a_rule_is_sent_in_exactly_one_spelling() {
    House::on_both(async |house| {
        let house = house_of_three(house).await;
        for wrong in [json!({}), json!({ "text": "age exists", "json": {} }), json!({ "text": null })] {
            let answer = house.ask_with(ANALYSE, json!({ "input": wrong })).await;
            assert_eq!(answer.errors.len(), 1, "{wrong}: {:?}", answer.errors);
        }
    })
    .await;
}

#[tokio::test]
async fn what_could_be_typed_is_told_at_a_place() {
    House::on_both(async |house| {
    let house = house_of_three(house).await;
    let answer = house
        .ask("{ ruleAnalysis(input: { text: \"cou\" }) { isValid completions(offset: 3) { label insert kind from to } } }")
        .await;
    assert_told!("rule_completions", answer);
    })
    .await;
}
