package dev.millrace.engine.warehouse;

import java.time.Duration;

/// The database that answers as the warehouse.
///
/// @param product for example `PostgreSQL` or `Amazon Redshift`
/// @param place host, port and database, for people
/// @param user who is logged in
/// @param encrypted whether the connection is
/// @param schema schema of the pipeline's tables
/// @param schemaStands whether that was made already
/// @param login time it took to log in
/// @param answer time of one question and its answer afterwards
public record WarehouseServer(
    String product,
    String version,
    String place,
    String user,
    boolean encrypted,
    String schema,
    boolean schemaStands,
    Duration login,
    Duration answer) {}
