import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { may, useSession } from '@/api/session';
import { Confirm } from '@/parts/Confirm';
import { Digest } from '@/parts/Digest';
import { StateMark } from '@/parts/StateMark';
import { When } from '@/parts/When';
import styles from './Monitoring.module.css';
import { closeAlert, type Alert, type Monitor } from './queries';
import { alertSaid, reactionMark, reactionSaid } from './verdicts';

const atFirst = 6;

/** What a person should know, open ones first, with what the monitor did about each. */
export function Alerts({ workspace, monitor }: { workspace: string; monitor: Monitor }) {
  const session = useSession();
  const [closing, close] = useState<Alert>();
  const [all, showAll] = useState(false);
  const closes = may(session, 'monitoring.monitors.write', workspace);
  const open = monitor.alerts.filter(({ state }) => state === 'open');
  const shown = all ? monitor.alerts : monitor.alerts.slice(0, Math.max(atFirst, open.length));
  return (
    <section className={styles.panel} aria-labelledby="alerts" data-needs={open.length > 0 || undefined}>
      <div className={styles.panelHead}>
        <h2 id="alerts">Alerts</h2>
        {open.length > 0 && <span>{open.length} open</span>}
      </div>
      {monitor.alerts.length === 0 ? (
        <p className={styles.quiet}>None so far.</p>
      ) : (
        <ul className={styles.alerts} aria-label="Alerts">
          {shown.map((alert) => (
            <One key={alert.id} alert={alert} onClose={closes && alert.state === 'open' ? () => close(alert) : undefined} />
          ))}
        </ul>
      )}
      {shown.length < monitor.alerts.length && (
        <button type="button" className={styles.link} onClick={() => showAll(true)}>
          Older alerts
        </button>
      )}
      {closing && <CloseAlert workspace={workspace} alert={closing} onClose={() => close(undefined)} />}
    </section>
  );
}

function One({ alert, onClose }: { alert: Alert; onClose: (() => void) | undefined }) {
  const { state, openedMs, reactions, version, closedMs, closedBy, closedReason } = alert;
  return (
    <li data-state={state}>
      <p className={styles.alertHead}>
        <StateMark mark={state === 'open' ? { tone: 'no', sign: '!', word: alertSaid(alert) } : { tone: 'quiet', sign: '✓', word: `${alertSaid(alert)}, closed` }} />
        <span className={styles.dim}>
          version {version}, <When atMs={openedMs} />
        </span>
        {onClose && (
          <button type="button" className={styles.link} onClick={onClose}>
            Close…
          </button>
        )}
      </p>
      <p>
        <bdi>{alert.reason}</bdi>
      </p>
      {reactions.map((reaction) => (
        <p key={reaction.reaction} className={styles.reaction}>
          <StateMark mark={reactionMark(reaction)} />
          <span>
            {reactionSaid(reaction.reaction)}
            {reaction.detail && <span className={styles.dim}> {reaction.detail}</span>}
          </span>
        </p>
      ))}
      {typeof closedMs === 'number' && (
        <p className={styles.dim}>
          closed {closedBy && `by ${closedBy} `}
          <When atMs={closedMs} />
          {closedReason && `: ${closedReason}`}
        </p>
      )}
      <p className={styles.dim}>
        evidence <Digest value={alert.evidenceDigest} />
      </p>
    </li>
  );
}

function CloseAlert({ workspace, alert, onClose }: { workspace: string; alert: Alert; onClose: () => void }) {
  const queries = useQueryClient();
  const closing = useMutation({
    mutationFn: (reason: string) => closeAlert(workspace, alert.endpoint, alert.id, reason),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['monitor', workspace, alert.endpoint] });
      onClose();
    },
  });
  return (
    <Confirm
      title="Close this alert?"
      verb="Close alert"
      keep="Leave it open"
      undo="It cannot be opened again; when its cause is still there, the next windows open another."
      needsReason
      pending={closing.isPending}
      error={closing.error}
      onConfirm={closing.mutate}
      onClose={onClose}
    >
      <p>{alert.reason}</p>
    </Confirm>
  );
}
