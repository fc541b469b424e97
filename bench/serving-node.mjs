// The peer of ServingBench.cs: the same model behind Node.js' own HTTP server and ONNX Runtime's npm package, as plainly as one would write it: parse, run, answer. It checks, splits and logs nothing.
// Argument: model file. Prints its port, and ends with its standard input.
import http from 'node:http';
import ort from 'onnxruntime-node';

const types = { FP64: 'float64', FP32: 'float32', INT64: 'int64', BYTES: 'string', BOOL: 'bool' };
const session = await ort.InferenceSession.create(process.argv[2], { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential' });

function tensor({ datatype, data, shape }) {
  const values = datatype === 'FP64' ? Float64Array.from(data) : datatype === 'FP32' ? Float32Array.from(data) : datatype === 'INT64' ? BigInt64Array.from(data, BigInt) : data;
  return new ort.Tensor(types[datatype], values, shape);
}

async function answer(body) {
  const feeds = Object.fromEntries(JSON.parse(body).inputs.map((input) => [input.name, tensor(input)]));
  const results = await session.run(feeds);
  const outputs = Object.entries(results).map(([name, { dims, data }]) => ({ name, shape: dims, data: Array.from(data, Number) }));
  return JSON.stringify({ model_name: 'peer', outputs });
}

const server = http.createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', async () => {
    try {
      const text = await answer(Buffer.concat(parts).toString());
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) });
      response.end(text);
    } catch (error) {
      response.writeHead(400);
      response.end(String(error));
    }
  });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.on('end', () => process.exit(0)).resume();
