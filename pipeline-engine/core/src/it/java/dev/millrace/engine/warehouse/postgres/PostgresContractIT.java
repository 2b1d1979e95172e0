package dev.millrace.engine.warehouse.postgres;

import dev.millrace.engine.PostgresServer;
import dev.millrace.engine.model.ServiceEndpoints;
import dev.millrace.engine.warehouse.Warehouse;
import dev.millrace.engine.warehouse.WarehouseContract;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

@SuppressWarnings("NullAway.Init") // Set by open, which the contract calls first.
final class PostgresContractIT extends WarehouseContract {

  private ServiceEndpoints endpoints;

  @Override
  protected Warehouse open() throws SQLException {
    endpoints = PostgresServer.freshDatabase();
    return new PostgresWarehouse(endpoints);
  }

  @Override
  protected int port() {
    return PostgresWarehouse.source(endpoints).getPortNumbers()[0];
  }

  @Override
  protected Warehouse at(int port) {
    return new PostgresWarehouse(
        new ServiceEndpoints(
            endpoints.kafka(),
            endpoints.jdbcUrl().replaceFirst(":\\d+/", ":" + port + "/"),
            endpoints.user(),
            endpoints.password()));
  }

  @Override
  protected Connection connect() throws SQLException {
    return DriverManager.getConnection(endpoints.jdbcUrl(), endpoints.user(), endpoints.password());
  }
}
