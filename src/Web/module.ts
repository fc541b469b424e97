import type { ComponentType } from 'react';
import type { MovedAddress } from '@/moved';
import type { IconName } from '@/parts/Icon';

/** A page that navigation, keys and the palette know. */
export interface PageEntry {
  id: string;
  title: string;
  icon: IconName;
  /** Where navigation shows it: on its own at the top, under a heading, or in the person's menu. */
  group: 'Home' | 'Build' | 'Govern' | 'Operate' | 'person';
  path: (workspace: string) => string;
  /** Where its other pages begin, so that navigation shows that one is in its part. */
  also?: (workspace: string) => string;
  /** The letter after `g` that goes there. */
  key?: string;
  /** Other words people look for it by. */
  words?: string;
  /** Shown only to those who have it. */
  permission?: string;
  /** Has a place in the bottom bar of narrow screens. */
  bar?: boolean;
}

/** Something the palette can open. */
export interface Found {
  id: string;
  title: string;
  /** What it is, and what tells it from its namesakes. */
  hint: string;
  icon: IconName;
  path: string;
}

/** Something that waits for a person. */
export interface Need {
  id: string;
  title: string;
  why: string;
  path: string;
  atMs?: number;
}

/** Something that happened. */
export interface Fact {
  /** `run.finished`. */
  kind: string;
  /** What it is about: a noun and an id, `run/0192…`. */
  subject: string;
  /** The fields of the fact. */
  detail: Readonly<Record<string, unknown>>;
}

/** A fact in words, around the name of what it is about. */
export interface Told {
  before: string;
  name: string;
  after: string;
  path?: string;
}

/** What a module shows on a page of another one. */
export interface PanelProps {
  workspace: string;
  /** Name or id of what the page is about. */
  id: string;
}

/** The pages that take panels of others: first on the page, under its title; beside its actions, for something as small as a button. */
export interface Panel {
  page: 'model' | 'modelActions' | 'experimentActions';
  component: ComponentType<PanelProps>;
  /** Shown only to those who have it. */
  permission?: string;
}

/** What a module brings to the shell beside its routes. */
export interface WebModule {
  pages: readonly PageEntry[];
  /** Objects by name or id, best first; asked while somebody types. */
  find?: (workspace: string, text: string, signal: AbortSignal) => Promise<Found[]>;
  /** What needs the signed-in person now. */
  needs?: (workspace: string, signal: AbortSignal) => Promise<Need[]>;
  /** What it shows on pages of other modules. */
  panels?: readonly Panel[];
  /** What it shows on the home page. */
  home?: ComponentType<{ workspace: string }>;
  /** One of its facts in words; undefined for the facts of others. */
  tell?: (fact: Fact, workspace: string) => Told | undefined;
  /** Where a foreign address leads, such as one that another product's client prints. */
  moved?: (address: MovedAddress) => string | undefined;
}
