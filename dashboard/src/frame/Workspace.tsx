import { useNavigate, useRouterState } from '@tanstack/react-router';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { Provider, useQuery } from 'urql';
import { type ClientOptions, createClient } from '../api/client';
import { rememberCsrfToken } from '../api/csrf';
import { Live } from '../api/live';
import { QueryLog } from '../api/queryLog';
import { useText } from '../language/useText';
import { LiveContext } from '../live/useLive';
import { Failure } from '../page/Failure';
import { TextLink } from '../page/links';
import { ViewerQuery } from '../session/queries';
import { ViewerContext } from '../session/viewer';
import { Frame } from './Frame';
import { rememberWorkspace } from './lastWorkspace';

/** Everything under /w/{workspace}: a client of its own, the viewer, and the frame around the page. */
export function Workspace({ workspace, children }: { workspace: string; children: ReactNode }) {
  const navigate = useNavigate();
  const [log] = useState(() => new QueryLog());
  const path = useRouterState({ select: (state) => state.location.pathname });

  const { client, live } = useMemo(() => {
    const onSignedOut = () => {
      const to = window.location.pathname + window.location.search;
      navigate({ to: '/sign-in', search: { to }, replace: true });
    };
    return connect({ workspace, log, onSignedOut });
  }, [workspace, log, navigate]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another path is another page, with queries of its own.
  useEffect(() => () => log.clear(), [path, log]);

  return (
    <Provider value={client} key={workspace}>
      <LiveContext.Provider value={live}>
        <WithViewer workspace={workspace} log={log}>
          {children}
        </WithViewer>
      </LiveContext.Provider>
    </Provider>
  );
}

/** A client and its socket. Whoever the socket lets in no longer asks who they are, and so finds out that nobody. */
function connect(options: ClientOptions & { workspace: string }) {
  const live = new Live({ workspace: options.workspace, onRefused: () => void askAgain() });
  const client = createClient({ ...options, live });
  const askAgain = () => client.query(ViewerQuery, {}, { requestPolicy: 'network-only' }).toPromise();
  return { client, live };
}

interface WithViewerProps {
  workspace: string;
  log: QueryLog;
  children: ReactNode;
}

function WithViewer({ workspace, log, children }: WithViewerProps) {
  const say = useText();
  const navigate = useNavigate();
  const [{ data, error }, retry] = useQuery({ query: ViewerQuery });
  const viewer = data?.viewer;
  const isVisitor = data !== undefined && !viewer;

  useEffect(() => {
    if (viewer) {
      rememberCsrfToken(viewer.csrfToken);
      rememberWorkspace(workspace);
    }
  }, [viewer, workspace]);

  useEffect(() => {
    if (!isVisitor) return;
    const to = window.location.pathname + window.location.search;
    navigate({ to: '/sign-in', search: { to }, replace: true });
  }, [isVisitor, navigate]);

  if (viewer) {
    return (
      <ViewerContext.Provider value={viewer}>
        <Frame log={log}>{children}</Frame>
      </ViewerContext.Provider>
    );
  }
  if (!error) return null;
  return (
    <main style={{ maxWidth: 560, margin: '96px auto', padding: 16 }}>
      <h1 className="spoken">Attrium</h1>
      <Failure error={error} what={say('failure.workspace', { workspace })} onRetry={retry} />
      <p>
        <TextLink to="/">{say('failure.otherWorkspace')}</TextLink>
      </p>
    </main>
  );
}
