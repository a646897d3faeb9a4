//! GraphQL over HTTP: a request is read, guarded, identified and executed, in that order.
//!
//! The library's own HTTP service is not used: it ran mutations over GET, took any content type, and
//! read bodies without a limit.

use std::error::Error;
use std::sync::Arc;

use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType};
use async_graphql::{Response as Executed, ServerError};
use attrium_engine::sentence;
use axum::body::{Body, HttpBody as _};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::Response;
use http_body_util::LengthLimitError;

use super::answer::{self, Refused};
use super::client::Client;
use super::identity::{self, Identity};
use super::negotiation::{self, Media};
use super::parameters::Parameters;
use super::{App, BODY_BYTES_MAX};
use crate::graphql::visited_by;
use crate::guard::{self, Refusal};

/// Most bytes of the body of a visitor: enough to sign in, and to ask who one is.
const VISITOR_BYTES_MAX: usize = 16 << 10;

pub(super) async fn post(State(app): State<Arc<App>>, client: Client, headers: HeaderMap, body: Body) -> Response {
    answered(&headers, async {
        if !negotiation::is_json(&headers) {
            let message = "Send the request as application/json, in UTF-8.";
            return Err(Refused::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "INVALID", message));
        }
        // By its head alone, so that nobody unknown makes us read and build what is large.
        let identity = identity::of_request(&app, &Method::POST, &headers, client.address).await?;
        let parameters = match identity.visit.cx {
            Some(_) => read_body(body, BODY_BYTES_MAX).await?.ok_or_else(too_long)?,
            None => body_of_visitor(&app, body).await?,
        };
        execute(&app, parameters, identity, &Method::POST).await
    })
    .await
}

pub(super) async fn get(
    State(app): State<Arc<App>>,
    client: Client,
    headers: HeaderMap,
    pairs: Result<Query<Vec<(String, String)>>, QueryRejection>,
) -> Response {
    answered(&headers, async {
        let Query(pairs) = pairs.map_err(|_| Refused::malformed("The query string could not be read."))?;
        let parameters = Parameters::from_pairs(pairs).map_err(Refused::malformed)?;
        let identity = identity::of_request(&app, &Method::GET, &headers, client.address).await?;
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

async fn body_of_visitor(app: &App, body: Body) -> Result<Parameters, Refused> {
    let Ok(_place) = app.visitor_places.try_acquire() else {
        let message = "Too many visitors at once. Try again in a second.";
        return Err(Refused::new(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", message));
    };
    // Someone whose session has just ended is told to sign in, not to send less.
    read_body(body, VISITOR_BYTES_MAX).await?.ok_or_else(|| {
        let message = "Sign in, or send an API key: without either, a body has at most 16 KB.";
        Refused::new(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", message)
    })
}

/// `None` when the body is longer than that.
pub(super) async fn read_body(body: Body, bytes_max: usize) -> Result<Option<Parameters>, Refused> {
    if (bytes_max as u64) < body.size_hint().lower() {
        return Ok(None);
    }
    match axum::body::to_bytes(body, bytes_max).await {
        Ok(bytes) => Parameters::from_body(&bytes).map(Some).map_err(Refused::malformed),
        Err(error) if error.source().is_some_and(<dyn Error>::is::<LengthLimitError>) => Ok(None),
        Err(_) => Err(Refused::malformed("The body could not be read.")),
    }
}

pub(super) fn too_long() -> Refused {
    let message = "The body is too long; it may have at most 1 MB.";
    Refused::new(StatusCode::PAYLOAD_TOO_LARGE, "INVALID", message)
}

/// Guards and executes. A document that is malformed, or does not validate, is an answer like any
/// other: its HTTP status depends on the media type.
async fn execute(app: &App, parameters: Parameters, identity: Identity, method: &Method) -> Result<Executed, Refused> {
    let document = match read_document(&parameters.query) {
        Ok(document) => document,
        Err(Unfit::Malformed(error)) => return Ok(Executed::from_errors(vec![error])),
        Err(Unfit::TooCostly(refused)) => return Err(refused),
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
    operation(document, name).is_none_or(|operation| operation.ty == OperationType::Query)
}

/// What would be executed, or `None` when the document has no such operation.
pub(super) fn operation<'a>(document: &'a ExecutableDocument, name: Option<&str>) -> Option<&'a OperationDefinition> {
    let operation = match &document.operations {
        DocumentOperations::Single(operation) => Some(operation),
        DocumentOperations::Multiple(operations) => name.and_then(|name| operations.get(name)),
    };
    operation.map(|operation| &operation.node)
}

/// A document that is not executed.
pub(super) enum Unfit {
    Malformed(ServerError),
    TooCostly(Refused),
}

/// Parses a document that is safe to execute.
///
/// # Errors
/// Why it is not, for the client.
pub(super) fn read_document(query: &str) -> Result<ExecutableDocument, Unfit> {
    guard::check(query).map_err(|refusal| {
        if refusal.is_syntax() {
            return Unfit::Malformed(syntax_error(&refusal));
        }
        metrics::counter!("attrium_graphql_refused_total").increment(1);
        Unfit::TooCostly(Refused::new(StatusCode::BAD_REQUEST, "TOO_MANY", sentence(&refusal)))
    })
}

fn syntax_error(refusal: &Refusal) -> ServerError {
    let locations = if let Refusal::Syntax(error) = refusal { error.places.clone() } else { Vec::new() };
    ServerError { locations, ..ServerError::new(sentence(refusal), None) }
}
