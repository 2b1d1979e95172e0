package dev.millrace.engine.settings;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.pipeline.yaml.YamlMap;
import dev.millrace.engine.pipeline.yaml.YamlValue;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where Spark is found: the section `spark` of a home's settings.
///
/// @param connect a Spark Connect address, `sc://host:port/;key=value`; `${NAME}` in it stands for
///   an environment variable, so that no token lies in a file
/// @param lake the lake's place as the cluster names it (`file:/mnt/lake`, `s3a://bucket/prefix`);
///   empty when it is the same there
/// @param patience how long a lost connection is tried again
public record SparkSettings(String connect, Optional<String> lake, Duration patience) {

  /// The port of Spark Connect, when none is said.
  public static final int PORT = 15002;

  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
  private static final Pattern ADDRESS =
      Pattern.compile("sc://(\\[[0-9A-Fa-f:.]+]|[0-9A-Za-z._-]+)(:\\d{1,5})?(/(;[^\\s]*)?)?");
  private static final Pattern FOLDER = Pattern.compile("[a-z][a-z0-9+.-]*:/[^\\s]*");

  /// A server on this machine, under Spark's own port.
  public static final SparkSettings LOCAL =
      new SparkSettings("sc://localhost:" + PORT, Optional.empty(), PATIENCE);

  public SparkSettings {
    if (!ADDRESS.matcher(connect).matches()) {
      throw new MillraceException(
          ErrorCode.USAGE,
          "'" + withoutSecrets(connect) + "' is no Spark Connect address",
          "write for example sc://localhost:15002, or sc://host:443/;use_ssl=true;token=${TOKEN}");
    }
  }

  /// Reads the section; what is wrong in it becomes a fault.
  static Optional<SparkSettings> read(YamlMap section) {
    section.only("connect", "lake", "patience");
    Optional<String> connect =
        section
            .required("connect", "sc://localhost:15002")
            .flatMap(v -> v.text(ADDRESS, "for example sc://localhost:15002"));
    Optional<String> lake =
        section
            .optional("lake")
            .flatMap(v -> v.text(FOLDER, "an address of a folder, for example file:/mnt/lake"));
    Optional<Duration> patience =
        section
            .optional("patience")
            .flatMap((YamlValue v) -> v.duration(Duration.ofSeconds(1), Duration.ofHours(1)));
    return connect.map(c -> new SparkSettings(c, lake, patience.orElse(PATIENCE)));
  }

  public String host() {
    String host = uri().getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  public int port() {
    return uri().getPort() < 0 ? PORT : uri().getPort();
  }

  /// Host and port, for people: no token is in it.
  public String address() {
    return host() + ":" + port();
  }

  /// The address with the environment's values in it; never to be shown.
  ///
  /// @throws MillraceException `USAGE` when a variable is not set
  public String resolved(Map<String, String> environment) {
    Matcher matcher = VARIABLE.matcher(connect);
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      String value = environment.get(matcher.group(1));
      if (value == null || value.isBlank()) {
        throw new MillraceException(
            ErrorCode.USAGE,
            "spark.connect names the environment variable "
                + matcher.group(1)
                + ", which is not set",
            "set it, for example to the cluster's access token");
      }
      matcher.appendReplacement(text, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(text).toString();
  }

  /// The address without what may be secret.
  @Override
  public String toString() {
    return "Spark at " + address();
  }

  private URI uri() {
    return URI.create(withoutSecrets(connect));
  }

  private static String withoutSecrets(String connect) {
    int parameters = connect.indexOf(";");
    return parameters < 0 ? connect : connect.substring(0, parameters);
  }
}
