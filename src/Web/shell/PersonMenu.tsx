import { Menu } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { api } from '@/api/client';
import { queryClient } from '@/api/query';
import { useSession } from '@/api/session';
import { forgetRecents } from '@/palette/recents';
import { Icon } from '@/parts/Icon';
import styles from './Header.module.css';
import { usePages } from './modules';
import { useWorkspace } from './workspace';

/** Who is signed in, and what is about persons rather than models: people, keys, sign out. */
export function PersonMenu() {
  const { principal, version } = useSession();
  const pages = usePages().filter(({ group }) => group === 'person');
  const workspace = useWorkspace();
  const router = useRouter();
  const name = principal.displayName || principal.name;
  return (
    <Menu position="bottom-end" width={240} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <button type="button" className={styles.menu} aria-label={`${name}: people, keys, sign out`} title={name}>
          <span className={styles.face} aria-hidden="true" data-initials={name.slice(0, 2).toUpperCase()} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={styles.who}>
          <bdi>{name}</bdi>
          <span>
            {kinds[principal.kind] ?? principal.kind} · Slipway {version}
          </span>
        </div>
        <Menu.Divider />
        {pages.map((page) => (
          <Menu.Item key={page.id} leftSection={<Icon name={page.icon} />} onClick={() => router.history.push(page.path(workspace))}>
            {page.title}
          </Menu.Item>
        ))}
        {principal.kind === 'person' && (
          <Menu.Item leftSection={<Icon name="out" />} onClick={() => void signOut()}>
            Sign out
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

const kinds: Record<string, string> = {
  person: 'signed in',
  serviceAccount: 'service account',
  localOwner: 'owner of this machine, without sign-in',
};

async function signOut(): Promise<void> {
  await api.POST('/api/v1/sign-out');
  forgetRecents();
  queryClient.clear();
  // A full load, so that nothing of the last person stays in memory.
  location.assign('/sign-in');
}
