//! Compiled rules of segments, kept for as long as neither the rule nor an attribute changes: a list of
//! segments with their counts would otherwise compile each of them every time it is shown.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use attrium_schema::{AttributeId, AttributeSchema, SegmentId, WorkspaceId};
use attrium_segmentation::{Catalogue, Compiled, compile};
use attrium_storage::LIST_MAX;

use crate::nouns::Segment;

/// The compiled rules of every workspace.
#[derive(Debug, Default)]
pub(crate) struct CompiledRules {
    by_workspace: Mutex<HashMap<WorkspaceId, Arc<Mutex<Kept>>>>,
}

#[derive(Debug, Default)]
struct Kept {
    /// What the rules were compiled against: each attribute and its revision.
    attributes: Vec<(AttributeId, u32)>,
    /// The revision of each segment and its rule, or `None` when it does not compile.
    rules: HashMap<SegmentId, (u32, Option<Arc<Compiled>>)>,
}

impl CompiledRules {
    /// The compiled rule of each segment, or `None` for one whose rule does not compile. Call it on a
    /// blocking thread.
    pub(crate) fn of(
        &self,
        workspace: WorkspaceId,
        segments: &[Segment],
        schema: &AttributeSchema,
    ) -> Vec<Option<Arc<Compiled>>> {
        let kept = {
            let mut by_workspace = self.by_workspace.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(by_workspace.entry(workspace).or_default())
        };
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        let attributes: Vec<_> = schema.iter().map(|definition| (definition.id, definition.revision)).collect();
        // Rules of deleted segments are not looked for, only kept from growing without bound.
        if kept.attributes != attributes || LIST_MAX < kept.rules.len() {
            *kept = Kept { attributes, rules: HashMap::new() };
        }
        segments.iter().map(|segment| kept.rule(segment, schema)).collect()
    }
}

impl Kept {
    fn rule(&mut self, segment: &Segment, schema: &AttributeSchema) -> Option<Arc<Compiled>> {
        match self.rules.get(&segment.id) {
            Some((revision, rule)) if *revision == segment.revision => rule.clone(),
            Some(_) | None => {
                let rule = compile(&segment.rule, &Catalogue { attributes: schema }).ok().map(Arc::new);
                self.rules.insert(segment.id, (segment.revision, rule.clone()));
                rule
            }
        }
    }
}

#[cfg(test)]
mod tests;
