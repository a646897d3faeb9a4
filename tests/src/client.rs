//! A client of the GraphQL API that knows nothing but HTTP and JSON.

use reqwest::{RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};

use crate::http;

/// Speaks to one server as one caller.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    key: Option<String>,
}

impl Client {
    /// A program with an API key.
    pub fn with_key(url: &str, key: &str) -> Self {
        Self { key: Some(key.to_owned()), ..Self::nobody(url) }
    }

    /// Someone who has not signed in.
    pub fn nobody(url: &str) -> Self {
        Self { http: http(), url: format!("{url}/graphql"), key: None }
    }

    /// The same caller at another server of the same database.
    #[must_use]
    pub fn at(&self, url: &str) -> Self {
        Self { http: http(), url: format!("{url}/graphql"), key: self.key.clone() }
    }

    /// Sends a document and answers status and body, whatever they are; `None` when nobody answered whole.
    pub async fn try_send(&self, query: &str, variables: &Value) -> Option<(StatusCode, Value)> {
        let mut request = self.http.post(&self.url).json(&json!({ "query": query, "variables": variables }));
        if let Some(key) = &self.key {
            request = request.bearer_auth(key);
        }
        let answer = request.send().await.ok()?;
        let status = answer.status();
        Some((status, answer.json().await.ok()?))
    }

    /// Sends a document and answers status and body, whatever they are.
    ///
    /// # Panics
    /// When nobody answers.
    pub async fn send(&self, query: &str, variables: Value) -> (StatusCode, Value) {
        self.try_send(query, &variables).await.expect("the server answers")
    }

    /// Sends a document that must succeed and answers its data.
    ///
    /// # Panics
    /// When there is an error or a problem.
    pub async fn ask(&self, query: &str, variables: Value) -> Value {
        let (status, mut body) = self.send(query, variables).await;
        assert!(body.get("errors").is_none(), "{status}: {body}");
        let data = body["data"].take();
        let problems = data.as_object().into_iter().flat_map(|fields| fields.values()).find_map(|payload| {
            let problems = payload.get("problems")?.as_array()?;
            (!problems.is_empty()).then(|| payload["problems"].clone())
        });
        assert_eq!(problems, None, "{query}");
        data
    }

    /// Subscribes, over an event stream of its own.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn listen(&self, query: &str, variables: Value) -> Events {
        let request = self.http.post(format!("{}/stream", self.url)).header("accept", "text/event-stream");
        let request = request.json(&json!({ "query": query, "variables": variables }));
        let request = self.key.iter().fold(request, RequestBuilder::bearer_auth);
        let response = request.send().await.expect("the server answers");
        assert!(response.status().is_success(), "{}", response.status());
        Events { response, text: String::new() }
    }
}

/// What a subscription tells.
pub struct Events {
    response: Response,
    /// What came and is not a whole event yet.
    text: String,
}

impl Events {
    /// The data of the next event.
    ///
    /// # Panics
    /// When there is none to come, or it is an error.
    pub async fn next(&mut self) -> Value {
        loop {
            while let Some(end) = self.text.find("\n\n") {
                let event: String = self.text.drain(..end + 2).collect();
                let told = event.lines().find_map(|line| line.strip_prefix("data: "));
                if let Some(told) = told {
                    let mut told: Value = serde_json::from_str(told).expect("an event is JSON");
                    assert!(told.get("errors").is_none(), "{told}");
                    return told["data"].take();
                }
            }
            let chunk = self.response.chunk().await.expect("the stream holds").expect("the stream goes on");
            self.text.push_str(&String::from_utf8_lossy(&chunk));
        }
    }
}
