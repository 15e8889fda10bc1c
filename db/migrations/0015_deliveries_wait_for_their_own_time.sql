DROP INDEX "deliveries_due";--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "retry_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "activities_ended" ON "activities" USING btree ("created_at") WHERE type = 'Delete';--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("host","activity_id") WHERE state = 'due';