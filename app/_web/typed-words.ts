import type { FormValues } from "#lib/form/commands.ts";
import { isId } from "#lib/ids.ts";

/**
 * Controls that nobody types in, by name: lists, boxes and buttons to choose from, hidden fields, pictures. What is not
 * named here counts as typed: something too much is read over, something too little is lost.
 */
const chosen = new Set(
  `act actor allDay answer approvesFollowers as attendanceMode audience back cadence captions category comments cover
  coverDecorative decision discussions event folder follow followed form_id form_token form_typed gone guests hearingLoop here
  hideCount homeRadius icon identity image intent invitations joinMode kept language locale lookup mark maximumGuests
  membersOrganise membersShown mentions mode nameRequired newcomers next onlineKept open openness organizer person
  picture placeKept posts price priceCurrency quietSpace quote quoted radius registration remember reminder-day
  reminder-morning reminder-week requests retry_after role scope seen sent shown signLanguage standing state status
  tagsChosen theme thread timezone timezoneProposed tone type undo venue view visibility waitingList wanted way website
  what wheelchair when wish with`.split(/\s+/),
);
const chosenLike = /^(?:found\d|(?:cover|picture|icon|image)(?:Kept|Removed)|question\d_(?:kind|required))$/;

/** Whether somebody types in the control of that name, rather than choosing, or sending along what a page put there. */
export const isTyped = (name: string): boolean => !chosen.has(name) && !chosenLike.test(name);

/** What somebody wrote in one control, and what that is called, where its form says so. */
export type TypedWords = { label?: string; words: string };

/** What somebody typed, as it stands in the form: a word, a number, a date as much as a text. */
export const typedWords = (values: FormValues, labels: Record<string, string> = {}): TypedWords[] =>
  Object.entries(values)
    .filter(([name]) => isTyped(name))
    .flatMap(([name, all]) => [all].flat().map((value) => ({ label: labels[name], words: value.trim() })))
    .filter(({ words }) => words !== "" && !isId(words));
