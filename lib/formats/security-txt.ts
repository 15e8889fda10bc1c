const day = 24 * 3_600_000;
/** Days: a year at most (RFC 9116 2.5.5). */
const lifetime = 180;

/**
 * Whom to tell of a hole, and in which languages (RFC 9116): the host's address, else the page that says who runs the
 * server. The same all day long, so that it can be kept.
 */
export function toSecurityTxt(
  { contact, origin, languages }: { contact: string; origin: string; languages: readonly string[] },
  now: Date,
): string {
  const expires = new Date((Math.floor(now.getTime() / day) + lifetime) * day);
  return `Contact: ${contact ? `mailto:${contact}` : `${origin}/about`}
Expires: ${expires.toISOString().replace(".000", "")}
Preferred-Languages: ${languages.join(", ")}
Canonical: ${origin}/.well-known/security.txt
`;
}
