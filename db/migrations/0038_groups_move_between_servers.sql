ALTER TABLE "actors" ADD COLUMN "moved_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "actors" ADD COLUMN "also_known_as" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "actors" ADD CONSTRAINT "actors_moved_at" CHECK ("actors"."host" is not null or ("actors"."moved_to" is null) = ("actors"."moved_at" is null));--> statement-breakpoint
ALTER TABLE "actors" ADD CONSTRAINT "actors_also_known_as" CHECK (cardinality("actors"."also_known_as") <= 10 and length(array_to_string("actors"."also_known_as", ' ')) <= 20500);