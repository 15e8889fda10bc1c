declare module "autocannon" {
  type Run = Promise<{ duration: number; errors: number }> & {
    on(event: "response", listen: (client: unknown, status: number, bytes: number, milliseconds: number) => void): void;
  };
  export default function autocannon(options: {
    url: string;
    connections: number;
    duration: number;
    timeout: number;
    headers: Record<string, string>;
  }): Run;
}
