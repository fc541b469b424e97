/** One fault of an input that had several. */
export interface Fault {
  field: string;
  detail: string;
}

/** An answer of RFC 9457, or the network's failure told in the same shape (status 0). */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    /** HTTP status; 0 when there was no answer. */
    readonly status: number,
    /** Stable word to branch on, for example `notFound`. */
    readonly code: string,
    readonly detail: string,
    /** To quote to whoever runs the server; absent when there was no answer. */
    readonly requestId?: string,
    readonly field?: string,
    readonly faults: readonly Fault[] = [],
  ) {
    super(detail);
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Reads a problem out of whatever a server or a proxy in front of it answered. */
export function problemOf(status: number, body: unknown, requestId?: string): ProblemError {
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const faults = Array.isArray(fields.errors) ? (fields.errors as unknown[]).flatMap(faultOf) : [];
  return new ProblemError(
    status,
    text(fields.code) ?? `http${status}`,
    text(fields.detail) ?? text(fields.title) ?? `The server answered ${status} without saying why.`,
    text(fields.requestId) ?? requestId,
    text(fields.field),
    faults,
  );
}

function faultOf(value: unknown): Fault[] {
  const fault = (value ?? {}) as Record<string, unknown>;
  const detail = text(fault.detail);
  return detail ? [{ field: text(fault.field) ?? '', detail }] : [];
}

/** Any thrown value as a problem, so that pages have one thing to show. */
export function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) {
    return error;
  }
  if (error instanceof TypeError) {
    return new ProblemError(0, 'unreachable', 'The server cannot be reached. What you see is what was last loaded; it is tried again by itself.');
  }
  return new ProblemError(0, 'page', error instanceof Error ? error.message : String(error));
}
