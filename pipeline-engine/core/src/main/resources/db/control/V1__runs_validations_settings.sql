-- Runs of flows. The owner is the process that runs it: it holds the advisory lock of that number for
-- as long as it lives, so that the runs of a dead process can be told.
CREATE SEQUENCE process_number AS integer CYCLE;

CREATE TABLE flow_run (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  pipeline text NOT NULL,
  flow text NOT NULL,
  owner integer NOT NULL,
  state text NOT NULL,
  started_at timestamptz NOT NULL,
  finished_at timestamptz,
  message text NOT NULL DEFAULT ''
);
CREATE INDEX flow_run_newest ON flow_run (pipeline, id DESC);
CREATE INDEX flow_run_open ON flow_run (owner) WHERE finished_at IS NULL;

CREATE TABLE flow_step (
  run bigint NOT NULL REFERENCES flow_run ON DELETE CASCADE,
  position integer NOT NULL,
  step text NOT NULL,
  state text NOT NULL,
  started_at timestamptz,
  finished_at timestamptz,
  rows bigint NOT NULL DEFAULT 0,
  message text NOT NULL DEFAULT '',
  PRIMARY KEY (run, position)
);

-- Validations of tables. The result is kept as text that is valid JSON, not as jsonb, which would
-- change the order of its keys and refuse a NUL among a failing row's values.
CREATE TABLE validation (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  pipeline text NOT NULL,
  table_name text NOT NULL,
  suite text NOT NULL,
  version bigint NOT NULL,
  success boolean NOT NULL,
  blocking boolean NOT NULL,
  percent double precision NOT NULL,
  passed integer NOT NULL,
  total integer NOT NULL,
  failing text[] NOT NULL,
  result json NOT NULL,
  validated_at timestamptz NOT NULL
);
CREATE INDEX validation_newest ON validation (pipeline, table_name, validated_at DESC, id DESC);

CREATE TABLE setting (
  name text PRIMARY KEY,
  value text NOT NULL,
  changed_at timestamptz NOT NULL
);
