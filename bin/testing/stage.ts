import { eq, sql } from "drizzle-orm";
import { type Connection, schema, transact } from "#db/client.ts";
import { resetCalendar } from "#lib/account/calendar/commands.ts";
import { identityPath } from "#lib/account/identity/queries.ts";
import { hashPassword } from "#lib/account/password.ts";
import { openSession } from "#lib/account/session/commands.ts";
import { setupToken } from "#lib/account/setup/queries.ts";
import { doorstep, linkOf, password } from "#lib/account/testing.ts";
import { mailToken, type TokenPurpose } from "#lib/account/token/commands.ts";
import { addProfile } from "#lib/actor/commands.ts";
import { openDiscussion } from "#lib/discussion/message/commands.ts";
import { listMessages } from "#lib/discussion/message/queries.ts";
import { keepForm } from "#lib/form/commands.ts";
import { enrol, makeGroup, makeProfile } from "#lib/group/testing.ts";
import { newId } from "#lib/ids.ts";
import { storePicture } from "#lib/media/commands.ts";
import { confirmParticipation } from "#lib/participation/commands.ts";
import { removeParticipation } from "#lib/participation/desk/commands.ts";
import { joinEvent } from "#lib/participation/request/commands.ts";
import { makeEvent, request, tokenOf } from "#lib/participation/testing.ts";
import type { StaffRole } from "#lib/policy/staff.ts";
import { type AccountViewer, visitor } from "#lib/policy/viewer.ts";
import { writePost } from "#lib/post/commands.ts";
import { getPost } from "#lib/post/queries.ts";
import { addResource } from "#lib/resource/commands.ts";
import { addressKey, linkToken, signedId, tokenHash } from "#lib/secrets.ts";
import { absolute, ownHost } from "#lib/urls.ts";

const {
  accounts,
  actors,
  comments,
  eventStaff,
  flags,
  follows,
  identities,
  memberships,
  participations,
  peers,
  sessions,
  signUps,
} = schema;

/** What only the owner of a stage may read anywhere: none of it is told to anybody else. */
export const secrets = {
  draft: "Secretdraft",
  inner: "Secretinner",
  guest: "Secretguest",
  address: "secretaddress",
  message: "Secretmessage",
};

let hash: Promise<string> | null = null;
let count = 0;

/** Somebody with a profile, who can sign in; made of rows, because hundreds of them are wanted. */
export async function actorOf({ db }: Connection, role: AccountViewer["role"] = "member", address = "") {
  hash ??= hashPassword(password);
  const handle = `walker${++count}`;
  const [id, actorId] = [newId(), newId()];
  const email = `${address || handle}@example.org`;
  const passwordHash = await hash;
  await db.insert(accounts).values({ id, email, passwordHash, role, confirmedAt: new Date() });
  await db.insert(actors).values({ id: actorId, type: "Person", handle, name: handle, accountId: id });
  await db.update(accounts).set({ defaultActorId: actorId }).where(sql`id = ${id}`);
  const viewer: AccountViewer = { kind: "account", accountId: id, role, actorIds: [actorId] };
  return { id, actorId, handle, email, viewer, signIn: () => openSession(db, id, "password", doorstep) };
}

export type Walker = Awaited<ReturnType<typeof actorOf>>;

const pixel = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
const noWords = { name: "", summary: "", locality: "", tone: null };
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

/**
 * Everything that a path or a form may name, of one owner and made when it is asked for: `stage("guest")` is the id of
 * a participation at the event that `stage("event")` makes. `others` (address to name) have a place there too.
 */
