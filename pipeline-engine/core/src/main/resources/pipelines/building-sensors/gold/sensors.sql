-- One row per sensor, as its newest reading tells it.
WITH totals AS (
  SELECT sensor_id,
         min(first_seen) AS first_seen,
         max(last_seen) AS last_seen,
         CAST(sum(reading_count) AS bigint) AS reading_count
  FROM gold_sensor_daily
  GROUP BY sensor_id
)
SELECT totals.sensor_id,
       newest.sensor_type,
       newest.location,
       newest.floor,
       newest.zone,
       newest.unit,
       totals.first_seen,
       totals.last_seen,
       totals.reading_count,
       :processing_timestamp AS processing_timestamp,
       :pipeline_version AS pipeline_version
FROM gold_sensor_daily AS newest
JOIN totals
  ON newest.sensor_id = totals.sensor_id AND newest.last_seen = totals.last_seen
