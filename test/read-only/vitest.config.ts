import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/read-only/soak.test.ts'],
    testTimeout: 0,
    hookTimeout: 180_000,
    // Its counts are what it is run for.
    disableConsoleIntercept: true,
  },
});
