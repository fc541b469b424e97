import { useMemo, useState } from 'react';
import { SeriesChart } from '@/chart/SeriesChart';
import { exact } from '@/parts/format';
import styles from './Monitoring.module.css';
import type { Monitor, WindowRow } from './queries';
import { alertMoments, bandGuides, decisionOf, psiLines, shareLines } from './timeline';
import { psi, verdictWords, windowVerdict } from './verdicts';

interface TimelineProps {
  monitor: Monitor;
  /** Of all versions, newest first. */
  windows: readonly WindowRow[];
  /** Of the version that is looked at, newest first. */
  mine: readonly WindowRow[];
  chosen: WindowRow | undefined;
  onChoose: (windowId: string) => void;
}

const most = 48;
const signs = { yes: '✓', attention: '!', no: '✕', unknown: '?' } as const;

/** Since when: the score of each window against its limit, with the alerts, and the windows to choose from. */
export function Timeline({ monitor, windows, mine, chosen, onChoose }: TimelineProps) {
  const [range, setRange] = useState<readonly [number, number]>();
  const { alerts, settings } = monitor;
  const decision = decisionOf(monitor, windows);
  const scores = useMemo(() => psiLines(windows), [windows]);
  const shares = useMemo(() => (decision === undefined ? [] : shareLines(windows, decision)), [windows, decision]);
  const limit = useMemo(() => [{ name: 'maximum', value: settings.maximumPsi }], [settings.maximumPsi]);
  const band = useMemo(() => (decision === undefined ? [] : bandGuides(monitor, windows, decision)), [monitor, windows, decision]);
  const drifts = useMemo(() => alertMoments(alerts, 'drift'), [alerts]);
  const breaks = useMemo(() => alertMoments(alerts, 'envelope'), [alerts]);
  if (windows.length === 0) {
    return (
      <section className={styles.panel} aria-label="Timeline">
        <p className={styles.quiet}>
          No window is full yet. A window holds {settings.windowPredictions} predictions of one version, or those of {Math.round(settings.windowMaximumAgeSeconds / 60)} minutes.
        </p>
      </section>
    );
  }
  return (
    <div className={styles.stack}>
      <div className={styles.charts}>
        <SeriesChart title="Largest PSI of a window" lines={scores} axis="time" group={monitor.endpoint} guides={limit} moments={drifts} range={range} onRange={setRange}>
          {chosen && (chosen.maximumFeature ? `${psi(chosen.maximumPsi ?? 0)}, ${chosen.maximumFeature}` : '')}
        </SeriesChart>
        {decision !== undefined && (
          <SeriesChart title={`Share of ${decision}`} lines={shares} axis="time" group={monitor.endpoint} guides={band} moments={breaks} range={range} onRange={setRange} />
        )}
      </div>
      <div className={styles.windows} role="group" aria-label="Windows, newest first">
        <span className={styles.dim}>windows, newest first</span>
        {mine.slice(0, most).map((window) => {
          const verdict = windowVerdict(window);
          return (
            <button
              key={window.id}
              type="button"
              data-verdict={verdict}
              aria-pressed={window === chosen}
              aria-label={`Window ${window.number}: ${verdictWords[verdict] ?? verdict}`}
              title={`Window ${window.number}, until ${exact(window.toMs)}: ${window.detail}`}
              onClick={() => onChoose(window.id)}
            >
              <i aria-hidden="true">{signs[verdict]}</i>
              {window.number}
            </button>
          );
        })}
        {mine.length === 0 && <span className={styles.dim}>none of this version is full yet</span>}
      </div>
    </div>
  );
}
