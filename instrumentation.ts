/** Next tells of each error that a page or route let through. */
export async function onRequestError(error: unknown, request: { path: string; method: string }): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { noteFault } = await import("./app/_web/fault.ts");
  noteFault(error, request);
}
