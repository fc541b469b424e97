import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, value, type Item } from '@/api/client';
import { Icon } from '@/parts/Icon';
import { count } from '@/parts/format';
import styles from './FolderTree.module.css';

type ExperimentFolder = Item<'/api/v1/w/{workspace}/experiments/folders'>;

interface FolderTreeProps {
  workspace: string;
  /** The folder that is shown; none = all experiments. */
  folder?: string;
  onFolder: (folder: string | undefined) => void;
}

const foldersQuery = (workspace: string, path: string) => ({
  queryKey: ['experiments', workspace, 'folders', path],
  queryFn: ({ signal }: { signal: AbortSignal }) => folders(workspace, path, signal),
});

/** Of all pages. */
async function folders(workspace: string, path: string, signal: AbortSignal) {
  const items: ExperimentFolder[] = [];
  for (let cursor: string | undefined; ; ) {
    const query = { ...(path === '' ? {} : { path }), ...(cursor === undefined ? {} : { cursor }) };
    const page = await value(api.GET('/api/v1/w/{workspace}/experiments/folders', { params: { path: { workspace }, query }, signal }));
    items.push(...page.items);
    cursor = page.next ?? undefined;
    if (cursor === undefined) {
      return { items };
    }
  }
}

/** Names of experiments with slashes as folders; nothing where no name has one. */
export function FolderTree({ workspace, folder, onFolder }: FolderTreeProps) {
  const top = useQuery(foldersQuery(workspace, ''));
  if (!top.data || top.data.items.length === 0) {
    return null;
  }
  return (
    <nav className={styles.tree} aria-label="Folders of experiments">
      <button type="button" className={styles.folder} aria-current={folder === undefined ? 'true' : undefined} onClick={() => onFolder(undefined)}>
        All experiments
      </button>
      <Level workspace={workspace} path="" folder={folder} onFolder={onFolder} />
    </nav>
  );
}

function Level({ workspace, path, folder, onFolder }: FolderTreeProps & { path: string }) {
  const folders = useQuery(foldersQuery(workspace, path));
  return (
    <ul>
      {folders.data?.items.map((one) => (
        <Folder key={one.path} workspace={workspace} one={one} folder={folder} onFolder={onFolder} />
      ))}
    </ul>
  );
}

function Folder({ workspace, one, folder, onFolder }: FolderTreeProps & { one: ExperimentFolder }) {
  const [open, setOpen] = useState(folder?.startsWith(`${one.path}/`) ?? false);
  return (
    <li>
      <div className={styles.row}>
        {one.hasFolders ? (
          <button type="button" className={styles.toggle} aria-expanded={open} aria-label={`Folders in ${one.name}`} onClick={() => setOpen(!open)}>
            <Icon name={open ? 'chevron' : 'right'} />
          </button>
        ) : (
          <span className={styles.toggle} />
        )}
        <button type="button" className={styles.folder} aria-current={folder === one.path ? 'true' : undefined} onClick={() => onFolder(one.path)}>
          <Icon name="folder" />
          <bdi>{one.name}</bdi>
          <small>{count(one.experiments)}</small>
        </button>
      </div>
      {open && <Level workspace={workspace} path={one.path} folder={folder} onFolder={onFolder} />}
    </li>
  );
}
