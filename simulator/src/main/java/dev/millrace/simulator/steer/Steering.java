package dev.millrace.simulator.steer;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Gives orders to the simulators whose [SteeringPort] has its file in a folder.
public final class Steering {

  /// What one simulator answered.
  ///
  /// @param process number of the simulator's process
  /// @param refusal why it did not do so; empty when it did
  public record Answer(long process, List<String> lines, Optional<MillraceException> refusal) {}

  private Steering() {}

  /// Gives the order to every simulator that runs; files of those that run no more are removed.
  ///
  /// @return answers, in order of the processes' numbers; none when no simulator runs
  public static List<Answer> give(Path folder, String order) {
    if (order.indexOf('\n') >= 0 || order.length() > SteeringPort.LONGEST_ORDER / 2) {
      throw new MillraceException(
          ErrorCode.USAGE, "an order is one line of text", "give one order at a time");
    }
    List<Answer> answers = new ArrayList<>();
    try {
      for (Path file : files(folder)) {
        ask(file, order).ifPresent(answers::add);
      }
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.SERVICE,
          "the order did not get through: " + e.getMessage(),
          "see that the simulator still runs, and give it again",
          e);
    }
    return answers;
  }

  private static List<Path> files(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> found =
          Files.newDirectoryStream(folder, SteeringPort.PREFIX + "*[0-9]")) {
        found.forEach(files::add);
      }
    }
    files.sort(null);
    return files;
  }

  private static Optional<Answer> ask(Path file, String order) throws IOException {
    String[] words = Files.readString(file).strip().split(" ");
    long process =
        Long.parseLong(String.valueOf(file.getFileName()).substring(SteeringPort.PREFIX.length()));
    if (words.length != 2) {
      throw new IOException(file + " is not as a simulator writes it");
    }
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(SteeringPort.LONGEST_SILENCE_MILLIS);
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(words[0])),
          SteeringPort.LONGEST_SILENCE_MILLIS);
      socket
          .getOutputStream()
          .write((words[1] + " " + order + "\n").getBytes(StandardCharsets.UTF_8));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      List<String> lines = in.lines().toList();
      if (lines.isEmpty()) {
        throw new IOException("simulator " + process + " broke off");
      }
      return Optional.of(answer(process, lines));
    } catch (ConnectException _) {
      // Its process ended without closing the port.
      Files.deleteIfExists(file);
      return Optional.empty();
    }
  }

  private static Answer answer(long process, List<String> lines) {
    if (lines.getFirst().equals("ok")) {
      return new Answer(process, lines.subList(1, lines.size()), Optional.empty());
    }
    String what = lines.size() > 1 ? lines.get(1) : "refused";
    String remedy = lines.size() > 2 ? lines.get(2) : "give another order";
    return new Answer(
        process, List.of(), Optional.of(new MillraceException(ErrorCode.USAGE, what, remedy)));
  }
}
