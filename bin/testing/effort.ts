/**
 * Milliseconds of the processor that this process has used: what a bound on a computation is measured by, because the
 * clock also counts what everybody else on the machine does.
 */
export function effort(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
