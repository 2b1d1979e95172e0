package dev.millrace.engine.pipeline;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.pipeline.yaml.Faults;
import dev.millrace.engine.pipeline.yaml.Texts;
import dev.millrace.engine.pipeline.yaml.YamlDocument;
import dev.millrace.engine.pipeline.yaml.YamlMap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// The folder a pipeline's files lie in: one on disk, or one shipped on the class path.
///
/// Files are named by their path within the folder, with `/`.
public sealed interface PipelineFolder {

  /// Bytes a file of a pipeline may have.
  int LARGEST_FILE = 4 << 20;

  /// A folder on disk.
  static PipelineFolder of(Path folder) {
    return new OnDisk(folder);
  }

  /// A shipped folder; whether there is one shows when a file of it is read.
  static PipelineFolder shipped(String name) {
    return new Shipped(name);
  }

  /// The folder's own name.
  String name();

  /// Path of a file as the user knows it.
  String shown(String file);

  /// The file's bytes, or empty when there is no such file.
  ///
  /// @throws IOException when it is there and cannot be read, or is over [#LARGEST_FILE]
  Optional<byte[]> bytes(String file) throws IOException;

  /// The top mapping of a YAML file of the folder; empty when it is not there or has faults, which
  /// are told.
  default Optional<YamlMap> yaml(String file, Faults faults) {
    try {
      return bytes(file).flatMap(bytes -> YamlDocument.read(shown(file), bytes, faults));
    } catch (IOException e) {
      faults.add(shown(file), 0, "it cannot be read: " + e.getMessage(), "mend its rights or size");
      return Optional.empty();
    }
  }

  /// Whether the path stays within the folder.
  static boolean isInside(String file) {
    return Inside.FORM.matcher(file).matches();
  }

  /// The text of a file, or empty after telling what keeps it from being read.
  default Optional<String> text(String file, Faults faults) {
    try {
      return bytes(file).flatMap(bytes -> Texts.decode(shown(file), bytes, faults));
    } catch (IOException e) {
      faults.add(shown(file), 0, "it cannot be read: " + e.getMessage(), "mend its rights or size");
      return Optional.empty();
    }
  }

  /// Words, digits, `.`, `_` and `-` between single slashes, no part beginning with a dot.
  final class Inside {
    private static final Pattern FORM =
        Pattern.compile("[\\w-][\\w.-]*(/[\\w-][\\w.-]*)*", Pattern.UNICODE_CHARACTER_CLASS);

    private Inside() {}
  }

  /// On disk.
  record OnDisk(Path folder) implements PipelineFolder {

    @Override
    public String name() {
      Path whole = folder.toAbsolutePath().normalize();
      return whole.getFileName() == null ? "" : whole.getFileName().toString();
    }

    @Override
    public String shown(String file) {
      return folder.resolve(file).toString();
    }

    @Override
    public Optional<byte[]> bytes(String file) throws IOException {
      Path path = folder.resolve(file);
      if (!Files.exists(path)) {
        return Optional.empty();
      }
      if (Files.isDirectory(path)) {
        throw new IOException("it is a folder");
      }
      if (!Files.isReadable(path)) {
        throw new IOException("access is denied");
      }
      try (InputStream in = Files.newInputStream(path)) {
        return Optional.of(bounded(in));
      }
    }
  }

  /// On the class path.
  record Shipped(String name) implements PipelineFolder {

    @Override
    public String shown(String file) {
      return "classpath:pipelines/" + name + "/" + file;
    }

    @Override
    public Optional<byte[]> bytes(String file) throws IOException {
      try (InputStream in =
          PipelineFolder.class.getResourceAsStream("/pipelines/" + name + "/" + file)) {
        return in == null ? Optional.empty() : Optional.of(bounded(in));
      }
    }
  }

  private static byte[] bounded(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
    if (bytes.length > LARGEST_FILE) {
      throw new IOException("it is larger than " + (LARGEST_FILE >> 20) + " MiB");
    }
    return bytes;
  }

  /// That the folder holds no pipeline.
  default MillraceException missing() {
    return new MillraceException(
        ErrorCode.FILE,
        "there is no " + shown("pipeline.yaml"),
        "name a folder that holds a pipeline.yaml");
  }
}
