-- Each sensor by the day (UTC), as the day's newest reading tells it.
WITH totals AS (
  SELECT sensor_id,
         event_date,
         min(event_time) AS first_seen,
         max(event_time) AS last_seen,
         count(*) AS reading_count,
         count(CASE WHEN is_anomaly THEN 1 END) AS anomaly_count
  FROM silver_readings
  GROUP BY sensor_id, event_date
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
       totals.anomaly_count,
       :processing_timestamp AS processing_timestamp,
       :pipeline_version AS pipeline_version,
       totals.event_date
FROM silver_readings AS newest
JOIN totals
  ON newest.sensor_id = totals.sensor_id AND newest.event_time = totals.last_seen
