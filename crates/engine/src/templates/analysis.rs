//! Everything about a template while it is typed: what is wrong with it, and what a chosen customer would get.

use std::sync::Arc;

use attrium_schema::{AttributeKey, AttributeSchema, Identifier, Profile, ProfileId, TimeZone};
use attrium_segmentation::byte_offset;
use attrium_storage::{profiles, workspaces};
use attrium_templating::{
    Analysis, Context, Diagnostic, Limits, Moment, Position, ProfileData, Rendering, Severity, Template, WhenMissing,
    Workspace,
};
use attrium_templating::{Completion as Found, CompletionKind};

use crate::attributes;
use crate::cx::Cx;
use crate::error::{Error, Problem, ProblemCode, sentence};
use crate::rights::Right;

/// A template as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateInput {
    /// The Liquid.
    pub body: String,
    /// Where what is rendered goes.
    pub context: Context,
    /// For whom it is rendered; for nobody when absent.
    pub subject: Option<Subject>,
}

/// The customer a template is tried on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// By id.
    Id(ProfileId),
    /// By external id.
    ExternalId(String),
}

/// Everything about a template while it is typed. All offsets count UTF-16 units.
#[derive(Clone, Debug)]
pub struct TemplateAnalysis {
    /// Whether it could be saved.
    pub is_valid: bool,
    /// What is wrong with it, or worth knowing.
    pub diagnostics: Vec<TemplateDiagnostic>,
    /// The attributes it reads, in the spelling of their definitions.
    pub reads: Vec<AttributeKey>,
    /// What the customer would get; `None` without a customer, or when it is not valid.
    pub preview: Option<PreviewOf>,
}

/// What one customer would get.
#[derive(Clone, Debug)]
pub struct PreviewOf {
    /// Who.
    pub profile: Arc<Profile>,
    /// What.
    pub preview: Preview,
}

/// What a rendering gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Preview {
    /// The text.
    Text(String),
    /// Nothing: a message to this customer would not be sent.
    Refused(TemplateDiagnostic),
}

/// One finding about a template, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateDiagnostic {
    /// How much it weighs.
    pub severity: Severity,
    /// Which.
    pub code: &'static str,
    /// For whoever types.
    pub message: String,
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What may have been meant.
    pub suggestions: Vec<String>,
}

/// What could be typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What the list shows.
    pub label: String,
    /// What is put in the text.
    pub insert: String,
    /// What it is.
    pub kind: CompletionKind,
    /// A few words beside it.
    pub detail: String,
    /// Where what it replaces begins.
    pub from: usize,
    /// Where that ends.
    pub to: usize,
}

/// What is wrong with a template, what it reads, and what a chosen customer would get. A wrong template is no error.
///
/// # Errors
/// [`Error::Denied`]; [`Error::NotFound`] when the customer does not exist; [`Error::Busy`] when too many ask at once.
pub async fn analyse(cx: &Cx, input: TemplateInput) -> Result<TemplateAnalysis, Error> {
    cx.require(Right::ReadTemplates)?;
    let schema = attributes::schema_of(cx).await?;
    let profile = match &input.subject {
        Some(subject) => Some(Arc::new(find_subject(cx, subject).await?)),
        None => None,
    };
    let (workspace, moment) = place_of(cx).await?;
    cx.engine
        .cpu()
        .run(move |_| {
            let read = read(&input.body, input.context, &schema);
            let preview = read.template.as_ref().zip(profile).map(|(template, profile)| PreviewOf {
                preview: preview(template, input.context, &profile, (&workspace, &moment)),
                profile,
            });
            TemplateAnalysis {
                is_valid: read.template.is_some(),
                diagnostics: read.diagnostics,
                reads: read.reads,
                preview,
            }
        })
        .await
}

/// What could be typed at a UTF-16 offset of a template, best first. It names attributes, so it needs the right to
/// read those too.
///
/// # Errors
/// [`Error::Denied`]; [`Error::Busy`] when too many ask at once.
pub async fn complete(cx: &Cx, body: &str, offset: usize) -> Result<Vec<Completion>, Error> {
    cx.require(Right::ReadTemplates)?;
    cx.require(Right::ReadAttributes)?;
    let schema = attributes::schema_of(cx).await?;
    let body = body.to_owned();
    cx.engine.cpu().run(move |_| completions(&body, offset, &schema)).await
}

