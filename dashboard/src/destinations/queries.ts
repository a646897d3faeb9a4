import { graphql } from '../generated/graphql';

export const DestinationsQuery = graphql(`
  query Destinations($first: Int!, $after: String) {
    webhookEndpoints(first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes { id name url state health { waitingCount lastSuccessAt } }
    }
  }
`);

export const DestinationQuery = graphql(`
  query Destination($id: ID!) {
    webhookEndpoint(id: $id) {
      id
      name
      url
      state
      stoppedAt
      events
      segments
      attributes
      revision
      health {
        waitingCount
        oldestWaitingAt
        lastSuccessAt
        lastFailureAt
        failuresInARow
        hours { beganAt succeeded failed slowestMs }
      }
    }
  }
`);

export const DeliveriesQuery = graphql(`
  query Deliveries($id: ID!, $first: Int!, $after: String, $status: DeliveryStatus) {
    webhookEndpoint(id: $id) {
      id
      deliveries(first: $first, after: $after, status: $status) {
        pageInfo { hasNextPage endCursor }
        nodes { id event status attemptCount createdAt nextAttemptAt profile { id externalId } }
      }
    }
  }
`);

export const DeliveryQuery = graphql(`
  query Delivery($id: ID!) {
    delivery(id: $id) {
      id
      status
      attemptCount
      nextAttemptAt
      payload
      endpoint { id url }
      attempts { number startedAt durationMs status failure excerpt }
    }
  }
`);

export const CreateDestinationMutation = graphql(`
  mutation CreateDestination($input: CreateWebhookEndpointInput!) {
    createWebhookEndpoint(input: $input) {
      endpoint { id name }
      secret
      problems { code path message }
    }
  }
`);

export const UpdateDestinationMutation = graphql(`
  mutation UpdateDestination($input: UpdateWebhookEndpointInput!) {
    updateWebhookEndpoint(input: $input) {
      endpoint { id name url events segments attributes revision }
      problems { code path message }
    }
  }
`);

export const SegmentNameQuery = graphql(`
  query SegmentName($id: ID!) {
    segment(id: $id) { id name }
  }
`);

export const DeleteDestinationMutation = graphql(`
  mutation DeleteDestination($input: WebhookEndpointInput!) {
    deleteWebhookEndpoint(input: $input) {
      problems { code path message }
    }
  }
`);

export const PauseDestinationMutation = graphql(`
  mutation PauseDestination($input: WebhookEndpointInput!) {
    pauseWebhookEndpoint(input: $input) {
      endpoint { id state stoppedAt }
      problems { code path message }
    }
  }
`);

export const ResumeDestinationMutation = graphql(`
  mutation ResumeDestination($input: WebhookEndpointInput!) {
    resumeWebhookEndpoint(input: $input) {
      endpoint { id state stoppedAt }
      problems { code path message }
    }
  }
`);

export const RotateSecretMutation = graphql(`
  mutation RotateSecret($input: RotateWebhookSecretInput!) {
    rotateWebhookSecret(input: $input) {
      secret
      oldEndsAt
      problems { code path message }
    }
  }
`);

export const ReplayMutation = graphql(`
  mutation Replay($input: ReplayDeliveriesInput!) {
    replayDeliveries(input: $input) {
      count
      problems { code path message }
    }
  }
`);

export const SendTestEventMutation = graphql(`
  mutation SendTestEvent($input: WebhookEndpointInput!) {
    sendTestEvent(input: $input) {
      delivery { id }
      problems { code path message }
    }
  }
`);

export const ResendMutation = graphql(`
  mutation Resend($input: DeliveryInput!) {
    resendDelivery(input: $input) {
      delivery { id status attemptCount nextAttemptAt }
      problems { code path message }
    }
  }
`);
