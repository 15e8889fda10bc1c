const cities: [name: string, country: string, latitude: number, longitude: number, zone: string][] = [
  ["Paris", "France", 48.8534, 2.3488, "Europe/Paris"],
  ["Berlin", "Germany", 52.5244, 13.4105, "Europe/Berlin"],
  ["London", "United Kingdom", 51.5085, -0.1257, "Europe/London"],
  ["Lyon", "France", 45.7485, 4.8467, "Europe/Paris"],
  ["Madrid", "Spain", 40.4165, -3.7026, "Europe/Madrid"],
  ["New York", "United States", 40.7143, -74.006, "America/New_York"],
  ["Montréal", "Canada", 45.5088, -73.5878, "America/Toronto"],
  ["Amsterdam", "Netherlands", 52.374, 4.8897, "Europe/Amsterdam"],
  ["Lisboa", "Portugal", 38.7167, -9.1333, "Europe/Lisbon"],
  ["Warszawa", "Poland", 52.2298, 21.0118, "Europe/Warsaw"],
  ["Nantes", "France", 47.2173, -1.5534, "Europe/Paris"],
  ["Hamburg", "Germany", 53.5753, 10.0153, "Europe/Berlin"],
  ["Tokyo", "Japan", 35.6895, 139.6917, "Asia/Tokyo"],
  ["São Paulo", "Brazil", -23.5475, -46.6361, "America/Sao_Paulo"],
  ["Nairobi", "Kenya", -1.2833, 36.8167, "Africa/Nairobi"],
  ["Sydney", "Australia", -33.8679, 151.2073, "Australia/Sydney"],
];
const kinds = ["Workshop", "Concert", "Meeting", "Walk", "Open day", "Lecture", "Repair café", "Film night"];
const subjects = ["bicycles", "bees", "old maps", "free software", "the river", "bread", "jazz", "seeds", "Esperanto"];
const sentences = [
  "Come as you are: nobody has to know anything beforehand, and those who do are asked to be patient.",
  "We meet at the door ten minutes early; whoever comes late finds a note that says which room.",
  "There is **tea and something to eat**, and a box for those who can give a little.",
  "The hall is on the ground floor, without a step, and has a hearing loop near the stage.",
  "Afterwards we put the chairs away together, which takes five minutes when everybody helps.",
  "Bring something to write with, and a cup if you have one that you like.",
  "Children are welcome; for those under six there is a corner with books and a blanket.",
];

/** Entries that look like a calendar of a few hundred groups, as iCalendar (RFC 5545): what is measured when no file is given. */
export function inventedCalendar(entries: number): string {
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Parvis//bench//EN"];
  for (let n = 0; n < entries; n++) {
    const [town, country, latitude, longitude, zone] = cities[(n * 7) % cities.length]!;
    const kind = kinds[n % kinds.length]!;
    const subject = subjects[(n * 5) % subjects.length]!;
    const day = String(1 + (n % 28)).padStart(2, "0");
    const hour = String(9 + (n % 11)).padStart(2, "0");
    const text = [0, 1, 2, 3, 4, 5, 6].map((at) => sentences[(n + at * 3) % sentences.length]).join(" ");
    lines.push(
      "BEGIN:VEVENT",
      `UID:bench-${n}`,
      `DTSTART;TZID=${zone}:202601${day}T${hour}0000`,
      `DURATION:PT${1 + (n % 4)}H`,
      `SUMMARY:${kind}: ${subject} No. ${n}`,
      `DESCRIPTION:${text.replaceAll(/[,;]/g, "\\$&")}`,
      `CATEGORIES:${subject}`,
      `LOCATION:${kind} hall ${n % 40}\\, ${town}\\, ${country}`,
      `GEO:${latitude};${longitude}`,
      "END:VEVENT",
    );
  }
  return `${[...lines, "END:VCALENDAR"].join("\r\n")}\r\n`;
}

/** About a thousand characters of Markdown, for imported entries that have no text. */
export const inventedText: string = [...sentences, ...sentences.slice(0, 4)].join("\n\n");
