//! Nobody does what they may not, and a foreign thing is no different from none.

use attrium_schema::{ApiKeyId, AttributeId, DeliveryId, EndpointId, ImportId, ProfileId, SegmentId};
use attrium_storage::testing::on_both;
use uuid::Uuid;

use super::webhooks::edit_of_endpoint;
use super::*;
use crate::imports::{self, ExternalIds, ImportContent, ImportDraft};
use crate::paging::PageRequest;
use crate::profiles::ProfileFilter;
use crate::rights::{Right, Rights};
use crate::users::{self, UserDraft};
use crate::webhooks::{self, DeliveryFilter, EndpointDraft, EventType};
use crate::workspaces::{self, WorkspaceDraft};
use crate::{audience, changes, keys, labels, live, memberships};

fn import_draft() -> ImportDraft {
    ImportDraft {
        name: "a.csv".to_owned(),
        content: ImportContent::Text("a\n1\n".to_owned()),
        format: None,
        external_id: ExternalIds::Prefix("a-".to_owned()),
        missing: Vec::new(),
    }
}

fn endpoint_draft() -> EndpointDraft {
    EndpointDraft {
        name: "A".to_owned(),
        url: "https://example.com/hooks".to_owned(),
        events: vec![EventType::ProfileUpdated],
        attributes: Vec::new(),
        segments: Vec::new(),
        is_ordered: false,
    }
}

fn segment_draft() -> SegmentDraft {
    let rule = RuleInput::Text("points > 1".to_owned());
    SegmentDraft { key: None, name: "A".to_owned(), description: String::new(), rule }
}

macro_rules! refuses {
    ($cx:ident: $($right:ident => $call:expr),+ $(,)?) => {$({
        let mut $cx = $cx.clone();
        $cx.rights = Rights::all().without(Right::$right);
        let refused = $call;
        assert!(
            matches!(refused, Err(Error::Denied { right: Right::$right })),
            "{} without {}", stringify!($call), Right::$right,
        );
    })+};
}

