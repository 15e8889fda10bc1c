-- Allowances live an hour or a day and are simply counted anew: without this, two windows of one key would clash.
DELETE FROM "limits";--> statement-breakpoint
ALTER TABLE "limits" DROP CONSTRAINT "limits_key_window_start_pk";--> statement-breakpoint
ALTER TABLE "limits" ADD PRIMARY KEY ("key");--> statement-breakpoint
ALTER TABLE "limits" DROP COLUMN "window_start";