//! Everything about a template while it is typed. What is said here is found out by the engine.

use async_graphql::{Context, Enum, ID, InputObject, Object, OneofObject};
use attrium_engine::Cx;
use attrium_engine::templates::{self, Preview, Subject};

use crate::graphql::error::ApiResult;
use crate::graphql::ids;
use crate::graphql::paging;
use crate::graphql::profiles::Profile;
use crate::graphql::request::ContextExt as _;
use crate::graphql::rule_analysis::Severity;

/// What one analysis costs beside its fields: a whole template is checked and rendered.
pub(super) const COST: usize = 500;

/// Where what a template renders goes, which decides how values are escaped. A value can never become markup,
/// another field, or a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "attrium_templating::Context")]
pub(super) enum TemplateContext {
    /// Plain text: values stand as they are.
    Text,
    /// HTML: the five characters with a meaning are escaped, and values are refused where that is not enough:
    /// in attributes without quotes, names, scripts, styles and comments.
    Html,
    /// A JSON document: values are written as JSON, and what is rendered must read as JSON.
    Json,
    /// A header of a message, or another single line: refused when it holds a control character.
    Header,
    /// A part of a URL: values are percent-encoded.
    Url,
}

/// A template as it is typed.
#[derive(InputObject)]
pub(super) struct TemplateAnalysisInput {
    /// The Liquid.
    body: String,
    /// Where what is rendered goes.
    context: TemplateContext,
    /// For whom it is rendered; for nobody when absent.
    subject: Option<SubjectInput>,
}

/// The customer a template is tried on.
#[derive(OneofObject)]
pub(super) enum SubjectInput {
    /// By id: `prof_…`.
    Id(ID),
    /// By the id your own systems know them by.
    ExternalId(String),
}

pub(super) struct TemplateAnalysis {
    found: templates::TemplateAnalysis,
    body: String,
}

impl TemplateAnalysis {
    pub(super) async fn of(cx: &Cx, input: TemplateAnalysisInput) -> ApiResult<Self> {
        let subject = match input.subject {
            Some(SubjectInput::Id(id)) => Some(Subject::Id(ids::read("input.subject.id", &id)?)),
            Some(SubjectInput::ExternalId(id)) => Some(Subject::ExternalId(id)),
            None => None,
        };
        let body = input.body.clone();
        let input = templates::TemplateInput { body: input.body, context: input.context.into(), subject };
        Ok(Self { found: templates::analyse(cx, input).await?, body })
    }
}

/// What there is to know about a template while it is typed. Offsets count UTF-16 units, as browsers do.
#[Object]
impl TemplateAnalysis {
    /// Whether it could be saved.
    async fn is_valid(&self) -> bool {
        self.found.is_valid
    }

    /// What is wrong with it, or worth knowing.
    #[graphql(complexity = "paging::short_list_cost(child_complexity)")]
    async fn diagnostics(&self) -> Vec<TemplateDiagnostic> {
        self.found.diagnostics.iter().cloned().map(TemplateDiagnostic).collect()
    }

    /// The keys of the attributes it reads.
    async fn reads(&self) -> Vec<String> {
        self.found.reads.iter().map(ToString::to_string).collect()
    }

    /// What the customer would get; null without a customer, or when it is not valid.
    async fn preview(&self) -> Option<TemplatePreview> {
        self.found.preview.clone().map(TemplatePreview)
    }

    /// What could be typed at a place, best first.
    #[graphql(complexity = "paging::short_list_cost(child_complexity)")]
    async fn completions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where, in UTF-16 units from the start of the body.")] offset: u32,
    ) -> ApiResult<Vec<TemplateCompletion>> {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        let found = templates::complete(ctx.cx()?, &self.body, offset).await?;
        Ok(found.into_iter().map(TemplateCompletion).collect())
    }
}

pub(super) struct TemplatePreview(templates::PreviewOf);

/// What one customer would get.
#[Object]
impl TemplatePreview {
    /// Who.
    async fn profile(&self) -> Profile {
        Profile(self.0.profile.clone())
    }

    /// The text; null when nothing would be sent.
    async fn text(&self) -> Option<&str> {
        match &self.0.preview {
            Preview::Text(text) => Some(text),
            Preview::Refused(_) => None,
        }
    }

    /// Why nothing would be sent; null when there is a text.
    async fn refusal(&self) -> Option<TemplateDiagnostic> {
        match &self.0.preview {
            Preview::Text(_) => None,
            Preview::Refused(why) => Some(TemplateDiagnostic(why.clone())),
        }
    }
}

pub(super) struct TemplateDiagnostic(templates::TemplateDiagnostic);

/// One finding about a template, and where it is.
#[Object]
impl TemplateDiagnostic {
    /// How much it weighs.
    async fn severity(&self) -> Severity {
        match self.0.severity {
            attrium_templating::Severity::Error => Severity::Error,
            attrium_templating::Severity::Warning => Severity::Warning,
        }
    }

    /// What it is, for programs: `syntax`, `unknown_attribute`, `no_default`, `unsafe_place`, …
    async fn code(&self) -> &str {
        self.0.code
    }

    /// What it is, for people.
    async fn message(&self) -> &str {
        &self.0.message
    }

    /// Where it begins.
    async fn from(&self) -> usize {
        self.0.from
    }

    /// Where it ends.
    async fn to(&self) -> usize {
        self.0.to
    }

    /// What may have been meant, best first; each can replace what stands there.
    async fn suggestions(&self) -> &[String] {
        &self.0.suggestions
    }
}

/// What could be typed in a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "attrium_templating::CompletionKind")]
pub(super) enum TemplateCompletionKind {
    /// An attribute.
    Attribute,
    /// A root other than an attribute: `profile`, `workspace`, `forloop`.
    Root,
    /// A field of what stands before the dot.
    Field,
    /// A name that the template gave a value.
    Name,
    /// A filter.
    Filter,
    /// A tag.
    Tag,
    /// Another word of the language.
    Keyword,
}

pub(super) struct TemplateCompletion(templates::Completion);

/// Something that could be typed.
#[Object]
impl TemplateCompletion {
    /// What a list shows.
    async fn label(&self) -> &str {
        &self.0.label
    }

    /// What to put in place of `from` to `to`.
    async fn insert(&self) -> &str {
        &self.0.insert
    }

    /// What it is.
    async fn kind(&self) -> TemplateCompletionKind {
        self.0.kind.into()
    }

    /// A few words more; may be empty.
    async fn detail(&self) -> &str {
        &self.0.detail
    }

    /// Where what it replaces begins.
    async fn from(&self) -> usize {
        self.0.from
    }

    /// Where that ends.
    async fn to(&self) -> usize {
        self.0.to
    }
}
