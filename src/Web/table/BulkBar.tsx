import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { counted } from '@/parts/format';
import styles from './DataTable.module.css';

/** What can be done with the selected rows. */
export function BulkBar({ noun, amount, onClear, children }: { noun: string; amount: number; onClear: () => void; children: ReactNode }) {
  if (amount === 0) {
    return null;
  }
  return (
    <div className={styles.bulk} role="region" aria-label="Selection">
      <strong role="status">{counted(noun, amount)} selected</strong>
      {children}
      <Button variant="subtle" size="compact-sm" onClick={onClear}>
        Clear
      </Button>
    </div>
  );
}
