import { Digest } from '@/parts/Digest';
import { useEvidence } from '@/parts/evidence';
import { Facts } from '@/parts/Facts';
import styles from './Datasets.module.css';
import type { DatasetDetail } from './queries';

interface ContractProps {
  contract: NonNullable<DatasetDetail['contract']>;
  /** Digest of the contract that the shown version was checked against. */
  checked?: string;
}

/** The contract that the next version is checked against. */
export function Contract({ contract, checked }: ContractProps) {
  const { open } = useEvidence();
  return (
    <section className={styles.panel} aria-labelledby="contract">
      <div className={styles.panelHead}>
        <h2 id="contract">Contract in force</h2>
        {contract.text && (
          <button
            type="button"
            className={styles.link}
            data-evidence
            onClick={() =>
              open({
                title: `Contract ${contract.id}`,
                facts: [['Digest', <Digest key="digest" value={contract.digest} />]],
                body: (
                  <pre className={styles.yaml} tabIndex={0} aria-label="Contract as YAML">
                    {contract.text}
                  </pre>
                ),
              })
            }
          >
            YAML
          </button>
        )}
      </div>
      <div className={styles.facts}>
        <Facts
          rows={[
            ['Id', <bdi key="id">{contract.id}</bdi>],
            ['Version', contract.version],
            ['Status', contract.status],
            ['Digest', <Digest key="digest" value={contract.digest} />],
          ]}
        />
      </div>
      {checked !== undefined && checked !== contract.digest && (
        <p className={styles.quiet}>
          The version shown was checked against an older one, <code>{checked.slice(0, 8)}</code>.
        </p>
      )}
    </section>
  );
}
