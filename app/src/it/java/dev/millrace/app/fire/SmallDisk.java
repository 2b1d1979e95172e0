package dev.millrace.app.fire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A disk of a few megabytes, laid over a folder in a mount namespace of its own: only processes
/// that are started {@link #within()} it see it there. It can be filled and made read-only.
final class SmallDisk implements AutoCloseable {

  private static final int MEGABYTES = 24;
  private static final String SET_UP =
      "mount -t tmpfs -o size=" + MEGABYTES + "m millrace-fire \"$1\" && echo mounted && exec cat";

  private final Process holder;
  private final List<String> within;
  private final Path folder;

  private SmallDisk(Process holder, List<String> within, Path folder) {
    this.holder = holder;
    this.within = within;
    this.folder = folder;
  }

  /// Empty where this machine lets nobody mount anything: no Linux, or namespaces are forbidden.
  static Optional<SmallDisk> over(Path folder) {
    return over(folder, List.of("unshare", "-m"), List.of("-m"))
        .or(
            () ->
                over(
                    folder,
                    List.of("unshare", "-Urm"),
                    List.of("-U", "-m", "--preserve-credentials")));
  }

  private static Optional<SmallDisk> over(Path folder, List<String> unshare, List<String> enter) {
    List<String> command = new ArrayList<>(unshare);
    command.addAll(List.of("sh", "-c", SET_UP, "sh", folder.toString()));
    try {
      Files.createDirectories(folder);
      Process holder =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      byte[] answer = holder.getInputStream().readNBytes("mounted\n".length());
      if (!new String(answer, StandardCharsets.UTF_8).equals("mounted\n")) {
        holder.destroyForcibly();
        return Optional.empty();
      }
      List<String> within = new ArrayList<>(List.of("nsenter", "-t", "" + holder.pid()));
      within.addAll(enter);
      return Optional.of(new SmallDisk(holder, within, folder));
    } catch (IOException _) {
      // No such program: not a machine this can be tried on.
      return Optional.empty();
    }
  }

  /// The command that runs another within the disk's namespace.
  List<String> within() {
    return within;
  }

  /// Where this process sees what lies on the disk.
  Path seen() {
    return Path.of("/proc", "" + holder.pid(), "root").resolve(folder.toString().substring(1));
  }

  /// Fills it to the last byte.
  void fill() {
    byte[] block = new byte[1 << 12];
    try (OutputStream out = Files.newOutputStream(seen().resolve("ballast"))) {
      for (int i = 0; i <= (MEGABYTES << 20) / block.length; i++) {
        out.write(block);
      }
      throw new AssertionError("The small disk is never full");
    } catch (IOException full) {
      if (full.getMessage() == null || !full.getMessage().contains("No space left")) {
        throw new UncheckedIOException(full);
      }
    }
  }

  void free() {
    try {
      Files.delete(seen().resolve("ballast"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Makes every write be refused; waits while one is under way.
  void refuseWrites() {
    Await.until("the disk can be made read-only", () -> remount("ro"));
  }

  void allowWrites() {
    Await.until("the disk can be made writable", () -> remount("rw"));
  }

  private boolean remount(String mode) {
    List<String> command = new ArrayList<>(within);
    command.addAll(List.of("mount", "-o", "remount,bind," + mode, folder.toString()));
    try {
      Process mount = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (InputStream said = mount.getInputStream()) {
        said.readAllBytes();
      }
      return mount.waitFor() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /// Takes the disk away, with all that lies on it.
  @Override
  public void close() {
    try {
      holder.getOutputStream().close();
      if (!holder.waitFor(10, TimeUnit.SECONDS)) {
        holder.destroyForcibly();
      }
    } catch (IOException e) {
      holder.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
