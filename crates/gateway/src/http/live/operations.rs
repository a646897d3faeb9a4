//! Running an operation that may answer many times: guarded, counted and executed as one over plain HTTP is.

use std::net::IpAddr;
use std::sync::Arc;

use async_graphql::parser::types::{ExecutableDocument, OperationType, Selection, SelectionSet};
use async_graphql::{Request, Response as Executed};
use attrium_engine::Cx;
use axum::http::StatusCode;
use futures_util::StreamExt as _;
use futures_util::future::ready;
use futures_util::stream::{self, BoxStream};
use serde_json::Value;

use super::super::App;
use super::super::answer::{self, Refused};
use super::super::graphql::{Unfit, operation, read_document};
use super::super::parameters::Parameters;
use super::places::OPERATIONS_MAX;
use crate::browser::Browser;
use crate::graphql::{Turn, Visit, visited_by};

/// Who runs operations.
#[derive(Clone)]
pub(super) struct Caller {
    pub(super) cx: Cx,
    pub(super) browser: Browser,
    pub(super) address: IpAddr,
}

/// What an operation says.
#[derive(Debug, PartialEq)]
pub(super) enum Event {
    /// A result, as JSON.
    Next(String),
    /// It is not executed; why, as errors of an answer.
    Refused(Vec<Value>),
    /// Nothing more follows.
    Complete,
}

/// What an operation says, one after the other; the last is [`Event::Complete`].
pub(super) type Events = BoxStream<'static, Event>;

/// Runs an operation for someone. It begins when the events are first asked for.
///
/// # Errors
/// When the caller has too many under way.
pub(super) fn start(app: &Arc<App>, caller: &Caller, parameters: Parameters) -> Result<Events, Refused> {
    let place = app.live_places.take(caller.cx.actor()).or_else(|| {
        app.live_streams.sweep();
        app.live_places.take(caller.cx.actor())
    });
    let place = place.ok_or_else(|| {
        let message = format!("At most {OPERATIONS_MAX} operations may be open at once; end one of them.");
        Refused::new(StatusCode::TOO_MANY_REQUESTS, "TOO_MANY", message)
    })?;
    let turn = place.turn();
    let events = match read_document(&parameters.query) {
        Ok(document) => execute(app, (caller, turn), parameters, document),
        Err(Unfit::Malformed(error)) => one(Event::Refused(vec![answer::with_code(&error)])),
        Err(Unfit::TooCostly(refused)) => one(Event::refused(&refused)),
    };
    let events = events.chain(one(Event::Complete));
    // The place is given back when the stream is dropped.
    Ok(events.inspect(move |_| _ = &place).boxed())
}

fn one(event: Event) -> Events {
    stream::once(ready(event)).boxed()
}

impl Event {
    fn refused(refused: &Refused) -> Self {
        Self::Refused(vec![refused.error()])
    }

    fn of(executed: &Executed) -> Self {
        if !answer::is_executed(executed) {
            return Self::Refused(answer::errors_of(executed));
        }
        Self::Next(answer::text_of(executed).unwrap_or_else(|refused| refused.text()))
    }
}

fn execute(
    app: &Arc<App>,
    (caller, turn): (&Caller, Turn),
    parameters: Parameters,
    document: ExecutableDocument,
) -> Events {
    let operation = operation(&document, parameters.operation_name.as_deref());
    let kind = operation.map_or(OperationType::Query, |operation| operation.ty);
    let roots = operation.map_or(0, |operation| roots(&document, &operation.selection_set.node));
    let mut request = parameters.into_request();
    request.set_parsed_query(document);
    let visit = Visit { cx: Some(caller.cx.renewed()), address: caller.address };
    let request = visited_by(request, visit).data(caller.browser.clone()).data(turn.clone());
    match kind {
        OperationType::Subscription if roots == 1 => {
            let told = app.schema.execute_stream(request).inspect(move |_| turn.end());
            told.map(|executed| Event::of(&executed)).boxed()
        }
        OperationType::Subscription => one(Event::refused(&Refused::malformed("A subscription selects one field."))),
        OperationType::Query | OperationType::Mutation => {
            let app = Arc::clone(app);
            stream::once(async move { at_once(&app, request).await }).boxed()
        }
    }
}

/// An operation with one answer: it finds its place and its time as a request would.
async fn at_once(app: &App, request: Request) -> Event {
    let unavailable = |message| Event::refused(&Refused::new(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", message));
    let Ok(_place) = app.places.try_acquire() else {
        return unavailable("Too many requests at once. Try again in a second.");
    };
    match tokio::time::timeout(app.config.http.timeout, app.schema.execute(request)).await {
        Ok(executed) => Event::of(&executed),
        Err(_) => unavailable("The request took too long. What it wrote may have been kept."),
    }
}

/// How many fields are selected at the root. The guard has bounded what spreads expand to.
fn roots(document: &ExecutableDocument, set: &SelectionSet) -> usize {
    let count = |selection: &Selection| match selection {
        Selection::Field(_) => 1,
        Selection::InlineFragment(fragment) => roots(document, &fragment.node.selection_set.node),
        Selection::FragmentSpread(spread) => {
            let fragment = document.fragments.get(&spread.node.fragment_name.node);
            fragment.map_or(0, |fragment| roots(document, &fragment.node.selection_set.node))
        }
    };
    set.items.iter().map(|item| count(&item.node)).sum()
}
