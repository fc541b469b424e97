import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '@/api/client';
import { asProblem } from '@/api/problem';
import { queryClient } from '@/api/query';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { Door } from './Door';
import styles from './Identity.module.css';
import { tokenOf } from './next';
import { signInQuery } from './queries';
import { setUpRoute } from './routes';

const shortest = 12;

/** The first administrator, or an invited person, chooses a password by a one-time link. */
export function SetUpPage() {
  const navigate = setUpRoute.useNavigate();
  const server = useQuery(signInQuery);
  const [token] = useState(() => tokenOf(location.hash));
  const [form, setForm] = useState({ name: '', displayName: '', password: '', again: '' });
  // The token is out of the address bar and the history as soon as it is known.
  useEffect(() => {
    if (location.hash !== '') {
      history.replaceState(history.state, '', location.pathname);
    }
  }, []);

  const first = server.data?.setUpNeeded === true;
  const setUp = useMutation({
    mutationFn: () =>
      api.POST('/api/v1/set-up', {
        body: {
          token: token ?? '',
          password: form.password,
          ...(first ? { name: form.name.trim(), displayName: form.displayName.trim() || form.name.trim() } : {}),
        },
      }),
    onSuccess: async () => {
      queryClient.clear();
      await navigate({ href: '/' });
    },
  });
  const field = (name: keyof typeof form) => ({
    value: form[name],
    onChange: (event: { currentTarget: { value: string } }) => setForm({ ...form, [name]: event.currentTarget.value }),
  });
  const short = form.password !== '' && form.password.length < shortest;
  const differs = form.again !== '' && form.again !== form.password;

  if (!token) {
    return (
      <Door title="Set up">
        <p className={styles.hint}>
          This page needs the whole one-time link: the part after <code>#token=</code> is missing. Copy the link from the server&apos;s log, or ask whoever
          invited you for a new one.
        </p>
        <Button variant="default" component="a" href="/sign-in">
          Go to sign-in
        </Button>
      </Door>
    );
  }
  return (
    <Door title={first ? 'Make the first administrator' : 'Choose your password'} insecure={server.data?.insecureHttp}>
      {server.isPending ? (
        <Skeleton lines={5} />
      ) : (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (!short && form.again === form.password) {
              setUp.mutate();
            }
          }}
        >
          {first && (
            <>
              <p className={styles.hint}>This link works once. The administrator invites the others and gives them roles.</p>
              <TextInput
                label="Name"
                description="Lower-case letters, digits and . _ - @ inside; it cannot be changed"
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
                required
                maxLength={64}
                autoFocus
                {...field('name')}
              />
              <TextInput label="Name as others read it" autoComplete="name" maxLength={250} {...field('displayName')} />
            </>
          )}
          <PasswordInput
            label="Password"
            description={`At least ${shortest} characters; a sentence is good`}
            autoComplete="new-password"
            required
            maxLength={256}
            autoFocus={!first}
            error={short ? `${form.password.length} of at least ${shortest} characters` : undefined}
            {...field('password')}
          />
          <PasswordInput
            label="Password again"
            autoComplete="new-password"
            required
            maxLength={256}
            error={differs ? 'The two differ' : undefined}
            {...field('again')}
          />
          {setUp.error && (
            <Problem
              title={asProblem(setUp.error).status === 403 || asProblem(setUp.error).status === 410 ? 'The link does not work any more' : 'It was not set up'}
              error={setUp.error}
            />
          )}
          <Button type="submit" fullWidth loading={setUp.isPending} disabled={short || differs}>
            {first ? 'Make the administrator and sign in' : 'Set the password and sign in'}
          </Button>
        </form>
      )}
    </Door>
  );
}
