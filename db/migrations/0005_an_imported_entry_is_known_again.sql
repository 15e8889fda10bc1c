ALTER TABLE "events" ADD COLUMN "import_fingerprint" uuid;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "import_sequence" integer;