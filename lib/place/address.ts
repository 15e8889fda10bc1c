type Parts = {
  name?: string;
  streetAddress?: string;
  postalCode?: string;
  addressLocality?: string;
  addressRegion?: string;
  addressCountry?: string;
  room?: string;
};

/** A place in one line, from the narrowest to the widest: "Salle 2, La Bellevilloise, 19 rue Boyer, 75020 Paris, France". */
export function placeLine(place: Parts): string {
  const town = [place.postalCode, place.addressLocality].filter(Boolean).join(" ");
  const parts = [place.room, place.name, place.streetAddress, town, place.addressRegion, place.addressCountry];
  return parts.filter((part, index) => part && parts.indexOf(part) === index).join(", ");
}

/** What lists and cards say of where: the town, else the widest that is known. */
export const localityOf = (place: Parts): string | null =>
  place.addressLocality || place.addressRegion || place.addressCountry || place.name || null;