#[tokio::test]
async fn every_reading_use_case_refuses_without_its_right() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let (profile, segment) = (ProfileId::from_uuid(Uuid::nil()), SegmentId::from_uuid(Uuid::nil()));
        let points = AttributeKey::parse("points").unwrap();
        let (endpoint, delivery) = (EndpointId::from_uuid(Uuid::nil()), DeliveryId::from_uuid(Uuid::nil()));
        let all = DeliveryFilter::default();
        refuses!(cx:
            ReadAttributes => attributes::schema(&cx).await,
            ReadAttributes => attributes::find(&cx, AttributeId::from_uuid(Uuid::nil())).await,
            ReadAttributes => attributes::find_by_key(&cx, "points").await,
            ReadAttributes => attributes::page(&cx, None, PageRequest::new(1, None)).await,
            ReadAttributes => attributes::count(&cx, None).await,
            ReadAttributes => attributes::used_by(&cx, &[], &PageRequest::new(1, None)).await,
            ReadSegments => attributes::used_by(&cx, &[], &PageRequest::new(1, None)).await,
            ReadAttributes => attributes::filled_counts(&cx, &[]).await,
            ReadAttributes => attributes::top_values(&cx, &points, 1).await,
            ReadProfiles => profiles::find(&cx, profile).await,
            ReadProfiles => profiles::find_many(&cx, &[]).await,
            ReadProfiles => profiles::find_by_external_id(&cx, "a").await,
            ReadProfiles => profiles::page(&cx, &ProfileFilter::All, PageRequest::new(1, None)).await,
            ReadProfiles => profiles::count(&cx, &ProfileFilter::All).await,
            ReadProfiles => changes::page(&cx, PageRequest::new(1, None)).await,
            ReadProfiles => changes::of_profile(&cx, profile, None, PageRequest::new(1, None)).await,
            ReadProfiles => memberships::counts_of_profiles(&cx, &[]).await,
            ReadSegments => memberships::counts_of_profiles(&cx, &[]).await,
            ReadProfiles => memberships::pages_of_profiles(&cx, &[], &PageRequest::new(1, None)).await,
            ReadSegments => memberships::pages_of_profiles(&cx, &[], &PageRequest::new(1, None)).await,
            ReadProfiles => memberships::page(&cx, segment, PageRequest::new(1, None)).await,
            ReadSegments => memberships::page(&cx, segment, PageRequest::new(1, None)).await,
            ReadProfiles => memberships::count(&cx, segment).await,
            ReadSegments => memberships::count(&cx, segment).await,
            ReadProfiles => memberships::transitions_of_segment(&cx, segment, PageRequest::new(1, None)).await,
            ReadSegments => memberships::transitions_of_profile(&cx, profile, PageRequest::new(1, None)).await,
            ReadSegments => segments::find(&cx, segment).await,
            ReadSegments => segments::find_many(&cx, &[]).await,
            ReadSegments => segments::find_by_key(&cx, "a").await,
            ReadSegments => segments::page(&cx, None, PageRequest::new(1, None)).await,
            ReadSegments => segments::count(&cx, None).await,
            ReadSegments => segments::audience_counts(&cx, &[]).await,
            ReadSegments => audience::analyse(&cx, RuleInput::Text(String::new())).await,
            ReadSegments => audience::complete(&cx, "", 0).await,
            ReadSegments => audience::check(&cx, &RuleInput::Text(String::new()), &[]).await,
            ReadImports => imports::find(&cx, ImportId::from_uuid(Uuid::nil())).await,
            ReadImports => imports::page(&cx, PageRequest::new(1, None)).await,
            ReadImports => imports::count(&cx).await,
            ReadImports => imports::rejects(&cx, ImportId::from_uuid(Uuid::nil()), PageRequest::new(1, None)).await,
            ReadEndpoints => webhooks::list(&cx).await,
            ReadEndpoints => webhooks::find(&cx, endpoint).await,
            ReadEndpoints => webhooks::find_many(&cx, &[]).await,
            ReadEndpoints => webhooks::backlogs(&cx, &[endpoint]).await,
            ReadEndpoints => webhooks::hours(&cx, endpoint, cx.now).await,
            ReadEndpoints => webhooks::find_delivery(&cx, delivery).await,
            ReadEndpoints => webhooks::page_of_deliveries(&cx, &all, PageRequest::new(1, None)).await,
            ReadEndpoints => webhooks::count_deliveries(&cx, &all).await,
            ReadEndpoints => webhooks::attempts_of(&cx, &[]).await,
            ReadImports => imports::progress(&cx, ImportId::from_uuid(Uuid::nil())).await,
            ReadProfiles => live::activity(&cx).await,
            ReadProfiles => live::of_profile(&cx, profile).await,
            ReadSegments => live::of_segment(&cx, segment).await,
            ReadProfiles => labels::of_sources(&cx, &[]).await,
            ReadProfiles => labels::of_actors(&cx, &[]).await,
        );
        engine.close().await;
    })
    .await;
}

