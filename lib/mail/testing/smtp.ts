import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerSession } from "smtp-server";

export type Received = { from: string; to: string[]; bytes: string };

/** What the server answers to a recipient, and after the message: null accepts, an Error is its refusal. */
type Behaviour = {
  rcpt?: (address: string) => Error | null;
  data?: (received: Received, session: SMTPServerSession) => Error | "reset" | "silence" | null;
};

/** An SMTP server in this process that records what it gets, and answers as told. */
export async function smtpSink(behaviour: Behaviour = {}) {
  const received: Received[] = [];
  const sockets = new Set<{ destroy: () => void }>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    closeTimeout: 100,
    onRcptTo: ({ address }, _session, done) => done(behaviour.rcpt?.(address) ?? null),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        const mail = {
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map(({ address }) => address),
          bytes: Buffer.concat(chunks).toString("utf8"),
        };
        received.push(mail);
        const answer = behaviour.data?.(mail, session) ?? null;
        if (answer === "silence") return;
        if (answer === "reset") for (const socket of sockets) socket.destroy();
        else done(answer);
      });
    },
  });
  server.server.on("connection", (socket) => sockets.add(socket));
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  const close = () => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { url: `smtp://127.0.0.1:${port}`, received, behaviour, close };
}

/** A refusal as a server words it. */
export const smtpError = (code: number, words: string): Error =>
  Object.assign(new Error(words), { responseCode: code });
