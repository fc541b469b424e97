import { Button, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Dialog } from './Dialog';
import styles from './parts.module.css';
import { Problem } from './Problem';

interface ConfirmProps {
  title: string;
  /** What changes, and who and what it reaches. */
  children: ReactNode;
  /** The verb on the button: "Revoke key". */
  verb: string;
  /** On the button that leaves things as they are, where "Cancel" would be unclear. */
  keep?: string;
  /** Can it be taken back, and how? */
  undo: string;
  /** Asks for a reason; the answer goes to the audit. */
  needsReason?: boolean;
  /** Nothing is lost by it: the reason has the focus, so that Enter confirms, and the button is not red. */
  calm?: boolean;
  /** Width in CSS pixels, for what is wide, such as differences. */
  size?: number;
  pending?: boolean;
  error?: unknown;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}

/** Stands before what has consequences. */
export function Confirm({ title, children, verb, keep = 'Cancel', undo, needsReason = false, calm = false, size, pending = false, error, onConfirm, onClose }: ConfirmProps) {
  const [reason, setReason] = useState('');
  return (
    <Dialog label={title} onClose={onClose} size={size}>
      <form
        className={styles.confirm}
        onSubmit={(event) => {
          event.preventDefault();
          onConfirm(reason);
        }}
      >
        <div>{children}</div>
        <p className={styles.dim}>{undo}</p>
        {needsReason && (
          <TextInput
            label="Reason"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            required
            maxLength={500}
            autoComplete="off"
            data-autofocus={calm || undefined}
          />
        )}
        {error !== undefined && error !== null && <Problem title="It was not done" error={error} />}
        <div className={styles.confirmFoot}>
          <Button variant="default" onClick={onClose} data-autofocus={!calm || undefined}>
            {keep}
          </Button>
          <Button type="submit" color={calm ? undefined : 'red.9'} loading={pending}>
            {verb}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
