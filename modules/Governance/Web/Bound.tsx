import { Fragment } from 'react';
import { Digest } from '@/parts/Digest';
import { Facts } from '@/parts/Facts';
import { counted } from '@/parts/format';
import { boundValue } from './boundValue';
import styles from './Governance.module.css';
import type { Approval } from './queries';

/** Everything that a signature is bound to: when any of it changes, the approval is void. */
export function Bound({ approval }: { approval: Approval }) {
  return (
    <section className={styles.panel} aria-labelledby="bound">
      <div className={styles.panelHead}>
        <h2 id="bound">What a signature is bound to</h2>
        <span>
          <Digest value={approval.evidenceDigest} />
        </span>
      </div>
      <details className={styles.all}>
        <summary>{counted('field', approval.bound.length)}: when one of them changes, the approval is void</summary>
        <Facts
          rows={approval.bound.map(({ field, value }) => [
            field,
            <Fragment key={field}>{boundValue(value) ?? <bdi>{value === '' ? '(empty)' : value}</bdi>}</Fragment>,
          ])}
        />
      </details>
    </section>
  );
}