#[tokio::test]
async fn every_writing_use_case_refuses_without_its_right() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let segment = SegmentId::from_uuid(Uuid::nil());
        let attribute_edit = || attributes::AttributeEdit {
            id: AttributeId::from_uuid(Uuid::nil()),
            expected_revision: None,
            label: None,
            description: None,
            format: None,
            privacy_class: None,
        };
        let endpoint = EndpointId::from_uuid(Uuid::nil());
        let segment_edit = || segments::SegmentEdit {
            id: segment,
            expected_revision: None,
            name: None,
            description: None,
            rule: None,
        };
        let user = || UserDraft {
            email: "a@example.com".to_owned(),
            name: String::new(),
            role: crate::Role::Owner,
            password: None,
        };
        let workspace = || WorkspaceDraft { key: "b".to_owned(), name: String::new(), time_zone: "UTC".to_owned() };
        refuses!(cx:
            EditAttributes => attributes::create(&cx, draft("x", ScalarType::Text), None).await,
            EditAttributes => attributes::update(&cx, attribute_edit(), None).await,
            EditProfiles => profiles::set_attributes(&cx, edit("a", &[]), None).await,
            EditSegments => segments::create(&cx, segment_draft(), None).await,
            EditSegments => segments::update(&cx, segment_edit(), None).await,
            EditSegments => segments::delete(&cx, segment, None).await,
            Import => imports::start(&cx, import_draft(), None).await,
            ManageEndpoints => webhooks::create(&cx, endpoint_draft(), None).await,
            ReadProfiles => webhooks::create(&cx, endpoint_draft(), None).await,
            ReadProfiles => webhooks::update(&cx, edit_of_endpoint(endpoint), None).await,
            ManageEndpoints => webhooks::update(&cx, edit_of_endpoint(endpoint), None).await,
            ManageEndpoints => webhooks::pause(&cx, endpoint, None).await,
            ManageEndpoints => webhooks::resume(&cx, endpoint, None).await,
            ManageEndpoints => webhooks::delete(&cx, endpoint, None).await,
            ManageEndpoints => webhooks::rotate_secret(&cx, endpoint, 1, None).await,
            ManageEndpoints => webhooks::send_test(&cx, endpoint, None).await,
            ManageEndpoints => webhooks::resend(&cx, DeliveryId::from_uuid(Uuid::nil()), None).await,
            ManageEndpoints => webhooks::replay(&cx, DeliveryFilter::default(), None).await,
            ManageUsers => users::add(&cx, user()).await,
            ManageUsers => users::reset_password(&cx, "a@example.com", None).await,
            ManageKeys => keys::create(&cx, "a", Rights::all()).await,
            ManageKeys => keys::list(&cx).await,
            ManageKeys => keys::revoke(&cx, ApiKeyId::from_uuid(Uuid::nil())).await,
            ManageWorkspaces => workspaces::create(&cx, workspace()).await,
            Import => keys::create(&cx, "a", Rights::all()).await,
        );
        engine.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_foreign_thing_is_no_different_from_none() {
    on_both(|store| async move {
        let (engine, cx) = house(&store).await;
        let ours = set(&cx, "a", "points", json!(5)).await;
        let segment = segment(&cx, "Ours", "points > 1").await;
        let attribute = attributes::find_by_key(&cx, "points").await.unwrap().unwrap();
        let draft = WorkspaceDraft { key: "other".to_owned(), name: String::new(), time_zone: "UTC".to_owned() };
        workspaces::create(&cx, draft).await.unwrap();
        let (endpoint, _) = webhooks::create(&cx, endpoint_draft(), None).await.unwrap();
        engine.settle().await.unwrap();
        let foreign = engine.cx_of_operator(Some("other")).await.unwrap();
        assert_eq!(webhooks::find(&foreign, endpoint.id).await.unwrap(), None);
        assert!(matches!(webhooks::delete(&foreign, endpoint.id, None).await, Err(Error::NotFound { .. })));
        assert!(matches!(webhooks::rotate_secret(&foreign, endpoint.id, 1, None).await, Err(Error::NotFound { .. })));
        assert_eq!(profiles::find(&foreign, ours.id).await.unwrap(), None);
        assert_eq!(profiles::find_by_external_id(&foreign, "a").await.unwrap(), None);
        assert_eq!(segments::find(&foreign, segment.id).await.unwrap(), None);
        assert_eq!(attributes::find(&foreign, attribute.id).await.unwrap(), None);
        assert!(matches!(live::of_profile(&foreign, ours.id).await, Err(Error::NotFound { .. })));
        assert!(matches!(live::of_segment(&foreign, segment.id).await, Err(Error::NotFound { .. })));
        assert!(matches!(segments::delete(&foreign, segment.id, None).await, Err(Error::NotFound { .. })));
        let mut edit = edit("a", &[]);
        edit.target = ProfileTarget::Id(ours.id);
        assert!(matches!(profiles::set_attributes(&foreign, edit, None).await, Err(Error::NotFound { .. })));
        let history = changes::of_profile(&foreign, ours.id, None, PageRequest::new(9, None)).await.unwrap();
        assert!(history.items.is_empty());
        assert_eq!(audience::analyse(&foreign, RuleInput::Text(String::new())).await.unwrap().total, Some(0));
        engine.close().await;
    })
    .await;
}
