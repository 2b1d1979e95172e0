package dev.millrace.app.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MaskingTest {

  private static final String SECRET = "hunter2SecretValue";
  private static final Masking MASKING = Masking.knowing(List.of());

  @Test
  void whatStandsUnderASecretKeyIsGone() {
    for (String text :
        List.of(
            "password: " + SECRET,
            "  db.password = " + SECRET,
            "\"apiKey\": \"" + SECRET + "\",",
            "secret_access_key: '" + SECRET + "'",
            "warehouse: { user: joe, password: " + SECRET + ", port: 5432 }",
            "{\"user\":\"joe\",\"token\":\"" + SECRET + "\",\"port\":1}",
            "jdbc:postgresql://host/db?user=joe&password=" + SECRET + "&ssl=true",
            "passphrase: \"" + SECRET + " with words\"",
            "pw: " + SECRET,
            "  db_pw: " + SECRET,
            "warehousePw = " + SECRET,
            "db.pass=" + SECRET,
            "pwd: '" + SECRET + "'",
            "signing_key: " + SECRET,
            "encryptionKey: " + SECRET,
            "access key = " + SECRET,
            "account-keys: [a, " + SECRET + "]",
            "password: a,b}" + SECRET,
            "password: \"a\\\"" + SECRET + "\"",
            "password: 'it''s " + SECRET + "'",
            "password: \"first\n  " + SECRET + "\"\nnext: 1",
            "password: &x " + SECRET,
            "jdbc:redshift://host:5439/dev;UID=joe;PWD=" + SECRET + ";ssl=true",
            "https://joe:a/b@" + SECRET + "@example.org/x",
            "https://" + SECRET + "@example.org/x",
            "sasl.jaas.config: org.apache.Login required username=\"a\" password=\""
                + SECRET
                + "\";",
            "private-key: |\n  " + SECRET + "\n  " + SECRET + "\nnext: 1",
            "token:\n  - " + SECRET + "\nnext: 1",
            "Authorization: Bearer " + SECRET,
            "2026-01-01 WARN login with token=" + SECRET + " failed")) {
      assertThat(MASKING.of(text)).as(text).doesNotContain(SECRET).contains(Masking.MASK);
    }
  }

  @Test
  void whatLooksLikeASecretIsGoneWhereverItStands() {
    for (String secret :
        List.of(
            "AKIAIOSFODNN7EXAMPLE",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
            "ghp_0123456789abcdefghijABCDEFGHIJ012345",
            "dapi0123456789abcdef0123456789abcdef")) {
      assertThat(MASKING.of("seen " + secret + " there")).doesNotContain(secret);
    }
    assertThat(MASKING.of("https://joe:" + SECRET + "@example.org/x"))
        .isEqualTo("https://***@example.org/x");
    assertThat(
            MASKING.of(
                "a\n-----BEGIN RSA PRIVATE KEY-----\nabc\ndef\n-----END RSA PRIVATE KEY-----\nb"))
        .isEqualTo("a\n***\nb");
  }

  @Test
  void theRestStaysAsItIs() {
    String text =
        """
        name: building-sensors
        feeds:
          sensor-events:
            kafka: { topic: sensor-events, partitions: 3, key: sensor_id }
            bypass: true
            keyboard: none
            watermark: 10m
        2026-01-01T00:00:00Z INFO  [main] d.m.engine - 3 rows committed
        jdbc:postgresql://127.0.0.1:5432/millrace
        part-00000-8f6ff1a0-3f0f-4b57-9d3c-2a53c7f0a7d1.c000.zstd.parquet
        0f1e2d3c4b5a69788796a5b4c3d2e1f001234567
        """;
    assertThat(MASKING.of(text)).isEqualTo(text);
  }

  @Test
  void whatFollowsASecretStays() {
    assertThat(MASKING.of("{ password: abc, port: 5432 }"))
        .isEqualTo("{ password: ***, port: 5432 }");
    assertThat(MASKING.of("token: |\n  abc\n  def\nport: 1"))
        .isEqualTo("token: |\n  ***\n  ***\nport: 1");
  }

  @Test
  void aKnownSecretIsGoneWhereverItStands() {
    Masking knowing = Masking.knowing(List.of(SECRET, "sensor_id", "abc", SECRET + "-longer"));
    assertThat(knowing.of("as joe/" + SECRET + " of sensor_id, abc; " + SECRET + "-longer"))
        .isEqualTo("as joe/*** of sensor_id, abc; ***");
  }

  @Test
  void secretsAreReadWithoutTheirQuotes() {
    assertThat(
            Masking.secretsIn(
                """
                name: own
                pw: 'single quoted' # why
                warehouse: { password: "in a map", port: 1 }
                token: |
                  of a block
                api_keys:
                  - of a list
                """))
        .containsExactlyInAnyOrder("single quoted", "in a map", "of a block", "of a list");
  }
}
