CREATE TABLE "activities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"actor_id" uuid NOT NULL,
	"type" varchar(32) NOT NULL,
	"object_id" uuid NOT NULL,
	"fact" varchar(200) NOT NULL,
	"document" text NOT NULL,
	"public" boolean NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "activities_length" CHECK (length("activities"."document") <= 400000)
);
--> statement-breakpoint
CREATE TABLE "actor_keys" (
	"actor_id" uuid NOT NULL,
	"algorithm" varchar(8) NOT NULL,
	"public_half" jsonb NOT NULL,
	"private_key" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "actor_keys_actor_id_algorithm_pk" PRIMARY KEY("actor_id","algorithm"),
	CONSTRAINT "actor_keys_algorithm" CHECK ("actor_keys"."algorithm" in ('rsa', 'ed25519')),
	CONSTRAINT "actor_keys_length" CHECK (length("actor_keys"."public_half"::text) <= 2000 and length("actor_keys"."private_key") <= 8000)
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"activity_id" uuid NOT NULL,
	"object_id" uuid NOT NULL,
	"inbox" varchar(2048) NOT NULL,
	"host" varchar(255) NOT NULL,
	"state" varchar(8) DEFAULT 'due' NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"reason" varchar(200) DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "deliveries_state" CHECK ("deliveries"."state" in ('due', 'done', 'dead'))
);
--> statement-breakpoint
CREATE TABLE "federation_memory" (
	"key" varchar(2500) PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"expires_at" timestamp with time zone,
	CONSTRAINT "federation_memory_length" CHECK (length("federation_memory"."value"::text) <= 100000)
);
--> statement-breakpoint
CREATE TABLE "follows" (
	"id" uuid PRIMARY KEY NOT NULL,
	"follower_id" uuid NOT NULL,
	"followed_id" uuid NOT NULL,
	"uri" varchar(2048) NOT NULL,
	"state" varchar(16) DEFAULT 'pending' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "follows_pair" UNIQUE("follower_id","followed_id"),
	CONSTRAINT "follows_state" CHECK ("follows"."state" in ('pending', 'accepted', 'rejected'))
);
--> statement-breakpoint
CREATE TABLE "notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"actor_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"recipient_id" uuid,
	"content" varchar(10000) NOT NULL,
	"language" varchar(35) NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "peers" (
	"host" varchar(255) PRIMARY KEY NOT NULL,
	"standing" varchar(16) DEFAULT 'open' NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"retry_at" timestamp with time zone,
	"reason" varchar(200) DEFAULT '' NOT NULL,
	"heard_at" timestamp with time zone,
	"reached_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "peers_standing" CHECK ("peers"."standing" in ('open', 'silenced', 'suspended')),
	CONSTRAINT "peers_host" CHECK ("peers"."host" = lower("peers"."host"))
);
--> statement-breakpoint
CREATE TABLE "received_activities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "actors" ADD COLUMN "outbox" varchar(2048);--> statement-breakpoint
ALTER TABLE "actors" ADD COLUMN "followers_uri" varchar(2048);--> statement-breakpoint
ALTER TABLE "actors" ADD COLUMN "icon_url" varchar(2048);--> statement-breakpoint
ALTER TABLE "actors" ADD COLUMN "fetched_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "actors" ADD COLUMN "approves_followers" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "participations" ADD COLUMN "uri" varchar(2048);--> statement-breakpoint
ALTER TABLE "participations" ADD COLUMN "answered" varchar(16);--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_actor_id_actors_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."actors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "actor_keys" ADD CONSTRAINT "actor_keys_actor_id_actors_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."actors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_activity_id_activities_id_fk" FOREIGN KEY ("activity_id") REFERENCES "public"."activities"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follows" ADD CONSTRAINT "follows_follower_id_actors_id_fk" FOREIGN KEY ("follower_id") REFERENCES "public"."actors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follows" ADD CONSTRAINT "follows_followed_id_actors_id_fk" FOREIGN KEY ("followed_id") REFERENCES "public"."actors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notes" ADD CONSTRAINT "notes_actor_id_actors_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."actors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notes" ADD CONSTRAINT "notes_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notes" ADD CONSTRAINT "notes_recipient_id_actors_id_fk" FOREIGN KEY ("recipient_id") REFERENCES "public"."actors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "activities_fact" ON "activities" USING btree ("fact");--> statement-breakpoint
CREATE INDEX "activities_outbox" ON "activities" USING btree ("actor_id","id") WHERE public;--> statement-breakpoint
CREATE INDEX "activities_object" ON "activities" USING btree ("object_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_once" ON "deliveries" USING btree ("activity_id","inbox");--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("host","id") WHERE state = 'due';--> statement-breakpoint
CREATE INDEX "deliveries_received" ON "deliveries" USING btree ("object_id","inbox") WHERE state = 'done';--> statement-breakpoint
CREATE INDEX "federation_memory_expiry" ON "federation_memory" USING btree ("expires_at") WHERE expires_at is not null;--> statement-breakpoint
CREATE INDEX "follows_followed" ON "follows" USING btree ("followed_id","state","id");--> statement-breakpoint
CREATE INDEX "notes_event" ON "notes" USING btree ("event_id","id");--> statement-breakpoint
CREATE INDEX "notes_recipient" ON "notes" USING btree ("recipient_id");--> statement-breakpoint
CREATE INDEX "notes_actor" ON "notes" USING btree ("actor_id");--> statement-breakpoint
CREATE INDEX "participations_unanswered" ON "participations" USING btree ("updated_at") WHERE uri is not null and answered is distinct from state;