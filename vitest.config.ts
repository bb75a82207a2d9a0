import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // It needs an Atlas that is not the pinned one: npm run test:atlas.
    exclude: [...configDefaults.exclude, 'test/atlas-current/**'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
  },
});
