-- One row per sensor, as its newest reading tells it.
WITH ranked AS (
  SELECT silver_readings.*,
         row_number() OVER (PARTITION BY sensor_id ORDER BY event_time DESC NULLS LAST) AS age
  FROM silver_readings
), totals AS (
  SELECT sensor_id,
         min(event_time) AS first_seen,
         max(event_time) AS last_seen,
         count(*) AS reading_count
  FROM silver_readings
  GROUP BY sensor_id
)
SELECT ranked.sensor_id,
       ranked.sensor_type,
       ranked.location,
       ranked.floor,
       ranked.zone,
       ranked.unit,
       totals.first_seen,
       totals.last_seen,
       totals.reading_count,
       :processing_timestamp AS processing_timestamp,
       :pipeline_version AS pipeline_version
FROM ranked
JOIN totals ON totals.sensor_id = ranked.sensor_id
WHERE ranked.age = 1
