package dev.millrace.views;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Preferences in a properties file, written at each change.
public final class FilePreferences implements Preferences {

  private static final Logger log = LoggerFactory.getLogger(FilePreferences.class);

  private final Path file;
  private final Properties values = new Properties();

  public FilePreferences(Path file) {
    this.file = file;
    if (Files.isReadable(file)) {
      try (Reader in = Files.newBufferedReader(file)) {
        values.load(in);
      } catch (IOException | IllegalArgumentException e) {
        log.warn("{} cannot be read; the console starts with its defaults", file, e);
      }
    }
  }

  @Override
  public Optional<String> value(String key) {
    return Optional.ofNullable(values.getProperty(key));
  }

  @Override
  public void keep(String key, String value) {
    values.setProperty(key, value);
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      try (Writer out = Files.newBufferedWriter(file)) {
        values.store(out, "Millrace console");
      }
    } catch (IOException e) {
      log.warn("{} cannot be written; {} is remembered until the console closes", file, key, e);
    }
  }
}
