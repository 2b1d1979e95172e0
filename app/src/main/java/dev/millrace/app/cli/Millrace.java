package dev.millrace.app.cli;

import dev.millrace.app.crash.CrashReport;
import dev.millrace.app.crash.CrashReports;
import dev.millrace.app.crash.Facts;
import dev.millrace.app.log.HomeLogs;
import dev.millrace.app.metrics.MetricsServer;
import dev.millrace.app.session.Interruption;
import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.model.Home;
import dev.millrace.engine.pipeline.EngineKind;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

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
    })
public final class Millrace implements Callable<Integer> {

  private static final String METRICS_PORT = "--metrics-port";

  /// In the order of the help.
  private static final List<Class<?>> COMMANDS =
      List.of(
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
          ManualCommand.class);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--home",
      scope = ScopeType.INHERIT,
      paramLabel = "DIR",
      description = "Folder of all data (default: ~/.millrace, or $MILLRACE_HOME).")
  private Path home = defaultHome();

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
      names = METRICS_PORT,
      scope = ScopeType.INHERIT,
      paramLabel = "N",
      description =
          "Serve Prometheus metrics on 127.0.0.1:N while this runs; 0 takes a free port (default: none).")
  private @Nullable Integer metricsPort;

  /// Commands that run for long enough to be scraped.
  private static final Set<String> SERVING =
      Set.of("console", "demo", "services", "simulate", "stream run", "run");

  /// Runs one command line.
  ///
  /// @return the exit code: 0 done, 1 failed, 2 wrong usage
  public static int run(String... args) {
    Interruption.install();
    int code = PlainStart.of(args).map(Millrace::opened).orElseGet(() -> executed(args));
    Interruption.ended(code);
    return code;
  }

  private static int opened(PlainStart start) {
    try {
      return start.open();
    } catch (RuntimeException | Error failure) {
      return report(failure, new PrintWriter(System.err, true, System.err.charset()));
    }
  }

  private static int executed(String... args) {
    CommandLine line = opensConsole(args) ? console() : line();
    try {
      return line.execute(args);
    } catch (Error fault) {
      return report(fault, line.getErr());
    }
  }

  /// Whether the words name no command and are without a fault: to know all commands takes longer.
  private static boolean opensConsole(String... args) {
    if (args.length > 0 && !args[0].startsWith("-")) {
      return false;
    }
    try {
      return !console().parseArgs(args).isUsageHelpRequested();
    } catch (ParameterException _) {
      return false;
    }
  }

  /// The console alone.
  private static CommandLine console() {
    return prepared(new CommandLine(new Millrace()));
  }

  /// All commands, ready to be run.
  static CommandLine line() {
    CommandLine line = new CommandLine(new Millrace());
    COMMANDS.forEach(line::addSubcommand);
    boolean _ = offerMetrics(line, "");
    offerHelp(line);
    Optional.ofNullable(line.getSubcommands().get("table")).ifPresent(TableCommand::looksFirst);
    return prepared(line);
  }

  private static CommandLine prepared(CommandLine line) {
    line.setExecutionExceptionHandler((failure, command, _) -> report(failure, command.getErr()));
    line.setParameterExceptionHandler((wrong, _) -> misused(wrong));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(Instant.class, Given::moment);
    line.registerConverter(LocalDate.class, Given::date);
    line.setExecutionStrategy(
        parsed -> {
          line.<Millrace>getCommand().begin();
          return new CommandLine.RunLast().execute(parsed);
        });
    return line;
  }

  @Override
  public Integer call() {
    HomeLogs.openAside();
    return ConsoleCommand.open(this);
  }

  static Path defaultHome() {
    return Path.of(
        System.getenv()
            .getOrDefault("MILLRACE_HOME", System.getProperty("user.home") + "/.millrace"));
  }

  public Home home() {
    return new Home(home);
  }

  /// What runs the transforms, where the command line says so.
  public Optional<EngineKind> engine() {
    return engine;
  }

  /// The output of a command; crash reports go to its home from now on.
  public Output output() {
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

  /// Takes the option from those that end at once.
  ///
  /// @param path the command's words
  /// @return whether this command, or one under it, offers it
  private static boolean offerMetrics(CommandLine line, String path) {
    boolean offered = path.isEmpty() || SERVING.contains(path);
    for (CommandLine each : line.getSubcommands().values()) {
      offered |= offerMetrics(each, (path + " " + each.getCommandName()).strip());
    }
    if (!offered) {
      CommandSpec spec = line.getCommandSpec();
      Optional.ofNullable(spec.findOption(METRICS_PORT)).ifPresent(spec::remove);
    }
    return offered;
  }

  /// What holds for every command: it logs into its home, whoever logs first.
  private void begin() {
    checkMetrics();
    if (Files.exists(home) && !Files.isDirectory(home)) {
      throw new ParameterException(
          spec.commandLine(),
          "the home "
              + home
              + " is a file and no folder: name a folder with --home or MILLRACE_HOME");
    }
    System.setProperty(HomeLogs.FOLDER, home().logs().toString());
  }

  /// Gives `--help` to those that did not inherit it: where a command has an option that the
  /// inherited ones have too (`--version` of a table), it inherits none of them.
  private static void offerHelp(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    if (spec.findOption("--help") == null) {
      spec.addOption(
          OptionSpec.builder("-h", "--help")
              .usageHelp(true)
              .description("Show this help message and exit.")
              .build());
    }
    line.getSubcommands().values().forEach(Millrace::offerHelp);
  }

  /// Tells what is wrong with a command line and where its help stands, in a few lines.
  ///
  /// @return the exit code
  private static int misused(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    // Picocli's own words for a map.
    err.println(
        "millrace: " + String.valueOf(wrong.getMessage()).replace("option option '", "option '"));
    boolean _ = UnmatchedArgumentException.printSuggestions(wrong, err);
    err.println("  see '" + command.getCommandSpec().qualifiedName() + " --help'");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /// @throws ParameterException for a port that is none, or a command that serves no metrics
  private void checkMetrics() {
    Integer port = metricsPort;
    if (port == null) {
      return;
    }
    if (!SERVING.contains(command())) {
      throw new ParameterException(
          spec.commandLine(),
          METRICS_PORT + ": '" + command() + "' serves no metrics, since it ends at once");
    }
    if (port < 0 || port > 65_535) {
      throw new ParameterException(
          spec.commandLine(),
          METRICS_PORT + " " + port + " is no port: say one from 1 to 65535, or 0 for a free one");
    }
  }

  private static int report(Throwable failure, PrintWriter err) {
    if (failure instanceof MillraceException known) {
      err.println("millrace: " + known.what());
      err.println("  " + sentence(known.remedy()));
      return known.code() == ErrorCode.USAGE ? 2 : 1;
    }
    LoggerFactory.getLogger(Millrace.class).error("A fault of ours", failure);
    CrashReport report = CrashReports.write(Thread.currentThread(), failure);
    err.println("millrace: a fault of ours: " + report.fault());
    err.println("  " + report.text());
    return 1;
  }

  private static String sentence(String words) {
    return words.endsWith("?") || words.endsWith(".") || words.endsWith("!") ? words : words + ".";
  }

  /// The version, as `--version` prints it.
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "millrace " + Facts.version(),
        "Java " + Runtime.version() + ", " + System.getProperty("os.name")
      };
    }
  }
}
