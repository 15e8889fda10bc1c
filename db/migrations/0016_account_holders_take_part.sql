ALTER TABLE "participations" DROP CONSTRAINT "participations_address_key";--> statement-breakpoint
ALTER TABLE "participations" DROP CONSTRAINT "participations_erased";--> statement-breakpoint
DROP INDEX "participations_addresses";--> statement-breakpoint
CREATE INDEX "participations_addresses" ON "participations" USING btree ("event_id") WHERE email_key is not null;--> statement-breakpoint
ALTER TABLE "participations" ADD CONSTRAINT "participations_address_key" CHECK ("participations"."email" is null or "participations"."email_key" is not null);--> statement-breakpoint
ALTER TABLE "participations" ADD CONSTRAINT "participations_erased" CHECK ("participations"."erased_at" is null or ("participations"."email_key" is null and "participations"."name" = ''));