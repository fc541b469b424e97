import { Digest } from '@/parts/Digest';
import { useEvidence, type Evidence } from '@/parts/evidence';
import { duration } from '@/parts/format';
import { Go } from '@/parts/Go';
import { VerdictChip } from '@/parts/VerdictChip';
import styles from './Answers.module.css';
import { titles } from './past';
import type { Answer, Answers } from './queries';

const SHOWN = 3;

/** A verdict, one sentence, and the strongest evidence; ages are said as of now, or as before a past moment. */
export function AnswerCard({ answer, from, past = false }: { answer: Answer; from: Answers; past?: boolean }) {
  const { open } = useEvidence();
  const more = answer.evidence.length - SHOWN;
  const title = `answer-${answer.number}`;
  return (
    <article className={styles.card} aria-labelledby={title}>
      <div className={styles.cardHead}>
        <h3 id={title}>
          <span className={styles.number}>{answer.number}</span> {titles[answer.number]}
        </h3>
        <VerdictChip verdict={answer.verdict}>{answer.verdict}</VerdictChip>
      </div>
      <p className={styles.question}>{answer.question}</p>
      <p className={styles.sentence}>
        <bdi>{answer.sentence}</bdi>
      </p>
      <ul className={styles.evidence} aria-label={`Evidence of answer ${answer.number}`}>
        {answer.evidence.slice(0, SHOWN).map((item, at) => (
          <li key={at}>
            <VerdictChip verdict={item.verdict} quiet>
              {item.label}
            </VerdictChip>
            <button type="button" data-evidence className={styles.value} title={`Where ${item.label} comes from`} onClick={() => open(evidenceOf(item, from))}>
              <bdi>{item.value}</bdi>
            </button>
            <span className={styles.age}>{age(item.ageMs, past)}</span>
          </li>
        ))}
      </ul>
      {answer.evidence.length > 0 && (
        <button type="button" className={styles.more} onClick={() => open(allOf(answer, from, past))}>
          {more > 0 ? `All evidence: ${more} more` : 'All evidence'}
        </button>
      )}
    </article>
  );
}

type Item = Answer['evidence'][number];

const age = (ageMs: number | null | undefined, past: boolean): string =>
  ageMs == null ? '' : ageMs < 1_000 ? `just ${past ? 'then' : 'now'}` : `${duration(ageMs)} ${past ? 'before' : 'ago'}`;

const call = (from: Answers): string => `GET /api/v1/w/${from.workspace}/models/${encodeURIComponent(from.model)}/answers?asOf=${from.asOf}`;

function evidenceOf(item: Item, from: Answers): Evidence {
  const ageMs = item.ageMs ?? undefined;
  return {
    title: item.label,
    atMs: ageMs === undefined ? undefined : from.asOfMs - ageMs,
    facts: [
      ['Says', item.value],
      ['Verdict', item.verdict],
      ...(item.digest ? ([['Digest', <Digest key="digest" value={item.digest} />]] as const) : []),
      ...(ageMs === undefined ? [] : ([['Age at that moment', duration(ageMs)]] as const)),
    ],
    from: call(from),
    link: item.link ? { href: item.link, text: 'See it' } : undefined,
  };
}

function allOf(answer: Answer, from: Answers, past: boolean): Evidence {
  return {
    title: answer.question,
    atMs: from.asOfMs,
    body: (
      <>
        <ul className={styles.all}>
          {answer.evidence.map((item, at) => (
            <li key={at}>
              <VerdictChip verdict={item.verdict} quiet>
                {item.label}
              </VerdictChip>
              <span>{item.link ? <Go href={item.link}>{item.value}</Go> : <bdi>{item.value}</bdi>}</span>
              <small>
                {age(item.ageMs, past)} {item.digest && <Digest value={item.digest} />}
              </small>
            </li>
          ))}
        </ul>
        <p className={styles.seal}>
          Sealed <Digest value={from.digest} />
        </p>
      </>
    ),
    from: call(from),
  };
}
