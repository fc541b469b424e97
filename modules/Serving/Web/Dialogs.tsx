import { TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { percent } from '@/parts/bars';
import { Confirm } from '@/parts/Confirm';
import { firstToLeave, rollbackReach, shareOf, wordsOf, type Choice } from './acts';
import { act, deploy, rollBack, setShare, versionsQuery, type Act, type Deployment, type Endpoint } from './queries';
import styles from './Serving.module.css';
import { ofRole } from './states';

interface DialogProps {
  workspace: string;
  endpoint: Endpoint;
  /** Requests per minute, when known. */
  rate: number | undefined;
  onClose: () => void;
}

/** What stands before whatever was chosen. */
export function EndpointDialog({ choice, ...props }: DialogProps & { choice: Choice }) {
  switch (choice) {
    case 'split':
      return <ChangeShare {...props} />;
    case 'deploy':
      return <DeployVersion {...props} />;
    case 'rollback':
      return <RollBack {...props} />;
    default:
      return <Do what={choice} {...props} />;
  }
}

/** Does it, reads the endpoint anew and closes. */
function useDoing(workspace: string, name: string, run: (reason: string) => Promise<unknown>, onClose: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: async () => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['endpoint', workspace, name] }),
        queries.invalidateQueries({ queryKey: ['endpoints', workspace] }),
        queries.invalidateQueries({ queryKey: ['needs', workspace] }),
      ]);
      onClose();
    },
  });
}

function Do({ what, workspace, endpoint, rate, onClose }: DialogProps & { what: Act }) {
  const doing = useDoing(workspace, endpoint.name, (reason) => act(workspace, endpoint.name, what, reason), onClose);
  const { reach, ...words } = wordsOf(what, endpoint, rate);
  return (
    <Confirm {...words} needsReason pending={doing.isPending} error={doing.error} onConfirm={doing.mutate} onClose={onClose}>
      <p className={styles.reach}>{reach}</p>
    </Confirm>
  );
}

function RollBack({ workspace, endpoint, rate, onClose }: DialogProps) {
  const [version, choose] = useState(firstToLeave(endpoint.deployments) ?? 0);
  const doing = useDoing(workspace, endpoint.name, (reason) => rollBack(workspace, endpoint.name, version, reason), onClose);
  const { reach: _, ...words } = wordsOf('rollback', endpoint, rate);
  return (
    <Confirm {...words} needsReason pending={doing.isPending} error={doing.error} onConfirm={doing.mutate} onClose={onClose}>
      <div className={styles.fields}>
        <label className={styles.field}>
          Takes out
          <select value={version} onChange={(event) => choose(Number(event.currentTarget.value))}>
            {endpoint.deployments.map((each) => (
              <option key={each.id} value={each.version}>
                version {each.version}, {each.role}
              </option>
            ))}
          </select>
        </label>
        <p className={styles.reach}>{rollbackReach(endpoint, version)}</p>
      </div>
    </Confirm>
  );
}

function ChangeShare({ workspace, endpoint, onClose }: DialogProps) {
  const [canary] = ofRole(endpoint.deployments, 'canary');
  const [text, type] = useState(String(Number(((canary?.share ?? 0.1) * 100).toPrecision(6))));
  const share = shareOf(text);
  const doing = useDoing(workspace, endpoint.name, (reason) => setShare(workspace, endpoint.name, share ?? 0, reason), onClose);
  return (
    <Confirm
      title={`Change the share of version ${canary?.version ?? ''}`}
      verb="Change share"
      undo="It can be changed again at any time; units that have the canary keep it when the share is widened."
      needsReason
      pending={doing.isPending}
      error={doing.error}
      onConfirm={(reason) => share !== undefined && doing.mutate(reason)}
      onClose={onClose}
    >
      <div className={styles.fields}>
        <Share text={text} onText={type} share={share} />
        <p className={styles.reach}>
          {share === undefined
            ? 'Nothing is changed before the share is a number above 0 and below 100.'
            : `Version ${canary?.version ?? ''} answers ${percent(share)} of the units instead of ${percent(canary?.share ?? 0)}.${endpoint.rollout === 'halted' ? ' The rollout is halted, so it can only get fewer.' : ''}`}
        </p>
      </div>
    </Confirm>
  );
}

function Share({ text, onText, share }: { text: string; onText: (text: string) => void; share: number | undefined }) {
  return (
    <TextInput
      label="Share of the canary"
      description="In per cent of the units, above 0 and below 100"
      value={text}
      onChange={(event) => onText(event.currentTarget.value)}
      error={text !== '' && share === undefined ? `“${text}” is no such share, such as 10` : undefined}
      inputMode="decimal"
      required
      rightSection="%"
    />
  );
}

function DeployVersion({ workspace, endpoint, onClose }: DialogProps) {
  const versions = useQuery(versionsQuery(workspace, endpoint.model));
  const rows = versions.data?.items ?? [];
  const champion = ofRole(endpoint.deployments, 'champion')[0];
  const canary = ofRole(endpoint.deployments, 'canary')[0];
  const free = rows.map(({ version }) => version).filter((version) => !endpoint.deployments.some((each) => each.version === version));
  const [chosen, choose] = useState<number>();
  const [asked, ask] = useState<Deployment['role']>();
  const version = chosen ?? free[0];
  const role = asked ?? (champion === undefined ? 'champion' : canary === undefined ? 'canary' : 'shadow');
  const [text, type] = useState('10');
  const share = role === 'canary' ? shareOf(text) : undefined;
  const ready = version !== undefined && (role !== 'canary' || share !== undefined);
  const doing = useDoing(workspace, endpoint.name, (reason) => deploy(workspace, endpoint.name, version ?? 0, role, share, reason), onClose);
  return (
    <Confirm
      title={`Deploy a version of ${endpoint.model}`}
      verb="Deploy"
      undo="It can be rolled back at any time."
      needsReason
      pending={doing.isPending}
      error={doing.error}
      onConfirm={(reason) => ready && doing.mutate(reason)}
      onClose={onClose}
    >
      <div className={styles.fields}>
        <label className={styles.field}>
          Version
          <select value={version ?? ''} onChange={(event) => choose(Number(event.currentTarget.value))} required>
            {free.map((each) => (
              <option key={each} value={each}>
                version {each}
              </option>
            ))}
          </select>
        </label>
        <label className={styles.field}>
          Role
          <select value={role} onChange={(event) => ask(event.currentTarget.value as Deployment['role'])}>
            <option value="champion">champion: all the traffic</option>
            <option value="canary">canary: a share of the units</option>
            <option value="shadow">shadow: predicts, answers nobody</option>
          </select>
        </label>
        {role === 'canary' && <Share text={text} onText={type} share={share} />}
        <p className={styles.reach}>
          {version === undefined
            ? versions.isPending
              ? 'Reading the versions…'
              : 'Every version of the model is at work here already, or it has none.'
            : `Only a version with an approval in force is let through; what is loaded is compared with what was approved. ${
                role === 'champion' && champion ? `Version ${champion.version} no longer answers.` : ''
              }`}
        </p>
      </div>
    </Confirm>
  );
}
