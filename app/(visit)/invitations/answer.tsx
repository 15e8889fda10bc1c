import type { ReactNode } from "react";
import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { FormGuard } from "#app/_web/form-guard.tsx";
import { ownInstance } from "#app/_web/instance.ts";
import { getReader } from "#app/_web/reader.ts";
import { getSignedIn } from "#app/_web/viewer.ts";
import { isSameAddress } from "#lib/account/address/queries.ts";
import { maskAddress } from "#lib/participation/address.ts";
import { signInAt } from "#lib/urls.ts";

/** For whom an invitation is: an address, or a profile by its id and handle. */
type Invited = { email: string | null; profileId: string | null; handle: string | null };

type Props = {
  /** The invitation's page. */
  path: string;
  invited: Invited;
  accept: string;
  decline: string;
  /** What else somebody can do for whom no account is opened here. */
  elsewhere?: string;
  /** Fields of the button that accepts. */
  children?: ReactNode;
};

const big = "min-h-14 px-8 text-lg";

/**
 * For whom an invitation is, and the two buttons that answer it; to somebody else, how whom it is for gets at them. Of the
 * address that was invited no more is shown than its owner needs: the link may have been passed on.
 */
export async function Answer({ path, invited, accept, decline, elsewhere, children }: Props) {
  const [{ t }, who] = [await getReader(), await getSignedIn()];
  const { email, profileId, handle } = invited;
  const mine = who && (email ? isSameAddress(email, who.email) : who.viewer.actorIds.some((id) => id === profileId));
  return (
    <>
      <p>{t("invitation.for", { whom: email ? maskAddress(email) : `@${handle}` })}</p>
      <div className="grid gap-3">
        {!who ? (
          <SignInFirst path={path} byAddress={email !== null} elsewhere={elsewhere} />
        ) : mine ? (
          <form method="post" action={`${path}/acceptance`} className="grid gap-3">
            <FormGuard path={`${path}/acceptance`} />
            {children}
            <p>
              <Button look="filled" className={big}>
                {accept}
              </Button>
            </p>
          </form>
        ) : (
          <Notice
            kind="warn"
            title={t(email ? "invitation.otherAddress" : "invitation.otherProfile", { own: who.email })}
          >
            <form method="post" action="/sign-out" className="mt-2">
              <FormGuard path="/sign-out" />
              <input type="hidden" name="next" value={path} />
              <Button>{t("account.signOut")}</Button>
            </form>
          </Notice>
        )}
        <form method="post" action={`${path}/refusal`}>
          <FormGuard path={`${path}/refusal`} />
          <Button>{decline}</Button>
        </form>
      </div>
    </>
  );
}

/** The way in, and, where an address is invited, how somebody comes by the account that it needs. */
async function SignInFirst({ path, byAddress, elsewhere }: { path: string; byAddress: boolean; elsewhere?: string }) {
  const [{ t }, instance] = [await getReader(), await ownInstance()];
  const registration = instance.registration as "open" | "approval" | "closed";
  const words = [t("invitation.signIn"), byAddress && t(`invitation.account_${registration}`)];
  return (
    <>
      <p>
        <ButtonLink look="filled" href={signInAt(path)} className={big}>
          {t("account.signIn")}
        </ButtonLink>
      </p>
      <p>{[...words, byAddress && registration === "closed" && elsewhere].filter(Boolean).join(" ")}</p>
      {byAddress && registration !== "closed" && (
        <p>
          <ButtonLink href="/sign-up">{t("account.signUp")}</ButtonLink>
        </p>
      )}
    </>
  );
}
