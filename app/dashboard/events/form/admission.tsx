import { CheckField, SelectField, TextField } from "#app/_ui/field.tsx";
import { RadioField } from "#app/_ui/radio-field.tsx";
import { type Filled, onlyIf, Section } from "./section.tsx";

/** Who sees it, who may come, and how many. */
export function AdmissionPart({ t, get, error, label, groups }: Filled & { groups: boolean }) {
  const tick = (name: "waitingList" | "nameRequired" | "hideCount", hint?: string) => (
    <CheckField name={name} label={label(name)} hint={hint} defaultChecked={get(name) === "yes"} error={error(name)} />
  );
  return (
    <Section id="admission" title={t("desk.partAdmission")}>
      <RadioField
        name="visibility"
        legend={label("visibility")}
        value={get("visibility") || "public"}
        error={error("visibility")}
        choices={[
          { value: "public", label: t("desk.visibilityPublic"), hint: t("desk.visibilityPublicHint") },
          { value: "unlisted", label: t("desk.visibilityUnlisted"), hint: t("desk.visibilityUnlistedHint") },
          { value: "followers", label: t("group.forFollowers"), hint: t("group.forFollowersHint") },
          // What came out of a group is for nobody, until somebody chooses for whom.
          ...(groups || get("visibility") === "members"
            ? [{ value: "members", label: t("group.forMembers"), hint: t("group.forMembersHint") }]
            : []),
        ]}
      />
      <RadioField
        name="joinMode"
        legend={label("joinMode")}
        value={get("joinMode") || "free"}
        error={error("joinMode")}
        choices={[
          { value: "free", label: t("desk.joinFree"), hint: t("desk.joinFreeHint") },
          { value: "approval", label: t("desk.joinApproval"), hint: t("desk.joinApprovalHint") },
          { value: "external", label: t("desk.joinExternal"), hint: t("desk.joinExternalHint") },
          { value: "closed", label: t("desk.joinClosed"), hint: t("desk.joinClosedHint") },
        ]}
      />
      <TextField
        name="externalParticipationUrl"
        className={onlyIf.external}
        type="url"
        maxLength={2048}
        label={label("externalParticipationUrl")}
        hint={t("desk.externalHint")}
        defaultValue={get("externalParticipationUrl")}
        error={error("externalParticipationUrl")}
      />
      <div className={`grid gap-4 sm:grid-cols-2 ${onlyIf.seats}`}>
        <TextField
          name="capacity"
          inputMode="numeric"
          maxLength={7}
          autoComplete="off"
          label={label("capacity")}
          mark={t("site.optional")}
          hint={t("desk.capacityHint")}
          defaultValue={get("capacity")}
          error={error("capacity")}
        />
        <SelectField
          name="maximumGuests"
          label={label("maximumGuests")}
          defaultValue={get("maximumGuests") || "0"}
          error={error("maximumGuests")}
        >
          {[0, 1, 2, 3, 4, 5].map((count) => (
            <option key={count} value={count}>
              {t("desk.guests", { count })}
            </option>
          ))}
        </SelectField>
      </div>
      <div className={onlyIf.seats}>
        {tick("waitingList", t("desk.waitingListHint"))}
        {tick("nameRequired")}
        {tick("hideCount")}
      </div>
      <RadioField
        name="comments"
        legend={label("comments")}
        value={get("comments") || "open"}
        error={error("comments")}
        choices={[
          { value: "open", label: t("desk.commentsOpen") },
          { value: "moderated", label: t("desk.commentsModerated") },
          { value: "closed", label: t("desk.commentsClosed") },
        ]}
      />
    </Section>
  );
}
