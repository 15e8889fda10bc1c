CREATE TABLE "event_staff" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"role" varchar(16) NOT NULL,
	"actor_id" uuid,
	"email" varchar(254),
	"email_key" "bytea",
	"language" varchar(35) NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"invited_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"accepted_at" timestamp with time zone,
	CONSTRAINT "event_staff_once" UNIQUE("event_id","actor_id"),
	CONSTRAINT "event_staff_address" UNIQUE("event_id","email_key"),
	CONSTRAINT "event_staff_role" CHECK ("event_staff"."role" in ('organizer', 'moderator', 'helper')),
	CONSTRAINT "event_staff_whom" CHECK (num_nonnulls("event_staff"."actor_id", "event_staff"."email") = 1),
	CONSTRAINT "event_staff_email" CHECK (("event_staff"."email" is null) = ("event_staff"."email_key" is null)),
	CONSTRAINT "event_staff_open" CHECK (("event_staff"."accepted_at" is null) = ("event_staff"."expires_at" is not null)),
	CONSTRAINT "event_staff_accepted" CHECK ("event_staff"."accepted_at" is null or "event_staff"."actor_id" is not null)
);
--> statement-breakpoint
ALTER TABLE "mails" DROP CONSTRAINT "mails_subject";--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "staff_id" uuid;--> statement-breakpoint
ALTER TABLE "event_staff" ADD CONSTRAINT "event_staff_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_staff" ADD CONSTRAINT "event_staff_actor_id_actors_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."actors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "event_staff_token" ON "event_staff" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "event_staff_actor" ON "event_staff" USING btree ("actor_id");--> statement-breakpoint
CREATE INDEX "event_staff_invited" ON "event_staff" USING btree ("email_key") WHERE email_key is not null;--> statement-breakpoint
CREATE INDEX "event_staff_expired" ON "event_staff" USING btree ("expires_at") WHERE expires_at is not null;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_staff_id_event_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."event_staff"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mails_staff" ON "mails" USING btree ("staff_id");--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_subject" CHECK (num_nonnulls("mails"."participation_id", "mails"."account_id", "mails"."sign_up_id", "mails"."staff_id") = 1);