package dev.millrace.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import ch.qos.logback.core.util.FileSize;
import dev.millrace.embedded.ServiceLogs;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log of the program: a file of the home, with a new one for each day or 20 MB.
///
/// Logback finds it by its service file and calls it once. It is code because reading the same from
/// XML takes a sixth of the time to the console's first frame. `-Dlogback.configurationFile` names
/// a configuration that holds instead.
public final class HomeLogs extends ContextAwareBase implements Configurator {

  /// System property with the folder of the log files.
  public static final String FOLDER = "millrace.logs";

  private static final String OTHER = "logback.configurationFile";
  private static final int DAYS = 14;
  private static final Map<String, Level> LEVELS =
      Map.of(
          Logger.ROOT_LOGGER_NAME,
          Level.WARN,
          "dev.millrace",
          Level.INFO,
          // Kernel warns of every table that is younger than its first checkpoint.
          "io.delta",
          Level.ERROR,
          // It fails to let go of what went with its closed session.
          "org.apache.spark.sql.connect.SessionCleaner",
          Level.OFF);

  /// Begins to open the log, on a thread of its own: the window need not wait for it. What is
  /// logged meanwhile is kept and written then.
  public static void openAside() {
    Thread.ofPlatform().name("log-opening").daemon().start(LoggerFactory::getILoggerFactory);
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getProperty(OTHER) != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    // What logback has to say of itself must not stand among the results.
    boolean _ = context.getStatusManager().add(new NopStatusListener());
    ServiceLogs.LEVELS.forEach(
        (name, level) -> context.getLogger(name).setLevel(Level.toLevel(level)));
    LEVELS.forEach((name, level) -> context.getLogger(name).setLevel(level));
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(file(context));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static RollingFileAppender<ILoggingEvent> file(LoggerContext context) {
    String folder =
        Optional.ofNullable(System.getProperty(FOLDER))
            .orElseGet(() -> System.getProperty("java.io.tmpdir"));
    RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
    file.setContext(context);
    file.setName("FILE");
    file.setFile(folder + "/millrace.log");

    SizeAndTimeBasedRollingPolicy<ILoggingEvent> rolling = new SizeAndTimeBasedRollingPolicy<>();
    rolling.setContext(context);
    rolling.setParent(file);
    rolling.setFileNamePattern(folder + "/millrace.%d{yyyy-MM-dd}.%i.log");
    rolling.setMaxFileSize(new FileSize(20 * FileSize.MB_COEFFICIENT));
    rolling.setMaxHistory(DAYS);
    rolling.setTotalSizeCap(new FileSize(200 * FileSize.MB_COEFFICIENT));
    rolling.start();
    file.setRollingPolicy(rolling);

    PatternLayoutEncoder lines = new PatternLayoutEncoder();
    lines.setContext(context);
    lines.setPattern(
        "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level [%thread] %logger{36} - %msg%n");
    lines.start();
    file.setEncoder(lines);
    file.start();
    return file;
  }
}
