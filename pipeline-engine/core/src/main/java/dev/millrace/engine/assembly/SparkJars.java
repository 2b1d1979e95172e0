package dev.millrace.engine.assembly;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.transform.EnginePart;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/// Spark's client, whose jars lie apart from the program's and are loaded by a class loader of
/// their own when a transform asks for Spark.
///
/// What that loader sees of the program are the engine's ports and the logging; nothing of the
/// program's libraries, whose versions are others, and nothing of Spark's reaches the program.
public final class SparkJars {

  /// System property that names the folder of the jars.
  public static final String PROPERTY = "millrace.spark.lib";

  /// System property that an installed program has.
  private static final String IMAGE = "millrace.image";

  private SparkJars() {}

  /// The folder of the jars, when there is one.
  public static Optional<Path> folder() {
    return Optional.ofNullable(System.getProperty(PROPERTY))
        .map(Path::of)
        .filter(Files::isDirectory);
  }

  /// Loads the part; each call has classes of its own.
  ///
  /// @throws MillraceException `MACHINE` when the jars are not here
  static EnginePart load() {
    Path folder =
        folder()
            .orElseThrow(
                () ->
                    missing(
                        "Spark's client is not here: "
                            + Optional.ofNullable(System.getProperty(PROPERTY))
                                .map(p -> "there is no folder " + p)
                                .orElse("no folder is named for it")));
    ClassLoader loader = new URLClassLoader("spark", jars(folder), new Shared());
    return ServiceLoader.load(EnginePart.class, loader)
        .findFirst()
        .orElseThrow(() -> missing(folder + " does not hold Spark's client"));
  }

  private static URL[] jars(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.getFileName().toString().endsWith(".jar"))
          .sorted()
          .map(SparkJars::url)
          .toArray(URL[]::new);
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.FILE, folder + " cannot be read: " + e.getMessage(), "mend its rights", e);
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("No address for " + jar, e);
    }
  }

  private static MillraceException missing(String what) {
    return new MillraceException(
        ErrorCode.MACHINE,
        what,
        (System.getProperty(IMAGE) == null
                ? "start with ./millrace, which builds it"
                : "install the package millrace-spark of the same version")
            + ", or run with --engine duckdb; nothing was changed");
  }

  /// What both sides know: the JDK, the engine's own types and the logging.
  private static final class Shared extends ClassLoader {

    private static final ClassLoader OURS = SparkJars.class.getClassLoader();

    Shared() {
      super("spark-shared", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith("dev.millrace.engine.") || name.startsWith("org.slf4j.")) {
        return OURS.loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }
}
