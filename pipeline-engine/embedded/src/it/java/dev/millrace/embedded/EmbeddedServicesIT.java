package dev.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.model.ServiceEndpoints;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedServicesIT {

  @TempDir Path folder;

  @Test
  void theSameDataAndAddressesAfterARestart() throws Exception {
    Home home = home();
    ServiceEndpoints first;
    try (ServicesHandle services = EmbeddedServices.startOrAttach(home, Progress.NONE)) {
      first = services.endpoints();
      assertThat(services.owner()).isTrue();
      assertThat(services.fault()).isEmpty();
      ServicesProbe.makeTopicAndTable(first);
      ServicesProbe.write(first, "before");
      assertThat(ServicesProbe.query(first, "SHOW fsync")).containsExactly("on");
      assertThat(ServicesProbe.query(first, "SHOW synchronous_commit")).containsExactly("on");
      assertThat(ServicesProbe.query(first, "SHOW full_page_writes")).containsExactly("on");
      assertThat(mode(home.services().resolve("endpoints.json"))).isEqualTo("rw-------");
      assertThat(mode(home.services().resolve("postgres/password"))).isEqualTo("rw-------");
    }
    assertThat(home.services().resolve("endpoints.json")).doesNotExist();
    assertThat(PostmasterFile.read(home.services().resolve("postgres/data"))).isEmpty();

    try (ServicesHandle services = EmbeddedServices.startOrAttach(home, Progress.NONE)) {
      ServiceEndpoints second = services.endpoints();
      assertThat(second).isEqualTo(first);
      ServicesProbe.write(second, "after");
      assertThat(ServicesProbe.inTopic(second)).containsExactly("before", "after");
      assertThat(ServicesProbe.inTable(second)).containsExactly("before", "after");
    }

    int port = Integer.parseInt(first.kafka().replaceFirst(".*:", ""));
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"));
        ServicesHandle services = EmbeddedServices.startOrAttach(home, Progress.NONE)) {
      ServiceEndpoints third = services.endpoints();
      assertThat(third.kafka()).as("its port was taken meanwhile").isNotEqualTo(first.kafka());
      assertThat(third.jdbcUrl()).isEqualTo(first.jdbcUrl());
      ServicesProbe.write(third, "last");
      assertThat(ServicesProbe.inTopic(third)).containsExactly("before", "after", "last");
      assertThat(ServicesProbe.inTable(third)).containsExactly("before", "after", "last");
    }
  }

  @Test
  void aWrongPasswordIsRefused() throws Exception {
    try (ServicesHandle services = EmbeddedServices.startOrAttach(home(), Progress.NONE)) {
      ServiceEndpoints right = services.endpoints();
      ServiceEndpoints wrong =
          new ServiceEndpoints(right.kafka(), right.jdbcUrl(), right.user(), "wrong");
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> ServicesProbe.query(wrong, "SELECT 1"))
          .withMessageContaining("password authentication failed");
      // Within a query that runs under a reader's role nothing takes the superuser's rights back.
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(
              () ->
                  ServicesProbe.query(
                      right, "SET ROLE pg_read_all_data; SELECT set_config('role', 'none', false)"))
          .withMessageContaining("permission denied for function set_config");
    }
  }

  @Test
  void aKilledOwnersServerEndsWithIt() throws Exception {
    Home home = home();
    try (OwnerProcess owner = OwnerProcess.start(home.root())) {
      assertThat(owner.said()).isEqualTo("owner");
      long server = postmaster(home).orElseThrow();
      assertThat(alive(server)).isTrue();
      owner.kill();
      awaitEnd(server);
    }
    assertThat(postmaster(home)).isEmpty();
  }

  @Test
  void aKilledOwnerLosesNothingAndAServerLeftBehindIsEnded() throws Exception {
    Home home = home();
    long orphan;
    try (OwnerProcess owner = OwnerProcess.start(home.root())) {
      assertThat(owner.said()).isEqualTo("owner");
      try (ServicesHandle attached = EmbeddedServices.startOrAttach(home, Progress.NONE)) {
        assertThat(attached.owner()).isFalse();
        ServicesProbe.makeTopicAndTable(attached.endpoints());
        ServicesProbe.write(attached.endpoints(), "before");
        owner.killKeeper();
        owner.kill();
        assertThat(attached.fault()).isPresent();
      }
      orphan = postmaster(home).orElseThrow();
      assertThat(alive(orphan)).isTrue();
    }

    try (ServicesHandle services = EmbeddedServices.startOrAttach(home, Progress.NONE)) {
      assertThat(services.owner()).isTrue();
      awaitEnd(orphan);
      ServicesProbe.write(services.endpoints(), "after");
      assertThat(ServicesProbe.inTopic(services.endpoints())).containsExactly("before", "after");
      assertThat(ServicesProbe.inTable(services.endpoints())).containsExactly("before", "after");
    }
  }

  @Test
  void anAttachedProcessLeavesTheServicesRunning() throws Exception {
    Home home = home();
    try (ServicesHandle services = EmbeddedServices.startOrAttach(home, Progress.NONE)) {
      ServicesProbe.makeTopicAndTable(services.endpoints());
      try (OwnerProcess other = OwnerProcess.start(home.root())) {
        assertThat(other.said()).isEqualTo("attached");
        assertThat(other.terminate()).isEqualTo(143);
      }
      try (ServicesHandle again = EmbeddedServices.startOrAttach(home, Progress.NONE)) {
        assertThat(again.owner()).isFalse();
        assertThat(again.endpoints()).isEqualTo(services.endpoints());
      }
      ServicesProbe.write(services.endpoints(), "still here");
      assertThat(ServicesProbe.inTable(services.endpoints())).containsExactly("still here");
    }
  }

  @Test
  void sigtermStopsTheServicesInOrder() throws Exception {
    Home home = home();
    try (OwnerProcess owner = OwnerProcess.start(home.root())) {
      assertThat(owner.said()).isEqualTo("owner");
      long server = postmaster(home).orElseThrow();
      assertThat(owner.terminate()).isEqualTo(143);
      awaitEnd(server);
      assertThat(home.services().resolve("endpoints.json")).doesNotExist();
    }
  }

  @Test
  void twoAtOnceAgreeOnOneOwner() throws Exception {
    Home home = home();
    try (OwnerProcess other = OwnerProcess.start(home.root());
        ServicesHandle services = EmbeddedServices.startOrAttach(home, Progress.NONE)) {
      assertThat(List.of(other.said(), services.owner() ? "owner" : "attached"))
          .containsExactlyInAnyOrder("owner", "attached");
    }
  }

  @Test
  void aHolderThatDoesNotAnswerIsNamed() throws IOException {
    Home home = home();
    try (HomeLock _ = HomeLock.tryAcquire(home.services()).orElseThrow()) {
      List<String> heard = new ArrayList<>();
      assertThatExceptionOfType(MillraceException.class)
          .isThrownBy(
              () ->
                  EmbeddedServices.startOrAttach(
                      home, new Listening(heard), Duration.ofMillis(200)))
          .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.HOME))
          .withMessageContaining("did not answer");
      assertThat(heard).containsExactly("Waiting for the services another process is starting");
    }
  }

  @Test
  void aFixedPortThatIsTakenIsNamed() throws IOException {
    Home home = home();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      settings(home, "postgres_port: " + taken.getLocalPort() + "\n");
      assertThatExceptionOfType(MillraceException.class)
          .isThrownBy(() -> EmbeddedServices.startOrAttach(home, Progress.NONE))
          .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE))
          .withMessageContainingAll(
              Integer.toString(taken.getLocalPort()), "postgres_port", "services.yaml");
    }
  }

  @Test
  void fixedPortsAreKept() throws Exception {
    Home home = home();
    int kafka = freePort();
    settings(home, "kafka_port: " + kafka + "\n");
    try (ServicesHandle services = EmbeddedServices.startOrAttach(home, Progress.NONE)) {
      assertThat(services.endpoints().kafka()).isEqualTo("127.0.0.1:" + kafka);
    }
  }

  @Test
  void aHomeThatIsAFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    assertThatExceptionOfType(MillraceException.class)
        .isThrownBy(() -> EmbeddedServices.startOrAttach(new Home(file), Progress.NONE))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.HOME))
        .satisfies(e -> assertThat(e.remedy()).contains("--home"));
  }

  @Test
  void damagedDataIsReportedWithTheServersOwnWords() throws Exception {
    Home home = home();
    EmbeddedServices.startOrAttach(home, Progress.NONE).close();
    Files.writeString(home.services().resolve("postgres/data/PG_VERSION"), "9.6\n");
    assertThatExceptionOfType(MillraceException.class)
        .isThrownBy(() -> EmbeddedServices.startOrAttach(home, Progress.NONE))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE))
        .withMessageContaining("9.6");
    assertThat(home.services().resolve("endpoints.json")).doesNotExist();
    try (HomeLock lock = HomeLock.tryAcquire(home.services()).orElseThrow()) {
      assertThat(lock).isNotNull();
    }
  }

  @Test
  void aStaleProcessFileOfAnotherProgramDoesNotBlock() throws Exception {
    Home home = home();
    EmbeddedServices.startOrAttach(home, Progress.NONE).close();
    Path data = home.services().resolve("postgres/data");
    Files.writeString(
        PostmasterFile.in(data),
        ProcessHandle.current().pid() + "\n" + data + "\n0\n1\n\n127.0.0.1\n");
    try (ServicesHandle services = EmbeddedServices.startOrAttach(home, Progress.NONE)) {
      assertThat(services.owner()).isTrue();
    }
    assertThat(ProcessHandle.current().isAlive()).isTrue();
  }

  @Test
  void cancellingLeavesNothingRunning() throws Exception {
    Home home = home();
    List<String> heard = new ArrayList<>();
    Progress impatient =
        new Progress() {
          @Override
          public void report(String what, long done, long total) {
            heard.add(what);
          }

          @Override
          public boolean cancelled() {
            return heard.contains("Starting PostgreSQL and Kafka");
          }
        };
    assertThatExceptionOfType(MillraceException.class)
        .isThrownBy(() -> EmbeddedServices.startOrAttach(home, impatient))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    assertThat(postmaster(home)).isEmpty();
  }

  private Home home() {
    return new Home(folder.resolve("a home"));
  }

  private static void settings(Home home, String yaml) throws IOException {
    Files.createDirectories(home.root());
    Files.writeString(home.root().resolve("services.yaml"), yaml);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private static Optional<Long> postmaster(Home home) throws IOException {
    return PostmasterFile.read(home.services().resolve("postgres/data")).map(PostmasterFile::pid);
  }

  private static boolean alive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  /// A server removes its process file a moment before it is gone.
  private static void awaitEnd(long pid) {
    ProcessHandle.of(pid)
        .ifPresent(process -> process.onExit().orTimeout(5, TimeUnit.SECONDS).join());
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private record Listening(List<String> heard) implements Progress {
    @Override
    public void report(String what, long done, long total) {
      heard.add(what);
    }

    @Override
    public boolean cancelled() {
      return false;
    }
  }
}
