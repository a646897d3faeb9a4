import { graphql } from '../generated/graphql';

export const ViewerQuery = graphql(`
  query Viewer {
    viewer {
      user { id email name }
      workspace { id key name timeZone }
      workspaces { id key name timeZone }
      role
      rights
      csrfToken
    }
  }
`);

export const SignInMutation = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      viewer { workspace { id key } csrfToken }
      problems { code path message }
    }
  }
`);

export const SignOutMutation = graphql(`
  mutation SignOut {
    signOut { problems { code path message } }
  }
`);
