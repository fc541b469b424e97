import type { Verdict } from '@/parts/VerdictChip';
import type { Key } from './queries';

const dayMs = 86_400_000;

/** How a key stands: in force, ending within two weeks, over. */
export function keyState({ revokedMs, expiresMs }: Pick<Key, 'revokedMs' | 'expiresMs'>, nowMs: number): { verdict: Verdict; word: string; over: boolean } {
  if (revokedMs != null) {
    return { verdict: 'unknown', word: 'revoked', over: true };
  }
  if (expiresMs <= nowMs) {
    return { verdict: 'unknown', word: 'expired', over: true };
  }
  if (expiresMs < nowMs + 14 * dayMs) {
    return { verdict: 'attention', word: 'ends soon', over: false };
  }
  return { verdict: 'yes', word: 'in force', over: false };
}
