import { promisify } from 'node:util';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { brotliCompress, constants, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const repository = import.meta.dirname;
const output = resolve(repository, 'artifacts/web');

/** Writes `.br` and `.gz` beside every text asset, so that the server only picks a file. */
function precompress(): Plugin {
  return {
    name: 'slipway-precompress',
    apply: 'build',
    async closeBundle() {
      const names = await readdir(output, { recursive: true });
      await Promise.all(names.filter((name) => /\.(js|css|svg)$/.test(name)).map((name) => compress(join(output, name))));
    },
  };
}

async function compress(file: string): Promise<void> {
  const bytes = await readFile(file);
  const brotli = await promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  await writeFile(`${file}.br`, brotli);
  await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }));
}

export default defineConfig({
  root: resolve(repository, 'src/Web'),
  plugins: [react(), precompress()],
  resolve: {
    alias: { '@': resolve(repository, 'src/Web'), '@modules': resolve(repository, 'modules') },
  },
  // The server replaces the placeholder by a fresh nonce in each answer that carries index.html.
  html: { cspNonce: '__NONCE__' },
  build: {
    outDir: output,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    rolldownOptions: {
      output: {
        // The look comes first, wherever the rest is cut into files: what the pages say of their parts must win over what the library says.
        codeSplitting: { groups: [{ name: 'theme', test: /src\/Web\/theme\//, priority: 1 }] },
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
  test: {
    root: repository,
    environment: 'happy-dom',
    include: ['src/Web/**/*.test.{ts,tsx}', 'modules/*/Web/**/*.test.{ts,tsx}'],
    setupFiles: [resolve(repository, 'src/Web/test-setup.ts')],
    css: false,
  },
});
