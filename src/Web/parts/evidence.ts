import { createContext, use, type ReactNode } from 'react';

/** Where a figure comes from. */
export interface Evidence {
  title: string;
  /** The query or call that gave it, as one could repeat it. */
  from?: string;
  /** When it was read or measured. */
  atMs?: number;
  /** Name and value of what it rests on. */
  facts?: readonly (readonly [string, ReactNode])[];
  /** The page or file behind it. */
  link?: { href: string; text: string };
  /** Anything that needs more room, such as a proof. */
  body?: ReactNode;
}

export interface EvidenceDesk {
  shown: Evidence | undefined;
  open: (evidence: Evidence) => void;
  close: () => void;
}

export const EvidenceContext = createContext<EvidenceDesk>({ shown: undefined, open: () => undefined, close: () => undefined });

/** Opens and closes the panel at the right. */
export const useEvidence = (): EvidenceDesk => use(EvidenceContext);
