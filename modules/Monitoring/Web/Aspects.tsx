import { Digest } from '@/parts/Digest';
import { useEvidence } from '@/parts/evidence';
import { VerdictChip } from '@/parts/VerdictChip';
import { When } from '@/parts/When';
import styles from './Monitoring.module.css';
import type { Aspect, Watched } from './queries';
import { aspectNames, aspectQuestions, verdictWords, versionSaid, worst } from './verdicts';

interface AspectsProps {
  versions: readonly Watched[];
  watched: Watched;
  onWatch: (deploymentId: string) => void;
}

/** The four questions of the version that is looked at, each with its verdict, one sentence and since when. */
export function Aspects({ versions, watched, onWatch }: AspectsProps) {
  return (
    <section className={styles.panel} aria-label="Verdicts">
      {versions.length > 1 && (
        <div className={styles.versions} role="group" aria-label="Versions">
          {versions.map((each) => {
            const verdict = worst(each.verdicts)?.verdict;
            return (
              <button key={each.deploymentId} type="button" aria-pressed={each === watched} onClick={() => onWatch(each.deploymentId)}>
                {versionSaid(each)}
                {verdict && (
                  <VerdictChip verdict={verdict} quiet>
                    {verdictWords[verdict] ?? verdict}
                  </VerdictChip>
                )}
              </button>
            );
          })}
        </div>
      )}
      {watched.verdicts.length === 0 && <p className={styles.quiet}>Version {watched.version} no longer answers here; its windows and alerts are kept.</p>}
      <ul className={styles.aspects} aria-label={`What is said of ${versionSaid(watched)}`}>
        {watched.verdicts.map((aspect) => (
          <One key={aspect.aspect} aspect={aspect} version={watched.version} />
        ))}
      </ul>
    </section>
  );
}

function One({ aspect, version }: { aspect: Aspect; version: number }) {
  const { open } = useEvidence();
  const name = aspectNames[aspect.aspect] ?? aspect.aspect;
  const { evidenceDigest, observedMs, changedMs } = aspect;
  return (
    <li data-verdict={aspect.verdict}>
      <div className={styles.aspectHead}>
        <h2 title={aspectQuestions[aspect.aspect]}>{name}</h2>
        <VerdictChip verdict={aspect.verdict}>{verdictWords[aspect.verdict] ?? aspect.verdict}</VerdictChip>
      </div>
      <p>{aspect.detail}</p>
      <p className={styles.dim}>
        {typeof changedMs === 'number' && (
          <>
            since <When atMs={changedMs} />
          </>
        )}
        {evidenceDigest && (
          <button
            type="button"
            className={styles.link}
            data-evidence
            onClick={() =>
              open({
                title: `${name} of version ${version}`,
                ...(typeof observedMs === 'number' ? { atMs: observedMs } : {}),
                facts: [
                  ['Question', aspectQuestions[aspect.aspect] ?? name],
                  ['Verdict', verdictWords[aspect.verdict] ?? aspect.verdict],
                  ['Why', aspect.detail],
                  ['Result (JSON)', <Digest key="digest" value={evidenceDigest} />],
                ],
              })
            }
          >
            evidence
          </button>
        )}
      </p>
    </li>
  );
}
