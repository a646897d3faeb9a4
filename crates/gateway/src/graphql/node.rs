//! Any object by its global id.

use async_graphql::{Context, ID, Interface, Object};
use attrium_engine::{attributes, imports, profiles, segments, templates, webhooks, workspaces};

use super::attributes::Attribute;
use super::error::ApiResult;
use super::ids::NodeId;
use super::imports::Import;
use super::profiles::Profile;
use super::request::ContextExt as _;
use super::segments::Segment;
use super::templates::Template;
use super::viewer::{User, Workspace};
use super::webhooks::{Delivery, WebhookEndpoint};

/// An object with a global id.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Its global id: a prefix that tells the type, and 26 characters."))]
pub(super) enum Node {
    Attribute(Attribute),
    Delivery(Delivery),
    Import(Import),
    Profile(Profile),
    Segment(Segment),
    Template(Template),
    User(User),
    WebhookEndpoint(WebhookEndpoint),
    Workspace(Workspace),
}

#[derive(Default)]
pub(super) struct NodeQueries;

#[Object]
impl NodeQueries {
    /// The object with this global id; null when there is none that the viewer may see. Of users, that is
    /// the viewer alone.
    async fn node(&self, ctx: &Context<'_>, id: ID) -> ApiResult<Option<Node>> {
        let cx = ctx.cx()?;
        Ok(match NodeId::read(&id)? {
            NodeId::Attribute(id) => attributes::find(cx, id).await?.map(|found| Node::Attribute(found.into())),
            NodeId::Import(id) => imports::find(cx, id).await?.map(|found| Node::Import(Import(found))),
            NodeId::Profile(id) => profiles::find(cx, id).await?.map(|found| Node::Profile(found.into())),
            NodeId::Segment(id) => segments::find(cx, id).await?.map(|found| Node::Segment(found.into())),
            NodeId::Template(id) => templates::find(cx, id).await?.map(|found| Node::Template(Template(found))),
            NodeId::WebhookEndpoint(id) => {
                webhooks::find(cx, id).await?.map(|found| Node::WebhookEndpoint(WebhookEndpoint(found)))
            }
            NodeId::Delivery(id) => webhooks::find_delivery(cx, id).await?.map(|found| Node::Delivery(Delivery(found))),
            NodeId::User(id) => User::of_caller(cx).filter(|user| user.0.id == id).map(Node::User),
            NodeId::Workspace(id) => {
                let own = workspaces::of_caller(cx).await?;
                own.into_iter().find(|workspace| workspace.id == id).map(|found| Node::Workspace(Workspace(found)))
            }
        })
    }
}
