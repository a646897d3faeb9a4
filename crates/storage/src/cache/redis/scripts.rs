//! The three things asked of Redis, each a script over many keys in one round trip, and refused as a whole when another
//! generation is in force. An entry is a hash: version `v` and body `b`, or the lease `l` of whoever loads it.

use attrium_schema::{ProfileId, WorkspaceId};
use redis::{RedisResult, Script, Value};

use super::Lease;
use super::link::Session;
use super::missed::Versions;

/// Answers each body; where there is none, the lease is taken unless somebody has it.
const READ: &str = r"
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return false end
local bodies = {}
for i = 2, #KEYS do
  local body = redis.call('HGET', KEYS[i], 'b')
  if not body and redis.call('HSETNX', KEYS[i], 'l', ARGV[2]) == 1 then
    redis.call('PEXPIRE', KEYS[i], ARGV[3])
  end
  bodies[i - 1] = body or ''
end
return bodies";

/// Keeps a version where the lease is still ours. A version that somebody has kept has no lease beside it, so nothing is
/// overwritten; one that came and went since has taken the lease with it, so nothing stale is brought back.
const FILL: &str = r"
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return false end
for i = 2, #KEYS do
  if redis.call('HGET', KEYS[i], 'l') == ARGV[2] then
    redis.call('DEL', KEYS[i])
    redis.call('HSET', KEYS[i], 'v', ARGV[3 * i - 3], 'b', ARGV[3 * i - 2])
    redis.call('PEXPIRE', KEYS[i], ARGV[3 * i - 1])
  end
end
return 1";

/// Forgets versions below these, and leases: whoever holds one may have loaded such a version.
const FORGET: &str = r"
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return false end
for i = 2, #KEYS do
  local version = redis.call('HGET', KEYS[i], 'v')
  if not version or tonumber(version) < tonumber(ARGV[i]) then redis.call('DEL', KEYS[i]) end
end
return 1";

/// How long whoever took a lease may load.
const LEASE_MS: u64 = 10_000;
/// How long an entry stays: from 54 to 66 seconds, so that what came together does not go together.
const ENTRY_MS: u64 = 54_000;
const ENTRY_SPREAD_MS: u128 = 12_000;

pub(super) struct Scripts {
    read: Script,
    fill: Script,
    forget: Script,
}

/// A profile to keep.
pub(super) struct Fill {
    pub(super) profile: ProfileId,
    pub(super) version: i64,
    pub(super) body: String,
}

impl Default for Scripts {
    fn default() -> Self {
        Self { read: Script::new(READ), fill: Script::new(FILL), forget: Script::new(FORGET) }
    }
}

impl Scripts {
    /// The body of each profile; `None` when another generation is in force.
    pub(super) async fn read(
        &self,
        lease: &Lease,
        workspace: WorkspaceId,
        ids: &[ProfileId],
    ) -> RedisResult<Option<Vec<Option<Vec<u8>>>>> {
        let session = &lease.session;
        let mut call = self.read.prepare_invoke();
        call.key(&session.root).arg(&session.generation).arg(&lease.nonce).arg(LEASE_MS);
        for id in ids {
            call.key(session.key(workspace, *id));
        }
        let bodies: Option<Vec<Vec<u8>>> = call.invoke_async(&mut session.connection.clone()).await?;
        Ok(bodies.map(|bodies| bodies.into_iter().map(|body| (!body.is_empty()).then_some(body)).collect()))
    }

    /// Keeps these where the lease is still there; in another generation, nothing.
    pub(super) async fn fill(&self, lease: &Lease, workspace: WorkspaceId, fills: &[Fill]) -> RedisResult<()> {
        let session = &lease.session;
        let mut call = self.fill.prepare_invoke();
        call.key(&session.root).arg(&session.generation).arg(&lease.nonce);
        for Fill { profile, version, body } in fills {
            let spread_ms = u64::try_from(profile.uuid().as_u128() % ENTRY_SPREAD_MS).unwrap_or_default();
            call.key(session.key(workspace, *profile)).arg(*version).arg(body).arg(ENTRY_MS + spread_ms);
        }
        call.invoke_async::<Value>(&mut session.connection.clone()).await.map(drop)
    }

    /// Forgets what is below these versions; false when another generation is in force.
    pub(super) async fn forget(&self, session: &Session, versions: &Versions) -> RedisResult<bool> {
        let mut call = self.forget.prepare_invoke();
        call.key(&session.root).arg(&session.generation);
        for ((workspace, profile), version) in versions {
            call.key(session.key(*workspace, *profile)).arg(*version);
        }
        let done: Option<i64> = call.invoke_async(&mut session.connection.clone()).await?;
        Ok(done.is_some())
    }
}
