import { MantineProvider } from '@mantine/core';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { EvidenceContext, type Evidence } from '@/parts/evidence';

/** Renders a part as the shell would, and keeps the evidence that it opens. */
export function renderPart(part: ReactNode) {
  const opened: Evidence[] = [];
  const desk = {
    shown: undefined,
    open: (evidence: Evidence) => {
      opened.push(evidence);
    },
    close: () => undefined,
  };
  const view = render(
    <MantineProvider env="test">
      <EvidenceContext value={desk}>{part}</EvidenceContext>
    </MantineProvider>,
  );
  return { ...view, opened };
}
