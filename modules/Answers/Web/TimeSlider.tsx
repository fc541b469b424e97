import { useEffect, useEffectEvent, useState } from 'react';
import styles from './Answers.module.css';
import { asOfPlace, told } from './past';
import type { Moment } from './queries';

interface TimeSliderProps {
  /** Oldest first. */
  moments: readonly Moment[];
  /** A place in them, or their number for now. */
  place: number;
  /** Undefined is now. */
  onMove: (asOf: string | undefined) => void;
}

/** How long it rests at a place before that is asked about, in milliseconds: held keys and drags pass over many. */
const REST_MS = 120;

/** Steps between the moments at which something changed; its right end is now. */
export function TimeSlider({ moments, place, onMove }: TimeSliderProps) {
  const [held, hold] = useState<number>();
  const at = held ?? place;
  const move = (to: number) => onMove(asOfPlace(moments, to));
  const rest = useEffectEvent(move);

  useEffect(() => {
    if (held === undefined) {
      return undefined;
    }
    const timer = setTimeout(() => rest(held), REST_MS);
    return () => clearTimeout(timer);
  }, [held]);
  // Held until the page has moved there, so that the knob does not jump back.
  useEffect(() => hold(undefined), [place]);

  return (
    <div className={styles.slider} data-no-print>
      <div className={styles.track}>
        <button type="button" aria-label="Earlier" title="The change before" disabled={at === 0} onClick={() => move(at - 1)}>
          ‹
        </button>
        <input
          type="range"
          min={0}
          max={moments.length}
          step={1}
          value={at}
          aria-label="As of"
          aria-valuetext={told(moments, at)}
          onChange={(event) => hold(Number(event.currentTarget.value))}
        />
        <button type="button" aria-label="Later" title="The change after" disabled={at === moments.length} onClick={() => move(at + 1)}>
          ›
        </button>
        <button type="button" className={styles.now} disabled={at === moments.length} onClick={() => onMove(undefined)}>
          Now
        </button>
      </div>
      <bdi className={styles.what} title={told(moments, at)}>
        {moments[at]?.what ?? `${moments.length} ${moments.length === 1 ? 'change' : 'changes'} so far`}
      </bdi>
    </div>
  );
}
