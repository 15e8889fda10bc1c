import { describe, expect, it } from "vitest";
import { recurrenceSentence } from "./recurrence.ts";

const sentences: [string, string, string][] = [
  ["FREQ=DAILY", "Every day", "Tous les jours"],
  ["FREQ=DAILY;INTERVAL=3;COUNT=5", "Every 3 days, 5 times", "Tous les 3 jours, 5 fois"],
  ["FREQ=WEEKLY", "Every week", "Toutes les semaines"],
  [
    "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270605T215959Z",
    "Every week on Tuesday until 5 June 2027",
    "Toutes les semaines le mardi jusqu’au 5 juin 2027",
  ],
  [
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;WKST=MO",
    "Every 2 weeks on Tuesday and Thursday",
    "Toutes les 2 semaines le mardi et le jeudi",
  ],
  ["FREQ=MONTHLY;BYDAY=1TU", "Every month on the first Tuesday", "Tous les mois le premier mardi"],
  ["FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1", "Every month on the last Friday", "Tous les mois le dernier vendredi"],
  ["FREQ=MONTHLY;BYMONTHDAY=1,22", "Every month on the 1st and the 22nd", "Tous les mois le 1er et le 22"],
  ["FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=21", "Every year on 21 June", "Tous les ans le 21 juin"],
  ["FREQ=YEARLY;UNTIL=20300101", "Every year until 1 January 2030", "Tous les ans jusqu’au 1 janvier 2030"],
  ["FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1", "This event repeats", "Cet événement se répète"],
  ["FREQ=YEARLY;BYWEEKNO=20", "This event repeats", "Cet événement se répète"],
  ["FREQ=HOURLY", "This event repeats", "Cet événement se répète"],
  ["now and then", "This event repeats", "Cet événement se répète"],
];

describe("a rule in words", () => {
  it("names the days that it leaves out, or says how many they are", () => {
    const but = (days: string[], locale: "en" | "fr") => recurrenceSentence("FREQ=WEEKLY", locale, "UTC", days);
    expect(but(["2027-01-12", "2027-02-02"], "en")).toBe("Every week, except on 12 January and 2 February");
    expect(but(["2027-01-12", "2027-02-02"], "fr")).toBe("Toutes les semaines, sauf le 12 janvier et le 2 février");
    const many = [2, 3, 4, 5, 6].map((day) => `2027-01-0${day}`);
    expect(but(many, "en")).toBe("Every week, but not on 5 of these days");
  });

  it("ends on the same day wherever the server is", () => {
    const { TZ } = process.env;
    const clocks = new Set<number>();
    for (const zone of ["Pacific/Kiritimati", "America/Los_Angeles", "UTC"]) {
      process.env.TZ = zone;
      clocks.add(new Date(0).getHours());
      const until = (value: string) => recurrenceSentence(`FREQ=DAILY;UNTIL=${value}`, "en", "Asia/Tokyo");
      expect(until("20270605")).toBe("Every day until 5 June 2027");
      expect(until("20270605T120000")).toBe("Every day until 5 June 2027");
      expect(until("20270605T150000Z")).toBe("Every day until 5 June 2027");
      expect(until("20270605T160000Z")).toBe("Every day until 6 June 2027");
    }
    expect(clocks.size).toBe(3);
    if (TZ === undefined) delete process.env.TZ;
    else process.env.TZ = TZ;
  });

  it.each(sentences)("%s", (rule, en, fr) => {
    expect([recurrenceSentence(rule, "en", "Europe/Paris"), recurrenceSentence(rule, "fr", "Europe/Paris")]).toEqual([
      en,
      fr,
    ]);
  });
});
