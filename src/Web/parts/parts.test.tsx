import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { problemOf } from '@/api/problem';
import { renderPart } from '@/test-render';
import { Confirm } from './Confirm';
import { Digest } from './Digest';
import { Figure } from './Figure';
import { Problem } from './Problem';
import { Snippet } from './Snippet';
import { VerdictChip } from './VerdictChip';
import { When } from './When';

test('a verdict has a word, not only a colour', () => {
  renderPart(<VerdictChip verdict="no">failed</VerdictChip>);

  expect(screen.getByText('failed').textContent).toContain('✕');
});

test('a figure opens its evidence', () => {
  const { opened } = renderPart(<Figure value={0.25} unit="s" evidence={{ title: 'loss', from: 'GET /x' }} />);

  fireEvent.click(screen.getByRole('button'));

  expect(opened).toEqual([{ title: 'loss', from: 'GET /x' }]);
});

test('a figure that was logged as NaN says so; one that was never measured shows a dash', () => {
  renderPart(
    <>
      <Figure value={null} />
      <Figure value={undefined} />
    </>,
  );

  expect(screen.getByText('NaN')).toBeTruthy();
  expect(screen.getByText('–')).toBeTruthy();
});

test('a digest shows eight characters and copies all', async () => {
  const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  renderPart(<Digest value={'ab'.repeat(32)} />);

  fireEvent.click(screen.getByRole('button', { name: /Copy digest/ }));

  expect(screen.getByText('abababab')).toBeTruthy();
  expect(written).toHaveBeenCalledWith('ab'.repeat(32));
  expect(await screen.findByText('copied')).toBeTruthy();
});

test('a problem shows what was wrong and the id to quote, and text stays text', () => {
  renderPart(<Problem title="Not saved" error={problemOf(400, { detail: '<img src=x> is no name.', code: 'invalid', requestId: 'r-1' })} />);

  expect(screen.getByRole('alert').textContent).toContain('<img src=x> is no name.');
  expect(screen.getByText('r-1')).toBeTruthy();
  expect(document.querySelector('img')).toBeNull();
});

test('the exact time is there for those who ask', () => {
  renderPart(<When atMs={Date.UTC(2026, 10, 21, 8, 0, 0)} />);

  expect(screen.getByTitle(/2026-11-21/).getAttribute('datetime')).toBe('2026-11-21T08:00:00.000Z');
});

test('what happened since the clock of the page moved is not ahead', () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 21, 8), toFake: ['Date'] });
  renderPart(<When atMs={Date.UTC(2026, 10, 21, 7, 59)} />);
  vi.setSystemTime(Date.UTC(2026, 10, 21, 8, 0, 9));
  renderPart(<When atMs={Date.UTC(2026, 10, 21, 8, 0, 8)} />);

  expect(screen.getByText('1 min ago')).toBeTruthy();
  expect(screen.getByText('now')).toBeTruthy();
  vi.useRealTimers();
});

test('arrow keys go through the languages of a snippet', () => {
  renderPart(
    <Snippet
      label="Ways"
      tabs={[
        { language: 'Python', code: 'import x' },
        { language: 'curl', code: 'curl y' },
      ]}
    />,
  );

  fireEvent.keyDown(screen.getByRole('tab', { name: 'Python' }), { key: 'ArrowRight' });

  expect(screen.getByRole('tabpanel').textContent).toBe('curl y');
});

test('a consequential action waits for its reason', () => {
  const done = vi.fn();
  renderPart(
    <Confirm title="Stop?" verb="Stop it" undo="It can be started again." needsReason onConfirm={done} onClose={() => undefined}>
      All of it stops.
    </Confirm>,
  );

  fireEvent.change(screen.getByLabelText(/Reason/), { target: { value: 'too hot' } });
  fireEvent.submit(screen.getByLabelText(/Reason/).closest('form') as HTMLFormElement);

  expect(done).toHaveBeenCalledWith('too hot');
});
