import { VerdictChip } from '@/parts/VerdictChip';
import type { Delivery } from './queries';
import styles from './Webhooks.module.css';

/** How a test went. */
export function TestResult({ delivery }: { delivery: Delivery }) {
  const well = delivery.state === 'delivered';
  return (
    <div className={styles.result} role="status">
      <VerdictChip verdict={well ? 'yes' : 'no'}>{well ? 'the test arrived' : 'the test failed'}</VerdictChip>
      <span>
        {delivery.event} in {delivery.tookMs ?? 0} ms{delivery.status == null ? '' : `, status ${delivery.status}`}
      </span>
      {delivery.error && <span>{delivery.error}</span>}
    </div>
  );
}
