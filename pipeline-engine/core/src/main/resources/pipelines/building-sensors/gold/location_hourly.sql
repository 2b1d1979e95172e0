-- Each kind of reading at each place, by the hour.
WITH hourly AS (
  SELECT coalesce(location, 'unknown') AS location,
         floor,
         zone,
         sensor_type,
         sensor_id,
         unit,
         timestamp_micros(unix_micros(event_time)
           - (unix_micros(event_time) % 3600000000 + 3600000000) % 3600000000) AS hour_start,
         value,
         is_anomaly,
         event_date
  FROM silver_readings
)
SELECT location,
       max(floor) AS floor,
       max(zone) AS zone,
       sensor_type,
       max(unit) AS unit,
       hour_start,
       count(DISTINCT sensor_id) AS sensor_count,
       count(*) AS reading_count,
       count(CASE WHEN is_anomaly THEN 1 END) AS anomaly_count,
       avg(value) AS avg_value,
       min(value) AS min_value,
       max(value) AS max_value,
       stddev_samp(value) AS stddev_value,
       :processing_timestamp AS processing_timestamp,
       :pipeline_version AS pipeline_version,
       event_date
FROM hourly
GROUP BY location, sensor_type, hour_start, event_date
