//! A template is written, tried on a customer as it is typed, and refused when a word in it is wrong.

use attrium_tests::{Client, Server, bank_csv, on_both};
use serde_json::{Value, json};

const ANALYSE: &str = "query($input: TemplateAnalysisInput!) { templateAnalysis(input: $input) { isValid reads
    preview { text } diagnostics { severity code message from to suggestions } } }";

async fn analyse(client: &Client, body: &str) -> Value {
    let input = json!({ "body": body, "context": "TEXT", "subject": { "externalId": "bank-00001" } });
    client.ask(ANALYSE, json!({ "input": input })).await["templateAnalysis"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_is_rendered_for_a_customer_as_it_is_typed() {
    on_both(async |database| {
        let server = Server::start(&database).await;
        let csv = bank_csv(3);
        server.import_bank(&csv);
        let client = server.client();
        let cells: Vec<&str> = csv.lines().nth(1).expect("a first customer").split(',').collect();
        let analysis = analyse(&client, "Dear {{ job | upcase }}, you have {{ balance }} left.").await;
        let expected = format!("Dear {}, you have {} left.", cells[1].to_uppercase(), cells[5]);
        assert_eq!(
            (&analysis["isValid"], &analysis["preview"]["text"]),
            (&json!(true), &json!(expected)),
            "{analysis}"
        );
        assert_eq!(analysis["reads"], json!(["balance", "job"]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_misspelled_attribute_is_shown_where_it_stands_and_does_not_save() {
    on_both(async |database| {
        let server = Server::start(&database).await;
        server.import_bank(&bank_csv(3));
        let client = server.client();
        // Places are UTF-16 offsets: 😀 is two.
        let body = "😀 Dear {{ job }}, you have {{ balanse }} left.";
        let analysis = analyse(&client, body).await;
        assert_eq!((&analysis["isValid"], &analysis["preview"]), (&json!(false), &Value::Null), "{analysis}");
        let diagnostics = analysis["diagnostics"].as_array().expect("a list");
        let wrong = diagnostics.iter().find(|found| found["code"] == "unknown_attribute").expect("it is found");
        let place = |name: &str| usize::try_from(wrong[name].as_u64().expect("an offset")).expect("small");
        let utf16: Vec<u16> = body.encode_utf16().collect();
        let word = String::from_utf16(&utf16[place("from")..place("to")]).expect("whole characters");
        assert_eq!((word.as_str(), &wrong["suggestions"][0]), ("balanse", &json!("balance")), "{analysis}");

        let create = "mutation($input: CreateTemplateInput!) { createTemplate(input: $input) {
            template { key } problems { code path } } }";
        let input = |body: &str| json!({ "input": { "name": "Balance", "context": "TEXT", "body": body } });
        let (_, refused) = client.send(create, input(body)).await;
        let problems = json!([{ "code": "TEMPLATE", "path": ["body"] }]);
        assert_eq!(refused["data"]["createTemplate"], json!({ "template": null, "problems": problems }));
        let saved = client.ask(create, input(&body.replace("balanse", "balance"))).await;
        assert_eq!(saved["createTemplate"]["template"]["key"], "balance");
    })
    .await;
}
