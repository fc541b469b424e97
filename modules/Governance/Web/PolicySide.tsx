import { Facts } from '@/parts/Facts';
import { counted } from '@/parts/format';
import styles from './Governance.module.css';
import type { Policy } from './queries';

/** What the policy decides about, and how many people must sign. */
export function PolicySide({ policy }: { policy: Policy }) {
  const same = new Set(policy.signOffs).size === 1;
  return (
    <section className={styles.panel} aria-labelledby="decides">
      <div className={styles.panelHead}>
        <h2 id="decides">What it decides</h2>
      </div>
      <div className={styles.facts}>
        <Facts
          rows={[
            [
              'Denied without approval',
              policy.governs.length === 0 ? (
                'nothing'
              ) : (
                <span key="governs" className={styles.tags}>
                  {policy.governs.map((action) => (
                    <code key={action}>{action}</code>
                  ))}
                </span>
              ),
            ],
            ...(same
              ? ([['Must sign', counted('person', policy.signOffs[0] ?? 0).replace('persons', 'people')]] as const)
              : policy.signOffs.map((people, at) => [`Tier ${at + 1}`, `${counted('person', people).replace('persons', 'people')} must sign`] as const)),
            ['Service accounts', policy.serviceAccounts ? 'may sign' : 'may not sign'],
          ]}
        />
      </div>
    </section>
  );
}
