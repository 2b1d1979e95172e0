package dev.millrace.embedded;

import dev.millrace.engine.error.Problem;
import dev.millrace.engine.error.ProblemsException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// Settings of the embedded services: `services.yaml` in the home, which need not exist.
///
/// @param file where it was looked for, for messages
/// @param kafkaPort fixed port of the broker (`kafka_port`); a free one is chosen when empty
/// @param postgresPort fixed port of the database (`postgres_port`), likewise
/// @param s3Port fixed port of the S3 server (`s3_port`), likewise
record ServicesSettings(
    Path file, OptionalInt kafkaPort, OptionalInt postgresPort, OptionalInt s3Port) {

  static final String KAFKA_PORT = "kafka_port";
  static final String POSTGRES_PORT = "postgres_port";
  static final String S3_PORT = "s3_port";

  /// @throws ProblemsException with every fault in the file
  static ServicesSettings read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException _) {
      return new ServicesSettings(
          file, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
    } catch (MalformedInputException _) {
      throw refused(file, new Problem(file.toString(), 0, "is no UTF-8 text", "save it as UTF-8"));
    } catch (IOException e) {
      throw ServiceErrors.fileFailed("Reading the services' settings", file, e);
    }
    return parse(file, text);
  }

  private static ServicesSettings parse(Path file, String text) {
    List<Problem> problems = new ArrayList<>();
    Map<String, Integer> ports = new LinkedHashMap<>();
    for (NodeTuple entry : entries(file, text)) {
      String key = entry.getKeyNode() instanceof ScalarNode key_ ? key_.getValue() : "";
      int line = line(entry.getKeyNode().getStartMark());
      if (!List.of(KAFKA_PORT, POSTGRES_PORT, S3_PORT).contains(key)) {
        problems.add(
            new Problem(
                file.toString(),
                line,
                "unknown key '" + key + "'",
                "write " + KAFKA_PORT + ", " + POSTGRES_PORT + " or " + S3_PORT));
        continue;
      }
      OptionalInt port = port(entry.getValueNode());
      if (port.isEmpty()) {
        problems.add(
            new Problem(
                file.toString(), line, key + " is no port", "write a number from 1024 to 65535"));
      } else if (ports.containsValue(port.getAsInt())) {
        problems.add(
            new Problem(
                file.toString(), line, key + " is another's port", "write a different number"));
      } else {
        ports.put(key, port.getAsInt());
      }
    }
    if (!problems.isEmpty()) {
      throw refused(file, problems.toArray(Problem[]::new));
    }
    return new ServicesSettings(
        file, get(ports, KAFKA_PORT), get(ports, POSTGRES_PORT), get(ports, S3_PORT));
  }

  private static List<NodeTuple> entries(Path file, String text) {
    Optional<Node> root;
    try {
      root = new Compose(LoadSettings.builder().build()).composeString(text);
    } catch (MarkedYamlEngineException e) {
      throw refused(
          file,
          new Problem(
              file.toString(), line(e.getProblemMark()), e.getProblem(), "write it as key: value"));
    } catch (YamlEngineException e) {
      throw refused(
          file,
          new Problem(
              file.toString(), 0, String.valueOf(e.getMessage()), "write lines of key: value"));
    }
    if (root.isEmpty()) {
      return List.of();
    }
    if (root.get() instanceof MappingNode mapping) {
      return mapping.getValue();
    }
    throw refused(
        file,
        new Problem(file.toString(), 1, "is no list of settings", "write lines of key: value"));
  }

  private static OptionalInt port(Node node) {
    if (node instanceof ScalarNode scalar && scalar.getValue().matches("\\d{4,5}")) {
      int port = Integer.parseInt(scalar.getValue());
      return port >= 1024 && port <= 65535 ? OptionalInt.of(port) : OptionalInt.empty();
    }
    return OptionalInt.empty();
  }

  private static OptionalInt get(Map<String, Integer> ports, String key) {
    Integer port = ports.get(key);
    return port == null ? OptionalInt.empty() : OptionalInt.of(port);
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(m -> m.getLine() + 1).orElse(0);
  }

  private static ProblemsException refused(Path file, Problem... problems) {
    return new ProblemsException(file.toString(), List.of(problems));
  }
}
