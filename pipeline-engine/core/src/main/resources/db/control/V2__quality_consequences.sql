-- What a failed validation stops, which rows it looked at, and the flow run it was part of.
ALTER TABLE validation ADD COLUMN scope text NOT NULL DEFAULT 'whole';
ALTER TABLE validation ADD COLUMN run bigint;
ALTER TABLE validation ADD COLUMN worst text NOT NULL DEFAULT 'record';
UPDATE validation SET worst = CASE WHEN blocking THEN 'stop_flow' WHEN success THEN 'record' ELSE 'warn' END;
ALTER TABLE validation DROP COLUMN blocking;
CREATE INDEX validation_by_time ON validation (pipeline, validated_at DESC, id DESC);
