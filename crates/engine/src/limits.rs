//! Every published limit in one place; each is owned by the crate that holds to it.

use serde::Serialize;

use crate::paging::PageRequest;

/// The published limits: what `version --json` shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Limits {
    /// Attribute definitions of one workspace.
    pub attributes_max: usize,
    /// Bytes of one text value.
    pub text_bytes_max: usize,
    /// Items of one list.
    pub list_items_max: usize,
    /// Bytes of one identifier.
    pub identifier_bytes_max: usize,
    /// Attributes set by one request.
    pub edit_attributes_max: usize,
    /// Bytes of one profile's document.
    pub profile_bytes_max: usize,
    /// Segments of one workspace.
    pub segments_max: usize,
    /// Message templates of one workspace.
    pub templates_max: usize,
    /// Levels of one rule.
    pub rule_levels_max: usize,
    /// Nodes of one rule.
    pub rule_nodes_max: usize,
    /// Values of one `in`.
    pub rule_values_max: usize,
    /// Bytes of a rule's text.
    pub rule_text_bytes_max: usize,
    /// Entries of one page.
    pub page_max: usize,
    /// Bytes of a text to search for.
    pub search_text_bytes_max: usize,
    /// API keys of one workspace.
    pub api_keys_max: usize,
    /// Webhook endpoints of one workspace.
    pub endpoints_max: usize,
    /// Segments that one webhook endpoint chooses.
    pub endpoint_segments_max: usize,
    /// Attempts under way at one endpoint.
    pub endpoint_attempts_max: usize,
    /// Attempts under way in one workspace.
    pub workspace_attempts_max: usize,
    /// Attempts under way in one process.
    pub attempts_max: usize,
    /// Days a delivery is kept once it arrived or was given up.
    pub delivery_days: u32,
    /// Days a delivery waits for an endpoint that nothing is sent to, before it is given up.
    pub waiting_days: u32,
    /// Days an attempt is kept.
    pub attempt_days: u32,
    /// Sessions of one user.
    pub sessions_max: usize,
    /// Units of work waiting for the writers.
    pub writer_queue_max: usize,
    /// Units of work in one commit.
    pub commit_units_max: usize,
    /// Profiles that enter or leave segments in one commit, when a rule is new, edited, or moved by the clock.
    pub commit_moves_max: usize,
    /// Deliveries that one commit owes for changes and for moves of the clock or an edited rule.
    pub commit_deliveries_max: usize,
    /// Days an idempotency key is remembered.
    pub idempotency_days: u32,
    /// Bytes of one file to import.
    pub import_bytes_max: usize,
    /// Rejected rows an import keeps with their reason; further ones are counted.
    pub import_rejects_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            attributes_max: attrium_schema::ATTRIBUTES_MAX,
            text_bytes_max: attrium_schema::TEXT_BYTES_MAX,
            list_items_max: attrium_schema::LIST_ITEMS_MAX,
            identifier_bytes_max: attrium_schema::Identifier::BYTES_MAX,
            edit_attributes_max: 256,
            profile_bytes_max: 64 * 1024,
            segments_max: 5_000,
            templates_max: 1_000,
            rule_levels_max: attrium_segmentation::LEVELS_MAX,
            rule_nodes_max: attrium_segmentation::NODES_MAX,
            rule_values_max: attrium_segmentation::VALUES_MAX,
            rule_text_bytes_max: attrium_segmentation::TEXT_BYTES_MAX,
            page_max: PageRequest::<()>::FIRST_MAX,
            search_text_bytes_max: attrium_schema::Identifier::BYTES_MAX,
            api_keys_max: 100,
            endpoints_max: 50,
            endpoint_segments_max: 100,
            endpoint_attempts_max: attrium_integrations::webhooks::WINDOW_MAX as usize,
            workspace_attempts_max: 64,
            attempts_max: 512,
            delivery_days: 30,
            waiting_days: 90,
            attempt_days: 30,
            sessions_max: 20,
            writer_queue_max: 1_024,
            commit_units_max: 200,
            commit_moves_max: 5_000,
            commit_deliveries_max: 10_000,
            idempotency_days: 7,
            import_bytes_max: 1024 * 1024 * 1024,
            import_rejects_max: 1_000,
        }
    }
}
