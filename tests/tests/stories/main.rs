//! What a user is promised, tried from outside on both databases.

mod commands;
mod definitions;
mod live;
mod live_segments;
mod profiles;
mod protocol;
mod rules;
mod templates;
mod webhooks;
