const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * `count` uses in `seconds`. The window begins with its first use; a `quiet` one begins anew with each use, so that no
 * stretch of that length, wherever it starts, ever holds more than `count`. An account younger than a week has `young` uses.
 */
export type Window = { count: number; seconds: number; quiet?: true; young?: number };
export type Subject = "address" | "client";

/** Everything that is limited: by whom it is counted, and how often it may happen. */
export const allowances = {
  /** Mails to an address that never confirmed anything: all kinds together, whoever asks. */
  "mail-unproven": {
    by: "address",
    windows: [
      { count: 3, seconds: hour, quiet: true },
      { count: 6, seconds: day, quiet: true },
    ],
  },
  /** Mails that somebody asks for to an address that has confirmed before. */
  "mail-proven": {
    by: "address",
    windows: [
      { count: 12, seconds: hour },
      { count: 40, seconds: day },
    ],
  },
  join: { by: "client", windows: [{ count: 30, seconds: hour }] },
  "join-account": { by: "client", windows: [{ count: 60, seconds: hour }] },
  links: { by: "client", windows: [{ count: 30, seconds: hour }] },
  "sign-up": { by: "client", windows: [{ count: 5, seconds: hour }] },
  /** Mailed links to sign in or to choose a new password. */
  "sign-in-mail": { by: "client", windows: [{ count: 10, seconds: hour }] },
  /** Tries at a password: for one account, from one network, and for the whole server. What was right is given back. */
  "password-address": { by: "address", windows: [{ count: 10, seconds: 15 * minute }] },
  "password-client": { by: "client", windows: [{ count: 30, seconds: 15 * minute }] },
  "password-server": { by: "client", windows: [{ count: 1000, seconds: 15 * minute }] },
  /** Of one account. */
  "new-event": {
    by: "client",
    windows: [
      { count: 60, seconds: hour },
      { count: 300, seconds: day, young: 100 },
    ],
  },
  /** Messages of one account to participants. */
  announce: {
    by: "client",
    windows: [
      { count: 5, seconds: hour },
      { count: 15, seconds: day, young: 5 },
    ],
  },
  /** What one account, or one person of another server, says under events; and what comes from one network. */
  comment: {
    by: "client",
    windows: [
      { count: 30, seconds: hour },
      { count: 120, seconds: day },
    ],
  },
  /** Discussions that one account opens among the members of its groups, and what it says there or calls them. */
  "new-discussion": {
    by: "client",
    windows: [
      { count: 10, seconds: hour },
      { count: 30, seconds: day },
    ],
  },
  discuss: {
    by: "client",
    windows: [
      { count: 60, seconds: hour },
      { count: 300, seconds: day },
    ],
  },
  /** Posts that one account writes for its groups. */
  "new-post": {
    by: "client",
    windows: [
      { count: 20, seconds: hour },
      { count: 60, seconds: day },
    ],
  },
  /** Links and folders that one account puts among the resources of its groups. */
  share: {
    by: "client",
    windows: [
      { count: 60, seconds: hour },
      { count: 300, seconds: day },
    ],
  },
  "comment-client": { by: "client", windows: [{ count: 60, seconds: hour }] },
  /** Activities of other servers: by the connection, until one proves whose it is; then by that server. */
  inbox: { by: "client", windows: [{ count: 300, seconds: 5 * minute }] },
  "inbox-host": { by: "client", windows: [{ count: 1500, seconds: 5 * minute }] },
  /** What it asks to read, by the signature of one of its people: the whole of a group, once somebody there joined. */
  "asker-host": { by: "client", windows: [{ count: 1500, seconds: 5 * minute }] },
  /** Events of one other server that are new here: what it may fill our disk with. */
  mirror: {
    by: "client",
    windows: [
      { count: 2000, seconds: hour },
      { count: 5000, seconds: day },
    ],
  },
  "inbox-limited": { by: "client", windows: [{ count: 60, seconds: 5 * minute }] },
  /** One message of a mail provider, by its id: twice as long as its signature holds. */
  webhook: { by: "client", windows: [{ count: 1, seconds: 20 * minute }] },
  /** Drafts that save themselves. */
  autosave: { by: "client", windows: [{ count: 60, seconds: minute }] },
  preview: { by: "client", windows: [{ count: 60, seconds: minute }] },
  /** Groups that one account founds: their handles are never given back. */
  "new-group": { by: "client", windows: [{ count: 10, seconds: day }] },
  /** Requests of one account to come into groups. */
  "ask-group": {
    by: "client",
    windows: [
      { count: 20, seconds: hour },
      { count: 60, seconds: day },
    ],
  },
  /** The same of one other server, all its people together, also into groups that are open. */
  "ask-group-server": {
    by: "client",
    windows: [
      { count: 60, seconds: hour },
      { count: 200, seconds: day },
    ],
  },
  /** Requests to come into one group that are mailed each by itself; what is more is mailed together. */
  "request-mail": { by: "client", windows: [{ count: 10, seconds: day }] },
  /** Invitations of one account, to help with events and into groups; of another server, all together. */
  invite: {
    by: "client",
    windows: [
      { count: 20, seconds: hour },
      { count: 40, seconds: day, young: 20 },
    ],
  },
  /** Addresses of other servers that one account looks up. */
  "look-up": { by: "client", windows: [{ count: 60, seconds: hour }] },
  /** Servers that visitors name as their own: each is asked once. */
  "own-server": { by: "client", windows: [{ count: 20, seconds: hour }] },
  report: { by: "client", windows: [{ count: 10, seconds: hour }] },
  upload: { by: "client", windows: [{ count: 60, seconds: hour }] },
  /** Addresses looked up elsewhere: by one account, and by the whole server, whose name the service knows. */
  geocode: { by: "client", windows: [{ count: 30, seconds: minute }] },
  "geocode-server": { by: "client", windows: [{ count: 60, seconds: minute }] },
  search: { by: "client", windows: [{ count: 120, seconds: minute }] },
} as const satisfies Record<string, { by: Subject; windows: readonly Window[] }>;

export type Action = keyof typeof allowances;
