import { Alert, Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useEffect, useMemo, useState } from 'react';
import { createClient } from '../api/client';
import { rememberCsrfToken } from '../api/csrf';
import { demoUser } from '../api/pageMeta';
import { failureText, problemText } from '../language/serverTexts';
import { useText } from '../language/useText';
import { useTitle } from '../page/useTitle';
import { LanguageMenu } from './LanguageMenu';
import { Mark } from './Mark';
import { SignInMutation } from './queries';
import classes from './SignInPage.module.css';

interface SignInPageProps {
  /** Opens the workspace, or the page the visitor was on. */
  onSignedIn: (workspace: string) => void;
}

export function SignInPage({ onSignedIn }: SignInPageProps) {
  const say = useText();
  const client = useMemo(() => createClient({}), []);
  const [email, setEmail] = useState(demoUser);
  const [password, setPassword] = useState('');
  const [refusal, setRefusal] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  useTitle(say('signIn.title'));
  useEffect(() => rememberCsrfToken(null), []);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setRefusal(undefined);
    const { data, error } = await client.mutation(SignInMutation, { input: { email, password } }).toPromise();
    setBusy(false);
    const viewer = data?.signIn.viewer;
    if (viewer) {
      rememberCsrfToken(viewer.csrfToken);
      onSignedIn(viewer.workspace.key);
      return;
    }
    const problem = data?.signIn.problems[0];
    if (problem?.code === 'WRONG_CREDENTIALS') setRefusal(say('signIn.wrong'));
    else if (problem) setRefusal(problemText(say, problem));
    else if (error) setRefusal(failureText(say, error));
  }

  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <LanguageMenu />
      </header>
      <main className={classes.main}>
        <form className={classes.form} onSubmit={submit}>
          <Stack gap="lg">
            <Mark size={40} />
            <div>
              <Title order={1}>{say('signIn.title')}</Title>
              <Text c="dimmed">{say('signIn.purpose')}</Text>
            </div>
            {refusal && (
              <Alert color="red" variant="light" role="alert" classNames={{ message: classes.refusal }}>
                {refusal}
              </Alert>
            )}
            <TextInput
              label={say('signIn.email')}
              name="email"
              type="email"
              autoComplete="username"
              required
              size="sm"
              withAsterisk={false}
              autoFocus={!demoUser}
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <PasswordInput
              label={say('signIn.password')}
              name="password"
              autoComplete="current-password"
              required
              size="sm"
              withAsterisk={false}
              autoFocus={Boolean(demoUser)}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              visibilityToggleButtonProps={{ 'aria-label': say('signIn.showPassword') }}
            />
            <Button type="submit" variant="filled" size="sm" loading={isBusy} fullWidth>
              {say('signIn.submit')}
            </Button>
            {demoUser && (
              <Text size="xs" c="dimmed">
                {say('signIn.demo')}
              </Text>
            )}
          </Stack>
        </form>
      </main>
    </div>
  );
}
