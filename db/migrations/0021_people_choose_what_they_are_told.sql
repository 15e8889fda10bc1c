CREATE TABLE "notification_choices" (
	"account_id" uuid NOT NULL,
	"subject" varchar(20) NOT NULL,
	"cadence" varchar(8) NOT NULL,
	"told_at" timestamp with time zone,
	CONSTRAINT "notification_choices_account_id_subject_pk" PRIMARY KEY("account_id","subject"),
	CONSTRAINT "notification_choices_cadence" CHECK ("notification_choices"."cadence" in ('off', 'at-once', 'hourly', 'daily', 'weekly'))
);
--> statement-breakpoint
ALTER TABLE "participations" ADD COLUMN "state_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "notification_choices" ADD CONSTRAINT "notification_choices_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "comments_arrivals" ON "comments" USING btree ("created_at") WHERE state in ('published', 'waiting');--> statement-breakpoint
CREATE INDEX "participations_arrivals" ON "participations" USING btree ("state_at") WHERE state in ('pending', 'accepted');--> statement-breakpoint
CREATE INDEX "participations_profile" ON "participations" USING btree ("actor_id") WHERE actor_id is not null;--> statement-breakpoint
-- "Since when" is noted where it is written, whoever writes it. A held place counts from when it was kept. Rows of before
-- keep none: what happened then is news to nobody.
CREATE FUNCTION participation_state_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	NEW.state_at := now();
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER participation_begins BEFORE INSERT ON "participations" FOR EACH ROW
	EXECUTE FUNCTION participation_state_at();--> statement-breakpoint
CREATE TRIGGER participation_moves BEFORE UPDATE OF "state", "expires_at" ON "participations" FOR EACH ROW
	WHEN (OLD.state IS DISTINCT FROM NEW.state OR (OLD.expires_at IS NOT NULL AND NEW.expires_at IS NULL))
	EXECUTE FUNCTION participation_state_at();
