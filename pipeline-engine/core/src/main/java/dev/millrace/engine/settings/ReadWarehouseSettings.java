package dev.millrace.engine.settings;

import dev.millrace.engine.pipeline.yaml.YamlMap;
import dev.millrace.engine.pipeline.yaml.YamlValue;
import dev.millrace.engine.settings.WarehouseSettings.Login;
import dev.millrace.engine.settings.WarehouseSettings.Postgres;
import dev.millrace.engine.settings.WarehouseSettings.Redshift;
import dev.millrace.engine.settings.WarehouseSettings.Server;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `warehouse:` of a home's settings.
final class ReadWarehouseSettings {

  private static final List<String> KINDS = List.of("postgres", "redshift");
  private static final List<String> LOGINS = List.of("password", "iam", "secret");
  private static final Pattern ENDPOINT =
      Pattern.compile("([A-Za-z0-9._-]+)(?::(\\d{1,5}))?/([A-Za-z_][A-Za-z0-9_$-]*)");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern ROLE =
      Pattern.compile("default|arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]+(,arn:\\S+)?");
  private static final Pattern REGION = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)+");
  private static final Pattern S3_URL =
      Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(/.*)?");
  private static final String PASSWORD_VARIABLE = "MILLRACE_WAREHOUSE_PASSWORD";

  private ReadWarehouseSettings() {}

  /// Empty after telling a fault.
  static Optional<WarehouseSettings> read(YamlMap keys) {
    Optional<String> kind =
        keys.required("kind", "postgres or redshift").flatMap(v -> v.oneOf(KINDS));
    if (kind.equals(Optional.of("redshift"))) {
      return redshift(keys);
    }
    keys.only("kind", "endpoint", "user", "password_env", "tls");
    Optional<Matcher> endpoint =
        keys.required("endpoint", "host:5432/database").flatMap(ReadWarehouseSettings::endpoint);
    Optional<String> user = keys.required("user", "the database user").flatMap(YamlValue::text);
    Login login = password(keys);
    boolean tls = keys.optional("tls").flatMap(YamlValue::flag).orElse(true);
    if (kind.isEmpty() || endpoint.isEmpty() || user.isEmpty()) {
      return Optional.empty();
    }
    Matcher at = endpoint.get();
    return Optional.of(
        new Postgres(at.group(1), port(at, Postgres.PORT), at.group(3), user.get(), login, tls));
  }

  private static Optional<WarehouseSettings> redshift(YamlMap keys) {
    keys.only(
        "kind",
        "endpoint",
        "user",
        "login",
        "password_env",
        "secret",
        "role",
        "region",
        "staging",
        "tls");
    Optional<YamlValue> endpoint = keys.required("endpoint", "host:5439/database, or embedded");
    if (endpoint.flatMap(YamlValue::text).equals(Optional.of("embedded"))) {
      return Optional.of(Redshift.LOCAL);
    }
    Optional<Matcher> at = endpoint.flatMap(ReadWarehouseSettings::endpoint);
    Optional<String> role =
        keys.required("role", "the ARN of a role that reads the bucket, or default")
            .flatMap(v -> v.text(ROLE, "arn:aws:iam::<account>:role/<name>, or default"));
    Optional<String> user = keys.optional("user").flatMap(YamlValue::text);
    Optional<Login> login = login(keys, user);
    boolean tls = keys.optional("tls").flatMap(YamlValue::flag).orElse(true);
    Optional<String> region =
        keys.optional("region").flatMap(v -> v.text(REGION, "a region such as eu-central-1"));
    Optional<LakeSettings.S3> staging = keys.optional("staging").flatMap(v -> staging(v, region));
    if (at.isEmpty() || role.isEmpty() || login.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Redshift(
            new Server.At(at.get().group(1), port(at.get(), Redshift.PORT), tls),
            at.get().group(3),
            user,
            login.get(),
            role.get(),
            region,
            staging));
  }

  private static Optional<Login> login(YamlMap keys, Optional<String> user) {
    Optional<YamlValue> said = keys.optional("login");
    String way = said.flatMap(v -> v.oneOf(LOGINS)).orElse("iam");
    Optional<YamlValue> secret = keys.optional("secret");
    return switch (way) {
      case "secret" -> {
        if (secret.isEmpty()) {
          said.ifPresent(v -> v.fault("needs `secret`", "name the secret of Secrets Manager"));
        }
        yield secret.flatMap(YamlValue::text).map(Login.Secret::new);
      }
      case "password" -> {
        if (user.isEmpty()) {
          said.ifPresent(v -> v.fault("needs `user`", "name the database user"));
          yield Optional.empty();
        }
        yield Optional.of(password(keys));
      }
      default -> Optional.of(new Login.Iam());
    };
  }

  private static Login password(YamlMap keys) {
    return new Login.Password(
        keys.optional("password_env")
            .flatMap(v -> v.text(NAME, "the name of an environment variable"))
            .orElse(PASSWORD_VARIABLE));
  }

  private static Optional<Matcher> endpoint(YamlValue value) {
    Optional<String> text = value.text();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = ENDPOINT.matcher(text.get().strip());
    if (!matcher.matches()) {
      value.fault("is '" + text.get() + "'", "write host:port/database");
      return Optional.empty();
    }
    return Optional.of(matcher);
  }

  private static int port(Matcher endpoint, int otherwise) {
    return endpoint.group(2) == null ? otherwise : Integer.parseInt(endpoint.group(2));
  }

  private static Optional<LakeSettings.S3> staging(YamlValue value, Optional<String> region) {
    Optional<String> text = value.text();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = S3_URL.matcher(text.get().strip());
    if (!matcher.matches()) {
      value.fault("is '" + text.get() + "'", "write s3://bucket/prefix");
      return Optional.empty();
    }
    String prefix =
        matcher.group(2) == null
            ? ""
            : matcher.group(2).replaceFirst("^/", "").replaceFirst("/$", "");
    LakeSettings.S3 plain =
        LakeSettings.S3.of(matcher.group(1), prefix, new LakeSettings.Server.Aws());
    return Optional.of(
        new LakeSettings.S3(
            plain.bucket(),
            plain.prefix(),
            region,
            plain.server(),
            plain.pathStyle(),
            plain.encryption(),
            plain.storageClass(),
            plain.partBytes(),
            plain.cacheBytes(),
            plain.attempts(),
            plain.timeout()));
  }
}
