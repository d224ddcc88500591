-- Hand-written below the tables: what the filters of the feed are served by; see src/db/schema/activityTerms.ts.
CREATE TABLE `activity_terms` (
	`bucket` integer NOT NULL,
	`stretch` integer NOT NULL,
	`terms` text NOT NULL,
	PRIMARY KEY(`bucket`, `stretch`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `activity_zones` (
	`zone` integer PRIMARY KEY NOT NULL,
	`oldest` integer NOT NULL,
	`newest` integer NOT NULL
);
--> statement-breakpoint
-- What the feed tells of each line, by the filter that names it: (e)vent, actor (t)ype, (a)ctor, kind (k) and ID (r) of the
-- resource. src/activities/feed.ts tells the same.
CREATE VIEW activity_told AS
SELECT seq, kinds.value AS kind, CASE kinds.value
  WHEN 'e' THEN event
  WHEN 't' THEN actor_type
  WHEN 'a' THEN iif(actor_type = 'user' AND actor_seq IS NULL, user_id, actor_id)
  WHEN 'k' THEN noun
  ELSE iif(resource_id = '' OR noun = 'user', user_id, resource_id) END AS value
FROM (
  SELECT *, CASE word WHEN 'tokens' THEN 'token' WHEN 'jwts' THEN 'jwt' WHEN 'challenges' THEN 'challenge' WHEN 'impersonator' THEN 'user'
    WHEN 'verification' THEN 'user' WHEN 'ephemeralKey' THEN 'key' ELSE word END AS noun
  FROM (SELECT *, substr(event, 1, instr(event, '.') - 1) AS word FROM activity)
) CROSS JOIN json_each('["e","t","a","k","r"]') AS kinds;
--> statement-breakpoint
INSERT INTO activity_terms (bucket, stretch, terms)
  SELECT bucket, stretch, group_concat(entry, '') FROM (
    SELECT DISTINCT seq / 16384 AS stretch,
      (coalesce(unicode(substr(value, -1)), 0) * 5 + coalesce(unicode(substr(value, -2, 1)), 0) * 3 + length(value)) % 32 AS bucket,
      ',' || kind || value || ';' || char(48 + seq / 1024 % 16, 48 + seq / 128 % 8, 48 + seq / 16 % 8) AS entry
    FROM activity_told WHERE seq < (SELECT max(seq) + 1 FROM activity) / 1024 * 1024)
  GROUP BY bucket, stretch;
--> statement-breakpoint
INSERT INTO activity_zones (zone, oldest, newest)
SELECT seq / 1024, min(time), max(time) FROM activity WHERE seq < (SELECT max(seq) + 1 FROM activity) / 1024 * 1024 GROUP BY seq / 1024;
--> statement-breakpoint
INSERT INTO activity_zones (zone, oldest, newest)
SELECT -1 - zone / 64, min(oldest), max(newest) FROM activity_zones GROUP BY zone / 64;
--> statement-breakpoint
-- Once in 1,024 lines: 32 rows at most for what the lines tell, and two for their times.
CREATE TRIGGER activity_area_full AFTER INSERT ON activity WHEN new.seq % 1024 = 1023 BEGIN
  INSERT INTO activity_terms (bucket, stretch, terms)
  SELECT bucket, stretch, group_concat(entry, '') FROM (
    SELECT DISTINCT seq / 16384 AS stretch,
      (coalesce(unicode(substr(value, -1)), 0) * 5 + coalesce(unicode(substr(value, -2, 1)), 0) * 3 + length(value)) % 32 AS bucket,
      ',' || kind || value || ';' || char(48 + seq / 1024 % 16, 48 + seq / 128 % 8, 48 + seq / 16 % 8) AS entry
    FROM activity_told WHERE seq BETWEEN new.seq - 1023 AND new.seq)
  GROUP BY bucket, stretch
  ON CONFLICT (bucket, stretch) DO UPDATE SET terms = terms || excluded.terms;
  INSERT INTO activity_zones (zone, oldest, newest)
  SELECT zones.value, oldest, newest
  FROM (SELECT min(time) AS oldest, max(time) AS newest FROM activity WHERE seq BETWEEN new.seq - 1023 AND new.seq)
  CROSS JOIN json_each(json_array(new.seq / 1024, -1 - new.seq / 65536)) AS zones WHERE true
  ON CONFLICT (zone) DO UPDATE SET oldest = min(oldest, excluded.oldest), newest = max(newest, excluded.newest);
END;
--> statement-breakpoint
-- Retention removes the oldest lines; what is noted of them goes when all lines of a stretch, or of an area, have gone.
CREATE TRIGGER activity_area_gone AFTER DELETE ON activity WHEN old.seq % 1024 = 1023 BEGIN
  DELETE FROM activity_terms WHERE bucket IN (SELECT value FROM json_each('[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31]'))
    AND stretch < (SELECT min(seq) FROM activity) / 16384;
  DELETE FROM activity_zones WHERE zone >= 0 AND zone < (SELECT min(seq) FROM activity) / 1024;
  DELETE FROM activity_zones WHERE zone < 0 AND zone > -1 - (SELECT min(seq) FROM activity) / 65536;
END;
