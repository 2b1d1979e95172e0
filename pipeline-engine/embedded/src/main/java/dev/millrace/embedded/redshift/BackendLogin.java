package dev.millrace.embedded.redshift;

import dev.millrace.embedded.redshift.Frames.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// Logs in to PostgreSQL by SCRAM-SHA-256 (RFC 5802, RFC 7677), or where it trusts, by nothing. For
/// one login.
final class BackendLogin {

  private static final int OK = 0;
  private static final int SASL = 10;
  private static final int SASL_CONTINUE = 11;
  private static final int SASL_FINAL = 12;
  private static final int NONCE_BYTES = 18;
  private static final String GS2 = "n,,";

  private final Frames server;
  private final String password;
  private final String nonce;
  private String signature = "";
  private String bare = "";

  BackendLogin(Frames server, String password) {
    this.server = server;
    this.password = password;
    byte[] random = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(random);
    this.nonce = Base64.getEncoder().withoutPadding().encodeToString(random);
  }

  /// Answers until the server says that all is well; the start-up frame has been sent.
  ///
  /// @throws IOException when it says something else
  void run() throws IOException {
    while (true) {
      Frame frame = server.read();
      if (frame.type() != 'R') {
        throw new IOException(
            "PostgreSQL refuses the stand-in: " + new String(frame.body(), StandardCharsets.UTF_8));
      }
      switch (frame.number(0)) {
        case OK -> {
          return;
        }
        case SASL -> begin();
        case SASL_CONTINUE -> prove(rest(frame));
        case SASL_FINAL -> {
          if (!MessageDigest.isEqual(
              ("v=" + signature).getBytes(StandardCharsets.UTF_8),
              rest(frame).getBytes(StandardCharsets.UTF_8))) {
            throw new IOException("PostgreSQL does not know the password either");
          }
        }
        default -> throw new IOException("PostgreSQL wants a login of kind " + frame.number(0));
      }
    }
  }

  private void begin() throws IOException {
    bare = "n=,r=" + nonce;
    byte[] first = (GS2 + bare).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(Frames.texts("SCRAM-SHA-256"));
    body.writeBytes(Frames.number(first.length));
    body.writeBytes(first);
    server.write('p', body.toByteArray());
    server.flush();
  }

  private void prove(String challenge) throws IOException {
    Map<String, String> parts = new HashMap<>();
    for (String part : challenge.split(",", -1)) {
      parts.put(part.substring(0, 1), part.substring(2));
    }
    String joined = parts.getOrDefault("r", "");
    if (!joined.startsWith(nonce)) {
      throw new IOException("PostgreSQL answers another login");
    }
    String last = "c=" + base64(GS2.getBytes(StandardCharsets.UTF_8)) + ",r=" + joined;
    String all = bare + "," + challenge + "," + last;
    try {
      byte[] salted =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
              .generateSecret(
                  new PBEKeySpec(
                      password.toCharArray(),
                      Base64.getDecoder().decode(parts.getOrDefault("s", "")),
                      Integer.parseInt(parts.getOrDefault("i", "4096")),
                      256))
              .getEncoded();
      byte[] clientKey = mac(salted, "Client Key");
      byte[] proof = mac(MessageDigest.getInstance("SHA-256").digest(clientKey), all);
      for (int i = 0; i < proof.length; i++) {
        proof[i] ^= clientKey[i];
      }
      signature = base64(mac(mac(salted, "Server Key"), all));
      server.write('p', (last + ",p=" + base64(proof)).getBytes(StandardCharsets.UTF_8));
      server.flush();
    } catch (GeneralSecurityException e) {
      throw new IOException("This JVM has no SCRAM-SHA-256", e);
    }
  }

  private static byte[] mac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String rest(Frame frame) {
    return new String(
        frame.body(), Integer.BYTES, frame.body().length - Integer.BYTES, StandardCharsets.UTF_8);
  }
}
