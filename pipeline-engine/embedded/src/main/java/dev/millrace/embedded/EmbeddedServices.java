package dev.millrace.embedded;

import dev.millrace.embedded.redshift.Backend;
import dev.millrace.embedded.redshift.RedshiftStandIn;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.model.Progress;
import dev.millrace.engine.settings.HomeSettings;
import dev.millrace.engine.settings.LakeSettings;
import dev.millrace.engine.settings.WarehouseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Starts the services of a home, or attaches to those that run.
///
/// One process owns a home's services at a time; it holds an OS lock in the home and has written
/// where they answer. When the owner ends, in whatever way, the next to ask becomes the owner and
/// finds the same data. Any thread may call.
public final class EmbeddedServices {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final long ROOM_MIB = 256;
  private static final long STEPS = 4;

  private final Path root;
  private final Path folder;
  private final boolean s3Wanted;
  private final boolean s3Needed;
  private final boolean redshiftNeeded;
  private final Progress progress;
  private final InstantSource clock;

  private EmbeddedServices(Home home, boolean s3Wanted, Progress progress, InstantSource clock) {
    this.root = home.root();
    this.folder = home.services();
    HomeSettings settings = HomeSettings.of(home);
    this.redshiftNeeded =
        settings.warehouse() instanceof WarehouseSettings.Redshift redshift
            && redshift.server() instanceof WarehouseSettings.Server.Embedded;
    this.s3Needed =
        redshiftNeeded
            || (settings.lake() instanceof LakeSettings.S3 s3
                && s3.server() instanceof LakeSettings.Server.Embedded);
    this.s3Wanted = s3Wanted || s3Needed;
    this.progress = progress;
    this.clock = clock;
  }

  /// The services of the home, ready.
  ///
  /// @param progress hears each step; cancelling it ends the start and leaves nothing running
  /// @throws MillraceException `HOME`, `FILE`, `SERVICE`, `MACHINE` or `DEFINITION` (settings),
  ///   with nothing left running
  public static ServicesHandle startOrAttach(Home home, Progress progress) {
    return startOrAttach(home, progress, PATIENCE);
  }

  /// As {@link #startOrAttach(Home, Progress)}; a start starts the S3 server in any case, and not
  /// only when the lake lies in it.
  public static ServicesHandle startWithS3(Home home, Progress progress) {
    return new EmbeddedServices(home, true, progress, InstantSource.system())
        .startOrAttach(PATIENCE);
  }

  /// The services of the home if they run and answer.
  public static Optional<ServicesHandle> running(Home home) {
    try {
      return EndpointsFile.current(home.services())
          .flatMap(endpoints -> Attachment.attach(home.services(), endpoints));
    } catch (IOException e) {
      throw ServiceErrors.homeNotUsable(home.services(), e);
    }
  }

  /// As {@link #startOrAttach(Home, Progress)}, waiting at most `patience` for another owner.
  static ServicesHandle startOrAttach(Home home, Progress progress, Duration patience) {
    return new EmbeddedServices(home, false, progress, InstantSource.system())
        .startOrAttach(patience);
  }

  private ServicesHandle startOrAttach(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    boolean told = false;
    while (true) {
      Optional<HomeLock> lock = HomeLock.tryAcquire(folder);
      if (lock.isPresent()) {
        return start(lock.get());
      }
      Optional<EndpointsFile> endpoints = endpoints();
      Optional<ServicesHandle> attached = endpoints.flatMap(e -> Attachment.attach(folder, e));
      if (attached.isPresent()) {
        if (s3Needed && attached.get().endpoints().s3().isEmpty()) {
          throw ServiceErrors.withoutS3(folder);
        }
        if (redshiftNeeded && attached.get().endpoints().redshiftPort().isEmpty()) {
          throw ServiceErrors.withoutRedshift(folder);
        }
        return attached.get();
      }
      if (System.nanoTime() >= deadline) {
        String holder = endpoints.map(e -> "process " + e.pid()).orElse("another process");
        throw ServiceErrors.heldButSilent(folder, holder, patience);
      }
      if (!told) {
        progress.report("Waiting for the services another process is starting", 0, 0);
        told = true;
      }
      pause();
    }
  }

  private ServicesHandle start(HomeLock lock) {
    boolean started = false;
    try {
      ServicesHandle handle = startOwned(lock);
      started = true;
      return handle;
    } finally {
      if (!started) {
        OwnedServices.quietly("giving back the lock", lock::close);
      }
    }
  }

  private ServicesHandle startOwned(HomeLock lock) {
    Optional<EndpointsFile> last;
    Path postgresFolder = folder.resolve("postgres");
    try {
      last = EndpointsFile.last(folder);
      EndpointsFile.retire(folder);
      Files.createDirectories(postgresFolder);
    } catch (IOException e) {
      throw ServiceErrors.homeNotUsable(folder, e);
    }
    ServicesSettings settings = ServicesSettings.read(root.resolve("services.yaml"));
    checkRoom();

    // Whole before anything is started: a program still open for writing in one thread while
    // another forks cannot be run ("text file busy").
    step("Preparing PostgreSQL", 0);
    PostgresBinaries binaries =
        PostgresBinaries.unpacked(PostgresBinaries.cache(folder.resolve("binaries")));
    EmbeddedPostgres.stopOrphan(postgresFolder, binaries);

    Ports ports =
        Ports.choose(
            settings,
            last.map(e -> OptionalInt.of(e.kafkaPort())).orElse(OptionalInt.empty()),
            last.map(e -> OptionalInt.of(e.postgresPort())).orElse(OptionalInt.empty()),
            last.map(EndpointsFile::s3Port).orElse(OptionalInt.empty()));
    step("Starting PostgreSQL and Kafka", 1);
    return startBoth(lock, postgresFolder, binaries, ports);
  }

