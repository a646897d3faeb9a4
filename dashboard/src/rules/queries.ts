import { graphql } from '../generated/graphql';

export const RuleAnalysisQuery = graphql(`
  query RuleAnalysis($input: RuleInput!) {
    ruleAnalysis(input: $input) {
      isValid
      text
      json
      sentence
      count
      total
      nodes { path from to count missingCount }
      diagnostics { severity code message from to suggestions }
      index { isReady loadedProfiles totalProfiles }
    }
  }
`);

export const RuleCompletionsQuery = graphql(`
  query RuleCompletions($input: RuleInput!, $offset: Int!) {
    ruleAnalysis(input: $input) {
      completions(offset: $offset) { label insert kind detail from to }
    }
  }
`);
