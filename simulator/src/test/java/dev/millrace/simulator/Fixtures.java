package dev.millrace.simulator;

import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.pipeline.PipelineFolder;
import dev.millrace.engine.pipeline.PipelineReader;
import dev.millrace.simulator.sink.EventSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Pipelines and sinks that the tests share.
public final class Fixtures {

  /// A feed without entity, kind, place and unit: receipts of a shop's till.
  public static final String TILL =
      """
      name: till-receipts
      version: 1
      feeds:
        receipts:
          kafka: { topic: receipts, key: id }
          schema:
            id: string not null
            paid: boolean not null
            cents: bigint
            article: string
            discount: double
            paid_at: timestamp not null
          roles: { time: paid_at, value: cents }
          watermark: 1m
      """;

  private Fixtures() {}

  /// The shipped feed, ranges and fleet; without tables, so that no SQL file is needed.
  public static PipelineFolder buildingSensors(Path parent) {
    String yaml = shipped("pipeline.yaml");
    Path folder = parent.resolve("building-sensors");
    write(folder, "pipeline.yaml", yaml.substring(0, yaml.indexOf("# In the SQL a table")));
    write(folder, "simulator.yaml", shipped("simulator.yaml"));
    return PipelineFolder.of(folder);
  }

  public static PipelineFolder till(Path parent, String simulator) {
    Path folder = parent.resolve("till-receipts");
    write(folder, "pipeline.yaml", TILL);
    write(folder, "simulator.yaml", simulator);
    return PipelineFolder.of(folder);
  }

  public static Pipeline pipeline(PipelineFolder folder) {
    return PipelineReader.read(folder);
  }

  static String shipped(String file) {
    try (InputStream in =
        Fixtures.class.getResourceAsStream("/pipelines/building-sensors/" + file)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Path write(Path folder, String name, String text) {
    try {
      Files.createDirectories(folder);
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Keeps what it is sent.
  public static final class Kept implements EventSink {

    public final List<byte[]> keys = new ArrayList<>();
    public final List<byte[]> values = new ArrayList<>();
    public int flushes;
    public boolean closed;

    @Override
    public void send(byte[] key, byte[] value) {
      if (closed) {
        throw new IllegalStateException("sent after close");
      }
      keys.add(key);
      values.add(value);
    }

    @Override
    public void flush() {
      flushes++;
    }

    @Override
    public void close() {
      closed = true;
    }

    public List<String> texts() {
      return values.stream().map(v -> new String(v, StandardCharsets.UTF_8)).toList();
    }

    public List<String> keyTexts() {
      return keys.stream().map(v -> new String(v, StandardCharsets.UTF_8)).toList();
    }
  }
}
