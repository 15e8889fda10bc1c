import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type Call = { key: string; authorization: string; body: string; mail: Record<string, unknown> };
type Answer = { status: number; body?: unknown; headers?: Record<string, string> } | "silence" | "reset";

/** A Resend-shaped HTTP server in this process: remembers keys as theirs does, and answers as told. */
export async function resendSink(answer: (call: Call, count: number) => Answer = () => ({ status: 200 })) {
  const calls: Call[] = [];
  /** What would have left: one a key. */
  const left = new Map<string, string>();
  const sink = { answer };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      const call = {
        key: String(request.headers["idempotency-key"] ?? ""),
        authorization: String(request.headers.authorization ?? ""),
        body,
        mail: JSON.parse(body) as Record<string, unknown>,
      };
      calls.push(call);
      const known = left.get(call.key);
      const told: Answer =
        known !== undefined && known !== body
          ? {
              status: 409,
              body: { statusCode: 409, name: "invalid_idempotent_request", message: "Same key, other body" },
            }
          : sink.answer(call, calls.length);
      if (told === "silence") return;
      if (told === "reset") return response.destroy();
      if (told.status === 200) left.set(call.key, body);
      response.writeHead(told.status, { "Content-Type": "application/json", ...told.headers });
      response.end(JSON.stringify(told.body ?? { id: call.key }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(sink, { url, calls, left, close });
}
