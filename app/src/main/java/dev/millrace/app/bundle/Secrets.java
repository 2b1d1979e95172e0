package dev.millrace.app.bundle;

import dev.millrace.engine.model.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The secrets that the program uses on a home, so that they can be masked wherever they stand: its
/// services' own, those of its settings and pipelines and of the variables these name, and those of
/// AWS.
final class Secrets {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}|\\w+_env:\\s*(\\w+)");
  private static final long MOST_OF_A_DEFINITION = 1L << 20;
  private static final Logger LOG = LoggerFactory.getLogger(Secrets.class);

  private final Map<String, String> environment;
  private final Set<String> found = new LinkedHashSet<>();

  private Secrets(Map<String, String> environment) {
    this.environment = environment;
  }

  /// @param user the person's own folder, where AWS's tools keep keys
  static Set<String> of(Home home, Map<String, String> environment, Path user) {
    Secrets secrets = new Secrets(environment);
    secrets.lines(home.services().resolve("postgres").resolve("password"));
    secrets.lines(home.services().resolve("s3").resolve("credentials"));
    secrets.definition(home.root().resolve("settings.yaml"));
    secrets.definition(home.root().resolve("services.yaml"));
    secrets.pipelines(home.pipelines());
    secrets.definition(
        environment.containsKey("AWS_SHARED_CREDENTIALS_FILE")
            ? Path.of(environment.get("AWS_SHARED_CREDENTIALS_FILE"))
            : user.resolve(".aws").resolve("credentials"));
    environment.forEach(
        (name, value) -> secrets.found.addAll(Masking.secretsIn(name + "=" + value)));
    return Set.copyOf(secrets.found);
  }

  /// A file that holds nothing but secrets.
  private void lines(Path file) {
    found.addAll(read(file).lines().toList());
  }

  private void definition(Path file) {
    String text = read(file);
    found.addAll(Masking.secretsIn(text));
    Matcher variable = VARIABLE.matcher(text);
    while (variable.find()) {
      String name = variable.group(1) == null ? variable.group(2) : variable.group(1);
      found.add(environment.getOrDefault(name, ""));
    }
  }

  private void pipelines(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> definitions =
          all.filter(f -> f.toString().matches(".*\\.(?:ya?ml|json)")).toList();
      definitions.forEach(this::definition);
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("Secrets in {} are masked by their keys only", folder, e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.isRegularFile(file) && Files.size(file) <= MOST_OF_A_DEFINITION
          ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
          : "";
    } catch (IOException e) {
      LOG.warn("Secrets in {} are masked by their keys only", file, e);
      return "";
    }
  }
}
