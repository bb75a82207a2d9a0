import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The one needs an Atlas that is not the pinned one (npm run test:atlas), the other half an hour (npm run test:soak).
    exclude: [...configDefaults.exclude, 'test/atlas-current/**', 'test/read-only/soak.test.ts'],
    // Ends what hangs; a slow machine that has everything to compile takes minutes.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    maxWorkers: 2,
  },
});
