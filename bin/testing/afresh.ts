import { vi } from "vitest";

// Each file is another server: it loads our modules anew, so that nothing that they remember is of the one before; what is
// not ours, Fedify above all, is loaded once a worker.
vi.resetModules();
delete (globalThis as { [slot: symbol]: unknown })[Symbol.for("parvis.federation")];
