//! A rule is typed, counted, saved; profiles enter and leave.

use attrium_tests::{Client, Server, bank_csv, on_both};
use serde_json::{Value, json};

const ANALYSE: &str = "query($text: String!) { ruleAnalysis(input: { text: $text }) {
    isValid text json count total nodes { path from to count missingCount }
    diagnostics { severity code message from to suggestions } } }";

async fn analyse(client: &Client, text: &str) -> Value {
    client.ask(ANALYSE, json!({ "text": text })).await["ruleAnalysis"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_is_counted_as_it_is_typed() {
    on_both(async |database| {
        let server = Server::start(&database).await;
        let csv = bank_csv(500);
        server.import_bank(&csv);
        server.settle().await;
        let client = server.client();

        // Counted from the file itself, independently.
        let job_and_housing = |line: &&str| {
            let cells: Vec<&str> = line.split(',').collect();
            cells[1] == "student" || (cells[6] == "yes" && cells[5].parse::<i64>().is_ok_and(|balance| 1000 <= balance))
        };
        let expected = csv.lines().skip(1).filter(job_and_housing).count();
        let analysis = analyse(&client, r#"job = "student" or housing = "yes" and balance >= 1000"#).await;
        assert_eq!(analysis["count"], expected, "{analysis}");
        assert_eq!(analysis["total"], 500);
        assert_eq!(analysis["nodes"][0]["count"], expected);
        assert_eq!(analysis["json"]["v"], 1);

        let wrong = analyse(&client, r#"jób = "x""#).await;
        assert_eq!(wrong["isValid"], false);
        assert_eq!(wrong["count"], Value::Null);

        // The error stands under the wrong word, in UTF-16 offsets: 😀 is two.
        let text = r#"job != "😀" and balanse > 3"#;
        let analysis = analyse(&client, text).await;
        let diagnostic = &analysis["diagnostics"][0];
        let utf16: Vec<u16> = text.encode_utf16().collect();
        let place = |name: &str| usize::try_from(diagnostic[name].as_u64().expect("an offset")).expect("small");
        let word = String::from_utf16(&utf16[place("from")..place("to")]).expect("whole characters");
        assert_eq!(word, "balanse", "{analysis}");
        assert_eq!(diagnostic["suggestions"][0], "balance");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_enters_and_leaves_when_an_attribute_changes() {
    on_both(async |database| {
        let server = Server::start(&database).await;
        server.import_bank(&bank_csv(300));
        server.settle().await;
        let client = server.client();
        let create = "mutation($input: CreateSegmentInput!) { createSegment(input: $input) {
            segment { id key ruleText count } problems { code path message } } }";
        let input = json!({ "name": "Wealthy", "rule": { "text": "balance>=1000000" } });
        let data = client.ask(create, json!({ "input": input })).await;
        let segment = &data["createSegment"]["segment"];
        assert_eq!(segment["key"], "wealthy");
        assert_eq!(segment["ruleText"], "balance >= 1000000");
        assert_eq!(segment["count"], 0);

        for balance in [2_000_000, 5] {
            let set = "mutation($input: SetProfileAttributesInput!) { setProfileAttributes(input: $input) { problems { message } } }";
            server.advance(1).await;
            let input = json!({ "externalId": "bank-00007", "attributes": [{ "key": "balance", "value": balance }] });
            client.ask(set, json!({ "input": input })).await;
            server.settle().await;
            let members = "query($id: ID!) { segment(id: $id) { count members { totalCount nodes { profile { externalId } } } } }";
            let data = client.ask(members, json!({ "id": segment["id"] })).await;
            let expected = i32::from(balance == 2_000_000);
            assert_eq!(data["segment"]["count"], expected);
            assert_eq!(data["segment"]["members"]["totalCount"], expected);
        }

        let transitions = "query($id: ID!) { segment(id: $id) { transitions { nodes { kind profile { externalId } } } } }";
        let data = client.ask(transitions, json!({ "id": segment["id"] })).await;
        let profile = json!({ "externalId": "bank-00007" });
        let expected = json!([{ "kind": "LEFT", "profile": profile }, { "kind": "ENTERED", "profile": profile }]);
        assert_eq!(data["segment"]["transitions"]["nodes"], expected);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_members_of_a_segment_are_paged_without_gap_or_double() {
    on_both(async |database| {
        let server = Server::start(&database).await;
        server.import_bank(&bank_csv(300));
        server.settle().await;
        let client = server.client();
        let create = "mutation($input: CreateSegmentInput!) { createSegment(input: $input) { segment { id count } problems { message } } }";
        let data = client.ask(create, json!({ "input": { "name": "Owners", "rule": { "text": "housing = \"yes\"" } } })).await;
        server.settle().await;
        let segment = &data["createSegment"]["segment"];
        let page = "query($id: ID!, $after: String) { segment(id: $id) { members(first: 7, after: $after) {
            nodes { profile { id } } pageInfo { hasNextPage endCursor } } } }";
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        loop {
            let data = client.ask(page, json!({ "id": segment["id"], "after": after })).await;
            let members = &data["segment"]["members"];
            seen.extend(members["nodes"].as_array().expect("members").iter().map(|node| node["profile"]["id"].to_string()));
            if members["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = members["pageInfo"]["endCursor"].clone();
        }
        let distinct: std::collections::BTreeSet<&String> = seen.iter().collect();
        assert_eq!(distinct.len(), seen.len());
        assert_eq!(segment["count"], seen.len());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn time_alone_moves_a_profile_out_of_a_segment() {
    on_both(async |database| {
        let server = Server::start(&database).await;
        let client = server.client();
        let attribute = "mutation($input: CreateAttributeInput!) { createAttribute(input: $input) { problems { message } } }";
        let input = json!({ "key": "last_seen_at", "type": "TIMESTAMP", "privacyClass": "PUBLIC" });
        client.ask(attribute, json!({ "input": input })).await;
        let now = server.now().await;
        let set = "mutation($input: SetProfileAttributesInput!) { setProfileAttributes(input: $input) { problems { message } } }";
        let input = json!({ "externalId": "ayse", "attributes": [{ "key": "last_seen_at", "value": now }] });
        client.ask(set, json!({ "input": input })).await;
        let create = "mutation($input: CreateSegmentInput!) { createSegment(input: $input) { segment { id } problems { message } } }";
        let data = client.ask(create, json!({ "input": { "name": "Recent", "rule": { "text": "last_seen_at in last 2 days" } } })).await;
        let id = data["createSegment"]["segment"]["id"].clone();
        let look = "query($id: ID!) { segment(id: $id) { count transitions { nodes { kind } } } }";
        server.settle().await;
        assert_eq!(client.ask(look, json!({ "id": id })).await["segment"]["count"], 1);
        server.advance(2 * 86_400 + 1).await;
        server.settle().await;
        let data = client.ask(look, json!({ "id": id })).await;
        assert_eq!(data["segment"]["count"], 0);
        assert_eq!(data["segment"]["transitions"]["nodes"][0]["kind"], "LEFT");
    })
    .await;
}
