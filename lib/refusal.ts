/** All the ways in which Parvis says no. Each has a sentence in `refusals.ts` of every language; doors map it to a status. */
export const refusals = {
  "not-found": 404,
  gone: 410,
  forbidden: 403,
  "cross-origin": 403,
  "form-stale": 403,
  "form-too-fast": 400,
  "bad-form": 400,
  "too-large": 413,
  "wrong-media-type": 415,
  "too-many-requests": 429,
  unavailable: 503,
  "event-full": 409,
  "too-few-places": 409,
  "event-over": 409,
  "event-cancelled": 409,
  "event-not-open": 409,
  "join-closed": 409,
  "join-external": 409,
  "comments-closed": 409,
  "comment-gone": 409,
  "discussion-locked": 409,
  "message-gone": 409,
  "already-decided": 409,
  "nobody-chosen": 400,
  "undo-too-late": 409,
  "already-listed": 409,
  "not-expected": 409,
  "state-unchanged": 409,
  required: 400,
  "too-long": 400,
  "text-invalid": 400,
  "email-invalid": 400,
  "number-invalid": 400,
  "choice-invalid": 400,
  "guests-too-many": 400,
  "name-required": 400,
  "answer-required": 400,
  "date-invalid": 400,
  "date-in-gap": 400,
  "date-past": 400,
  "time-required": 400,
  "place-required": 400,
  "alternative-required": 400,
  "words-required": 400,
  "title-differs": 400,
  "end-before-start": 400,
  "zone-unknown": 400,
  "url-invalid": 400,
  "organizer-unknown": 400,
  "handle-taken": 409,
  "handle-invalid": 400,
  "email-taken": 409,
  "password-short": 400,
  "changed-meanwhile": 409,
  "place-incomplete": 400,
  "address-refused": 400,
  "address-unreachable": 400,
  "nothing-there": 400,
  "answer-too-large": 400,
  "answer-odd": 400,
  "file-unreadable": 400,
  "sign-in-failed": 400,
  "sign-in-again": 409,
  "sign-in-first": 409,
  "password-wrong": 400,
  "account-awaiting": 409,
  "account-suspended": 409,
  "sign-up-closed": 409,
  "sign-up-denied": 409,
  "identity-taken": 409,
  "identity-needed": 409,
  "too-many-profiles": 409,
  "handle-unknown": 400,
  "already-staff": 409,
  "too-many-staff": 409,
  "invitation-for-other": 409,
  "handle-differs": 400,
  "town-unknown": 400,
  "address-unknown": 400,
  "address-unproven": 409,
  "geocoder-away": 409,
  "pattern-invalid": 400,
  "host-invalid": 400,
  "host-own": 400,
  "server-suspended": 400,
  "audience-none": 400,
  "already-member": 409,
  "group-by-invitation": 409,
  "group-full": 409,
  "last-administrator": 409,
  "too-many-groups": 409,
  "too-many-invited": 409,
  "address-whole": 400,
  "address-unknown-there": 400,
  "no-door": 400,
  "folder-deep": 400,
  "folder-shared": 409,
  "resources-full": 409,
} as const;

export type RefusalCode = keyof typeof refusals;

/** A "no" that rolls the transaction back and is shown in words. Anything else that is thrown is a fault. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly field: string;
  /** For `too-many-requests` and `unavailable`: seconds to wait. */
  readonly retryAfter: number | null;
  constructor(
    code: RefusalCode,
    { field = "", retryAfter = null }: { field?: string; retryAfter?: number | null } = {},
  ) {
    super(code);
    this.name = "Refusal";
    this.code = code;
    this.field = field;
    this.retryAfter = retryAfter;
  }
  get status(): number {
    return refusals[this.code];
  }
}
