// The peer of DuckDbBench.cs: the same statements through DuckDB's own npm package, in the process of its caller.
// Arguments: folder whose node_modules holds the package, threads, bytes of memory, Parquet file, rows.
// Prints {"name": milliseconds, …} and checks what it read.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [peers, threads, memory, file, rows] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(join(peers, 'package.json'))('@duckdb/node-api');
const expected = Number(rows);

async function timed(run) {
  const start = process.hrtime.bigint();
  await run();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

let connection;
const figures = {};
figures.start = await timed(async () => {
  const instance = await DuckDBInstance.create(':memory:', { threads, memory_limit: `${memory}B` });
  connection = await instance.connect();
  await connection.run('SELECT 1');
});

/** Every value of every column of a result, chunk by chunk, read by the package's own readers of vectors. */
async function read(sql) {
  const result = await connection.stream(sql);
  let count = 0;
  let sum = 0;
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    count += chunk.rowCount;
    for (let column = 0; column < chunk.columnCount; column++) {
      const vector = chunk.getColumnVector(column);
      for (let row = 0; row < chunk.rowCount; row++) {
        const value = vector.getItem(row);
        sum += typeof value === 'string' ? value.length : value;
      }
    }
  }
  if (count !== expected || !(sum > 0)) throw new Error(`${sql} gave ${count} rows, sum ${sum}`);
}

await connection.run(`CREATE VIEW rows AS SELECT * FROM read_parquet('${file}')`);
figures.aggregate = await timed(() => connection.runAndReadAll('SELECT word, count(*), avg(x), min(y), max(y) FROM rows GROUP BY word'));
figures.numbers = await timed(() => read('SELECT x, y FROM rows'));
figures.words = await timed(() => read('SELECT word FROM rows'));
console.log(JSON.stringify(figures));
