package dev.millrace.app.cli;

import dev.millrace.app.crash.CrashReport;
import dev.millrace.app.crash.CrashReports;
import dev.millrace.app.metrics.MetricsServer;
import dev.millrace.app.session.Interruption;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.pipeline.EngineKind;
import java.nio.file.Path;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The command `millrace`: the console when no other command is named.
@Command(
    name = "millrace",
    mixinStandardHelpOptions = true,
    versionProvider = Millrace.Version.class,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = "An operations console for event pipelines, from sensors to the warehouse.",
    footer = {
      "",
      "Results go to stdout, progress and logs to stderr; the log file is <home>/logs/millrace.log.",
      "Exit codes: 0 done, 1 failed, 2 wrong usage."
    },
    subcommands = {
      DemoCommand.class,
      ServicesCommand.class,
      SimulateCommand.class,
      SteerCommand.class,
      ScoreCommand.class,
      ReplayCommand.class,
      PipelineCommand.class,
      StreamCommand.class,
      RunCommand.class,
      RunsCommand.class,
      TableCommand.class,
      QualityCommand.class,
      WarehouseCommand.class,
      DeadLettersCommand.class,
      DoctorCommand.class,
      MetricsCommand.class,
      BenchCommand.class,
      CompletionCommand.class,
      ManualCommand.class,
    })
public final class Millrace implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--home",
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      description = "Folder of all data (default: ~/.millrace, or $MILLRACE_HOME).")
  private Path home =
      Path.of(
          System.getenv()
              .getOrDefault("MILLRACE_HOME", System.getProperty("user.home") + "/.millrace"));

  @Option(
      names = "--engine",
      scope = ScopeType.INHERIT,
      paramLabel = "ENGINE",
      description =
          "What runs the transforms: duckdb or spark (default: as the home's settings or the pipeline say).")
  private Optional<EngineKind> engine = Optional.empty();

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print the result as one JSON object.")
  private boolean json;

  @Option(
      names = "--metrics-port",
      scope = ScopeType.INHERIT,
      paramLabel = "N",
      description =
          "Serve Prometheus metrics on 127.0.0.1:N while this runs; 0 takes a free port (default: none).")
  private @Nullable Integer metricsPort;

  /// Runs one command line.
  ///
  /// @return the exit code: 0 done, 1 failed, 2 wrong usage
  public static int run(String... args) {
    CommandLine line = new CommandLine(new Millrace());
    line.setExecutionExceptionHandler((failure, command, _) -> report(failure, command));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    Interruption.install();
    int code;
    try {
      code = line.execute(args);
    } catch (Error fault) {
      code = report(fault, line);
    }
    Interruption.ended(code);
    return code;
  }

  @Override
  public Integer call() {
    return ConsoleCommand.open(this);
  }

  public Home home() {
    return new Home(home);
  }

  /// What runs the transforms, where the command line says so.
  public Optional<EngineKind> engine() {
    return engine;
  }

  /// The output of a command: the home's logs are opened with it.
  public Output output() {
    System.setProperty("millrace.logs", home().logs().toString());
    CrashReports.install(home());
    return new Output(json);
  }

  /// Serves metrics when the command line asks for it.
  Optional<MetricsServer> metrics() {
    Integer port = metricsPort;
    if (port == null) {
      return Optional.empty();
    }
    MetricsServer server = MetricsServer.start(home(), command(), port);
    output().progress("Metrics: " + server.url());
    return Optional.of(server);
  }

  /// The command's words, such as `stream run`; `console` when there is none.
  private String command() {
    StringJoiner words = new StringJoiner(" ").setEmptyValue("console");
    for (ParseResult part = spec.commandLine().getParseResult().subcommand();
        part != null;
        part = part.subcommand()) {
      words.add(part.commandSpec().name());
    }
    return words.toString();
  }

  private static int report(Throwable failure, CommandLine command) {
    if (failure instanceof MillraceException known) {
      command.getErr().println("millrace: " + known.what());
      command.getErr().println("  " + known.remedy() + ".");
      return known.code() == ErrorCode.USAGE ? 2 : 1;
    }
    LoggerFactory.getLogger(Millrace.class).error("A fault of ours", failure);
    CrashReport report = CrashReports.write(Thread.currentThread(), failure);
    command.getErr().println("millrace: a fault of ours: " + report.fault());
    command.getErr().println("  " + report.text());
    return 1;
  }

  /// The version, from the jar's manifest.
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Millrace.class.getPackage().getImplementationVersion();
      return new String[] {
        "millrace " + (version == null ? "(from classes)" : version),
        "Java " + Runtime.version() + ", " + System.getProperty("os.name")
      };
    }
  }
}
