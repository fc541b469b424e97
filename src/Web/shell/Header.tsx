import { ActionIcon, Kbd } from '@mantine/core';
import { Go } from '@/parts/Go';
import { Icon } from '@/parts/Icon';
import { useScheme } from '@/theme/scheme';
import styles from './Header.module.css';
import { LiveMark } from './LiveMark';
import { PersonMenu } from './PersonMenu';
import { WorkspaceMenu } from './WorkspaceMenu';
import { useWorkspace } from './workspace';

export function Header({ onSearch, onHelp }: { onSearch: () => void; onHelp: () => void }) {
  const workspace = useWorkspace();
  const { scheme, toggle } = useScheme();
  const colours = scheme === 'dark' ? 'Light colours' : 'Dark colours';
  return (
    <header className={styles.header}>
      <Go href={`/w/${workspace}`} className={styles.brand} aria-label="Slipway, home">
        <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
          <path d="M16 4 26 21H6z" fill="currentColor" />
          <path d="M5 26h22" stroke="var(--signal)" strokeWidth="3.4" strokeLinecap="round" />
        </svg>
        <span>Slipway</span>
      </Go>
      <WorkspaceMenu />
      <button type="button" className={styles.search} onClick={onSearch} aria-keyshortcuts="Control+K Meta+K">
        <Icon name="search" />
        <span>Search or jump to…</span>
        <Kbd size="xs">Ctrl K</Kbd>
      </button>
      <div className={styles.right}>
        <LiveMark />
        <ActionIcon variant="subtle" size={32} className={styles.tool} onClick={onHelp} aria-label="Keys and help" title="Keys and help (?)">
          <Icon name="help" />
        </ActionIcon>
        <ActionIcon variant="subtle" size={32} className={styles.tool} onClick={toggle} aria-label={colours} title={colours}>
          <Icon name={scheme === 'dark' ? 'sun' : 'moon'} />
        </ActionIcon>
        <PersonMenu />
      </div>
    </header>
  );
}
