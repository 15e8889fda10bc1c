CREATE TABLE "account_tokens" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"purpose" varchar(16) NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"email" varchar(254) NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "account_tokens_purpose" CHECK ("account_tokens"."purpose" in ('sign-in', 'reset', 'address', 'address-undo'))
);
--> statement-breakpoint
CREATE TABLE "identities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"issuer" varchar(255) NOT NULL,
	"subject" varchar(255) NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"account_id" uuid NOT NULL,
	"method" varchar(8) NOT NULL,
	"device" varchar(60) DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"used_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sessions_method" CHECK ("sessions"."method" in ('password', 'mail', 'openid', 'setup'))
);
--> statement-breakpoint
CREATE TABLE "sign_up_rules" (
	"pattern" varchar(254) PRIMARY KEY NOT NULL,
	"allowed" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_ups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" varchar(254) NOT NULL,
	"password_hash" varchar(255),
	"handle" varchar(30) NOT NULL,
	"name" varchar(100) NOT NULL,
	"language" varchar(35) NOT NULL,
	"timezone" varchar(64) NOT NULL,
	"application" varchar(1000) DEFAULT '' NOT NULL,
	"issuer" varchar(255),
	"subject" varchar(255),
	"token_hash" "bytea" NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "sign_ups_identity" CHECK (("sign_ups"."issuer" is null) = ("sign_ups"."subject" is null))
);
--> statement-breakpoint
ALTER TABLE "accounts" DROP CONSTRAINT "accounts_state";--> statement-breakpoint
ALTER TABLE "mails" DROP CONSTRAINT "mails_subject";--> statement-breakpoint
DROP INDEX "accounts_unconfirmed";--> statement-breakpoint
ALTER TABLE "accounts" ALTER COLUMN "state" SET DEFAULT 'active';--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "default_actor_id" uuid;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "home_town" varchar(200);--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "home_latitude" double precision;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "home_longitude" double precision;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "home_radius" smallint DEFAULT 25 NOT NULL;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "calendar_hash" "bytea";--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "calendar_generation" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "application" varchar(1000) DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "sign_up_id" uuid;--> statement-breakpoint
ALTER TABLE "account_tokens" ADD CONSTRAINT "account_tokens_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identities" ADD CONSTRAINT "identities_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "account_tokens_token" ON "account_tokens" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "account_tokens_account" ON "account_tokens" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "account_tokens_expired" ON "account_tokens" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "identities_subject" ON "identities" USING btree ("issuer","subject");--> statement-breakpoint
CREATE UNIQUE INDEX "identities_account" ON "identities" USING btree ("account_id","issuer");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_token" ON "sessions" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "sessions_account" ON "sessions" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "sessions_idle" ON "sessions" USING btree ("used_at");--> statement-breakpoint
CREATE INDEX "sign_up_rules_allowed" ON "sign_up_rules" USING btree ("pattern") WHERE allowed;--> statement-breakpoint
CREATE UNIQUE INDEX "sign_ups_token" ON "sign_ups" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "sign_ups_address" ON "sign_ups" USING btree ("email");--> statement-breakpoint
CREATE INDEX "sign_ups_expired" ON "sign_ups" USING btree ("expires_at");--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_default_actor_id_actors_id_fk" FOREIGN KEY ("default_actor_id") REFERENCES "public"."actors"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_sign_up_id_sign_ups_id_fk" FOREIGN KEY ("sign_up_id") REFERENCES "public"."sign_ups"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_calendar" ON "accounts" USING btree ("calendar_hash");--> statement-breakpoint
CREATE INDEX "accounts_awaiting" ON "accounts" USING btree ("id") WHERE state = 'awaiting';--> statement-breakpoint
CREATE INDEX "accounts_going" ON "accounts" USING btree ("deleted_at") WHERE state in ('rejected', 'leaving');--> statement-breakpoint
CREATE INDEX "accounts_administrators" ON "accounts" USING btree ("id") WHERE role = 'administrator';--> statement-breakpoint
CREATE INDEX "mails_sign_up" ON "mails" USING btree ("sign_up_id");--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_home" CHECK (num_nulls("accounts"."home_town", "accounts"."home_latitude", "accounts"."home_longitude") in (0, 3));--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_radius" CHECK ("accounts"."home_radius" between 1 and 500);--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_state" CHECK ("accounts"."state" in ('awaiting', 'active', 'suspended', 'rejected', 'leaving', 'deleted'));--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_subject" CHECK (num_nonnulls("mails"."participation_id", "mails"."account_id", "mails"."sign_up_id") = 1);