import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { api, value } from '@/api/client';
import { Digest } from '@/parts/Digest';
import { download } from '@/parts/csv';
import { Facts } from '@/parts/Facts';
import { exact } from '@/parts/format';
import { Problem } from '@/parts/Problem';
import { VerdictChip } from '@/parts/VerdictChip';
import { checkProof } from './checkProof';
import { ActorName } from './ActorName';
import styles from './Identity.module.css';
import type { AuditEntry } from './queries';
import { objectName, usePrincipals } from './usePrincipals';

/** One entry whole, and the proof that it stands in the signed log, checked in this browser. */
export function AuditEvidence({ entry }: { entry: AuditEntry }) {
  const proof = useMutation({
    mutationFn: async () => {
      const found = await value(api.GET('/api/v1/audit/{id}/proof', { params: { path: { id: entry.id } } }));
      // Without a secure address browsers have no cryptography to check with.
      return { found, checks: globalThis.crypto?.subtle ? await checkProof(found) : undefined };
    },
  });
  const principals = usePrincipals();
  const rows: [string, React.ReactNode][] = [
    ['When', exact(entry.atMs)],
    ['Who', <ActorName key="who" entry={entry} principals={principals} />],
    ['Action', <code key="action">{entry.action}</code>],
    [
      'Object',
      <bdi key="object" title={entry.object}>
        {objectName(entry.object, principals)}
      </bdi>,
    ],
    ['Workspace', entry.workspace || 'whole server'],
    ...(entry.reason ? [['Reason', <bdi key="reason">{entry.reason}</bdi>] as [string, React.ReactNode]] : []),
    ...(entry.policy ? [['Policy', entry.policy] as [string, React.ReactNode]] : []),
    ...(entry.beforeDigest ? [['Before', <Digest key="before" value={entry.beforeDigest} />] as [string, React.ReactNode]] : []),
    ...(entry.afterDigest ? [['After', <Digest key="after" value={entry.afterDigest} />] as [string, React.ReactNode]] : []),
    ...(entry.credentialId ? [['Credential', <code key="credential">{entry.credentialId}</code>] as [string, React.ReactNode]] : []),
    ...(entry.address ? [['From address', entry.address] as [string, React.ReactNode]] : []),
    ['Request', <code key="request">{entry.requestId}</code>],
    ['Entry', <code key="entry">{entry.id}</code>],
    [
      'Place in the log',
      entry.index ?? (
        <span key="place" className={styles.pending}>
          pending, under a second
        </span>
      ),
    ],
  ];
  return (
    <>
      <Facts rows={rows} />
      {!proof.data && (
        <Button variant="default" size="compact-md" loading={proof.isPending} disabled={entry.index == null} onClick={() => proof.mutate()}>
          Prove that it stands in the log
        </Button>
      )}
      {proof.error && <Problem title="There is no proof yet" error={proof.error} />}
      {proof.data && (
        <>
          {proof.data.checks ? (
            <ul className={styles.checks} aria-label="Checks made in this browser">
              {proof.data.checks.map((check) => (
                <li key={check.text}>
                  <VerdictChip verdict={check.ok ? 'yes' : 'no'}>{check.ok ? 'yes' : 'no'}</VerdictChip>
                  <span>{check.text}</span>
                </li>
              ))}
            </ul>
          ) : (
            <p className={styles.quiet}>
              This address is not encrypted, so the browser cannot compute the hashes; <code>slipway audit verify</code> can.
            </p>
          )}
          <ol className={styles.hashes} aria-label="Siblings from the leaf to the root" tabIndex={0}>
            {proof.data.found.hashes.map((hash, at) => (
              <li key={at}>{hash}</li>
            ))}
          </ol>
          <Facts
            rows={[
              ['Root', <Digest key="root" value={proof.data.found.root} />],
              ['Leaf', <Digest key="leaf" value={proof.data.found.leafHash} />],
            ]}
          />
          <pre className={styles.hashes} tabIndex={0} aria-label="Signed checkpoint">
            {proof.data.found.checkpoint}
          </pre>
          <p className={styles.dim}>
            The checkpoint&apos;s signature is checked with a key that you got another way than from this server: <code>slipway audit verify</code>.
          </p>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => download(`proof-${entry.id}.json`, new Blob([JSON.stringify(proof.data.found, null, 2)], { type: 'application/json' }))}
          >
            Save the proof
          </Button>
        </>
      )}
    </>
  );
}
