//! Where deliveries never go: inside, by whatever name, and through proxies.

use attrium_integrations::testing::{NameServer, Reply, Sink};
use attrium_tests::{OPEN_TO_THIS_MACHINE, SEALED, Server, ServerOptions, on_both, register};

use super::*;

const CREATE: &str = "mutation($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) {
    endpoint { id } problems { code path } } }";

/// Spellings of inner addresses, and what else hides in a URL; `PORT` is open on this machine.
const REFUSED: &str = "http://127.0.0.1:PORT/ http://127.1:PORT/ http://2130706433:PORT/ http://017700000001:PORT/
    http://0177.0.0.1:PORT/ http://0x7f000001:PORT/ http://0x7f.1:PORT/ http://127.0.0.1.:PORT/ http://0:PORT/ http://0.0.0.0:PORT/
    http://１２７.０.０.１:PORT/ http://127。0。0。1:PORT/ http://①②⑦.⓪.⓪.①:PORT/ http://%31%32%37.0.0.1:PORT/
    http://[::1]:PORT/ http://[::]:PORT/ http://[::ffff:127.0.0.1]:PORT/ http://[::ffff:7f00:1]:PORT/ http://[::127.0.0.1]:PORT/
    http://[64:ff9b::7f00:1]:PORT/ http://[2002:7f00:1::]:PORT/ http://[fe80::1%25lo]:PORT/ http://[fd00:ec2::254]/
    http://169.254.169.254/latest http://2852039166/ http://10.0.0.1/ http://192.168.1/ http://172.16.0.1/ http://100.64.0.1/
    http://user@127.0.0.1:PORT/ http://example.com@127.0.0.1:PORT/ http://user:password@example.com/ http://example.com\\@127.0.0.1:PORT/
    http://example.com:6379/ http://example.com:25/ ftp://example.com/ file:///etc/passwd unix:///run/x.sock gopher://127.0.0.1:PORT/";

/// Names that are taken when an endpoint is made, and lead inside when it is called.
const NAMES: [(&str, &[&str]); 5] = [
    ("inside.test", &["127.0.0.1"]),
    ("both.test", &["1.1.1.1", "127.0.0.1"]),
    ("six.test", &["::1"]),
    ("mapped.test", &["::ffff:127.0.0.1"]),
    ("metadata.test", &["169.254.169.254"]),
];

#[tokio::test(flavor = "multi_thread")]
async fn however_it_is_spelled_nothing_inside_is_called() {
    on_both(async |database| {
        let door = silent("127.0.0.1");
        let port = door.local_addr().expect("it is bound").port().to_string();
        let names = NameServer::start(&NAMES).await;
        let dns = names.address().to_string();
        let environment = [SEALED, ("ATTRIUM_WEBHOOKS__ALLOW_HTTP", "true"), ("ATTRIUM_WEBHOOKS__DNS", &dns)];
        let options = ServerOptions { has_test_clock: true, environment: &environment, ..ServerOptions::default() };
        let server = Server::start_with(&database, options).await;
        let client = server.client();
        for url in REFUSED.split_whitespace().map(|url| url.replace("PORT", &port)) {
            let input = json!({ "name": "Partner", "url": url, "events": ["PROFILE_UPDATED"] });
            let (_, answer) = client.send(CREATE, json!({ "input": input })).await;
            let problems = json!([{ "code": "INVALID", "path": ["url"] }]);
            assert_eq!(
                answer["data"]["createWebhookEndpoint"],
                json!({ "endpoint": null, "problems": problems }),
                "{url}"
            );
        }
        let local = ["localhost", "localhost.", "a.localhost"];
        for name in NAMES.iter().map(|(name, _)| *name).chain(local) {
            let endpoint = register(&client, &format!("http://{name}:{port}/"), json!({})).await;
            let id = send_test(&client, &endpoint).await;
            server.settle().await;
            assert_eq!(look(&client, &id).await["attempts"][0]["failure"], "ENDPOINT_UNREACHABLE", "{name}");
        }
        assert!(is_untouched(&door));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_turns_inwards_later_is_not_followed() {
    on_both(async |database| {
        let close = || Reply::Answer(200, vec![("connection", "close".to_owned())], Vec::new());
        let sink = Sink::start(move |_| close()).await;
        let port = sink.address().port();
        let door = TcpListener::bind(("127.0.0.2", port)).expect("the port is free on the next address");
        door.set_nonblocking(true).expect("a listener need not wait");
        let names = NameServer::start(&[("partner.test", &["127.0.0.1"])]).await;
        let dns = names.address().to_string();
        let environment = [&OPEN_TO_THIS_MACHINE[..], &[("ATTRIUM_WEBHOOKS__DNS", &dns)]].concat();
        let options = ServerOptions { has_test_clock: true, environment: &environment, ..ServerOptions::default() };
        let server = Server::start_with(&database, options).await;
        let client = server.client();
        let endpoint = register(&client, &format!("http://partner.test:{port}/hooks"), json!({})).await;
        let mut statuses = Vec::new();
        for address in ["127.0.0.1", "127.0.0.2", "127.0.0.1"] {
            names.point("partner.test", &[address]);
            let id = send_test(&client, &endpoint).await;
            server.settle().await;
            statuses.push(look(&client, &id).await["attempts"][0]["status"].clone());
        }
        assert_eq!(statuses, [json!(200), Value::Null, json!(200)]);
        assert!(is_untouched(&door));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn proxies_of_the_environment_carry_no_delivery() {
    on_both(async |database| {
        let (sink, proxy) = (Sink::start(|_| Reply::status(200)).await, Sink::start(|_| Reply::status(200)).await);
        let url = proxy.url("");
        let proxies = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
        let mut environment = proxies.map(|name| (name, url.as_str())).to_vec();
        environment.extend(OPEN_TO_THIS_MACHINE);
        environment.extend([("NO_PROXY", ""), ("no_proxy", "")]);
        let options = ServerOptions { has_test_clock: true, environment: &environment, ..ServerOptions::default() };
        let server = Server::start_with(&database, options).await;
        let client = server.client();
        let endpoint = register(&client, &sink.url("/hooks"), json!({})).await;
        let id = send_test(&client, &endpoint).await;
        server.settle().await;
        assert_eq!(look(&client, &id).await["status"], "DELIVERED");
        assert_eq!((paths(&sink), proxy.received()), (vec!["POST /hooks HTTP/1.1".to_owned()], Vec::new()));
    })
    .await;
}
