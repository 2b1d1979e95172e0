package dev.millrace.engine.transform.duckdb;

import dev.millrace.engine.transform.SqlEngine;
import dev.millrace.engine.transform.SqlEngineContract;
import java.nio.file.Path;

class DuckDbEngineTest extends SqlEngineContract {

  @Override
  protected SqlEngine engine(Path scratch) {
    return new DuckDbEngine(scratch, DuckDbEngine.DEFAULT_MEMORY_BYTES, 2);
  }
}
