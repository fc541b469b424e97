import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Dialog } from '@/parts/Dialog';
import { Facts } from '@/parts/Facts';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import { deliveryQuery, redeliver, type Webhook } from './queries';
import { deliverySaid, pretty } from './states';
import styles from './Webhooks.module.css';

interface DeliveryDialogProps {
  workspace: string;
  hook: Webhook;
  id: string;
  manages: boolean;
  onClose: () => void;
}

/** One delivery: what is sent, what came back, and sending it again. */
export function DeliveryDialog({ workspace, hook, id, manages, onClose }: DeliveryDialogProps) {
  const queries = useQueryClient();
  const delivery = useQuery(deliveryQuery(workspace, hook.id, id));
  const again = useMutation({
    mutationFn: () => redeliver(workspace, hook.id, id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['webhook', workspace, hook.id] }),
  });
  return (
    <Dialog label="Delivery" onClose={onClose} size={640}>
      {delivery.isPending ? (
        <Skeleton lines={8} label="Reading the delivery" />
      ) : delivery.isError ? (
        <Problem title="The delivery could not be read" error={delivery.error} />
      ) : (
        <div className={styles.form}>
          <Facts
            rows={[
              ['Event', delivery.data.event],
              [
                'State',
                <VerdictChip key="state" verdict={deliverySaid(delivery.data).verdict}>
                  {deliverySaid(delivery.data).word}
                </VerdictChip>,
              ],
              ['Id', <code key="id">{delivery.data.id}</code>],
              ['Attempts', `${delivery.data.attempts}`],
              ['Told', <When key="told" atMs={delivery.data.createdMs} />],
              ...(delivery.data.dueMs == null ? [] : [['Next attempt', <When key="due" atMs={delivery.data.dueMs} />] as const]),
              ...(delivery.data.status == null ? [] : [['Status', `${delivery.data.status}`] as const]),
              ...(delivery.data.error ? [['Error', <bdi key="error">{delivery.data.error}</bdi>] as const] : []),
            ]}
          />
          <section aria-label="What is sent">
            <pre className={styles.text} tabIndex={0}>
              {pretty(delivery.data.body ?? '')}
            </pre>
          </section>
          {delivery.data.answer && (
            <section aria-label="What was answered">
              <pre className={styles.text} tabIndex={0}>
                {delivery.data.answer}
              </pre>
            </section>
          )}
          {again.error && <Problem title="It was not put back" error={again.error} />}
          {manages && (
            <div className={styles.buttons}>
              <Button variant="default" loading={again.isPending} onClick={() => again.mutate()}>
                Deliver again
              </Button>
            </div>
          )}
        </div>
      )}
    </Dialog>
  );
}
