/** Mailbox providers whose names are often mistyped, long enough that one wrong letter is no other name. */
const known = [
  "gmail.com",
  "googlemail.com",
  "hotmail.com",
  "hotmail.fr",
  "outlook.com",
  "outlook.fr",
  "yahoo.com",
  "icloud.com",
  "orange.fr",
  "wanadoo.fr",
  "laposte.net",
  "proton.me",
  "protonmail.com",
  "t-online.de",
  "mailbox.org",
];
/** One letter away from the above, and real. */
const real = ["mail.com", "ymail.com", "email.com", "rmail.com"];

/** The address that was probably meant (`a@gmial.com` → `a@gmail.com`), to be asked, never to be imposed; else null. */
export function likelyAddress(address: string): string | null {
  const at = address.lastIndexOf("@");
  const domain = address.slice(at + 1).toLowerCase();
  if (at < 1 || domain.length > 40 || [...known, ...real].includes(domain)) return null;
  const meant = known.find((one) => isSlip(domain, one));
  return meant ? `${address.slice(0, at)}@${meant}` : null;
}

/** "a…@example.org": enough to notice a wrong address, not enough to learn one. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf("@");
  // A word joiner keeps it in one piece at the end of a line.
  return `${[...address].slice(0, Math.min(1, at)).join("")}…\u2060${address.slice(at)}`;
}

/** One letter too many, too few, another, or two neighbours in the wrong order. */
function isSlip(typed: string, meant: string): boolean {
  if (Math.abs(typed.length - meant.length) > 1) return false;
  let start = 0;
  while (start < meant.length && typed[start] === meant[start]) start++;
  const a = typed.slice(start);
  const b = meant.slice(start);
  const swapped = a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2);
  return a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1) || (a.length > 1 && swapped);
}
