import { z } from "zod";
import { database } from "#app/_web/database.ts";
import { formRoute } from "#app/_web/form-route.ts";
import { wishes, wishMail } from "#lib/notification/suppression/commands.ts";
import { unsubscribePath } from "#lib/urls.ts";

const back = ({ signed }: { signed: string }) => unsubscribePath(signed);

/** Stops or allows mail, as one of the page's buttons says. */
export const POST = formRoute({
  input: z.object({ wish: z.enum(wishes, "choice-invalid") }),
  back,
  act: async ({ wish }, { params }: { params: { signed: string } }) => {
    await wishMail(database(), params.signed, wish);
    return back(params);
  },
});
