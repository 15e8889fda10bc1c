/** Who asks. The same type for a page, a route, an inbox and the host's tool. */
export type Viewer =
  | { kind: "visitor" }
  | { kind: "participant"; participationId: string }
  | { kind: "account"; accountId: string; role: "member" | "moderator" | "administrator"; actorIds: string[] }
  | { kind: "remote"; actorId: string }
  /** Another server as a whole, which asks for whichever of its people may see something. */
  | { kind: "server"; host: string }
  /** Whoever runs commands on the server itself. */
  | { kind: "operator" };

export type AccountViewer = Extract<Viewer, { kind: "account" }>;
export type RemoteViewer = Extract<Viewer, { kind: "remote" }>;

/** Whether somebody is the viewer: one of their profiles, or themselves elsewhere. */
export const isViewer = (viewer: Viewer, actorId: string): boolean =>
  viewer.kind === "account"
    ? viewer.actorIds.includes(actorId)
    : viewer.kind === "remote" && viewer.actorId === actorId;

export const visitor: Viewer = { kind: "visitor" };
export const operator: Viewer = { kind: "operator" };
