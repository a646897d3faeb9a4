import { graphql } from '../generated/graphql';

export const TemplatesQuery = graphql(`
  query Templates($first: Int!, $after: String, $search: String) {
    templates(first: $first, after: $after, search: $search) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { id key name description context updatedAt }
    }
  }
`);

export const TemplateQuery = graphql(`
  query Template($id: ID!) {
    template(id: $id) {
      id
      key
      name
      description
      context
      body
      revision
      updatedAt
    }
  }
`);

export const TemplateAnalysisQuery = graphql(`
  query TemplateAnalysis($input: TemplateAnalysisInput!) {
    templateAnalysis(input: $input) {
      isValid
      reads
      diagnostics { severity code message from to suggestions }
    }
  }
`);

export const TemplatePreviewQuery = graphql(`
  query TemplatePreview($input: TemplateAnalysisInput!) {
    templateAnalysis(input: $input) {
      preview {
        profile { id externalId }
        text
        refusal { severity code message from to suggestions }
      }
    }
  }
`);

export const TemplateCompletionsQuery = graphql(`
  query TemplateCompletions($input: TemplateAnalysisInput!, $offset: Int!) {
    templateAnalysis(input: $input) {
      completions(offset: $offset) { label insert kind detail from to }
    }
  }
`);

export const FirstProfileQuery = graphql(`
  query FirstProfile {
    profiles(first: 1) {
      nodes { id externalId }
    }
  }
`);

export const CreateTemplateMutation = graphql(`
  mutation CreateTemplate($input: CreateTemplateInput!) {
    createTemplate(input: $input) {
      template { id }
      problems { code path message }
    }
  }
`);

export const UpdateTemplateMutation = graphql(`
  mutation UpdateTemplate($input: UpdateTemplateInput!) {
    updateTemplate(input: $input) {
      template { id name description context body revision updatedAt }
      problems { code path message }
    }
  }
`);

export const DeleteTemplateMutation = graphql(`
  mutation DeleteTemplate($input: DeleteTemplateInput!) {
    deleteTemplate(input: $input) {
      problems { code path message }
    }
  }
`);
