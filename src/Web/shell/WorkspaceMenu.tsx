import { Menu } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { useSession } from '@/api/session';
import { Icon } from '@/parts/Icon';
import styles from './Header.module.css';
import { useWorkspace } from './workspace';

/** The workspace in which everything below happens; switching goes to the other one's home. */
export function WorkspaceMenu() {
  const { workspaces } = useSession();
  const workspace = useWorkspace();
  const router = useRouter();
  const title = workspaces.find(({ name }) => name === workspace)?.title ?? workspace;
  return (
    <Menu position="bottom-start" width={260} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <button type="button" className={styles.menu} aria-label={`Workspace ${title}, switch`}>
          <bdi>{title}</bdi>
          <Icon name="chevron" size={14} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{workspaces.length > 1 ? 'Workspaces' : 'The only workspace so far'}</Menu.Label>
        {workspaces.map(({ name, title: other, roles }) => (
          <Menu.Item
            key={name}
            leftSection={<Icon name={name === workspace ? 'check' : 'workspace'} />}
            aria-current={name === workspace || undefined}
            onClick={() => router.history.push(`/w/${name}`)}
          >
            <bdi>{other}</bdi> <span className={styles.dim}>{roles.join(', ')}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
