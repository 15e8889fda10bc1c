import type { Viewer } from "./viewer.ts";

/** Whether somebody decides for the whole server: its moderators and administrators, and whoever runs commands on it. */
export const canModerate = (viewer: Viewer): boolean =>
  viewer.kind === "operator" || (viewer.kind === "account" && viewer.role !== "member");
