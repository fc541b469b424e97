import { Digest } from '@/parts/Digest';
import { Facts } from '@/parts/Facts';
import { Figure } from '@/parts/Figure';
import { counted, figure } from '@/parts/format';
import { StateMark } from '@/parts/StateMark';
import { Fairness } from './Fairness';
import { inColumns, standsBeside } from './columns';
import type { CardSection, Version } from './queries';
import styles from './Registry.module.css';

/** The card: what the records say of a version, section by section; what is not recorded says so. */
export function Card({ version }: { version: Version }) {
  return (
    <article className={styles.card} aria-label="Model card">
      {version.card.sections.map((section) => (
        <Section key={section.id} section={section} version={version} half={standsBeside(section.id, version.card.sections)} />
      ))}
    </article>
  );
}

function Section({ section, version, half }: { section: CardSection; version: Version; half: boolean }) {
  const id = `card-${section.id}`;
  const findings = section.id === 'findings' ? version.findings : [];
  const groups = section.id === 'fairness' ? version.fairness : [];
  const metrics = section.id === 'evaluation' ? version.metrics : [];
  return (
    <section className={styles.panel} aria-labelledby={id} data-finding={findings.length > 0 || undefined} data-half={half || undefined}>
      <div className={styles.panelHead}>
        <h2 id={id}>{section.title}</h2>
        {findings.length > 0 && <span>{findings.length}</span>}
      </div>
      {section.text && (
        <p className={styles.text}>
          <bdi>{section.text}</bdi>
        </p>
      )}
      {section.missing && (
        <p className={styles.missing}>
          <StateMark mark={{ tone: 'attention', sign: '!', word: 'not recorded' }} /> {section.missing}
        </p>
      )}
      {findings.length > 0 && (
        <ul className={styles.findings} aria-label="Findings">
          {findings.map((finding, at) => (
            <li key={at}>
              <StateMark
                mark={finding.severity === 'warning' ? { tone: 'attention', sign: '!', word: 'warning' } : { tone: 'quiet', sign: 'i', word: 'notice' }}
              />
              <span>
                {finding.subject && <code>{finding.subject}</code>} <bdi>{finding.detail}</bdi>
              </span>
            </li>
          ))}
        </ul>
      )}
      {section.figures.length > 0 && findings.length === 0 && groups.length === 0 && (
        <Figures figures={section.figures} version={version} />
      )}
      {groups.length > 0 && <Fairness groups={groups} />}
      {metrics.length > 0 && (
        <details className={styles.all}>
          <summary>{counted('figure', metrics.length)} as measured</summary>
          <Facts rows={metrics.map(({ name, from, value }) => [`${name} (${from})`, figure(value ?? null)])} />
        </details>
      )}
    </section>
  );
}

/** Names and values, each with the record that it was read from; many of them in columns, read downwards. */
function Figures({ figures, version }: { figures: CardSection['figures']; version: Version }) {
  const columns = inColumns(figures);
  return (
    <div className={styles.columns} data-wide={columns.length === 2 || undefined}>
      {columns.map((part, at) => (
        <Facts
          key={at}
          rows={part.map(({ label, value, evidence, digest }) => [
            label,
            evidence ? (
              <Figure
                key={label}
                value={/^[0-9a-f]{64}$/.test(value) ? value.slice(0, 8) : value}
                evidence={{
                  title: label,
                  atMs: version.createdMs,
                  facts: [
                    ['Value', <bdi key="value">{value}</bdi>],
                    ['Read from', `the record of the ${evidence}`],
                    ...(digest ? [['Digest of the record', <Digest key="digest" value={digest} />] as const] : []),
                    ['Model', `${version.model} version ${version.version}`],
                  ],
                }}
              />
            ) : (
              <bdi key={label}>{value}</bdi>
            ),
          ])}
        />
      ))}
    </div>
  );
}
