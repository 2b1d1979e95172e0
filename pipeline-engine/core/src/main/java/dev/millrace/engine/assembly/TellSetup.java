package dev.millrace.engine.assembly;

import dev.millrace.engine.api.Answer.SettingValue;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.pipeline.EngineKind;
import dev.millrace.engine.pipeline.Feed;
import dev.millrace.engine.pipeline.Pipeline;
import dev.millrace.engine.settings.EngineSettings;
import dev.millrace.engine.settings.HomeSettings;
import dev.millrace.engine.settings.LakeSettings;
import dev.millrace.engine.settings.LakeSettings.Encryption;
import dev.millrace.engine.settings.LakeSettings.Server;
import dev.millrace.engine.settings.WarehouseSettings;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Lists the settings in force, each with where it comes from.
final class TellSetup {

  private static final String DEFAULT = "default";
  private static final String FILE = "settings.yaml";
  private static final String SERVICES = "services";

  private final Pipeline pipeline;
  private final EngineParts parts;
  private final Set<String> said;
  private final List<SettingValue> values = new ArrayList<>();

  TellSetup(Pipeline pipeline, EngineParts parts) {
    this.pipeline = pipeline;
    this.parts = parts;
    this.said = HomeSettings.keysSaid(parts.home());
  }

  List<SettingValue> values() {
    Home home = parts.home();
    add("Home", "", home.root().toString(), "--home", "The folder that holds everything.");
    add(
        "Home",
        "",
        HomeSettings.file(home)
            + (Files.exists(HomeSettings.file(home)) ? "" : " (not there: all by default)"),
        "--home",
        "The file these settings are read from when Millrace starts.");
    add("Home", "", home.pipelines().toString(), "--home", "Pipelines of your own.");
    add("Home", "", home.logs().toString(), "--home", "Log files.");
    add("Home", "", home.audit().toString(), "--home", "Records of what was done to tables.");
    switch (HomeSettings.of(home).lake()) {
      case LakeSettings.Folder folder ->
          set("Lake", "lake.location", folder.place(), "Folder the tables lie in.");
      case LakeSettings.S3 s3 -> s3(home, s3);
    }
    engine();
    warehouse(HomeSettings.of(home).warehouse());
    String kafka = parts.endpoints().kafka();
    add("Services", "", kafka, SERVICES, "Kafka: the broker that events come through.");
    add(
        "Services",
        "",
        parts.endpoints().jdbcUrl() + " as " + parts.endpoints().user(),
        SERVICES,
        "PostgreSQL: runs and quality results.");
    parts
        .endpoints()
        .s3()
        .ifPresent(s3 -> add("Services", "", s3.toString(), SERVICES, "The home's own S3."));
    for (Feed feed : pipeline.feeds()) {
      feed(feed);
    }
    return List.copyOf(values);
  }

  private void s3(Home home, LakeSettings.S3 s3) {
    set("Lake", "lake.location", s3.place(), "Bucket and prefix the tables lie under.");
    set(
        "Lake",
        "lake.region",
        s3.region().orElse("as the AWS environment says"),
        "Region of the bucket.");
    set(
        "Lake",
        "lake.endpoint",
        switch (s3.server()) {
          case Server.Aws _ -> "Amazon S3";
          case Server.At at -> at.endpoint().toString();
          case Server.Embedded _ -> "embedded";
        },
        "Server that speaks S3.");
    set("Lake", "lake.path_style", String.valueOf(s3.pathStyle()), "Bucket in the URL's path.");
    set(
        "Lake",
        "lake.encryption",
        switch (s3.encryption()) {
          case Encryption.OfBucket _ -> "bucket";
          case Encryption.S3Keys _ -> "sse-s3";
          case Encryption.Kms kms -> "sse-kms" + kms.key().map(k -> " " + k).orElse("");
        },
        "How objects are encrypted where they lie.");
    set(
        "Lake",
        "lake.storage_class",
        s3.storageClass().orElse("the bucket's own"),
        "Storage class of data files.");
    set("Lake", "lake.part_size", mebibytes(s3.partBytes()), "Parts of an upload.");
    set("Lake", "lake.cache", mebibytes(s3.cacheBytes()), "Most kept here for reading.");
    set("Lake", "lake.attempts", String.valueOf(s3.attempts()), "Tries of one request.");
    set("Lake", "lake.timeout", words(s3.timeout()), "Longest silence of the server.");
    add("Lake", "", home.lakeCache().toString(), "--home", "Copies kept here for reading.");
  }

