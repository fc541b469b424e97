import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import { asProblem } from '@/api/problem';
import { queryClient } from '@/api/query';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { Door } from './Door';
import styles from './Identity.module.css';
import { safeNext } from './next';
import { signInQuery } from './queries';
import { signInRoute } from './routes';

/** Who are you? */
export function SignInPage() {
  const { next } = signInRoute.useSearch();
  const navigate = signInRoute.useNavigate();
  const server = useQuery(signInQuery);
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: () => api.POST('/api/v1/sign-in', { body: { name: name.trim(), password } }),
    onSuccess: async () => {
      queryClient.clear();
      await navigate({ href: safeNext(next) });
    },
    onError: () => setPassword(''),
  });
  const problem = signIn.error ? asProblem(signIn.error) : undefined;

  return (
    <Door title="Sign in" insecure={server.data?.insecureHttp}>
      {server.isPending && <Skeleton lines={4} />}
      {server.isError && <Problem title="The server could not be asked" error={server.error} retry={() => void server.refetch()} />}
      {server.data?.setUpNeeded && (
        <p className={styles.hint}>
          Nobody can sign in yet. The server wrote a one-time set-up link to its log when it started; open it in this browser. Without the log:{' '}
          <code>slipway admin create</code> on the server&apos;s machine, while it is stopped.
        </p>
      )}
      {server.data && !server.data.setUpNeeded && (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            signIn.mutate();
          }}
        >
          <TextInput
            label="Name"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            required
            autoFocus
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            required
          />
          {problem &&
            (problem.status === 401 ? (
              <p role="alert" className={styles.fault}>
                Name and password do not fit. Names are in lower case; whoever runs the server can send you a new link.
              </p>
            ) : (
              <Problem title="You are not signed in" error={problem} />
            ))}
          <Button type="submit" fullWidth loading={signIn.isPending}>
            Sign in
          </Button>
        </form>
      )}
    </Door>
  );
}
