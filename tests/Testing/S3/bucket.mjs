// Runs npm's s3rver as the S3 store of the tests: node bucket.mjs FOLDER, which prints its address. What s3rver leaves out or answers too early is filled in here.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const S3rver = require('s3rver');
const S3Error = require('s3rver/lib/models/error');
const BUCKET = 'slipway-test';
const folder = process.argv[2];
const server = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory: folder, configureBuckets: [{ name: BUCKET }], allowMismatchedSignatures: false });
const store = server.store;
let writes = 0;

// s3rver answers when it has read the body, not when the file holds it; and writes over the file that somebody reads.
async function write(target, content) {
  const arriving = path.join(folder, `.arriving-${writes++}`);
  const md5 = createHash('md5');
  let size = 0;
  await pipeline(content, async function* count(pieces) {
    for await (const piece of pieces) { md5.update(piece); size += piece.length; yield piece; }
  }, fs.createWriteStream(arriving));
  await fs.promises.mkdir(path.dirname(target), { recursive: true });
  await fs.promises.rename(arriving, target);
  return { size, md5: md5.digest('hex') };
}

store.putObject = async object => {
  const target = store.getResourcePath(object.bucket, object.key, 'object');
  const written = await write(target, Buffer.isBuffer(object.content) ? [object.content] : object.content);
  await store.putMetadata(object.bucket, object.key, object.metadata, written.md5);
  return written;
};

store.copyObject = async (fromBucket, fromKey, toBucket, toKey) => {
  const written = await write(store.getResourcePath(toBucket, toKey, 'object'), fs.createReadStream(store.getResourcePath(fromBucket, fromKey, 'object')));
  await store.putMetadata(toBucket, toKey, {}, written.md5);
  return store.getMetadata(toBucket, toKey);
};

const folderOf = (bucket, upload) => path.join(store.getResourcePath(bucket, undefined, 'uploads'), path.basename(upload));
store.putPart = async (bucket, upload, number, content) => {
  const part = path.join(folderOf(bucket, upload), String(Number(number)));
  const written = await write(part, content);
  await fs.promises.writeFile(`${part}.md5`, written.md5);
  return written;
};

const complete = store.putObjectMultipart.bind(store);
store.putObjectMultipart = async (bucket, upload, parts) => {
  for (const part of parts) {
    const file = path.join(folderOf(bucket, upload), `${part.number}.md5`);
    if (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== part.etag) { throw new S3Error('InvalidPart', 'One or more of the specified parts could not be found.'); }
  }

  return complete(bucket, upload, parts);
};

// Requests that s3rver does not know: giving an upload up, listing those under way, copying a part, and what tests ask of this program itself.
server.middleware.unshift(async (ctx, next) => {
  const [, bucket, ...rest] = decodeURIComponent(ctx.path).split('/');
  const key = rest.join('/');
  const { uploadId, partNumber } = ctx.query;

  if (uploadId && !fs.existsSync(folderOf(bucket, uploadId))) { return refuse(ctx, 404, 'NoSuchUpload'); }

  // What the server itself sends is signed with the digest of its body.
  if (ctx.method === 'PUT' && ctx.get('authorization') && !/^[0-9a-f]{64}$/.test(ctx.get('x-amz-content-sha256'))) { return refuse(ctx, 400, 'BodyIsNotSigned'); }

  if (ctx.method === 'DELETE' && uploadId) {
    fs.rmSync(folderOf(bucket, uploadId), { recursive: true });
    ctx.status = 204;
    return undefined;
  }

  if (ctx.method === 'GET' && 'uploads' in ctx.query && key === '') {
    const all = store.getResourcePath(bucket, undefined, 'uploads');
    const keyOf = item => fs.readFileSync(path.join(all, item, 'key'), 'utf8');
    const items = (fs.existsSync(all) ? fs.readdirSync(all) : []).filter(item => keyOf(item).startsWith(ctx.query.prefix ?? ''));
    ctx.type = 'application/xml';
    ctx.body = `<?xml version="1.0"?><ListMultipartUploadsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>false</IsTruncated>${items.map(item =>
      `<Upload><Key>${keyOf(item)}</Key><UploadId>${item}</UploadId><Initiated>${fs.statSync(path.join(all, item, 'key')).mtime.toISOString()}</Initiated></Upload>`).join('')}</ListMultipartUploadsResult>`;
    return undefined;
  }

  // Under this name every answer breaks off after 3 MB, as a connection does.
  if (ctx.method === 'GET' && key.includes('breaking/')) {
    await next();
    if (ctx.body?.pipe) {
      let left = 3_000_000;
      ctx.body.on('data', piece => { left -= piece.length; if (left < 0) { ctx.res.destroy(); } });
    }

    return undefined;
  }

  // s3rver leaves encoded slashes as they are.
  const source = decodeURIComponent(ctx.get('x-amz-copy-source'));
  if (source) { ctx.req.headers['x-amz-copy-source'] = source; }

  if (ctx.method === 'PUT' && uploadId && source) {
    const [from, ...name] = source.replace(/^\//, '').split('/');
    const [start, end] = ctx.get('x-amz-copy-source-range').replace('bytes=', '').split('-').map(Number);
    const { md5 } = await store.putPart(bucket, uploadId, partNumber, fs.createReadStream(store.getResourcePath(from, name.join('/'), 'object'), { start, end }));
    ctx.type = 'application/xml';
    ctx.body = `<?xml version="1.0"?><CopyPartResult><LastModified>${new Date().toISOString()}</LastModified><ETag>"${md5}"</ETag></CopyPartResult>`;
    return undefined;
  }

  return next();
});

function refuse(ctx, status, code) {
  ctx.status = status;
  ctx.type = 'application/xml';
  ctx.body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
}

const { port } = await server.run();
process.stdin.resume().on('end', () => process.exit(0));
console.log(`http://127.0.0.1:${port} ${BUCKET}`);
