import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Confirm } from '@/parts/Confirm';
import { removeAlias, setAlias } from './queries';
import styles from './Registry.module.css';

interface SetAliasProps {
  workspace: string;
  model: string;
  /** What aliases stand for now. */
  aliases: Readonly<Record<string, number>>;
  /** Versions to choose from, newest first. */
  versions: readonly number[];
  alias?: string;
  version?: number;
  onClose: () => void;
}

/** Makes an alias stand for a version; says what it stood for before and who gets the other model. */
export function SetAlias({ workspace, model, aliases, versions, alias: known = '', version: first, onClose }: SetAliasProps) {
  const queries = useQueryClient();
  const [alias, name] = useState(known);
  const [version, choose] = useState(first ?? versions[0] ?? 1);
  const set = useMutation({
    mutationFn: () => setAlias(workspace, model, alias.trim(), version),
    onSuccess: async () => {
      await refresh(queries, workspace, model);
      onClose();
    },
  });
  const before = aliases[alias.trim()];
  const same = before === version;
  return (
    <Confirm
      title={known === '' ? `Set an alias of ${model}` : `Move the alias ${known}`}
      verb="Set alias"
      undo={before === undefined || same ? 'It can be moved or removed at any time.' : `Setting it back to version ${before} takes it back.`}
      calm={before === undefined || same}
      pending={set.isPending}
      error={set.error}
      onConfirm={() => set.mutate()}
      onClose={onClose}
    >
      <div className={styles.fields}>
        <TextInput
          label="Alias"
          description="Letters, digits and - _ . such as champion"
          value={alias}
          onChange={(event) => name(event.currentTarget.value)}
          required
          readOnly={known !== ''}
          data-autofocus={known === '' || undefined}
          maxLength={255}
        />
        <label className={styles.field}>
          Version
          <select value={version} onChange={(event) => choose(Number(event.currentTarget.value))}>
            {versions.map((each) => (
              <option key={each} value={each}>
                version {each}
              </option>
            ))}
          </select>
        </label>
      </div>
      {alias.trim() !== '' && (
        <p className={styles.reach}>
          {same
            ? `${alias.trim()} stands for version ${version} already.`
            : `Whoever loads models:/${model}@${alias.trim()} gets version ${version}${before === undefined ? '' : ` in place of version ${before}`} from then on.`}
        </p>
      )}
    </Confirm>
  );
}

/** Takes an alias away. */
export function RemoveAlias({ workspace, model, alias, onClose }: { workspace: string; model: string; alias: string; onClose: () => void }) {
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => removeAlias(workspace, model, alias),
    onSuccess: async () => {
      await refresh(queries, workspace, model);
      onClose();
    },
  });
  return (
    <Confirm
      title={`Remove the alias ${alias}?`}
      verb="Remove alias"
      keep="Keep it"
      undo="It can be set again at any time; no version is touched."
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <p>
        Whoever loads{' '}
        <code>
          models:/{model}@{alias}
        </code>{' '}
        gets an error from then on.
      </p>
    </Confirm>
  );
}

const refresh = async (queries: ReturnType<typeof useQueryClient>, workspace: string, model: string) => {
  await Promise.all([queries.invalidateQueries({ queryKey: ['model', workspace, model] }), queries.invalidateQueries({ queryKey: ['models', workspace] })]);
};
