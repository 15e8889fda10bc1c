import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: ["bin/testing/server.ts"],
    setupFiles: ["bin/testing/process.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    projects: [
      // Lists of a project are added to those of the root: so `include` stands in the projects alone.
      { extends: true, test: { name: "code", include: ["{app,lib,db,bin}/**/*.test.{ts,tsx}"] } },
      {
        extends: true,
        test: {
          name: "journeys",
          include: ["{app,bin}/**/*.e2e.ts"],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          fileParallelism: false,
          globalSetup: ["bin/testing/server.ts", "bin/testing/built.ts"],
        },
      },
    ],
  },
});
