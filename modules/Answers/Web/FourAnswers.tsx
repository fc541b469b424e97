import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { PanelProps } from '@/module';
import { useChanges } from '@/live/useLive';
import { CopyButton } from '@/parts/CopyButton';
import { exact } from '@/parts/format';
import { Problem } from '@/parts/Problem';
import { Skeleton } from '@/parts/Skeleton';
import { AnswerCard } from './AnswerCard';
import styles from './Answers.module.css';
import { placeOf, positionOf } from './past';
import { answersQuery, momentsQuery, type Moment } from './queries';
import { TimeSlider } from './TimeSlider';

const none: readonly Moment[] = [];

/** May this model be in production? Four answers, now or at any moment at which something changed. */
export function FourAnswers({ workspace, id: name }: PanelProps) {
  const { asOf } = useSearch({ strict: false });
  const navigate = useNavigate();
  const queries = useQueryClient();
  const moments = useQuery(momentsQuery(workspace, name));
  const known = moments.data ?? none;
  // A model is asked about by the name that it had then.
  const then = asOf !== undefined && positionOf(asOf) !== undefined ? known[placeOf(known, asOf)]?.model : undefined;
  const answers = useQuery(answersQuery(workspace, then ?? name, asOf));
  useChanges((changes) => {
    if (changes.some(({ kind, workspace: where, id }) => kind === 'resync' || (kind === 'answers' && where === workspace && (id === name || id === '')))) {
      void queries.invalidateQueries({ queryKey: ['answers', workspace, name] });
    }
  });
  const go = (to: string | undefined) => void navigate({ to: '.', search: (before) => ({ ...before, asOf: to }), replace: true, resetScroll: false });

  return (
    <section className={styles.answers} aria-labelledby="answers">
      <div className={styles.head}>
        <h2 id="answers">May it be in production?</h2>
        {answers.data && (
          <span className={styles.at}>
            {asOf === undefined ? 'now' : `as of ${exact(answers.data.asOfMs)}`}
            <CopyButton text={answers.data.asOf} label="Copy this moment" />
          </span>
        )}
        {known.length > 0 && <TimeSlider moments={known} place={placeOf(known, asOf, answers.data?.asOfMs)} onMove={go} />}
      </div>
      {answers.isError ? (
        <Problem title="The four answers could not be read" error={answers.error} retry={() => void answers.refetch()} />
      ) : (
        <div className={styles.cards} data-past={asOf !== undefined || undefined} aria-busy={answers.isFetching || undefined}>
          {answers.data
            ? answers.data.answers.map((answer) => <AnswerCard key={answer.number} answer={answer} from={answers.data} past={asOf !== undefined} />)
            : [1, 2, 3, 4].map((number) => (
                <div key={number} className={styles.card}>
                  <Skeleton lines={6} label={`Reading answer ${number}`} />
                </div>
              ))}
        </div>
      )}
    </section>
  );
}
