//! The worker: one loop that writes what came of attempts and claims what is due, in one transaction a turn,
//! and sends what it claimed in tasks of their own.
//!
//! A claim is a lease: whoever dies with it leaves the delivery to be tried again, and nothing is lost. What was
//! received but not yet written is then sent twice, under one id.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use attrium_integrations::outbound::Outbound;
use attrium_integrations::webhooks::{Message, Sender, WebhookSecret};
use attrium_schema::{DeliveryId, EndpointId, Timestamp, WorkspaceId};
use attrium_storage::deliveries::{ClaimedDelivery, DeliveryClaim, HeldDelivery};
use attrium_storage::{Endpoint, Topic, Tx, deliveries, endpoint_secrets, endpoints};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use self::unsignable::Unsignable;
use super::lanes::{Lanes, Plan};
use super::secrets;
use super::verdict::{Claimed, Judged, Tried};
use crate::clock::{Clock, Stopwatch};
use crate::engine::Engine;
use crate::error::{Error, causes};

mod record;
mod unsignable;

/// The poll is the truth; wake-ups only shorten it.
const POLL: Duration = Duration::from_secs(1);

/// Where deliveries of one endpoint go, and by which secrets.
struct Route {
    plan: Plan,
    endpoint: Endpoint,
    secrets: Vec<WebhookSecret>,
}

/// The worker of this process.
pub(crate) struct Worker {
    engine: Engine,
    sender: Sender,
    lanes: Lanes,
    /// Attempts that ended and are not written yet.
    judged: Vec<Judged>,
    inbox: mpsc::Receiver<Tried>,
    outbox: mpsc::Sender<Tried>,
    /// When something will be due; `None` when nothing is known to be.
    next_at: Option<Timestamp>,
    /// When ended leases were last looked for.
    swept: Option<Stopwatch>,
    unsignable: Unsignable,
    /// What is being sent: the claim it is sent under.
    held: HashMap<DeliveryId, HeldDelivery>,
    /// Ends attempts that are not waited for.
    cut: CancellationToken,
}

impl Worker {
    /// A worker that has not begun.
    ///
    /// # Errors
    /// [`Error::Broken`] when the system's name servers cannot be read.
    pub(crate) fn new(engine: Engine) -> Result<Self, Error> {
        let outbound = Outbound::new(engine.webhooks().outbound()).map_err(|error| Error::broken(causes(&error)))?;
        if !outbound.trusts_anyone() {
            tracing::warn!(
                "no certificate authority was found: no https endpoint can be reached until `ca-certificates` is installed"
            );
        }
        let (outbox, inbox) = mpsc::channel(engine.limits().attempts_max);
        Ok(Self {
            sender: Sender::new(outbound),
            lanes: Lanes::default(),
            judged: Vec::new(),
            inbox,
            outbox,
            next_at: None,
            swept: None,
            unsignable: Unsignable::default(),
            held: HashMap::new(),
            cut: CancellationToken::new(),
            engine,
        })
    }

    /// Works until the engine closes, and then for a while until what is under way has ended. What has not by then is
    /// given back, for another worker or the next start to send at once.
    pub(crate) async fn run(mut self) {
        let engine = self.engine.clone();
        tokio::select! {
            () = self.work() => {}
            () = long_after_stop(&engine) => {}
        }
        self.cut.cancel();
        if let Err(error) = self.give_back().await {
            tracing::warn!(error = causes(&error), "deliveries under way wait for their lease to end");
        }
    }

    /// Writes what ended and was not written, and owes again at once what is still being sent.
    async fn give_back(&mut self) -> Result<(), Error> {
        if self.held.is_empty() && self.judged.is_empty() {
            return Ok(());
        }
        let tx = self.engine.store().begin().await?;
        let written = record::write(&self.engine, &tx, &self.judged).await?;
        let held: Vec<HeldDelivery> = self.held.values().copied().collect();
        deliveries::give_back(&tx, &held).await?;
        tx.commit().await?;
        written.tell();
        Ok(())
    }

