package dev.millrace.engine.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.ProblemsException;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.settings.WarehouseSettings.Login;
import dev.millrace.engine.settings.WarehouseSettings.Postgres;
import dev.millrace.engine.settings.WarehouseSettings.Redshift;
import dev.millrace.engine.settings.WarehouseSettings.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarehouseSettingsTest {

  @TempDir Path folder;

  @Test
  void aHomeThatSaysNothingHasItsOwn() {
    assertThat(HomeSettings.of(new Home(folder)).warehouse())
        .isEqualTo(new WarehouseSettings.InHome());
  }

  @Test
  void aPostgresElsewhereIsReadWhole() throws IOException {
    assertThat(read("kind: postgres, endpoint: 'db.example.com/analytics', user: loader"))
        .isEqualTo(
            new Postgres(
                "db.example.com",
                5432,
                "analytics",
                "loader",
                new Login.Password("MILLRACE_WAREHOUSE_PASSWORD"),
                true));
    assertThat(
            read(
                "kind: postgres, endpoint: 'db:6000/a', user: u, password_env: PGPASSWORD, tls: false"))
        .isEqualTo(new Postgres("db", 6000, "a", "u", new Login.Password("PGPASSWORD"), false));
  }

  @Test
  void redshiftIsReadWhole() throws IOException {
    assertThat(read("kind: redshift, endpoint: embedded")).isEqualTo(Redshift.LOCAL);
    assertThat(read("kind: redshift, endpoint: 'c.eu.example.com/dev', role: default"))
        .isEqualTo(
            new Redshift(
                new Server.At("c.eu.example.com", 5439, true),
                "dev",
                Optional.empty(),
                new Login.Iam(),
                "default",
                Optional.empty(),
                Optional.empty()));
    WarehouseSettings whole =
        read(
            "kind: redshift, endpoint: 'c:1/dev', role: 'arn:aws:iam::123456789012:role/lake',"
                + " user: u, login: password, password_env: P, region: eu-west-1,"
                + " staging: 's3://bucket/a/b', tls: false");
    assertThat(whole)
        .isInstanceOfSatisfying(
            Redshift.class,
            r -> {
              assertThat(r.server()).isEqualTo(new Server.At("c", 1, false));
              assertThat(r.user()).contains("u");
              assertThat(r.login()).isEqualTo(new Login.Password("P"));
              assertThat(r.region()).contains("eu-west-1");
              assertThat(r.staging().map(LakeSettings.S3::place)).contains("s3://bucket/a/b");
            });
    assertThat(read("kind: redshift, endpoint: 'c:1/dev', role: default, login: secret, secret: s"))
        .isInstanceOfSatisfying(
            Redshift.class, r -> assertThat(r.login()).isEqualTo(new Login.Secret("s")));
  }

  @Test
  void everyFaultIsToldAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    "kind: redshift, endpoint: nowhere, role: 'my role', login: password, tsl: true"))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("nowhere")
        .hasMessageContaining("role")
        .hasMessageContaining("user")
        .hasMessageContaining("tsl");
    assertThatThrownBy(() -> read("kind: oracle")).hasMessageContaining("oracle");
    assertThatThrownBy(() -> read("kind: redshift, endpoint: 'c/d', role: default, login: secret"))
        .hasMessageContaining("secret");
  }

  private WarehouseSettings read(String keys) throws IOException {
    Files.writeString(folder.resolve("settings.yaml"), "warehouse: { " + keys + " }\n");
    return HomeSettings.of(new Home(folder)).warehouse();
  }
}
