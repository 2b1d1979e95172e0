package dev.millrace.app.fire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.app.Program;
import dev.millrace.engine.ingest.kafka.TopicWatch;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.TopicPartition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/// One home with its services in a process of their own, and the lines laid in it.
final class Ground implements AutoCloseable {

  private static final List<String> QUICK_START =
      List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final Home home;
  private final Path agent;
  private final List<Program> started = new ArrayList<>();
  private final SplittableRandom random;
  private final String servers;
  private final TopicWatch topics;
  private final Admin admin;
  private final Line main;
  private final Line narrow;
  private Program services;

  private Ground(Home home, Path agent, Program services, SplittableRandom random)
      throws IOException {
    this.home = home;
    this.agent = agent;
    this.services = services;
    this.random = random;
    servers =
        services
            .printed()
            .lines()
            .filter(l -> l.startsWith("kafka "))
            .map(l -> l.substring("kafka ".length()).strip())
            .findFirst()
            .orElseThrow();
    topics = new TopicWatch(servers);
    admin = Admin.create(Map.of("bootstrap.servers", servers));
    main = Line.lay(home, "fire", servers, random);
    narrow = Line.lay(home, "narrow", servers, random);
  }

  static Ground prepare(Path folder, long seed) throws IOException {
    Home home = new Home(folder.resolve("home"));
    return new Ground(home, HaltAgent.jar(folder), services(home), new SplittableRandom(seed));
  }

  private static Program services(Home home) {
    Program services = Program.start(home.root(), List.of(), QUICK_START, "services");
    Await.until("the services run", () -> services.told().contains("Running; Ctrl+C stops them"));
    return services;
  }

  SplittableRandom random() {
    return random;
  }

  String servers() {
    return servers;
  }

  /// The line whose lake lies on the home's disk.
  Line main() {
    return main;
  }

  /// The line whose lake a fault may lay elsewhere.
  Line narrow() {
    return narrow;
  }

  /// The process of broker and database.
  Program services() {
    return services;
  }

  /// As `kill -9` of broker and database, and their start in a new process.
  void killServices() {
    services.kill();
  }

  void startServices() {
    services = services(home);
  }

  /// A worker that runs until it is told to end.
  Program worker(Line line) {
    return worker(line, List.of());
  }

  /// @param within command that runs it
  Program worker(Line line, List<String> within) {
    Program worker = Program.start(home.root(), within, QUICK_START, "stream", "run", line.name());
    started.add(worker);
    return worker;
  }

  /// A worker that ends at the point, or else when it has caught up.
  Program workerThatHalts(Line line, HaltPoint point) {
    List<String> options = new ArrayList<>(QUICK_START);
    options.add(HaltAgent.option(agent, point));
    Program worker =
        Program.start(
            home.root(), List.of(), options, "stream", "run", line.name(), "--until-caught-up");
    started.add(worker);
    return worker;
  }

  /// Lets a worker take in all that stands in the topic, and checks that the tables hold it.
  void settle(Line line) {
    Map<Integer, Long> ends = ends(line);
    try (Program worker =
        Program.start(
            home.root(),
            List.of(),
            QUICK_START,
            "stream",
            "run",
            line.name(),
            "--until-caught-up")) {
      worker.await().succeeded();
    }
    assertThat(Ledger.markers(line.lake(), line.feed())).isEqualTo(ends);
  }

  /// Ends of the partitions that hold events.
  TreeMap<Integer, Long> ends(Line line) {
    TreeMap<Integer, Long> ends = new TreeMap<>();
    topics
        .ends(line.topic())
        .orElse(Map.of())
        .forEach(
            (TopicPartition at, Long end) -> {
              if (end > 0) {
                ends.put(at.partition(), end);
              }
            });
    return ends;
  }

  /// The ends, as soon as the broker answers.
  Map<Integer, Long> awaitEnds(Line line) {
    Await.until("the broker answers", () -> !ends(line).isEmpty());
    return ends(line);
  }

  /// Waits until so many workers share the line's partitions, each with one at least.
  void awaitMembers(Line line, int members) {
    Await.until(
        () -> members + " workers read " + line.topic() + "; they told: " + told(),
        () -> sharing(line) == members);
  }

  void awaitNoMember(Line line) {
    Await.until(
        "nobody reads " + line.topic(), () -> members(line).filter(List::isEmpty).isPresent());
  }

  private String told() {
    return started.stream()
        .filter(p -> p.process().isAlive())
        .map(Program::told)
        .reduce("", (a, b) -> a + "\n" + b);
  }

  private int sharing(Line line) {
    List<Integer> shares = members(line).orElse(List.of());
    boolean all = shares.stream().mapToInt(Integer::intValue).sum() == 3;
    return all && !shares.contains(0) ? shares.size() : -1;
  }

  /// How many partitions each of the group's members reads; empty when nobody can say now.
  private Optional<List<Integer>> members(Line line) {
    try {
      return Optional.of(
          admin
              .describeConsumerGroups(List.of(line.group()))
              .all()
              .get(10, TimeUnit.SECONDS)
              .values()
              .stream()
              .flatMap(group -> group.members().stream())
              .map(member -> member.assignment().topicPartitions().size())
              .toList());
    } catch (ExecutionException | TimeoutException _) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /// Waits until Bronze's markers stand beyond these ends.
  void awaitMarkers(Path lake, Line line, Map<Integer, Long> ends) {
    Await.until(
        () -> "Bronze of " + line.name() + " holds " + ends + "; the workers told: " + told(),
        () -> {
          Map<Integer, Long> markers = Ledger.markers(lake, line.feed());
          return ends.entrySet().stream()
              .allMatch(e -> markers.getOrDefault(e.getKey(), 0L) >= e.getValue());
        });
  }

  @Override
  public void close() {
    started.forEach(Program::close);
    admin.close();
    topics.close();
    services.terminate();
    var _ = services.await();
    services.close();
  }
}
