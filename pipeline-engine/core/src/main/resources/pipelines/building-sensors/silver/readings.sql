-- One row per reading: the newest copy of each event, judged by its range and by its sensor's last
-- 60 readings. Readings that lack a critical field are left out; they stay in Bronze.
WITH complete AS (
  SELECT *
  FROM bronze_sensor_events
  WHERE sensor_id IS NOT NULL
    AND sensor_type IS NOT NULL
    AND event_time IS NOT NULL
    AND value IS NOT NULL
), copies AS (
  SELECT complete.*,
         lag(event_time) OVER (
           PARTITION BY sensor_id
           ORDER BY event_time ASC NULLS LAST, ingestion_time DESC NULLS LAST,
                    kafka_partition DESC NULLS LAST, kafka_offset DESC NULLS LAST
         ) AS copy_before
  FROM complete
), newest AS (
  SELECT *
  FROM copies
  WHERE copy_before IS NULL OR copy_before <> event_time
), rolled AS (
  SELECT newest.*,
         count(value) OVER last_60 AS seen,
         avg(value) OVER last_60 AS mean_before,
         stddev_samp(value) OVER last_60 AS stddev_before
  FROM newest
  WINDOW last_60 AS (
    PARTITION BY sensor_id
    ORDER BY event_time ASC NULLS LAST
    ROWS BETWEEN 60 PRECEDING AND 1 PRECEDING
  )
), scored AS (
  SELECT rolled.*,
         -- A window without spread, or one that overflows, tells nothing.
         CASE WHEN seen >= 10 AND stddev_before > 1e-9 * greatest(1e0, abs(mean_before))
                   AND stddev_before < 1e100
              THEN (value - mean_before) / stddev_before
         END AS z_score,
         coalesce(value < ranges.low OR value > ranges.high, FALSE) AS out_of_range
  FROM rolled
  LEFT JOIN ranges ON ranges.kind = rolled.sensor_type
), judged AS (
  SELECT scored.*,
         coalesce(abs(z_score) > 4e0, FALSE) AS out_of_line
  FROM scored
)
SELECT sensor_id,
       sensor_type,
       location,
       value,
       unit,
       event_time,
       nullif(split_part(location, '/', 1), '') AS floor,
       nullif(split_part(location, '/', 2), '') AS zone,
       z_score,
       out_of_range OR out_of_line AS is_anomaly,
       CASE WHEN out_of_range AND out_of_line THEN 'RANGE+ZSCORE'
            WHEN out_of_range THEN 'RANGE'
            WHEN out_of_line THEN 'ZSCORE'
       END AS anomaly_reason,
       ingestion_time,
       kafka_topic,
       kafka_partition,
       kafka_offset,
       _source_file AS source_file,
       :processing_timestamp AS processing_timestamp,
       :pipeline_version AS pipeline_version,
       event_date
FROM judged