/// Refuses a template that could not be rendered, or not safely where it goes.
///
/// # Errors
/// [`Error::Invalid`] with everything that is wrong with it, at `body`.
pub(super) async fn check_body(cx: &Cx, body: &str, context: Context) -> Result<(), Error> {
    let schema = attributes::schema_of(cx).await?;
    let body = body.to_owned();
    let read = cx.engine.cpu().run(move |_| read(&body, context, &schema)).await?;
    let problems: Vec<Problem> = read
        .diagnostics
        .into_iter()
        .filter(|found| found.severity == Severity::Error)
        .map(|found| Problem::new(ProblemCode::Template, &["body"], found.message))
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}

async fn find_subject(cx: &Cx, subject: &Subject) -> Result<Profile, Error> {
    cx.require(Right::ReadProfiles)?;
    let found = match subject {
        Subject::Id(id) => profiles::find(cx.db(), cx.workspace, *id).await?,
        Subject::ExternalId(text) => match Identifier::external_id(text) {
            Ok(identifier) => profiles::find_by_identifier(cx.db(), cx.workspace, &identifier).await?,
            Err(_) => None,
        },
    };
    found.ok_or(Error::NotFound { noun: "profile" })
}

/// What a template may say of the workspace, and when and in whose calendar it is rendered.
async fn place_of(cx: &Cx) -> Result<(Workspace, Moment), Error> {
    let found = workspaces::find(cx.db(), cx.workspace).await?.ok_or(Error::NotFound { noun: "workspace" })?;
    let zone = TimeZone::get(&found.time_zone).unwrap_or(TimeZone::UTC);
    let workspace = Workspace { name: found.name, time_zone: found.time_zone };
    Ok((workspace, Moment { now: cx.now, zone }))
}

/// What a template says of itself.
struct Read {
    /// `None` when it has errors.
    template: Option<Template>,
    diagnostics: Vec<TemplateDiagnostic>,
    reads: Vec<AttributeKey>,
}

fn read(body: &str, context: Context, schema: &AttributeSchema) -> Read {
    let Analysis { template, diagnostics } = Analysis::of(body, context, schema, &Limits::default());
    let reads = template.as_ref().map(Template::reads).unwrap_or_default();
    let reads = reads.iter().filter_map(|key| schema.find(key.as_str())).map(|found| found.key.clone()).collect();
    let is_wrong = diagnostics.iter().any(|found| found.severity == Severity::Error);
    let diagnostics = diagnostics.iter().map(|found| placed(body, found)).collect();
    Read { template: template.filter(|_| !is_wrong), diagnostics, reads }
}

/// What could be typed, with its places in UTF-16 units.
fn completions(body: &str, offset: usize, schema: &AttributeSchema) -> Vec<Completion> {
    let in_utf16 = |byte| Position::of(body, byte).utf16;
    let completion = |Found { label, insert, kind, detail, span }| Completion {
        from: in_utf16(span.start),
        to: in_utf16(span.end),
        label,
        insert,
        kind,
        detail,
    };
    attrium_templating::complete(body, byte_offset(body, offset), schema).into_iter().map(completion).collect()
}

fn placed(body: &str, found: &Diagnostic) -> TemplateDiagnostic {
    TemplateDiagnostic {
        severity: found.severity,
        code: found.code.name(),
        message: sentence(&found.message),
        from: found.position.utf16,
        to: Position::of(body, found.span.end).utf16,
        suggestions: found.suggestions.clone(),
    }
}

fn preview(
    template: &Template,
    context: Context,
    profile: &Profile,
    (workspace, moment): (&Workspace, &Moment),
) -> Preview {
    let rendered = template.render(&Rendering {
        data: &ProfileData { attributes: profile, workspace },
        context,
        moment,
        when_missing: WhenMissing::Refuse,
        limits: &Limits::default(),
    });
    match rendered {
        Ok(rendered) => Preview::Text(rendered.text),
        Err(error) => Preview::Refused(TemplateDiagnostic {
            severity: Severity::Error,
            code: error.fault.name(),
            message: sentence(&error.fault),
            from: error.position.utf16,
            to: Position::of(template.source(), error.span.end).utf16,
            suggestions: Vec::new(),
        }),
    }
}