    async fn work(&mut self) {
        let engine = self.engine.clone();
        let mut wakeups = engine.store().wakeups();
        let mut clock_moves = engine.clock().moves();
        while !engine.tasks().is_stopping() || 0 < self.lanes.in_flight() || !self.judged.is_empty() {
            let round = engine.webhook_rounds().begin();
            match self.turn().await {
                Ok(is_resting) => engine.webhook_rounds().end(round, is_resting),
                Err(error) => {
                    self.begin_anew();
                    tracing::warn!(error = causes(&error), "a turn of the webhook worker failed");
                }
            }
            let moved = async {
                if let Some(moves) = &mut clock_moves
                    && moves.changed().await.is_ok()
                {
                    return;
                }
                std::future::pending::<()>().await;
            };
            tokio::select! {
                Some(tried) = self.inbox.recv() => self.judge(&tried),
                () = engine.webhook_rounds().rung() => {}
                () = wakeups.next(Topic::Deliveries) => {}
                () = moved => {}
                () = engine.tasks().stopping(), if !engine.tasks().is_stopping() => {}
                () = tokio::time::sleep(rest(self.next_at, &engine)) => {}
            }
        }
    }

    /// After a turn that failed: what it found out may not have been acted on.
    fn begin_anew(&mut self) {
        self.next_at = None;
        self.swept = None;
    }

    /// Writes what ended, claims what is due, and sends it. Answers whether there was nothing to do.
    async fn turn(&mut self) -> Result<bool, Error> {
        while let Ok(tried) = self.inbox.try_recv() {
            self.judge(&tried);
        }
        let routes = self.routes().await?;
        let ended = self.ended_leases().await?;
        if self.judged.is_empty() && routes.is_empty() && ended.is_none() {
            return Ok(self.lanes.in_flight() == 0);
        }
        let tx = self.engine.store().begin().await?;
        let written = record::write(&self.engine, &tx, &self.judged).await?;
        if let Some(ended) = ended {
            deliveries::free_expired(&tx, ended).await?;
        }
        let mut claimed = Vec::new();
        for route in &routes {
            claimed.push(self.claim(&tx, route).await?);
        }
        tx.commit().await?;
        // What an ordered endpoint holds back is due, and yet cannot be claimed.
        let has_rested = self.judged.is_empty() && self.lanes.in_flight() == 0 && claimed.iter().all(Vec::is_empty);
        self.judged.clear();
        written.tell();
        for (route, claimed) in routes.into_iter().zip(claimed) {
            self.send(&route, claimed);
        }
        Ok(has_rested)
    }

    fn judge(&mut self, tried: &Tried) {
        let engine = &self.engine;
        let judged = Judged::of(tried, &engine.webhooks().schedule, engine.ids().chance());
        self.lanes.end(tried.claimed.endpoint, judged.effect, tried.ended_at);
        self.held.remove(&tried.claimed.delivery);
        self.judged.push(judged);
    }

    /// The endpoints to take from now, with what is needed to send.
    async fn routes(&mut self) -> Result<Vec<Route>, Error> {
        self.next_at = None;
        if self.engine.tasks().is_stopping() {
            return Ok(Vec::new());
        }
        let (db, now) = (self.engine.store().db(), self.engine.clock().now());
        let mut owed = endpoints::owed(db).await?;
        owed.retain(|owed| !self.unsignable.holds(owed));
        self.next_at = owed.iter().map(|owed| owed.run_at).filter(|run_at| now < *run_at).min();
        let mut plans: BTreeMap<WorkspaceId, BTreeMap<EndpointId, Plan>> = BTreeMap::new();
        for plan in self.lanes.plan(&owed, now, *self.engine.limits()) {
            plans.entry(plan.workspace).or_default().insert(plan.endpoint, plan);
        }
        let mut routes = Vec::new();
        for (workspace, plans) in plans {
            let ids: Vec<EndpointId> = plans.keys().copied().collect();
            let sealed = endpoint_secrets::find_live(db, workspace, &ids, now).await?;
            for endpoint in endpoints::find_many(db, workspace, &ids).await? {
                let Some(plan) = plans.get(&endpoint.id) else {
                    continue;
                };
                let of_endpoint = sealed.iter().filter(|secret| secret.endpoint == endpoint.id);
                let opened = of_endpoint.map(|secret| secrets::open(&self.engine, workspace, secret));
                match opened.collect::<Result<Vec<_>, _>>() {
                    Ok(secrets) => {
                        self.unsignable.remove(endpoint.id);
                        routes.push(Route { plan: *plan, endpoint, secrets });
                    }
                    Err(error) => self.unsignable.insert(endpoint.id, &error),
                }
            }
        }
        Ok(routes)
    }

