import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import "./bin/resolution.mjs";

// What one worker compiled is not compiled again by the next.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL("node_modules/.cache/node", import.meta.url));

/** Half a minute and more each, some of it waiting. */
const slow = /every-page|db\/embedded|jobs\/jobs|search\/scale|participation\/seats/;

/** What takes long begins first: the many short files then keep every worker busy to the end. */
class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const weight = ({ project, moduleId }: TestSpecification) =>
      (project.name === "journeys" ? 2 : 0) + (slow.test(moduleId) ? 1 : 0);
    return (await super.sort(files)).sort((one, other) => weight(other) - weight(one));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: SlowestFirst },
    globalSetup: ["bin/testing/server.ts"],
    setupFiles: ["bin/testing/process.ts"],
    pool: "forks",
    execArgv: ["--import", new URL("bin/resolution.mjs", import.meta.url).href],
    // Two for each processor that the suite is measured on: half of them wait for a timer, a queue or a disk.
    maxWorkers: 4,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    projects: [
      // Lists of a project are added to those of the root: so `include` stands in the projects alone.
      {
        extends: true,
        test: {
          name: "code",
          include: ["{app,lib,db,bin}/**/*.test.{ts,tsx}"],
          exclude: ["lib/federation/**"],
          // A worker loads what it tests once, not once a file: a third of the time. A file leaves nothing behind.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: "federation",
          include: ["lib/federation/**/*.test.ts"],
          isolate: false,
          setupFiles: ["bin/testing/afresh.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "journeys",
          include: ["{app,bin}/**/*.e2e.ts"],
          isolate: false,
          testTimeout: 240_000,
          hookTimeout: 300_000,
          globalSetup: ["bin/testing/server.ts", "bin/testing/built.ts"],
        },
      },
    ],
  },
});
