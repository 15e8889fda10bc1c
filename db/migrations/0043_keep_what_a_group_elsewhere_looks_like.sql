ALTER TABLE "actors" ADD COLUMN "image_url" varchar(2048);--> statement-breakpoint
ALTER TABLE "actors" ADD COLUMN "seed" varchar(64);