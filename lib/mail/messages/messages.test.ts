import { HtmlValidate } from "html-validate";
import { describe, expect, it } from "vitest";
import { locales } from "#lib/locale/index.ts";
import { eventChanged } from "./event-changed.ts";
import { after, before, everyMessage, matter } from "./testing.ts";

const all = locales.flatMap((locale) =>
  Object.entries(everyMessage(locale)).map(([name, message]) => ({ locale, name, ...message })),
);

const validator = new HtmlValidate({
  extends: ["html-validate:standard"],
  // Mail programs read styles in attributes, and what a host wrote may be long.
  rules: { "no-inline-style": "off", "long-title": "off", "doctype-style": "off", "void-style": "off" },
});

describe("each mail, in each language", () => {
  it.each(all)("$locale $name is one valid HTML document", async ({ html, locale }) => {
    const { results } = await validator.validateString(html);
    expect(results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`))).toEqual(
      [],
    );
    expect(html).toContain(`<html lang="${locale}" dir="ltr">`);
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
  });

  it.each(all)("$locale $name is small, leads to our host alone and loads nothing", ({ html, text }) => {
    const hosts = [...`${html}\n${text}`.matchAll(/\bhttps?:\/\/([^/\s"<]+)/g)].map(([, host]) => host);
    expect(new Set(hosts)).toEqual(new Set(["parvis.example"]));
    expect(html.length + text.length).toBeLessThan(100_000);
    expect([...html.matchAll(/ src="([^"]*)"/g)].map(([, src]) => src)).toEqual(
      html.includes("<img") ? ["cid:strip"] : [],
    );
    expect(html).not.toMatch(/<script|url\(|@import|<link|<form/);
  });

  it.each(all)("$locale $name writes out in its text every link of its HTML", ({ html, text }) => {
    for (const [, href] of html.matchAll(/ href="([^"]*)"/g)) expect(text).toContain(href!);
  });

  it.each(all)("$locale $name has lines of 72 characters, but for addresses", ({ text }) => {
    expect(text.split("\n").filter((line) => line.length > 72 && !line.trim().startsWith("http"))).toEqual([]);
  });
});

it("says in the subject what happened, to what, when", () => {
  const subjects = (locale: "en" | "fr") =>
    Object.entries(everyMessage(locale)).map(([name, { subject }]) => `${name}: ${subject.replaceAll("\u202f", "~")}`);
  expect(subjects("en")).toMatchInlineSnapshot(`
    [
      "confirm-participation: Confirm: Repair café de la Croix-Rousse, Sat 12 Dec, 14:00",
      "already-participating: Your place: Repair café de la Croix-Rousse, Sat 12 Dec, 14:00",
      "participation-receipt: You’re coming: Repair café de la Croix-Rousse, Sat 12 Dec, 14:00",
      "participation-receipt added: You’re coming: Repair café de la Croix-Rousse, Sat 12 Dec, 14:00",
      "participation-requested: Request sent: Repair café de la Croix-Rousse",
      "participation-requested waiting: On the waiting list: Repair café de la Croix-Rousse",
      "participation-approved: Accepted: Repair café de la Croix-Rousse",
      "participation-approved promoted: A place is yours: Repair café de la Croix-Rousse",
      "participation-rejected: Declined: Repair café de la Croix-Rousse",
      "participation-left: You’re no longer coming: Repair café de la Croix-Rousse",
      "event-reminder: Tomorrow: Repair café de la Croix-Rousse, 14:00",
      "event-reminder week: In a week: Repair café de la Croix-Rousse, Sat 12 Dec, 14:00",
      "announcement: Repair café de la Croix-Rousse: Bring a lamp",
      "place-offered: A place is yours until Wed 25 Nov, 13:00: Repair café de la Croix-Rousse",
      "place-expired: The place has gone on: Repair café de la Croix-Rousse",
      "participation-links: Your participations on parvis.example",
      "event-changed: Changed: Repair café de la Croix-Rousse, Sun 13 Dec, 15:30",
      "event-cancelled: Cancelled: Repair café de la Croix-Rousse, Sat 12 Dec, 14:00",
      "event-deleted: Removed: Repair café de la Croix-Rousse, Sat 12 Dec, 14:00",
      "server-test: Test from parvis.example",
      "confirm-sign-up: Confirm your address for parvis.example",
      "address-known: You already have an account on parvis.example",
      "sign-up-approved: Welcome to parvis.example",
      "sign-up-approved invited: Welcome to parvis.example",
      "sign-up-rejected: Your request to parvis.example",
      "sign-in-link: Sign in to parvis.example",
      "reset-password: New password for parvis.example",
      "confirm-address: Confirm your address for parvis.example",
      "address-changed: Changed on your account: e-mail address",
      "account-notice password: Changed on your account: password",
      "account-notice address: Changed on your account: e-mail address",
      "account-notice restored: Changed on your account: e-mail address",
      "account-notice identity: Changed on your account: ways to sign in",
      "account-deleted: Your account on parvis.example is deleted",
      "organizer-news requests: 7 requests: Repair café de la Croix-Rousse",
      "organizer-news newcomers: 8 new: Bal and one more event",
      "organizer-news followed: 8 new events: Bal and one more",
      "organizer-news posts: New: Bal",
      "organizer-news comments: 10 comments: Bal and 2 more events",
      "comment-named: Ada Lovelace named you: Repair café de la Croix-Rousse",
      "event-taken-out: Taken out: Repair café de la Croix-Rousse",
      "event-taken-out inner: Taken out: Repair café de la Croix-Rousse",
      "event-refused: Not taken: Repair café de la Croix-Rousse",
      "event-removed: Deleted: Repair café de la Croix-Rousse",
      "event-invitation: Help organise: Repair café de la Croix-Rousse",
      "group-invitation: Invitation: Les Bricoleuses de la Croix-Rousse",
      "group-invitation bare: Invitation: Les Bricoleuses de la Croix-Rousse",
      "group-request: Request: Les Bricoleuses de la Croix-Rousse",
      "group-requests: Requests: Les Bricoleuses de la Croix-Rousse",
      "group-answer member: Answer: Les Bricoleuses de la Croix-Rousse",
      "group-answer rejected: Answer: Les Bricoleuses de la Croix-Rousse",
      "group-answer removed: Answer: Les Bricoleuses de la Croix-Rousse",
      "group-moved: Moved: Les Bricoleuses de la Croix-Rousse",
      "group-moved stranger: Moved: Les Bricoleuses de la Croix-Rousse",
      "group-closed: Closed: Les Bricoleuses de la Croix-Rousse",
      "places-returned: Your places: Les Bricoleuses de la Croix-Rousse",
      "report event: Report: Repair café de la Croix-Rousse",
      "report comment: Report: Buy cheap watches",
      "report actor: Report: Les Bricoleuses",
      "moderation-notice hide: About Repair café de la Croix-Rousse",
      "moderation-notice show: About Repair café de la Croix-Rousse",
      "moderation-notice comment: About Buy cheap watches",
      "moderation-notice comment back: About Buy cheap watches",
      "moderation-notice suspend: About Les Bricoleuses",
      "moderation-notice restore: About Les Bricoleuses",
    ]
  `);
  expect(subjects("fr")).toMatchInlineSnapshot(`
    [
      "confirm-participation: À confirmer~: Repair café de la Croix-Rousse, sam. 12 déc., 14:00",
      "already-participating: Votre place~: Repair café de la Croix-Rousse, sam. 12 déc., 14:00",
      "participation-receipt: C’est noté~: Repair café de la Croix-Rousse, sam. 12 déc., 14:00",
      "participation-receipt added: C’est noté~: Repair café de la Croix-Rousse, sam. 12 déc., 14:00",
      "participation-requested: Demande envoyée~: Repair café de la Croix-Rousse",
      "participation-requested waiting: Sur liste d’attente~: Repair café de la Croix-Rousse",
      "participation-approved: Demande acceptée~: Repair café de la Croix-Rousse",
      "participation-approved promoted: Une place pour vous~: Repair café de la Croix-Rousse",
      "participation-rejected: Demande refusée~: Repair café de la Croix-Rousse",
      "participation-left: Participation annulée~: Repair café de la Croix-Rousse",
      "event-reminder: Demain~: Repair café de la Croix-Rousse, 14:00",
      "event-reminder week: Dans une semaine~: Repair café de la Croix-Rousse, sam. 12 déc., 14:00",
      "announcement: Repair café de la Croix-Rousse~: Bring a lamp",
      "place-offered: Une place pour vous jusqu’au mer. 25 nov., 13:00~: Repair café de la Croix-Rousse",
      "place-expired: La place est passée à quelqu’un d’autre~: Repair café de la Croix-Rousse",
      "participation-links: Vos participations sur parvis.example",
      "event-changed: Modifié~: Repair café de la Croix-Rousse, dim. 13 déc., 15:30",
      "event-cancelled: Annulé~: Repair café de la Croix-Rousse, sam. 12 déc., 14:00",
      "event-deleted: Supprimé~: Repair café de la Croix-Rousse, sam. 12 déc., 14:00",
      "server-test: Essai depuis parvis.example",
      "confirm-sign-up: Confirmez votre adresse pour parvis.example",
      "address-known: Vous avez déjà un compte sur parvis.example",
      "sign-up-approved: Bienvenue sur parvis.example",
      "sign-up-approved invited: Bienvenue sur parvis.example",
      "sign-up-rejected: Votre demande à parvis.example",
      "sign-in-link: Connexion à parvis.example",
      "reset-password: Nouveau mot de passe pour parvis.example",
      "confirm-address: Confirmez votre adresse pour parvis.example",
      "address-changed: Modifié sur votre compte~: adresse",
      "account-notice password: Modifié sur votre compte~: mot de passe",
      "account-notice address: Modifié sur votre compte~: adresse",
      "account-notice restored: Modifié sur votre compte~: adresse",
      "account-notice identity: Modifié sur votre compte~: moyens de connexion",
      "account-deleted: Votre compte sur parvis.example est supprimé",
      "organizer-news requests: 7 demandes~: Repair café de la Croix-Rousse",
      "organizer-news newcomers: 8 de plus~: Bal et un autre événement",
      "organizer-news followed: 8 nouveaux événements~: Bal et un autre",
      "organizer-news posts: Nouveau~: Bal",
      "organizer-news comments: 10 commentaires~: Bal et 2 autres événements",
      "comment-named: Ada Lovelace vous nomme~: Repair café de la Croix-Rousse",
      "event-taken-out: Retiré~: Repair café de la Croix-Rousse",
      "event-taken-out inner: Retiré~: Repair café de la Croix-Rousse",
      "event-refused: Non retenu~: Repair café de la Croix-Rousse",
      "event-removed: Supprimé~: Repair café de la Croix-Rousse",
      "event-invitation: Coorganiser~: Repair café de la Croix-Rousse",
      "group-invitation: Invitation~: Les Bricoleuses de la Croix-Rousse",
      "group-invitation bare: Invitation~: Les Bricoleuses de la Croix-Rousse",
      "group-request: Demande~: Les Bricoleuses de la Croix-Rousse",
      "group-requests: Demandes~: Les Bricoleuses de la Croix-Rousse",
      "group-answer member: Réponse~: Les Bricoleuses de la Croix-Rousse",
      "group-answer rejected: Réponse~: Les Bricoleuses de la Croix-Rousse",
      "group-answer removed: Réponse~: Les Bricoleuses de la Croix-Rousse",
      "group-moved: Déménagé~: Les Bricoleuses de la Croix-Rousse",
      "group-moved stranger: Déménagé~: Les Bricoleuses de la Croix-Rousse",
      "group-closed: Fermé~: Les Bricoleuses de la Croix-Rousse",
      "places-returned: Vos places~: Les Bricoleuses de la Croix-Rousse",
      "report event: Signalement~: Repair café de la Croix-Rousse",
      "report comment: Signalement~: Buy cheap watches",
      "report actor: Signalement~: Les Bricoleuses",
      "moderation-notice hide: À propos de Repair café de la Croix-Rousse",
      "moderation-notice show: À propos de Repair café de la Croix-Rousse",
      "moderation-notice comment: À propos de Buy cheap watches",
      "moderation-notice comment back: À propos de Buy cheap watches",
      "moderation-notice suspend: À propos de Les Bricoleuses",
      "moderation-notice restore: À propos de Les Bricoleuses",
    ]
  `);
});

it("shows before and now of what changed, and leaves out what did not", () => {
  const { text, html } = everyMessage("en")["event-changed"]!;
  expect(text).toContain("When\n  Before: Saturday, 12 December 2026, 14:00–17:00");
  expect(text).toContain("  Now: Sunday, 13 December 2026, 15:30–18:00");
  expect(text).toContain("Where\n  Before: Salle 2");
  expect(text).not.toContain("State\n");
  expect(html).toMatch(/<del[^>]*><bdi>Saturday, 12 December/);
});

it("tells of a changed state and online address in words", () => {
  const { text } = eventChanged(
    matter("fr"),
    { ...before, status: "cancelled" },
    { ...before, onlineUrl: "https://parvis.example/room" },
  );
  expect(text).toContain("Avant\u202f: Annulé\n  Maintenant\u202f: A bien lieu");
  expect(text).toContain("Avant\u202f: Pas encore d’adresse\n  Maintenant\u202f: https://parvis.example/room");
});

it("keeps place and online address from those who have no seat yet", () => {
  const hidden = matter("en", {
    event: { kept: { place: true, online: true }, place: "", onlineUrl: null, attendanceMode: "mixed" },
    participation: { state: "pending" },
  });
  const { text, attachments } = eventChanged(hidden, before, { ...after, onlineUrl: "https://meet.example/room" });
  expect(text).not.toMatch(/Part-Dieu|meet\.example/);
  expect(text).toContain("You get the address once you have a place");
  expect(text).toContain("The organiser sends the address once you have a place");
  expect(attachments.filter(({ contentType }) => contentType.startsWith("text/calendar"))).toEqual([]);
});

it("says to whom it may not concern that nothing happens, and to all how it ends", () => {
  const { "confirm-participation": confirm, "participation-receipt": receipt } = everyMessage("en");
  expect(confirm!.text).toContain("Not you? Ignore this: nothing happens.");
  expect(receipt!.text).toContain("No more mail about this event:");
});

it("attaches the calendar entry where the date is to be kept, and its end where it is not", () => {
  const methods = Object.entries(everyMessage("en")).map(([name, { attachments }]) => [
    name,
    attachments.flatMap(({ contentType }) => /method=(\w+)/.exec(contentType)?.[1] ?? []).join(),
  ]);
  expect(Object.fromEntries(methods.filter(([, method]) => method))).toEqual({
    "participation-receipt": "PUBLISH",
    "participation-receipt added": "PUBLISH",
    "participation-approved": "PUBLISH",
    "participation-approved promoted": "PUBLISH",
    "event-changed": "PUBLISH",
    "participation-left": "CANCEL",
    "event-cancelled": "CANCEL",
    "event-deleted": "CANCEL",
  });
});

describe("hostile words", () => {
  const names = [
    "Crash\r\nBcc: victim@elsewhere.example\r\n\r\nhello",
    "\"quotes\", commas; <script>alert(1)</script> & 'more'",
    "أمسية شعرية في الساحة",
    "\u202eevil\u202c \u2066isolate\u2069 \u0000",
    "👩‍👩‍👧‍👦".repeat(50),
    "x".repeat(200),
    `Z${"\u0300".repeat(190)}`,
  ];
  it.each(names)("%j stays one line, one title, one text", async (name) => {
    const messages = everyMessage("en", { event: { name, organizer: name, place: name, cancellationMessage: name } });
    for (const { subject, html, text } of Object.values(messages)) {
      expect(subject).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
      expect([...new Intl.Segmenter().segment(subject)].length).toBeLessThan(85);
      expect(subject.length).toBeLessThan(600);
      expect(html).not.toContain("<script>alert");
      expect(text).not.toMatch(/[\u202a-\u202e\0]/);
      expect(text).not.toMatch(/^Bcc:/m);
      const { valid, results } = await validator.validateString(html);
      expect(valid, JSON.stringify(results.flatMap((one) => one.messages.map((m) => m.message)))).toBe(true);
    }
  });

  it("keeps a title of the other direction to itself", () => {
    const { subject } = everyMessage("en", { event: { name: "أمسية شعرية" } })["event-cancelled"]!;
    expect(subject).toContain("\u2068أمسية شعرية\u2069,");
  });
});
