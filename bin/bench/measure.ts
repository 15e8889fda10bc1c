import { type Figures, figuresOf, type openCannon, type Sample, type Target } from "./cannon.ts";

/** Something to measure: a page on a server, by one or more addresses that are asked in turn. */
export type Subject = { page: string; on: string; target: Target; paths: string[] };
export type Row = Figures & { page: string; on: string; connections: number };
export type Plan = {
  rounds: number;
  /** Connections, and seconds for each run with so many. */
  runs: [connections: number, seconds: number][];
  /** No round begins after so many milliseconds. */
  patience: number;
};

/**
 * Measures all subjects in turn, round after round, so that whatever else the machine does at a moment meets all of them;
 * each is asked for its paths beforehand, and after each run until it has nothing left to do.
 */
export async function measure(
  cannon: ReturnType<typeof openCannon>,
  subjects: Subject[],
  { rounds, runs, patience }: Plan,
  note: (line: string) => void,
): Promise<{ rows: Row[]; rounds: number }> {
  const samples = new Map<string, { subject: Subject; connections: number; taken: Sample[] }>();
  const deadline = Date.now() + patience;
  note("Warming up …");
  for (const { target, paths } of subjects) await cannon.fire(target, { paths, connections: 10, seconds: 5 });
  let round = 0;
  for (; round < rounds && (round === 0 || Date.now() < deadline); round++)
    for (const [connections, seconds] of runs) {
      note(`Round ${round + 1} of ${rounds}, ${connections} connections …`);
      for (const subject of subjects) {
        const key = `${subject.page} ${subject.on} ${connections}`;
        const kept = samples.get(key) ?? { subject, connections, taken: [] };
        samples.set(key, kept);
        kept.taken.push(await cannon.fire(subject.target, { paths: subject.paths, connections, seconds }));
        // What was still under way when the run ended must not be on the next one's bill.
        await fetch(subject.target.origin + subject.paths[0]!).then((answer) => answer.arrayBuffer());
      }
    }
  const rows = [...samples.values()].map(({ subject: { page, on }, connections, taken }) => ({
    page,
    on,
    connections,
    ...figuresOf(taken),
  }));
  return { rows, rounds: round };
}
