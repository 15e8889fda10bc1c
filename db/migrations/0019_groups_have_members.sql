CREATE TABLE "event_contacts" (
	"event_id" uuid NOT NULL,
	"actor_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "event_contacts_event_id_actor_id_pk" PRIMARY KEY("event_id","actor_id")
);
--> statement-breakpoint
CREATE TABLE "group_log" (
	"id" uuid PRIMARY KEY NOT NULL,
	"group_id" uuid NOT NULL,
	"actor_id" uuid,
	"kind" varchar(24) NOT NULL,
	"member_id" uuid,
	"role" varchar(16),
	"object_id" uuid,
	"name" varchar(200) DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "group_log_role" CHECK ("group_log"."role" in ('member', 'moderator', 'administrator'))
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"id" uuid PRIMARY KEY NOT NULL,
	"group_id" uuid NOT NULL,
	"member_id" uuid,
	"role" varchar(16) DEFAULT 'member' NOT NULL,
	"state" varchar(16) NOT NULL,
	"shown" boolean DEFAULT false NOT NULL,
	"message" varchar(1000) DEFAULT '' NOT NULL,
	"invited_by_id" uuid,
	"email" varchar(254),
	"email_key" "bytea",
	"language" varchar(35) DEFAULT 'en' NOT NULL,
	"token_hash" "bytea",
	"expires_at" timestamp with time zone,
	"uri" varchar(2048),
	"joined_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_pair" UNIQUE("group_id","member_id"),
	CONSTRAINT "memberships_address" UNIQUE("group_id","email_key"),
	CONSTRAINT "memberships_role" CHECK ("memberships"."role" in ('member', 'moderator', 'administrator')),
	CONSTRAINT "memberships_state" CHECK ("memberships"."state" in ('invited', 'requested', 'member', 'rejected', 'left', 'removed')),
	CONSTRAINT "memberships_whom" CHECK (num_nonnulls("memberships"."member_id", "memberships"."email") = 1),
	CONSTRAINT "memberships_email" CHECK (("memberships"."email" is null) = ("memberships"."email_key" is null)),
	CONSTRAINT "memberships_open" CHECK (("memberships"."state" = 'invited') = ("memberships"."expires_at" is not null) and ("memberships"."state" = 'invited') = ("memberships"."token_hash" is not null)),
	CONSTRAINT "memberships_known" CHECK ("memberships"."member_id" is not null or "memberships"."state" = 'invited'),
	CONSTRAINT "memberships_joined" CHECK ("memberships"."state" <> 'member' or "memberships"."joined_at" is not null),
	CONSTRAINT "memberships_asked" CHECK ("memberships"."state" = 'requested' or "memberships"."message" = ''),
	CONSTRAINT "memberships_others" CHECK ("memberships"."group_id" <> "memberships"."member_id")
);
--> statement-breakpoint
ALTER TABLE "mails" DROP CONSTRAINT "mails_subject";--> statement-breakpoint
ALTER TABLE "actors" ADD COLUMN "visibility" varchar(16) DEFAULT 'public' NOT NULL;--> statement-breakpoint
ALTER TABLE "actors" ADD COLUMN "members_shown" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "actors" ADD COLUMN "members_organise" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "membership_id" uuid;--> statement-breakpoint
ALTER TABLE "event_contacts" ADD CONSTRAINT "event_contacts_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_contacts" ADD CONSTRAINT "event_contacts_actor_id_actors_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."actors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_log" ADD CONSTRAINT "group_log_group_id_actors_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."actors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_log" ADD CONSTRAINT "group_log_actor_id_actors_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."actors"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_log" ADD CONSTRAINT "group_log_member_id_actors_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."actors"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_group_id_actors_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."actors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_member_id_actors_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."actors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_invited_by_id_actors_id_fk" FOREIGN KEY ("invited_by_id") REFERENCES "public"."actors"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "event_contacts_actor" ON "event_contacts" USING btree ("actor_id");--> statement-breakpoint
CREATE INDEX "group_log_page" ON "group_log" USING btree ("group_id","id");--> statement-breakpoint
CREATE INDEX "group_log_age" ON "group_log" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "memberships_token" ON "memberships" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "memberships_uri" ON "memberships" USING btree ("uri");--> statement-breakpoint
CREATE INDEX "memberships_list" ON "memberships" USING btree ("group_id","state","id");--> statement-breakpoint
CREATE INDEX "memberships_leaders" ON "memberships" USING btree ("group_id") WHERE state = 'member' and role <> 'member';--> statement-breakpoint
CREATE INDEX "memberships_member" ON "memberships" USING btree ("member_id","state");--> statement-breakpoint
CREATE INDEX "memberships_invited" ON "memberships" USING btree ("email_key") WHERE email_key is not null;--> statement-breakpoint
CREATE INDEX "memberships_expired" ON "memberships" USING btree ("expires_at") WHERE expires_at is not null;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_membership_id_memberships_id_fk" FOREIGN KEY ("membership_id") REFERENCES "public"."memberships"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "actors_groups" ON "actors" USING gin (fold(name || ' ' || handle || ' ' || coalesce(locality, '') || ' ' || summary) gin_trgm_ops) WHERE type = 'Group' and visibility = 'public' and deleted_at is null and suspended_at is null;--> statement-breakpoint
CREATE INDEX "actors_groups_order" ON "actors" USING btree ("handle","id") WHERE type = 'Group' and visibility = 'public' and deleted_at is null and suspended_at is null;--> statement-breakpoint
CREATE INDEX "mails_membership" ON "mails" USING btree ("membership_id");--> statement-breakpoint
ALTER TABLE "actors" ADD CONSTRAINT "actors_visibility" CHECK ("actors"."visibility" in ('public', 'unlisted'));--> statement-breakpoint
-- Groups were profiles of one account; from now on its person is their administrator.
INSERT INTO "memberships" ("id", "group_id", "member_id", "role", "state", "joined_at")
SELECT gen_random_uuid(), g.id, m.id, 'administrator', 'member', g.created_at
FROM "actors" g CROSS JOIN LATERAL (
	SELECT p.id FROM "actors" p JOIN "accounts" a ON a.id = p.account_id
	WHERE p.account_id = g.account_id AND p.type = 'Person' AND p.deleted_at IS NULL
	ORDER BY p.id = a.default_actor_id DESC NULLS LAST, p.id LIMIT 1) m
WHERE g.type = 'Group' AND g.account_id IS NOT NULL AND g.deleted_at IS NULL;--> statement-breakpoint
UPDATE "actors" SET "account_id" = NULL WHERE "type" = 'Group' AND "account_id" IS NOT NULL;--> statement-breakpoint
UPDATE "accounts" a SET "default_actor_id" = (SELECT p.id FROM "actors" p WHERE p.account_id = a.id AND p.deleted_at IS NULL ORDER BY p.id LIMIT 1)
WHERE EXISTS (SELECT 1 FROM "actors" g WHERE g.id = a.default_actor_id AND g.type = 'Group');--> statement-breakpoint
ALTER TABLE "actors" ADD CONSTRAINT "actors_group_account" CHECK ("actors"."type" <> 'Group' or "actors"."account_id" is null);--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_subject" CHECK (num_nonnulls("mails"."participation_id", "mails"."account_id", "mails"."sign_up_id", "mails"."staff_id", "mails"."membership_id") = 1);