//! One attempt at sending one message.

use std::time::Duration;

use attrium_schema::{DeliveryId, Timestamp};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};

use super::answer::excerpt;
use super::retry_after;
use super::secret::WebhookSecret;
use super::signature::{seconds, sign};
use crate::outbound::{Failure, Outbound, Parcel, Target};

/// What is sent to whom.
#[derive(Clone, Debug)]
pub struct Message<'a> {
    /// The URL as it was registered.
    pub url: &'a str,
    /// The same for every attempt.
    pub id: DeliveryId,
    /// When this attempt is made.
    pub at: Timestamp,
    /// The JSON, byte for byte as it is signed.
    pub body: &'a str,
    /// The secrets that are live: one, or two and more during a rotation.
    pub secrets: &'a [WebhookSecret],
}

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// There was an answer.
    Answered {
        /// Its status code.
        status: u16,
        /// How long its `retry-after` asks to wait, at most a day.
        retry_after: Option<Duration>,
        /// The beginning of its body, harmless to show.
        excerpt: String,
    },
    /// There was none.
    Failed(Failure),
}

/// Sends messages. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Sender {
    outbound: Outbound,
}

impl Sender {
    /// A sender through this door.
    pub fn new(outbound: Outbound) -> Self {
        Self { outbound }
    }

    /// Tries once.
    pub async fn send(&self, message: Message<'_>) -> Outcome {
        // What may be called is asked again each time: the configuration may have become stricter.
        match Target::parse(message.url, self.outbound.guard()) {
            Ok(target) => self.post(&target, &message).await,
            Err(_) => Outcome::Failed(Failure::Unreachable),
        }
    }

    async fn post(&self, target: &Target, message: &Message<'_>) -> Outcome {
        let id = message.id.to_string();
        let signature = sign(&id, message.at, message.body.as_bytes(), message.secrets);
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        for (name, value) in
            [("webhook-id", &id), ("webhook-timestamp", &seconds(message.at)), ("webhook-signature", &signature)]
        {
            let value = HeaderValue::from_str(value).expect("ids, numbers and base64 are plain ASCII");
            headers.insert(HeaderName::from_static(name), value);
        }
        let parcel = Parcel { headers, body: message.body.as_bytes().to_vec() };
        match self.outbound.post(target, parcel).await {
            Ok(answer) => Outcome::Answered {
                status: answer.status,
                retry_after: answer.retry_after.and_then(|text| retry_after::read(&text, message.at)),
                excerpt: excerpt(&answer.body),
            },
            Err(failure) => Outcome::Failed(failure),
        }
    }
}

#[cfg(test)]
mod tests;
