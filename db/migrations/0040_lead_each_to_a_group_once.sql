CREATE TABLE "transfers" (
	"actor_id" uuid NOT NULL,
	"group_id" uuid NOT NULL,
	"standing" varchar(8) NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "transfers_actor_id_group_id_standing_pk" PRIMARY KEY("actor_id","group_id","standing"),
	CONSTRAINT "transfers_standing" CHECK ("transfers"."standing" in ('member', 'follower'))
);
--> statement-breakpoint
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_actor_id_actors_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."actors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_group_id_actors_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."actors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "transfers_group" ON "transfers" USING btree ("group_id");