    async fn claim(&self, tx: &Tx, route: &Route) -> Result<Vec<ClaimedDelivery>, Error> {
        let attempt = self.engine.webhooks().attempt_timeout + self.engine.lease();
        let lease_micros = i64::try_from(attempt.as_micros()).unwrap_or(i64::MAX);
        let claim = DeliveryClaim {
            workspace: route.plan.workspace,
            endpoint: route.endpoint.id,
            is_ordered: route.endpoint.is_ordered,
            now: self.engine.clock().now(),
            lease_until: Clock::lease_now().saturating_add_micros(lease_micros),
            limit: route.plan.room as usize,
        };
        Ok(deliveries::claim(tx, claim).await?)
    }

    /// The instant up to which leases have ended, when some worker holds something beyond; looked for once a
    /// second. On SQLite this process alone holds the database: at its start whoever held a lease is gone.
    async fn ended_leases(&mut self) -> Result<Option<Timestamp>, Error> {
        if self.swept.is_some_and(|swept| swept.elapsed() < POLL) {
            return Ok(None);
        }
        let is_first = self.swept.is_none() && self.lanes.in_flight() == 0;
        let ended = if is_first && self.engine.store().is_sqlite() { Timestamp::MAX } else { Clock::lease_now() };
        self.swept = Some(Stopwatch::start());
        let first_end = deliveries::first_lease_end(self.engine.store().db()).await?;
        Ok(first_end.filter(|end| *end <= ended).map(|_| ended))
    }

    /// Sends what was claimed, each in a task of its own.
    fn send(&mut self, route: &Route, claimed: Vec<ClaimedDelivery>) {
        for delivery in claimed {
            self.lanes.begin(route.endpoint.id);
            self.held.insert(delivery.id, HeldDelivery::from(&delivery));
            let cut = self.cut.clone();
            let (sender, outbox, clock) = (self.sender.clone(), self.outbox.clone(), self.engine.clock().clone());
            let (url, secrets) = (route.endpoint.url.clone(), route.secrets.clone());
            self.engine.tasks().spawn(async move {
                let (started_at, stopwatch) = (clock.now(), Stopwatch::start());
                let (id, body) = (delivery.id, delivery.payload.as_str());
                let message = Message { url: &url, id, at: started_at, body, secrets: &secrets };
                let outcome = tokio::select! {
                    outcome = sender.send(message) => outcome,
                    () = cut.cancelled() => return,
                };
                let (ended_at, took) = (clock.now(), stopwatch.elapsed());
                let tried = Tried { claimed: Claimed::from(&delivery), started_at, ended_at, took, outcome };
                // There is a place for each attempt; a worker that is gone needs no news.
                outbox.send(tried).await.ok();
            });
        }
    }
}

impl From<&ClaimedDelivery> for Claimed {
    fn from(claimed: &ClaimedDelivery) -> Self {
        Self {
            workspace: claimed.workspace,
            delivery: claimed.id,
            endpoint: claimed.endpoint,
            token: claimed.token,
            attempts: claimed.attempts,
            attempts_in_schedule: claimed.attempts_in_schedule,
        }
    }
}

/// Answers when the engine has been closing for as long as attempts under way are waited for.
async fn long_after_stop(engine: &Engine) {
    engine.tasks().stopping().await;
    tokio::time::sleep(engine.webhooks().finish_timeout).await;
}

/// How long until something is due, by the system's time; a test clock speaks when it moves.
fn rest(next_at: Option<Timestamp>, engine: &Engine) -> Duration {
    let Some(next_at) = next_at.filter(|_| !engine.clock().is_test()) else {
        return POLL;
    };
    let micros = next_at.as_micros() - engine.clock().now().as_micros();
    Duration::from_micros(u64::try_from(micros).unwrap_or(0)).min(POLL)
}
