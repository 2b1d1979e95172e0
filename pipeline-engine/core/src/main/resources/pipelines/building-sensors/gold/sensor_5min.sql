-- Each sensor in windows of five minutes. Health is the share of readings without an anomaly.
WITH windowed AS (
  SELECT sensor_id,
         sensor_type,
         location,
         unit,
         -- Also before 1970 a window starts before its readings.
         timestamp_micros(unix_micros(event_time)
           - (unix_micros(event_time) % 300000000 + 300000000) % 300000000) AS window_start,
         value,
         is_anomaly,
         event_date
  FROM silver_readings
)
SELECT sensor_id,
       max(sensor_type) AS sensor_type,
       max(location) AS location,
       max(unit) AS unit,
       window_start,
       timestamp_micros(unix_micros(window_start) + 300000000) AS window_end,
       avg(value) AS avg_value,
       min(value) AS min_value,
       max(value) AS max_value,
       stddev_samp(value) AS stddev_value,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY value) AS p50_value,
       percentile_cont(0.95) WITHIN GROUP (ORDER BY value) AS p95_value,
       percentile_cont(0.99) WITHIN GROUP (ORDER BY value) AS p99_value,
       count(*) AS reading_count,
       count(CASE WHEN is_anomaly THEN 1 END) AS anomaly_count,
       1e2 * count(CASE WHEN NOT is_anomaly THEN 1 END) / count(*) AS health_percent,
       :processing_timestamp AS processing_timestamp,
       :pipeline_version AS pipeline_version,
       event_date
FROM windowed
GROUP BY sensor_id, window_start, event_date
