-- Each kind of reading by the day (UTC).
SELECT sensor_type,
       max(unit) AS unit,
       count(*) AS reading_count,
       count(DISTINCT sensor_id) AS sensor_count,
       avg(value) AS avg_value,
       min(value) AS min_value,
       max(value) AS max_value,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY value) AS p50_value,
       percentile_cont(0.95) WITHIN GROUP (ORDER BY value) AS p95_value,
       count(CASE WHEN is_anomaly THEN 1 END) AS anomaly_count,
       count(CASE WHEN anomaly_reason IN ('RANGE', 'RANGE+ZSCORE') THEN 1 END) AS range_anomalies,
       count(CASE WHEN anomaly_reason IN ('ZSCORE', 'RANGE+ZSCORE') THEN 1 END)
         AS zscore_anomalies,
       :processing_timestamp AS processing_timestamp,
       :pipeline_version AS pipeline_version,
       event_date
FROM silver_readings
GROUP BY sensor_type, event_date
