import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import { DeliveryDialog } from './DeliveryDialog';
import { deliveriesQuery, type Delivery, type DeliveryState, type Webhook } from './queries';
import { webhookRoute } from './routes';
import { deliverySaid } from './states';
import styles from './Webhooks.module.css';

interface DeliveriesProps {
  workspace: string;
  hook: Webhook;
  manages: boolean;
}

/** The log: what was sent, and how it went. */
export function Deliveries({ workspace, hook, manages }: DeliveriesProps) {
  const { state, open } = webhookRoute.useSearch();
  const navigate = webhookRoute.useNavigate();
  const deliveries = useInfiniteQuery(deliveriesQuery(workspace, hook.id, state));
  const rows = deliveries.data?.pages.flatMap(({ items }) => items) ?? [];
  const show = (search: { state?: DeliveryState; open?: string }) => void navigate({ search, replace: true });
  return (
    <section className={styles.section} aria-label="Deliveries">
      <div className={styles.sectionHead}>
        <h2>Deliveries</h2>
        <select aria-label="Which deliveries" value={state ?? ''} onChange={(event) => show({ state: (event.currentTarget.value || undefined) as DeliveryState | undefined })}>
          <option value="">all</option>
          <option value="waiting">waiting</option>
          <option value="delivered">delivered</option>
          <option value="failed">failed</option>
        </select>
      </div>
      {deliveries.isPending ? (
        <Skeleton lines={4} label="Reading deliveries" />
      ) : deliveries.isError && rows.length === 0 ? (
        <Problem title="The deliveries could not be read" error={deliveries.error} retry={() => void deliveries.refetch()} />
      ) : rows.length === 0 ? (
        <p className={styles.quiet}>{state ? 'None in this state.' : 'Nothing yet. A test shows whether the receiver answers; what happens from now on follows by itself.'}</p>
      ) : (
        <div className={styles.scroll} tabIndex={0} role="region" aria-label="Table of deliveries">
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Event</th>
                <th scope="col">State</th>
                <th scope="col">About</th>
                <th scope="col">Told</th>
                <th scope="col">Attempts</th>
                <th scope="col">Status</th>
                <th scope="col">Took</th>
                <th scope="col">Error</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((delivery) => (
                <DeliveryRow key={delivery.id} delivery={delivery} onOpen={() => show({ state, open: delivery.id })} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {deliveries.hasNextPage && (
        <div className={styles.more}>
          <Button variant="default" size="compact-sm" loading={deliveries.isFetchingNextPage} onClick={() => void deliveries.fetchNextPage()}>
            Older deliveries
          </Button>
        </div>
      )}
      {open && <DeliveryDialog workspace={workspace} hook={hook} id={open} manages={manages} onClose={() => show({ state })} />}
    </section>
  );
}

function DeliveryRow({ delivery, onOpen }: { delivery: Delivery; onOpen: () => void }) {
  const { verdict, word } = deliverySaid(delivery);
  return (
    <tr>
      <td>
        <button type="button" className={styles.open} onClick={onOpen}>
          {delivery.event}
        </button>
      </td>
      <td>
        <VerdictChip verdict={verdict} quiet>
          {word}
        </VerdictChip>
      </td>
      <td className={styles.wrap}>{delivery.test ? <span className={styles.dim}>a test</span> : <bdi>{delivery.subject}</bdi>}</td>
      <td data-label="told">
        <When atMs={delivery.createdMs} />
      </td>
      <td data-label="attempts">{delivery.attempts}</td>
      <td data-label="status">{delivery.status}</td>
      <td data-label="took">{delivery.tookMs == null ? '' : `${delivery.tookMs} ms`}</td>
      <td className={styles.wrap}>{delivery.error}</td>
    </tr>
  );
}
