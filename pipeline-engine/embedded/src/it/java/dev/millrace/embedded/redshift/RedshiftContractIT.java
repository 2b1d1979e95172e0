package dev.millrace.embedded.redshift;

import dev.millrace.engine.warehouse.Warehouse;
import dev.millrace.engine.warehouse.WarehouseContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/// The contract of a warehouse, through Redshift's driver and the stand-in.
@SuppressWarnings("NullAway.Init") // Set by open, which the contract calls first.
final class RedshiftContractIT extends WarehouseContract {

  private StandInRig rig;

  @Override
  protected Warehouse open() throws Exception {
    rig = StandInRig.start(folder.resolve("rig"));
    return rig.warehouse();
  }

  @Override
  protected int port() {
    return rig.port();
  }

  @Override
  protected Warehouse at(int port) {
    return rig.warehouse(port, StandInRig.ROLE, Optional.empty(), Optional.empty());
  }

  @Override
  protected Connection connect() throws SQLException {
    return rig.connect();
  }

  @AfterEach
  void closeRig() {
    rig.close();
  }
}
