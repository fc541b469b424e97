// The peer of OnnxBench.cs: the same model and batch through ONNX Runtime's own npm package.
// Arguments: model file, rows, columns, runs. Prints {"microseconds": …} a run.
import ort from 'onnxruntime-node';

const [path, rows, columns, runs] = [process.argv[2], ...process.argv.slice(3).map(Number)];
const session = await ort.InferenceSession.create(path, { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential' });
const values = Float32Array.from({ length: rows * columns }, (_, i) => (i % 7) / 7);
const feeds = { x: new ort.Tensor('float32', values, [rows, columns]) };

async function measure(count) {
  const start = process.hrtime.bigint();
  for (let i = 0; i < count; i++) await session.run(feeds);
  return Number(process.hrtime.bigint() - start) / 1000 / count;
}

await measure(Math.min(runs, 5000));
console.log(JSON.stringify({ microseconds: await measure(runs) }));
