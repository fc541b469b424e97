import { Digest } from '@/parts/Digest';
import { useEvidence } from '@/parts/evidence';
import { Facts } from '@/parts/Facts';
import { count, duration, figure } from '@/parts/format';
import { Snippet } from '@/parts/Snippet';
import styles from './Monitoring.module.css';
import type { Monitor } from './queries';
import { setMonitor } from './snippets';
import { alertSaid, reactionSaid } from './verdicts';

/** What is armed, and the definition that says so. */
export function Definition({ workspace, monitor }: { workspace: string; monitor: Monitor }) {
  const { open } = useEvidence();
  const { settings, definition, definitionVersion, definitionDigest, definedBy, definedMs } = monitor;
  const causes = Object.entries(settings.reactions);
  return (
    <section className={styles.panel} aria-labelledby="armed">
      <div className={styles.panelHead}>
        <h2 id="armed">What is armed</h2>
        <button
          type="button"
          className={`${styles.link} ${styles.end}`}
          data-evidence
          onClick={() =>
            open({
              title: `Definition of ${monitor.endpoint}`,
              ...(typeof definedMs === 'number' ? { atMs: definedMs } : {}),
              facts: [
                ['Version', definitionVersion === 0 ? 'built in' : String(definitionVersion)],
                ...(definedBy ? [['By', definedBy] as const] : []),
                ['Digest', <Digest key="digest" value={definitionDigest} />],
              ],
              body: (
                <>
                  <pre className={styles.yaml} tabIndex={0} aria-label="Definition as YAML">
                    {definition}
                  </pre>
                  <Snippet label="Put another in force" tabs={setMonitor(workspace, monitor.endpoint).slice(0, 1)} />
                </>
              ),
            })
          }
        >
          YAML
        </button>
      </div>
      <ul className={styles.armed} aria-label="Reactions">
        {causes.map(([cause, reactions]) => (
          <li key={cause}>
            <span>{alertSaid({ kind: cause })}</span>
            <span>{reactions.length === 0 ? <span className={styles.dim}>an alert, nothing else</span> : reactions.map(reactionSaid).join(', ')}</span>
          </li>
        ))}
      </ul>
      <div className={styles.facts}>
        <Facts
          rows={[
            ['A window', `${count(settings.windowPredictions)} predictions, or ${duration(settings.windowMaximumAgeSeconds * 1_000)}; fewer than ${count(settings.minimumPredictions)} decide nothing`],
            ['Drift', `PSI from ${figure(settings.maximumPsi)} on, and p below ${figure(settings.alpha)} over all features`],
            ['Envelope', `error probability ${figure(settings.envelopeAlpha)}, tested at every prediction`],
            ['Outcomes', `of ${count(settings.performanceWindowHours)} hours, at least ${count(settings.minimumLabels)}; groups of ${count(settings.minimumGroup)}, ratio at least ${figure(settings.minimumRatio)}`],
          ]}
        />
      </div>
    </section>
  );
}
