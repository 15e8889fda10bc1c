CREATE TABLE "roster_readings" (
	"group_id" uuid PRIMARY KEY NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"read_at" timestamp with time zone NOT NULL,
	"whole" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "roster_readings" ADD CONSTRAINT "roster_readings_group_id_actors_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."actors"("id") ON DELETE cascade ON UPDATE no action;