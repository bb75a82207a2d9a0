import { fileURLToPath } from 'node:url';
import { defineConfig } from 'tsdown';
import { thirdPartyLicenses } from './tools/build/third-party-licenses.ts';

/**
 * What each run reads before it knows whether there is work, in one file: every file that is loaded costs as much as some
 * hundred lines in it.
 */
const FIRST_READ =
  /\/src\/(errors\.|git\/|plan\/|rules\/catalogue|devdb\/(mask-url|server-identity|mysql-binaries|mysql-product|postgres-system|program-folders)|hooks\/(guard|pathspec)|cache\/|process\/(?!activity)|commands\/(staged|judge-index|known-verdict|cache-note|unmoved|merge|guard|nothing|open-project|options|read-(project|configs)|removed|respond|select|switched)|report\/(?!json-definition|color-default|progress|timing)|config\/(?!config-document|yaml-places|syntax|issue|known|checked|json-schema|.*definition))|\/node_modules\/(picomatch|picocolors|fastest-levenshtein)\//;
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
  inputOptions: { preserveEntrySignatures: 'allow-extension' },
  plugins: [thirdPartyLicenses()],
  outputOptions: {
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [
        { name: 'first-read', test: FIRST_READ },
        { name: 'yaml', test: YAML },
        { name: 'commander', test: /\/node_modules\/commander\// },
        { name: 'zod-mini', test: /\/node_modules\/zod\/v4\/(core\/(?!json-schema|to-json)|mini)/ },
      ],
    },
  },
});