  private ServicesHandle startBoth(
      HomeLock lock, Path postgresFolder, PostgresBinaries binaries, Ports ports) {
    CompletableFuture<EmbeddedPostgres> postgres = new CompletableFuture<>();
    Thread.ofPlatform()
        .name("millrace-start-postgres")
        .daemon()
        .start(
            () -> {
              try {
                postgres.complete(
                    EmbeddedPostgres.start(postgresFolder, binaries, ports.postgres()));
              } catch (RuntimeException | Error e) {
                postgres.completeExceptionally(e);
              }
            });
    EmbeddedKafka kafka = null;
    Optional<EmbeddedS3> s3 = Optional.empty();
    Optional<RedshiftStandIn> redshift = Optional.empty();
    boolean ready = false;
    try {
      kafka = EmbeddedKafka.start(folder.resolve("kafka"), ports.kafka(), ports.controller());
      if (s3Wanted) {
        s3 = Optional.of(EmbeddedS3.start(folder.resolve("s3"), ports.s3()));
      }
      step("Waiting for PostgreSQL", 2);
      EmbeddedPostgres database = joined(postgres);
      if (redshiftNeeded) {
        redshift = Optional.of(standIn(database, s3.orElseThrow()));
      }
      OwnedServices services = new OwnedServices(folder, lock, database, kafka, s3, redshift);
      writeEndpoints(ports, kafka, s3, redshift);
      step("Services are ready", STEPS);
      ready = true;
      return services;
    } finally {
      if (!ready) {
        OwnedServices.quietly("removing the endpoints", () -> EndpointsFile.retire(folder));
        Optional<RedshiftStandIn> standing = redshift;
        OwnedServices.quietly(
            "stopping the Redshift stand-in", () -> standing.ifPresent(RedshiftStandIn::close));
        Optional<EmbeddedS3> started = s3;
        OwnedServices.quietly("stopping S3", () -> started.ifPresent(EmbeddedS3::close));
        if (kafka != null) {
          OwnedServices.quietly("stopping Kafka", kafka::close);
        }
        OwnedServices.quietly(
            "stopping PostgreSQL",
            () ->
                postgres
                    .handle((server, _) -> Optional.ofNullable(server))
                    .join()
                    .ifPresent(EmbeddedPostgres::close));
      }
    }
  }

  private static EmbeddedPostgres joined(CompletableFuture<EmbeddedPostgres> postgres) {
    try {
      return postgres.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof MillraceException known) {
        throw known;
      }
      throw e;
    }
  }

  private RedshiftStandIn standIn(EmbeddedPostgres database, EmbeddedS3 s3) {
    WarehouseSettings.Redshift local = WarehouseSettings.Redshift.LOCAL;
    try {
      return RedshiftStandIn.start(
          0,
          new Backend(
              "127.0.0.1", database.port(), local.database(), database.user(), database.password()),
          s3.endpoint(),
          Set.of(local.role()),
          folder.resolve("redshift"));
    } catch (IOException e) {
      throw ServiceErrors.fileFailed(
          "Starting the Redshift stand-in", folder.resolve("redshift"), e);
    }
  }

  private void writeEndpoints(
      Ports ports,
      EmbeddedKafka kafka,
      Optional<EmbeddedS3> s3,
      Optional<RedshiftStandIn> redshift) {
    try {
      new EndpointsFile(
              ProcessHandle.current().pid(),
              clock.instant(),
              ports.kafka(),
              ports.postgres(),
              kafka.cluster(),
              s3.map(server -> OptionalInt.of(server.port())).orElse(OptionalInt.empty()),
              redshift.map(server -> OptionalInt.of(server.port())).orElse(OptionalInt.empty()))
          .write(folder);
    } catch (IOException e) {
      throw ServiceErrors.fileFailed("Writing the endpoints", EndpointsFile.in(folder), e);
    }
  }

  private Optional<EndpointsFile> endpoints() {
    try {
      return EndpointsFile.current(folder);
    } catch (IOException e) {
      throw ServiceErrors.homeNotUsable(folder, e);
    }
  }

  private void checkRoom() {
    try {
      long free = Files.getFileStore(folder).getUsableSpace() >> 20;
      if (free < ROOM_MIB) {
        throw ServiceErrors.noRoom(folder, free, ROOM_MIB);
      }
    } catch (IOException e) {
      throw ServiceErrors.homeNotUsable(folder, e);
    }
  }

  private void step(String what, long done) {
    if (progress.cancelled()) {
      throw ServiceErrors.cancelled();
    }
    progress.report(what, done, STEPS);
  }

  private void pause() {
    if (progress.cancelled()) {
      throw ServiceErrors.cancelled();
    }
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      throw ServiceErrors.interrupted(e);
    }
  }
}
