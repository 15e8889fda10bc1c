/** Why a request goes no further. A short word for whoever runs the other server. */
export class Denial extends Error {
  readonly status: number;
  readonly retryAfter: number | null;
  constructor(status: number, reason: string, retryAfter: number | null = null) {
    super(reason);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}
