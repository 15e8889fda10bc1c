import { registerHooks } from "node:module";

/**
 * Loaded before everything else, makes each start a third as dear. Node 24 reads what a package exports anew for each file
 * that imports from it and for each file of its own, and drizzle-orm, of a hundred files, lists 180 KB: so what is imported
 * from it is looked up once, and its files name one another by their paths.
 */
const name = "drizzle-orm";
const found = new Map();

registerHooks({
  resolve(specifier, context, next) {
    if (context.parentURL?.includes(`/node_modules/${name}/`) && specifier.startsWith("."))
      return { url: new URL(specifier, context.parentURL).href, format: "module", shortCircuit: true };
    const ours = specifier === name || specifier.startsWith(`${name}/`);
    if (!ours || context.conditions.includes("require")) return next(specifier, context);
    if (!found.has(specifier)) found.set(specifier, next(specifier, context));
    return { ...found.get(specifier), shortCircuit: true };
  },
});
