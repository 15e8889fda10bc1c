import { expect, it } from "vitest";
import { asTitle } from "./page-title.ts";

it("a title is shown as it was written, with the server's name behind it", () => {
  for (const name of ["Ca$$h $& prize", "A $' B", "$1 for $`all`"])
    expect("%s · Here".replace(/%s/g, asTitle(name))).toBe(`${name} · Here`);
});
