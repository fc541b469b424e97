import { Button } from '@mantine/core';
import { Dialog } from '@/parts/Dialog';
import { CopyButton } from '@/parts/CopyButton';
import { When } from '@/parts/When';
import styles from './Identity.module.css';

/** The one-time link, to be handed over by whatever way the two trust. */
export function InvitationDialog({ name, url, expiresMs, onClose }: { name: string; url: string; expiresMs: number; onClose: () => void }) {
  return (
    <Dialog label={`A link for ${name}`} onClose={onClose} sticky>
      <div className={styles.form}>
        <p className={styles.hint}>
          Hand it to <bdi>{name}</bdi> alone: whoever opens it first chooses the password. It works once and ends <When atMs={expiresMs} />. It is not shown
          again.
        </p>
        <div className={styles.secret}>
          <code>{url}</code>
          <CopyButton text={url} label="Copy the link" />
        </div>
        <Button onClick={onClose} data-autofocus>
          Done
        </Button>
      </div>
    </Dialog>
  );
}