export function setStage(connection: Connection, owner: Walker, others: Record<string, string> = {}) {
  const { db } = connection;
  const joined = async (eventId: string, email: string, { confirmed = true, name = secrets.guest } = {}) => {
    const id = await joinEvent(db, visitor, request(eventId, { email, name }));
    if (confirmed) await confirmParticipation(db, await tokenOf(db, id));
    if (email === guestEmail)
      await db.update(participations).set({ message: secrets.message }).where(eq(participations.id, id));
    return id;
  };
  const times = { startTime: inDays(20), endTime: inDays(21), organizerId: owner.actorId };
  const mailed = async (purpose: TokenPurpose, message: "sign-in-link" | "reset-password" | "confirm-address") => {
    const email = purpose === "address" ? `new-${owner.email}` : owner.email;
    await transact(db, (tx) => mailToken(tx, { accountId: owner.id, purpose, message, email }));
    return (await linkOf(db, owner.id, purpose))!;
  };
  const membershipOf = async (state: string) => {
    const [groupId, memberId] = [await stage("group"), await makeProfile(db)];
    await enrol(db, groupId, { memberId, state });
    const [row] = await db.select().from(memberships).where(eq(memberships.memberId, memberId));
    return row!.id;
  };
  const said = async (actorId: string, state: string) => {
    const [id, at] = [newId(), inDays(-1)];
    const row = { id, actorId, eventId: await stage("event"), state, content: "Said", threadId: id };
    await db.insert(comments).values({ ...row, threadAt: at, createdAt: at });
    return id;
  };
  const guestEmail = `${secrets.address}@example.org`;
  const makers: Record<string, () => string | Promise<string>> = {
    event: async () => {
      const { id } = await makeEvent(db, { ...times, name: "Lecture", publishedAt: new Date() });
      for (const [email, name] of Object.entries(others)) await joined(id, email, { name });
      return id;
    },
    draft: async () => (await makeEvent(db, { ...times, name: secrets.draft, state: "draft" })).id,
    far: async () => {
      const id = newId();
      const far = { id, host: "elsewhere.example", handle: id.slice(-12), type: "Person" };
      await db.insert(actors).values({ ...far, uri: `https://elsewhere.example/${id}` });
      return id;
    },
    mirror: async () => {
      const uri = `https://elsewhere.example/events/${newId()}`;
      return (await makeEvent(db, { ...times, name: "Far away", organizerId: await stage("far"), uri })).id;
    },
    host: async () => {
      const [id, host] = [newId(), `server${++count}.example`];
      const relay = { id: newId(), type: "Application", handle: "relay" };
      await db.insert(actors).values(relay).onConflictDoNothing();
      await db.insert(peers).values({ host, failures: 1 });
      const far = { id, host, handle: "relay", type: "Application", uri: `https://${host}/relay` };
      await db.insert(actors).values(far);
      const own = sql`(select id from actors where handle = 'relay' and host is null)`;
      const ask = { uri: `https://${host}/follow`, state: "pending" };
      await db.insert(follows).values({ id: newId(), followerId: id, followedId: own, ...ask });
      await db.insert(follows).values({ id: newId(), followerId: own, followedId: id, ...ask, state: "accepted" });
      return host;
    },
    asking: async () => {
      const [id, uri] = [newId(), `https://elsewhere.example/follows/${newId()}`];
      await db.insert(follows).values({ id, followerId: await stage("far"), followedId: owner.actorId, uri });
      return id;
    },
    flag: async () => {
      const id = newId();
      await db.insert(flags).values({ id, eventId: await stage("event"), actorId: owner.actorId, content: "Wrong" });
      return id;
    },
    ownHost: () => ownHost(),
    home: () => absolute(`/@${owner.handle}`),
    name: () => "Lecture",
    handle: () => owner.handle,
    email: () => owner.email,
    password: () => password,
    profile: () => owner.actorId,
    second: async () => (await addProfile(db, owner.viewer, { handle: await stage("newHandle"), ...noWords })).id,
    newEmail: () => `new${++count}@example.org`,
    newHandle: () => `new${++count}`,
    guestEmail: () => guestEmail,
    guest: async () => joined(await stage("event"), guestEmail),
    token: async () => tokenOf(db, await stage("guest")),
    asked: async () => tokenOf(db, await joined(await stage("event"), `asked-${owner.email}`, { confirmed: false })),
    signed: async () => signedId("unsubscribe", await stage("guest")),
    undo: async () => {
      const guest = await joined(await stage("event"), `undone-${owner.email}`);
      await removeParticipation(db, owner.viewer, guest);
      const path = `/dashboard/events/${await stage("event")}/participants/undo`;
      return keepForm(db, { path, outcome: "undo", values: { id: [guest], state: ["accepted"] } });
    },
    sent: async () => {
      const path = `/events/${await stage("event")}`;
      return keepForm(db, { path, outcome: "sent", values: { email: `sent-${owner.email}` } });
    },
    feed: async () => {
      await resetCalendar(db, owner.viewer);
      return `${linkToken("calendar", owner.id, 1)}.ics`;
    },
    invitation: async () => {
      const [id, eventId, email] = [newId(), await stage("event"), `invited-${owner.email}`];
      const token = linkToken("staff", id, 0);
      const row = { id, eventId, email, emailKey: addressKey(email), role: "helper", language: "en" };
      await db.insert(eventStaff).values({ ...row, tokenHash: tokenHash(token), expiresAt: inDays(1) });
      return token;
    },
    group: async () => {
      const id = await makeGroup(db, {
        ...{ name: "Workshop", membersShown: true },
        alsoKnownAs: ["https://before.example/@workshop"],
      });
      await enrol(db, id, { memberId: owner.actorId, role: "administrator" });
      const inner = { ...times, organizerId: id, name: secrets.inner, visibility: "members" };
      await makeEvent(db, { ...inner, content: secrets.inner, publishedAt: new Date() });
      return id;
    },
    groupHandle: async () => {
      const [row] = await db
        .select()
        .from(actors)
        .where(eq(actors.id, await stage("group")));
      return row!.handle;
    },
    groupAway: () => makeGroup(db, { host: "elsewhere.example", name: "Workshop, elsewhere" }),
    groupEvent: async () => {
      const group = { organizerId: await stage("group"), publishedAt: new Date() };
      return (await makeEvent(db, { ...times, name: "Lecture", ...group })).id;
    },
    groupMirror: async () => {
      const uri = `https://elsewhere.example/events/${newId()}`;
      const made = { organizerId: await stage("group"), authorId: await stage("far"), publishedAt: new Date(), uri };
      return (await makeEvent(db, { ...times, name: "Far away", ...made })).id;
    },
    fellow: () => membershipOf("member"),
    groupDiscussion: async () => {
      const [id, groupId] = [newId(), await stage("group")];
      await openDiscussion(db, owner.viewer, groupId, { id, name: "Keys", content: secrets.inner, language: "en" });
      return id;
    },
    groupSaid: async () => {
      const { messages } = await listMessages(db, await stage("groupDiscussion"), null);
      return messages[0]!.id;
    },
    groupResource: async () => {
      const [id, url] = [newId(), "http://localhost:1/minutes"];
      const link = { id, url, type: "link" as const, name: secrets.inner, summary: secrets.inner, folder: null };
      await addResource(db, owner.viewer, await stage("group"), link);
      return id;
    },
    groupFolder: async () => {
      const folder = { id: newId(), type: "folder" as const, name: "Archive", summary: "", folder: null };
      await addResource(db, owner.viewer, await stage("group"), folder);
      return folder.id;
    },
    post: async () => {
      const [id, groupId] = [newId(), await stage("group")];
      const words = { name: "Thanks", content: "It was good.", language: "en", tags: [], coverId: null };
      const inner = { ...words, name: secrets.inner, content: secrets.inner, visibility: "members" } as const;
      await writePost(db, owner.viewer, groupId, { ...words, id, visibility: "public", publish: true });
      await writePost(db, owner.viewer, groupId, { ...inner, id: newId(), publish: true });
      return id;
    },
    postRevision: async () => {
      const full = await getPost(db, owner.viewer, await stage("post"));
      return `name=Changed&content=Better&intent=save&seen=${encodeURIComponent(full!.post.updatedAt.toISOString())}`;
    },
    groupRequest: () => membershipOf("requested"),
    groupInvited: () => membershipOf("invited"),
    groupFollow: async () => {
      const pair = { followerId: await makeProfile(db), followedId: await stage("group") };
      const id = newId();
      await db.insert(follows).values({ id, ...pair, uri: absolute(`/activities/${id}`), state: "pending" });
      return id;
    },
    groupInvitation: async () => {
      const [id, groupId, email] = [newId(), await stage("group"), `member-${owner.email}`];
      const token = linkToken("membership", id, 0);
      const row = { id, groupId, email, emailKey: addressKey(email), state: "invited" };
      await db.insert(memberships).values({ ...row, tokenHash: tokenHash(token), expiresAt: inDays(1) });
      return token;
    },
    comment: async () => said(owner.actorId, "published"),
    remark: async () => said((await actorOf(connection)).actorId, "waiting"),
    helper: async () => employ(connection, await stage("event"), "helper", await actorOf(connection)),
    setup: () => setupToken(db),
    signIn: () => mailed("sign-in", "sign-in-link"),
    reset: () => mailed("reset", "reset-password"),
    address: () => mailed("address", "confirm-address"),
    signUp: async () => {
      const [id, handle] = [newId(), `new${++count}`];
      const token = linkToken("account", id, 0);
      const person = { email: `${handle}@example.org`, handle, name: handle, language: "en", timezone: "UTC" };
      await db.insert(signUps).values({ id, ...person, tokenHash: tokenHash(token), expiresAt: inDays(1) });
      return token;
    },
    session: async () => {
      const token = await owner.signIn();
      const [row] = await db
        .select()
        .from(sessions)
        .where(sql`token_hash = ${tokenHash(token)}`);
      return row!.id;
    },
    identity: async () => {
      const id = newId();
      await db.insert(identities).values({ id, accountId: owner.id, issuer: "https://id.example", subject: id });
      return id;
    },
    vouched: () =>
      keepForm(db, {
        path: identityPath,
        outcome: "vouched",
        values: { issuer: "https://id.example", subject: newId() },
      }),
    // One that everybody sees: what nothing shows is its uploader's alone.
    picture: async () => {
      const iconId = await storePicture(db, pixel, "");
      await db.update(actors).set({ iconId }).where(eq(actors.id, owner.actorId));
      return iconId;
    },
    mail: () => newId(),
    index: () => "0",
    nextauth: () => "signin",
    path: () => "nowhere/at/all",
    newEvent: () => `organizer=${owner.actorId}&name=New&startDate=2031-01-01&startTime=10:00&timezone=UTC`,
    revision: async () => {
      const seen = await db.execute<{ at: Date }>(
        sql`select updated_at at from events where id = ${await stage("event")}`,
      );
      return `${await stage("newEvent")}&seen=${encodeURIComponent(new Date(seen[0]!.at).toISOString())}`;
    },
  };
  const made = new Map<string, Promise<string>>();
  const stage = (name: string): Promise<string> => {
    const maker = makers[name];
    if (!maker) throw new Error(`The stage has no ${name}`);
    if (!made.has(name)) made.set(name, Promise.resolve(maker()));
    return made.get(name)!;
  };
  return stage;
}

/** Makes somebody one of the staff of an event, as if they had accepted to be. */
export async function employ(
  { db }: Connection,
  eventId: string,
  role: StaffRole,
  { actorId }: Walker,
): Promise<string> {
  const id = newId();
  const row = { id, eventId, role, actorId, language: "en", tokenHash: tokenHash(linkToken("staff", id, 0)) };
  await db.insert(eventStaff).values({ ...row, acceptedAt: new Date() });
  return id;
}

export type Stage = ReturnType<typeof setStage>;
