declare module "autocannon" {
  type Cannon = Promise<{ non2xx: number; errors: number; timeouts: number }> & {
    stop(): void;
    on(event: "response", listen: (client: unknown, status: number, bytes: number, milliseconds: number) => void): void;
  };
  /** Times are seconds, `sampleInt` (how soon a stop is noticed) milliseconds. */
  export default function autocannon(options: {
    url: string;
    connections: number;
    duration: number;
    timeout: number;
    sampleInt: number;
    headers: Record<string, string>;
    requests: { path: string }[];
  }): Cannon;
}