  private void warehouse(WarehouseSettings settings) {
    switch (settings) {
      case WarehouseSettings.InHome _ ->
          warehouse("the home's own PostgreSQL", "What the Gold tables are loaded into.");
      case WarehouseSettings.Postgres postgres ->
          warehouse(
              "PostgreSQL %s:%d/%s as %s"
                  .formatted(
                      postgres.host(), postgres.port(), postgres.database(), postgres.user()),
              "What the Gold tables are loaded into; passwords are not shown.");
      case WarehouseSettings.Redshift redshift ->
          warehouse(
              switch (redshift.server()) {
                case WarehouseSettings.Server.At at ->
                    "Redshift %s:%d/%s".formatted(at.host(), at.port(), redshift.database());
                case WarehouseSettings.Server.Embedded _ -> "the home's stand-in for Redshift";
              },
              "What the Gold tables are loaded into; passwords are not shown.");
    }
  }

  private void warehouse(String place, String meaning) {
    set("Warehouse", "warehouse", place, meaning);
  }

  private void engine() {
    EngineSettings settings = HomeSettings.of(parts.home()).engine();
    EngineKind kind = settings.engineOf(pipeline);
    add(
        "Engine",
        "engine",
        kind.name().toLowerCase(Locale.ROOT),
        said.contains("engine") ? FILE : settings.engine().isPresent() ? "--engine" : "pipeline",
        "What runs the SQL of transforms.");
    set(
        "Engine",
        "spark.connect",
        "sc://" + settings.spark().address(),
        "Spark Connect server; tokens are not shown.");
    set(
        "Engine",
        "spark.lake",
        settings.spark().lake().orElse("as here"),
        "The lake's place as the cluster names it.");
    set(
        "Engine",
        "spark.patience",
        words(settings.spark().patience()),
        "How long a lost connection is tried again.");
  }

  private void feed(Feed feed) {
    String group = "Feed " + feed.name();
    String origin = "pipeline";
    add(group, "kafka.topic", feed.kafka().topic(), origin, "Topic the events are read from.");
    add(
        group,
        "kafka.partitions",
        String.valueOf(feed.kafka().partitions()),
        origin,
        "Partitions of the topic when Millrace makes it.");
    add(group, "watermark", words(feed.watermark()), origin, "How late an event is on time.");
    add(group, "trigger", words(feed.trigger()), origin, "Longest time between two commits.");
    add(
        group,
        "batch_rows",
        "%,d events".formatted(feed.batchRows()),
        origin,
        "A commit is made at the latest at so many.");
    add(
        group,
        "max_event_bytes",
        "%,d B".formatted(feed.maxEventBytes()),
        origin,
        "A longer value is a dead letter.");
    add(
        group,
        "retention",
        pipeline.retentionOf(feed.bronze()).map(kept -> kept.toDays() + " days").orElse("for ever"),
        origin,
        "How long Bronze rows are kept.");
  }

  /// One of the home's file: said there, or by default.
  private void set(String group, String key, String value, String meaning) {
    add(group, key, value, said.contains(key) ? FILE : DEFAULT, meaning);
  }

  private void add(String group, String key, String value, String origin, String meaning) {
    values.add(new SettingValue(group, key, value, origin, meaning));
  }

  private static String mebibytes(long bytes) {
    long mebi = bytes >> 20;
    return mebi % 1024 == 0 ? (mebi >> 10) + " GiB" : mebi + " MiB";
  }

  private static String words(Duration duration) {
    return duration.toMillis() < 1000
        ? duration.toMillis() + " ms"
        : duration.toSeconds() % 60 == 0 && duration.toMinutes() > 0
            ? duration.toMinutes() + " min"
            : duration.toSeconds() + " s";
  }
}
