package dev.millrace.app.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MaskingTest {

  private static final String SECRET = "hunter2SecretValue";

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
            "sasl.jaas.config: org.apache.Login required username=\"a\" password=\""
                + SECRET
                + "\";",
            "private-key: |\n  " + SECRET + "\n  " + SECRET + "\nnext: 1",
            "token:\n  - " + SECRET + "\nnext: 1",
            "Authorization: Bearer " + SECRET,
            "2026-01-01 WARN login with token=" + SECRET + " failed")) {
      assertThat(Masking.of(text)).as(text).doesNotContain(SECRET).contains(Masking.MASK);
    }
  }

  @Test
  void whatLooksLikeASecretIsGoneWhereverItStands() {
    for (String secret :
        List.of(
            "AKIAIOSFODNN7EXAMPLE",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
            "ghp_0123456789abcdefghijABCDEFGHIJ012345",
            "dapi0123456789abcdef0123456789abcdef")) {
      assertThat(Masking.of("seen " + secret + " there")).doesNotContain(secret);
    }
    assertThat(Masking.of("https://joe:" + SECRET + "@example.org/x"))
        .isEqualTo("https://***@example.org/x");
    assertThat(
            Masking.of(
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
            watermark: 10m
        2026-01-01T00:00:00Z INFO  [main] d.m.engine - 3 rows committed
        jdbc:postgresql://127.0.0.1:5432/millrace
        """;
    assertThat(Masking.of(text)).isEqualTo(text);
  }

  @Test
  void whatFollowsASecretStays() {
    assertThat(Masking.of("{ password: abc, port: 5432 }"))
        .isEqualTo("{ password: ***, port: 5432 }");
    assertThat(Masking.of("token: |\n  abc\n  def\nport: 1"))
        .isEqualTo("token: |\n  ***\n  ***\nport: 1");
  }
}
