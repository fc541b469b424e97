import { act, fireEvent, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { renderPart } from '@/test-render';
import { AnswerCard } from './AnswerCard';
import type { Answers } from './queries';
import { TimeSlider } from './TimeSlider';

const evidence = (number: number) => ({ label: `Label ${number}`, value: `Value ${number}`, verdict: 'no' as const, digest: 'ab'.repeat(32), ageMs: 60_000, link: '/w/default/endpoints/e' });

const answers: Answers = {
  workspace: 'default',
  model: 'm',
  position: 7,
  asOfMs: 1_795_269_720_000,
  asOf: 'position:7@1795269720000',
  digest: 'cd'.repeat(32),
  answers: [{ number: 2, question: 'What was it trained on?', verdict: 'no', sentence: 'On nothing that is known.', evidence: [1, 2, 3, 4].map(evidence) }],
};

test('a card has a verdict in words, a sentence, and the three strongest pieces of evidence with their age', () => {
  const { opened } = renderPart(<AnswerCard answer={answers.answers[0]!} from={answers} past />);

  const card = screen.getByRole('article', { name: '2 Trained on, still true' });
  expect(card.textContent).toContain('✕no');
  expect(card.textContent).toContain('On nothing that is known.');
  expect(within(card).getAllByRole('listitem')).toHaveLength(3);
  expect(card.textContent).toContain('1 min 0 s before');

  fireEvent.click(within(card).getByRole('button', { name: 'Value 1' }));
  expect(opened[0]).toMatchObject({ title: 'Label 1', atMs: answers.asOfMs - 60_000, link: { href: '/w/default/endpoints/e' } });
  expect(opened[0]?.from).toContain('asOf=position:7@1795269720000');
  fireEvent.click(within(card).getByRole('button', { name: 'All evidence: 1 more' }));
  expect(opened[1]?.title).toBe('What was it trained on?');
});

test('the slider asks for the moment where it comes to rest', () => {
  vi.useFakeTimers();
  const moments = [3, 7, 9].map((position) => ({ position, model: 'm', atMs: position * 1_000, what: `Change ${position}` }));
  const asked: (string | undefined)[] = [];
  renderPart(<TimeSlider moments={moments} place={3} onMove={(asOf) => asked.push(asOf)} />);

  const slider = screen.getByRole('slider', { name: 'As of' });
  expect(slider.getAttribute('aria-valuetext')).toBe('now');
  fireEvent.change(slider, { target: { value: '0' } });
  fireEvent.change(slider, { target: { value: '1' } });
  expect(screen.getByText('Change 7')).toBeTruthy();
  act(() => void vi.advanceTimersByTime(200));
  expect(asked).toEqual(['position:7']);

  fireEvent.click(screen.getByRole('button', { name: 'Earlier' }));
  fireEvent.click(screen.getByRole('button', { name: 'Now' }));
  expect(asked).toEqual(['position:7', 'position:3', undefined]);
  vi.useRealTimers();
});
