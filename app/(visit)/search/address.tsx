import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { getReader } from "#app/_web/reader.ts";
import { getSignedIn } from "#app/_web/viewer.ts";
import { signInAt } from "#lib/urls.ts";

const action = "/dashboard/following/address";

/** Words that are an address of the fediverse: one button looks it up, for people with an account. Reading asks nobody. */
export async function Address({ address }: { address: string }) {
  const [{ t }, who] = await Promise.all([getReader(), getSignedIn()]);
  const here = `/search?q=${encodeURIComponent(address)}`;
  return (
    <Notice kind="info" className="mt-4" title={t("federation.addressFound", { address: address.slice(0, 200) })}>
      {who ? (
        <form method="post" action={action} className="mt-2">
          <FormGuard path={action} />
          <input type="hidden" name="address" value={address} />
          <Button look="filled">{t("federation.addressButton")}</Button>
        </form>
      ) : (
        <p className="mt-2">
          <ButtonLink href={signInAt(here)}>{t("federation.addressSignIn")}</ButtonLink>
        </p>
      )}
    </Notice>
  );
}
