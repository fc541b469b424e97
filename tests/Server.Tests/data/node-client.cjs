// What users of the unofficial npm package `mlflow` do, against the address in the first argument: the exit code says whether all of it came out right. The package prints what it sends.
const assert = require('node:assert/strict');
const { createRequire } = require('node:module');

const MLflow = createRequire(`${process.argv[3]}/package.json`)('mlflow');
const client = new MLflow({ endpoint: process.argv[2] });
const { Experiments, Runs, Metrics, Artifacts } = client;

async function main() {
  const { experiment_id } = await Experiments.create({ name: 'from node' });
  await assert.rejects(Experiments.create({ name: 'from node' }), /RESOURCE_ALREADY_EXISTS/);
  assert.equal((await Experiments.get({ experiment_id })).experiment.name, 'from node');
  await Experiments.update({ experiment_id, new_name: 'of node' });
  await Experiments.delete({ experiment_id });
  await Experiments.restore({ experiment_id });

  const { run } = await Runs.create({ experiment_id, user_id: 'ada', start_time: 1, tags: [{ key: 'team', value: 'risk' }] });
  const { run_id } = run.info;
  await Runs.logParameter({ run_id, key: 'lr', value: '0.1' });
  await assert.rejects(Runs.logParameter({ run_id, key: 'lr', value: '0.2' }), /Changing param values is not allowed/);
  for (let step = 0; step < 3; step++) {
    await Runs.logMetric({ run_id, key: 'loss', value: 1 / (step + 1), timestamp: 1000 + step, step });
  }
  await Runs.logBatch({ run_id, metrics: [{ key: 'auc', value: 0.9, timestamp: 1, step: 0 }], params: [{ key: 'depth', value: '3' }], tags: [{ key: 'stage', value: 'try' }] });
  await Runs.setTag({ run_id, key: 'note', value: 'first' });
  await Runs.deleteTag({ run_id, key: 'note' });
  await Runs.update({ run_id, status: 'FINISHED', end_time: 2 });

  const { metrics } = await Metrics.getHistory({ run_id, metric_key: 'loss' });
  assert.deepEqual(metrics.map(({ step }) => step), [0, 1, 2]);
  const found = await Runs.search({ experiment_ids: [experiment_id], filter: "metrics.auc > 0.5 and params.lr = '0.1'", order_by: ['metrics.loss ASC'] });
  assert.deepEqual(found.runs.map(({ info }) => [info.run_id, info.status]), [[run_id, 'FINISHED']]);
  const { data } = (await Runs.get({ run_id })).run;
  assert.deepEqual(data.params.map(({ key }) => key).sort(), ['depth', 'lr']);
  assert.ok((await Artifacts.list({ run_id })).root_uri.endsWith(`/${run_id}/artifacts`));
  await Runs.delete({ run_id });
  assert.deepEqual(await Runs.search({ experiment_ids: [experiment_id] }), {});
  await Runs.restore({ run_id });

  // The package has no names for the registry; its transport does.
  await client.req('post', 'registered-models/create', { name: 'node', tags: [{ key: 'team', value: 'risk' }] });
  const made = await client.req('post', 'model-versions/create', { name: 'node', source: `runs:/${run_id}/model`, run_id });
  assert.equal(made.model_version.version, '1');
  await client.req('post', 'registered-models/alias', { name: 'node', alias: 'champion', version: '1' });
  assert.equal((await client.req('get', 'registered-models/alias', { name: 'node', alias: 'champion' })).model_version.run_id, run_id);
  await client.req('post', 'model-versions/transition-stage', { name: 'node', version: '1', stage: 'Production', archive_existing_versions: true });
  assert.equal((await client.req('get', 'registered-models/get-latest-versions', { name: 'node', stages: ['Production'] })).model_versions[0].version, '1');
  assert.equal((await client.req('get', 'model-versions/search', { filter: `run_id='${run_id}'` })).model_versions.length, 1);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
