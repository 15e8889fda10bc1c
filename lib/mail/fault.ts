/**
 * Why a mail did not leave. `later`: try again; `message`: this mail never will; `recipient`: no mail to this address
 * ever will. `reason` is a code and a command, never an address or a server's words.
 */
export class MailFault extends Error {
  readonly kind: "later" | "message" | "recipient";
  /** Seconds to wait, if the other side named them. */
  readonly retryAfter: number | null;
  constructor(kind: MailFault["kind"], reason: string, retryAfter: number | null = null) {
    super(reason);
    this.name = "MailFault";
    this.kind = kind;
    this.retryAfter = retryAfter;
  }
}
