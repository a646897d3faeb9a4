import { type Cache, cacheExchange } from '@urql/exchange-graphcache';

/** Parts of another object: kept inside it, never found by an id of their own. */
const PARTS = [
  'Viewer',
  'Format',
  'ValueCount',
  'ProfileAttribute',
  'Change',
  'AttributeChange',
  'Membership',
  'Transition',
  'RuleAnalysis',
  'RuleNodeCount',
  'RuleDiagnostic',
  'Completion',
  'TemplateAnalysis',
  'TemplateDiagnostic',
  'TemplateCompletion',
  'TemplatePreview',
  'Attempt',
  'WebhookHealth',
  'WebhookHour',
  'IndexState',
  'ImportReject',
  'Problem',
  'Activity',
  'SegmentChange',
  'SearchHit',
] as const;

function forget(cache: Cache, ...fields: string[]) {
  for (const { fieldKey, fieldName } of cache.inspectFields('Query')) {
    if (fields.includes(fieldName)) cache.invalidate('Query', fieldKey);
  }
}

/** A normalised cache: an object edited on one page is new on every other. Lists that may have gained or lost a row are forgotten. */
export function cache() {
  return cacheExchange({
    keys: Object.fromEntries(PARTS.map((part) => [part, () => null])),
    updates: {
      Mutation: {
        createAttribute: (_result, _args, cache) => forget(cache, 'attributes', 'attribute'),
        setProfileAttributes: (_result, _args, cache) =>
          forget(cache, 'profiles', 'segments', 'ruleAnalysis'),
        createSegment: (_result, _args, cache) => forget(cache, 'segments'),
        updateSegment: (_result, _args, cache) => forget(cache, 'segments'),
        deleteSegment: (_result, _args, cache) => forget(cache, 'segments', 'segment'),
        createTemplate: (_result, _args, cache) => forget(cache, 'templates'),
        updateTemplate: (_result, _args, cache) => forget(cache, 'templates'),
        deleteTemplate: (_result, _args, cache) => forget(cache, 'templates', 'template'),
        createWebhookEndpoint: (_result, _args, cache) => forget(cache, 'webhookEndpoints'),
        deleteWebhookEndpoint: (_result, _args, cache) =>
          forget(cache, 'webhookEndpoints', 'webhookEndpoint'),
        startImport: (_result, _args, cache) => forget(cache, 'imports', 'attributes', 'profiles'),
      },
    },
  });
}
