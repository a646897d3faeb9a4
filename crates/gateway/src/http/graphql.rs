//! GraphQL over HTTP: a request is read, guarded, identified and executed, in that order.
//!
//! The library's own HTTP service is not used: it ran mutations over GET, took any content type, and
//! read bodies without a limit.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationType};
use async_graphql::{Response as Executed, ServerError};
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{ConnectInfo, Query, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use bytes::Bytes;

use super::App;
use super::answer::{self, Refused};
use super::identity::{self, Identity};
use super::negotiation::{self, Media};
use super::parameters::Parameters;
use crate::graphql::visited_by;
use crate::guard::{self, Refusal};

/// The peer's address, where the server knows it.
type Peer = Option<axum::Extension<ConnectInfo<SocketAddr>>>;

pub(super) async fn post(
    State(app): State<Arc<App>>,
    peer: Peer,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    answered(&headers, async {
        let parameters = read_body(&headers, body)?;
        let identity = identity::of_request(&app, &Method::POST, &headers, address_of(peer)).await?;
        execute(&app, parameters, identity, &Method::POST).await
    })
    .await
}

pub(super) async fn get(
    State(app): State<Arc<App>>,
    peer: Peer,
    headers: HeaderMap,
    pairs: Result<Query<Vec<(String, String)>>, QueryRejection>,
) -> Response {
    answered(&headers, async {
        let Query(pairs) = pairs.map_err(|_| Refused::malformed("The query string could not be read."))?;
        let parameters = Parameters::from_pairs(pairs).map_err(Refused::malformed)?;
        let identity = identity::of_request(&app, &Method::GET, &headers, address_of(peer)).await?;
        execute(&app, parameters, identity, &Method::GET).await
    })
    .await
}

pub(super) async fn not_allowed() -> Response {
    Refused::new(StatusCode::METHOD_NOT_ALLOWED, "INVALID", "Use POST, or GET for queries.").into_response(Media::Json)
}

async fn answered(headers: &HeaderMap, work: impl Future<Output = Result<Executed, Refused>>) -> Response {
    let Some(media) = negotiation::wanted(headers) else {
        let message = "Accept application/graphql-response+json or application/json.";
        return Refused::new(StatusCode::NOT_ACCEPTABLE, "INVALID", message).into_response(Media::Json);
    };
    match work.await {
        Ok(executed) => answer::executed(executed, media),
        Err(refused) => refused.into_response(media),
    }
}

fn read_body(headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<Parameters, Refused> {
    if !negotiation::is_json(headers) {
        let message = "Send the request as application/json, in UTF-8.";
        return Err(Refused::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "INVALID", message));
    }
    let body = body.map_err(|rejection| {
        let message = "The body could not be read; it may have at most 1 MB.";
        Refused::new(rejection.status(), "INVALID", message)
    })?;
    Parameters::from_body(&body).map_err(Refused::malformed)
}

/// Guards and executes. A document that is malformed, or does not validate, is an answer like any
/// other: its HTTP status depends on the media type.
async fn execute(app: &App, parameters: Parameters, identity: Identity, method: &Method) -> Result<Executed, Refused> {
    let document = match guard::check(&parameters.query) {
        Ok(document) => document,
        Err(refusal) if refusal.is_syntax() => {
            return Ok(Executed::from_errors(vec![syntax_error(&refusal)]));
        }
        Err(refusal) => {
            metrics::counter!("attrium_graphql_refused_total").increment(1);
            return Err(Refused::new(StatusCode::BAD_REQUEST, "TOO_MANY", sentence(&refusal)));
        }
    };
    if method == Method::GET && !is_query(&document, parameters.operation_name.as_deref()) {
        return Err(Refused::new(StatusCode::METHOD_NOT_ALLOWED, "INVALID", "Only queries may be sent by GET."));
    }
    let mut request = parameters.into_request();
    request.set_parsed_query(document);
    if identity.visit.cx.is_none() && !app.is_development() {
        request = request.disable_introspection();
    }
    Ok(app.schema.execute(visited_by(request, identity.visit).data(identity.browser)).await)
}

/// Whether what would be executed is a query. No such operation is one too: executing says so.
fn is_query(document: &ExecutableDocument, name: Option<&str>) -> bool {
    let operation = match &document.operations {
        DocumentOperations::Single(operation) => Some(operation),
        DocumentOperations::Multiple(operations) => name.and_then(|name| operations.get(name)),
    };
    operation.is_none_or(|operation| operation.node.ty == OperationType::Query)
}

fn syntax_error(refusal: &Refusal) -> ServerError {
    match refusal {
        Refusal::Syntax(error) => error.clone().into(),
        other => ServerError::new(sentence(other), None),
    }
}

fn sentence(refusal: &Refusal) -> String {
    let text = refusal.to_string();
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}

fn address_of(peer: Peer) -> IpAddr {
    peer.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |axum::Extension(ConnectInfo(peer))| peer.ip())
}
