//! Event streams that carry many operations: reserved by one request, opened by another, and told by further
//! ones what to run. All of them must come from the same caller.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use attrium_engine::clock::Stopwatch;
use attrium_schema::Actor;
use axum::http::StatusCode;
use tokio::sync::mpsc;
use tokio_stream::{StreamExt as _, StreamMap};

use super::super::answer::Refused;
use super::operations::{Event, Events};
use super::places::OPERATIONS_MAX;

/// Most streams of one caller, opened or not.
const STREAMS_MAX: usize = 20;
/// How long a stream is kept for whoever reserved it.
const UNOPENED_MAX: Duration = Duration::from_secs(30);

/// Every stream, by its token.
pub(in crate::http) struct Reservations {
    held: Mutex<HashMap<String, Reservation>>,
    unopened_max: Duration,
}

impl Default for Reservations {
    fn default() -> Self {
        Self { held: Mutex::default(), unopened_max: UNOPENED_MAX }
    }
}

struct Reservation {
    caller: Actor,
    commands: mpsc::Sender<Command>,
    /// Where the stream will read its commands; `None` once it is open.
    inbox: Option<mpsc::Receiver<Command>>,
    reserved: Stopwatch,
    /// The ids of operations that are under way.
    running: HashSet<String>,
}

/// What a stream is told by a request beside it.
enum Command {
    Start(String, Events),
    Stop(String),
}

impl Reservations {
    fn held(&self) -> MutexGuard<'_, HashMap<String, Reservation>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Those that are open, or may still be opened.
    fn standing(&self) -> MutexGuard<'_, HashMap<String, Reservation>> {
        let mut held = self.held();
        held.retain(|_, stream| stream.inbox.is_none() || stream.reserved.elapsed() < self.unopened_max);
        held
    }

    /// Forgets streams that nobody opened in time, and with them the operations they were to run.
    pub(super) fn sweep(&self) {
        drop(self.standing());
    }

    /// Reserves a stream under a token.
    ///
    /// # Errors
    /// When the caller has too many.
    pub(super) fn reserve(&self, token: String, caller: Actor) -> Result<(), Refused> {
        let mut held = self.standing();
        if STREAMS_MAX <= held.values().filter(|stream| stream.caller == caller).count() {
            let message = format!("At most {STREAMS_MAX} streams may be open at once; end one of them.");
            return Err(Refused::new(StatusCode::TOO_MANY_REQUESTS, "TOO_MANY", message));
        }
        // Each operation is started once and stopped once.
        let (commands, inbox) = mpsc::channel(2 * OPERATIONS_MAX);
        let (inbox, reserved) = (Some(inbox), Stopwatch::start());
        held.insert(token, Reservation { caller, commands, inbox, reserved, running: HashSet::new() });
        Ok(())
    }

    /// Opens a reserved stream.
    ///
    /// # Errors
    /// When there is none, or it is open.
    pub(super) fn open(self: &Arc<Self>, token: &str, caller: Actor) -> Result<Opened, Refused> {
        let mut held = self.standing();
        let inbox = find(&mut held, token, caller)?.inbox.take();
        let inbox =
            inbox.ok_or_else(|| Refused::new(StatusCode::CONFLICT, "CONFLICT", "The stream is open already."))?;
        Ok(Opened { inbox, operations: StreamMap::new(), token: token.to_owned(), reservations: Arc::clone(self) })
    }

    /// Has a stream run an operation.
    ///
    /// # Errors
    /// When there is no such stream, or it runs one of that id.
    pub(super) fn run(&self, (token, caller): (&str, Actor), id: String, events: Events) -> Result<(), Refused> {
        let mut held = self.standing();
        let stream = find(&mut held, token, caller)?;
        if stream.running.contains(&id) {
            return Err(Refused::new(StatusCode::CONFLICT, "CONFLICT", "An operation of that id is under way."));
        }
        stream.commands.try_send(Command::Start(id.clone(), events)).map_err(|_| too_fast())?;
        stream.running.insert(id);
        Ok(())
    }

    /// Has a stream end an operation; one that is over is no error.
    ///
    /// # Errors
    /// When there is no such stream.
    pub(super) fn stop(&self, token: &str, caller: Actor, id: &str) -> Result<(), Refused> {
        let mut held = self.standing();
        let stream = find(&mut held, token, caller)?;
        if stream.running.contains(id) {
            stream.commands.try_send(Command::Stop(id.to_owned())).map_err(|_| too_fast())?;
        }
        Ok(())
    }
}

/// A foreign stream is no different from none.
fn find<'a>(
    held: &'a mut HashMap<String, Reservation>,
    token: &str,
    caller: Actor,
) -> Result<&'a mut Reservation, Refused> {
    held.get_mut(token)
        .filter(|stream| stream.caller == caller)
        .ok_or_else(|| Refused::new(StatusCode::NOT_FOUND, "NOT_FOUND", "There is no such stream. Reserve one by PUT."))
}

fn too_fast() -> Refused {
    Refused::new(StatusCode::TOO_MANY_REQUESTS, "TOO_MANY", "The stream does not keep up. Try again in a second.")
}

/// A stream that is open; dropping it ends its operations and forgets the token.
pub(super) struct Opened {
    inbox: mpsc::Receiver<Command>,
    operations: StreamMap<String, Events>,
    token: String,
    reservations: Arc<Reservations>,
}

impl Opened {
    /// The next event of any operation, with the operation's id.
    pub(super) async fn next(mut self) -> Option<((String, Event), Self)> {
        loop {
            tokio::select! {
                command = self.inbox.recv() => match command? {
                    Command::Start(id, events) => drop(self.operations.insert(id, events)),
                    Command::Stop(id) => self.end(&id),
                },
                Some((id, event)) = self.operations.next() => {
                    if event == Event::Complete {
                        self.end(&id);
                    }
                    return Some(((id, event), self));
                }
            }
        }
    }

    fn end(&mut self, id: &str) {
        self.operations.remove(id);
        if let Some(stream) = self.reservations.held().get_mut(&self.token) {
            stream.running.remove(id);
        }
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        self.reservations.held().remove(&self.token);
    }
}

#[cfg(test)]
mod tests;
