ALTER TABLE "memberships" ADD COLUMN "sent_away" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_sent_away" CHECK (not ("memberships"."sent_away" and "memberships"."state" = 'member'));--> statement-breakpoint
UPDATE "memberships" SET "sent_away" = true FROM "actors"
WHERE "actors"."id" = "memberships"."group_id" AND "actors"."host" IS NULL AND (
  "memberships"."state" IN ('removed', 'rejected')
  -- An open group is asked by those alone whom it has sent away.
  OR "memberships"."state" = 'requested' AND "actors"."openness" = 'open'
);
