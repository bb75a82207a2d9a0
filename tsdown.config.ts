import { fileURLToPath } from 'node:url';
import { defineConfig } from 'tsdown';
import { thirdPartyLicenses } from './tools/build/third-party-licenses.ts';

/**
 * What a run reads that says again what an earlier one found, or stages that: neither a configuration nor zod is among it. In one
 * file, since every file that is loaded costs as much as some hundred lines in it.
 */
const KNOWN =
  /\/src\/(errors\.|git\/|cache\/|process\/(?!activity|find-tool|in-a-row|tools-report|v8-settings)|devdb\/(mask-url|server-identity|mysql-binaries|mysql-product|postgres-embedded|postgres-system|program-folders)|commands\/(staged|fix\.|lint\.|foundations|given-path|identified|known-(lint|mends|verdict)|respond|unless-broken|write-mends)|config\/stage-command|report\/(?!json-definition|color-default|unwritten-output|watch|.*progress|timing))|\/node_modules\/picocolors\//;
/** What each other run reads before it knows whether there is work. */
const FIRST_READ =
  /\/src\/(plan\/|hooks\/(guard|pathspec)|dialects\/sql-tokens|process\/(find-tool|v8-settings)|commands\/(judge-index|cache-note|unmoved|merge|guard|nothing|open-project|options|read-(project|configs)|removed|select|switched)|config\/(?!config-document|yaml-places|syntax|issue|known|checked|json-schema|.*definition))|\/node_modules\/(picomatch|fastest-levenshtein)\//;
/** What reads configurations, which most runs have. */
const YAML = /\/src\/config\/(config-document|yaml-places|syntax)|\/node_modules\/yaml\//;

export default defineConfig({
  entry: { cli: 'src/cli.ts' },
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  outDir: 'dist',
  dts: false,
  fixedExtension: false,
  clean: true,
  minify: true,
  // The package's build for Node is CommonJS, of which nothing can be left out.
  alias: { yaml: fileURLToPath(new URL('node_modules/yaml/browser/dist/index.js', import.meta.url)) },
  // Without this, pg asks whether it runs in Cloudflare's workers, for which Node 20 loads its whole HTTP client.
  define: { Response: 'undefined' },
  inputOptions: { preserveEntrySignatures: 'allow-extension' },
  plugins: [thirdPartyLicenses()],
  outputOptions: {
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [
        { name: 'known', test: KNOWN },
        { name: 'first-read', test: FIRST_READ },
        { name: 'yaml', test: YAML },
        { name: 'commander', test: /\/node_modules\/commander\// },
        { name: 'zod-mini', test: /\/node_modules\/zod\/v4\/(core\/(?!json-schema|to-json)|mini)/ },
      ],
    },
  },
});
