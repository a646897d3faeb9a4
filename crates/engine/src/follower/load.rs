//! Loading: every profile into a fresh index, page by page, while the world goes on.

use attrium_schema::{AttributeSchema, Profile, ProfileId};
use attrium_segmentation::AudienceIndex;
use attrium_storage::{Page, attributes, changes, profiles};

use super::Follower;
use crate::clock::Stopwatch;
use crate::error::Error;

const PROFILES_AT_ONCE: usize = 1_000;

impl Follower {
    /// Loads the index. Profiles changed meanwhile are loaded as of then; the feed after the place
    /// noted first brings every one of them up to date, since the index skips what it knows.
    pub(super) async fn load(&mut self) -> Result<(), Error> {
        let began = Stopwatch::start();
        let (db, workspace) = (self.engine.store().db(), self.audience.workspace);
        let cursor = changes::head(db, workspace).await?;
        let schema = attributes::schema(db, workspace).await?;
        let mut index = AudienceIndex::new(&schema);
        let total = profiles::count(db, workspace).await?;
        let mut after: Option<ProfileId> = None;
        loop {
            self.audience.set_progress(index.len() as u64, total);
            let page = Page { after, limit: PROFILES_AT_ONCE };
            let found = profiles::page_for_index(db, workspace, page).await?;
            let Some(last) = found.last() else {
                break;
            };
            after = Some(last.id);
            // Read behind the profiles: an attribute is declared before anyone holds a value of it, but
            // perhaps since the last page, and a value without its column would be lost.
            let schema = attributes::schema(db, workspace).await?;
            let work = tokio::task::spawn_blocking(move || put_all(index, &schema, &found));
            index = work.await.map_err(Error::broken)?;
            if self.engine.tasks().is_stopping() {
                return Err(Error::Closing);
            }
        }
        let (profiles, size_bytes, duration_ms) = (index.len(), index.size_bytes(), began.elapsed().as_millis());
        tracing::info!(workspace.id = %workspace, profiles, size_bytes, duration_ms, "loaded {profiles} profiles");
        self.audience.replace(index);
        self.cursor = Some(cursor);
        // What lies between a feed that broke off and this place comes by no more.
        self.engine.live().tell_missed(workspace);
        Ok(())
    }
}

fn put_all(mut index: AudienceIndex, schema: &AttributeSchema, profiles: &[Profile]) -> AudienceIndex {
    index.set_schema(schema);
    for profile in profiles {
        index.put(profile);
    }
    index
}
