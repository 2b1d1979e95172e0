package dev.millrace.app.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.engine.model.Home;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where one running process tells its metrics, as it stands in a file of its home.
///
/// @param pid the process
/// @param command what it runs, for example `stream run`
public record MetricsEndpoint(long pid, String command, URI url) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /// Label that tells the processes of a home apart.
  public String process() {
    return command.replace(' ', '-') + "-" + pid;
  }

  void write(Home home) throws IOException {
    Path folder = Files.createDirectories(home.metrics());
    Path draft = Files.createTempFile(folder, "endpoint", ".tmp");
    Files.writeString(
        draft,
        JSON.createObjectNode()
                .put("pid", pid)
                .put("command", command)
                .put("url", url.toString())
                .toPrettyString()
            + "\n");
    Files.move(
        draft, file(home), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void delete(Home home) throws IOException {
    Files.deleteIfExists(file(home));
  }

  private Path file(Home home) {
    return home.metrics().resolve(pid + ".json");
  }

  /// Those of processes that live, by process; files of others are removed.
  public static List<MetricsEndpoint> of(Home home) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(home.metrics())) {
      files = all.filter(file -> file.toString().endsWith(".json")).toList();
    } catch (NoSuchFileException _) {
      return List.of();
    }
    List<MetricsEndpoint> living = new ArrayList<>();
    for (Path file : files) {
      Optional<MetricsEndpoint> endpoint = read(file);
      if (endpoint.isPresent() && alive(endpoint.get().pid())) {
        living.add(endpoint.get());
      } else {
        Files.deleteIfExists(file);
      }
    }
    living.sort(Comparator.comparingLong(MetricsEndpoint::pid));
    return living;
  }

  private static boolean alive(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  private static Optional<MetricsEndpoint> read(Path file) throws IOException {
    try {
      JsonNode json = JSON.readTree(Files.readString(file));
      return Optional.of(
          new MetricsEndpoint(
              json.required("pid").asLong(),
              json.required("command").asText(),
              URI.create(json.required("url").asText())));
    } catch (NoSuchFileException | JsonProcessingException | IllegalArgumentException _) {
      // Its process ended meanwhile, or the file is none of ours.
      return Optional.empty();
    }
  }
}
