//! Hot profiles in a Redis that the nodes share.
//!
//! Redis is used only over one unbroken connection: after any error the [link] is *away*, reads are misses at no
//! cost, and what must be forgotten is remembered until it has been. Every entry lies in the namespace of one run of
//! one Redis and of one *generation* in it, so that nothing an older life of it held is ever read.

mod link;
mod missed;
mod scripts;

use std::time::Duration;

use attrium_schema::{Profile, ProfileId, WorkspaceId};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use super::{Sight, body};
use crate::error::StorageError;
use link::{Link, Session};
use missed::Versions;
use scripts::{Fill, Scripts};

/// How long Redis may take for an answer. Tests count what was loaded, on machines that do much else.
const ANSWER_WITHIN: Duration = Duration::from_millis(if cfg!(test) { 1_000 } else { 50 });
/// Reads asked at once; more wait, so that a crowd is not mistaken for a Redis that does not answer.
const READS_AT_ONCE: usize = 64;
/// Profiles in one call: Redis answers nobody else meanwhile.
const PROFILES_AT_ONCE: usize = 250;
/// How often a call is tried when other nodes begin a new generation.
const TRIES_MAX: usize = 3;

pub(super) struct Redis {
    link: Link,
    scripts: Scripts,
    reads: Semaphore,
}

/// The right to keep profiles that were not there: a write in between takes it away.
pub(super) struct Lease {
    session: Session,
    nonce: String,
}

impl Redis {
    pub(super) fn open(url: &SecretString) -> Result<Self, StorageError> {
        let client = redis::Client::open(url.expose_secret()).map_err(|_| StorageError::BadRedisUrl)?;
        let reads = Semaphore::new(READS_AT_ONCE);
        Ok(Self { link: Link::new(client), scripts: Scripts::default(), reads })
    }

    /// Those that are kept, and a lease for the others.
    pub(super) async fn find_many(&self, workspace: WorkspaceId, ids: &[ProfileId]) -> Sight {
        let mut sight = Sight::default();
        let Ok(Ok(_turn)) = tokio::time::timeout(ANSWER_WITHIN, self.reads.acquire()).await else {
            return sight;
        };
        let Some(session) = self.link.session() else {
            return sight;
        };
        let mut lease = Lease { nonce: self.link.name(&session), session };
        for ids in ids.chunks(PROFILES_AT_ONCE) {
            match self.read(&mut lease, workspace, ids).await {
                Ok(bodies) => {
                    let read = ids.iter().zip(bodies).filter_map(|(id, text)| {
                        let profile = body::read(workspace, *id, &text?)?;
                        Some((*id, profile))
                    });
                    sight.kept.extend(read);
                }
                Err(error) => {
                    self.link.lose(&lease.session, &error, &Versions::new());
                    return sight;
                }
            }
        }
        sight.lease = Some(lease);
        sight
    }

    async fn read(
        &self,
        lease: &mut Lease,
        workspace: WorkspaceId,
        ids: &[ProfileId],
    ) -> redis::RedisResult<Vec<Option<Vec<u8>>>> {
        for _ in 0..TRIES_MAX {
            if let Some(bodies) = self.scripts.read(lease, workspace, ids).await? {
                return Ok(bodies);
            }
            self.link.retune(&mut lease.session).await?;
        }
        Err(restless())
    }

    /// Keeps profiles that were loaded under a lease, those that nobody has altered since.
    pub(super) async fn fill(&self, workspace: WorkspaceId, profiles: &[Profile], lease: &Lease) {
        for profiles in profiles.chunks(PROFILES_AT_ONCE) {
            let fill = |profile: &Profile| {
                let body = body::write(workspace, profile)?;
                Some(Fill { profile: profile.id, version: profile.version, body })
            };
            let fills: Vec<Fill> = profiles.iter().filter_map(fill).collect();
            if let Err(error) = self.scripts.fill(lease, workspace, &fills).await {
                self.link.lose(&lease.session, &error, &Versions::new());
                return;
            }
        }
    }

    /// Forgets what is kept below these versions: now, or before Redis is believed again.
    pub(super) async fn forget_older(&self, workspace: WorkspaceId, versions: &[(ProfileId, i64)]) {
        for versions in versions.chunks(PROFILES_AT_ONCE) {
            let mut newest = Versions::new();
            missed::add(&mut newest, versions.iter().map(|(id, version)| ((workspace, *id), *version)));
            let Some(mut session) = self.link.session_or_miss(&newest) else {
                continue;
            };
            if let Err(error) = self.forget(&mut session, &newest).await {
                self.link.lose(&session, &error, &newest);
            }
        }
    }

    async fn forget(&self, session: &mut Session, versions: &Versions) -> redis::RedisResult<()> {
        for _ in 0..TRIES_MAX {
            if self.scripts.forget(session, versions).await? {
                return Ok(());
            }
            self.link.retune(session).await?;
        }
        Err(restless())
    }

    /// Nothing that is kept is believed any more.
    pub(super) fn doubt(&self) {
        self.link.doubt();
    }

    /// Whether Redis is away, and that has been told.
    pub(super) fn is_missing(&self) -> bool {
        self.link.is_missing()
    }

    /// Asks Redis whether it is there; when it was away, applies what was missed and believes it again.
    pub(super) async fn tend(&self) {
        if let Some(session) = self.link.session() {
            if let Err(error) = session.touch().await {
                self.link.lose(&session, &error, &Versions::new());
            }
            return;
        }
        if let Err(error) = self.come_back().await {
            self.link.still_away(&error);
        }
    }

    async fn come_back(&self) -> redis::RedisResult<()> {
        let mut session = self.link.connect().await?;
        loop {
            let missed = self.link.take_missed();
            let caught_up = async {
                if missed.is_too_much || session.generation.is_empty() {
                    self.link.begin(&mut session, missed.is_too_much).await?;
                }
                for versions in missed.chunks(PROFILES_AT_ONCE) {
                    self.forget(&mut session, &versions).await?;
                }
                Ok(())
            };
            if let Err(error) = caught_up.await {
                self.link.give_back(&missed);
                return Err(error);
            }
            // What was missed meanwhile is caught up with first.
            if self.link.join(&session) {
                return Ok(());
            }
        }
    }
}

/// Another node began a new generation each time we asked.
fn restless() -> redis::RedisError {
    redis::RedisError::from((redis::ErrorKind::Client, "the generation changed at every try"))
}
