package dev.millrace.engine.pipeline;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.ProblemsException;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.pipeline.yaml.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The pipelines of a home: those that ship, and the user's own under `<home>/pipelines`.
///
/// A user's folder wins over a shipped one of the same name. The folders are looked at anew with
/// every call, so that an edited definition counts at once. Safe for any thread.
public final class Pipelines {

  /// Where a pipeline comes from.
  public enum Origin {
    SHIPPED("ships with Millrace"),
    OWN("the user's own"),
    OWN_FOR_SHIPPED("the user's own, instead of the shipped one of this name");

    private final String words;

    Origin(String words) {
      this.words = words;
    }

    /// For people.
    public String words() {
      return words;
    }
  }

  /// A pipeline that can be asked for; reading it may still show faults.
  public record Listed(String name, Origin origin, PipelineFolder folder) {}

  private final Home home;

  public Pipelines(Home home) {
    this.home = home;
  }

  /// In the order of their names.
  public List<String> names() {
    return List.copyOf(byName().keySet());
  }

  /// In the order of their names.
  public List<Listed> listed() {
    return List.copyOf(byName().values());
  }

  /// @throws MillraceException when there is none of this name
  public Listed listed(String name) {
    Map<String, Listed> all = byName();
    Listed found = all.get(name);
    if (found == null) {
      throw unknown(name, all.keySet());
    }
    return found;
  }

  /// Reads a pipeline; faults of others do not matter.
  ///
  /// @throws ProblemsException when its definition has faults
  /// @throws MillraceException when there is none of this name
  public Pipeline find(String name) {
    return PipelineReader.read(listed(name).folder());
  }

  private static MillraceException unknown(String name, Collection<String> names) {
    return new MillraceException(
        ErrorCode.USAGE,
        "there is no pipeline '" + name + "'",
        Nearest.to(name, names)
            .map(near -> "did you mean " + near + "?")
            .orElse("there are: " + String.join(", ", names)));
  }

  private Map<String, Listed> byName() {
    Map<String, Listed> all = new TreeMap<>();
    for (String name : shippedNames()) {
      all.put(name, new Listed(name, Origin.SHIPPED, PipelineFolder.shipped(name)));
    }
    for (Path folder : ownFolders()) {
      String name = folder.getFileName().toString();
      Origin origin = all.containsKey(name) ? Origin.OWN_FOR_SHIPPED : Origin.OWN;
      all.put(name, new Listed(name, origin, PipelineFolder.of(folder)));
    }
    return all;
  }

  private List<Path> ownFolders() {
    Path folder = home.pipelines();
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(e -> Files.exists(e.resolve(PipelineReader.FILE))).toList();
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.FILE,
          "the folder of pipelines " + folder + " cannot be read: " + e.getMessage(),
          "mend its rights",
          e);
    }
  }

  /// Names of the pipelines that ship, as `pipelines/index` on the class path lists them.
  static List<String> shippedNames() {
    try (InputStream in = Pipelines.class.getResourceAsStream("/pipelines/index")) {
      if (in == null) {
        throw new IllegalStateException("/pipelines/index is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
