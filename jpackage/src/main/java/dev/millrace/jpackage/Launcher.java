package dev.millrace.jpackage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The options the program runs with from its image, and the script that gives them on Linux.
///
/// A script and not the program jpackage makes, because `$MILLRACE_JAVA_OPTIONS` and
/// `$MILLRACE_HOME` work from it as they do from the sources, and one process gets the signals.
final class Launcher {

  /// How often a method is called, and a loop goes round, before the optimizing compiler takes it:
  /// twenty times the usual. On two cores it would take a third of a start's processor time for
  /// what runs only then; what a stream runs comes there in its first seconds all the same.
  private static final List<String> LATE_OPTIMIZING =
      List.of(
          "-XX:Tier4InvocationThreshold=100000",
          "-XX:Tier4MinInvocationThreshold=12000",
          "-XX:Tier4CompileThreshold=300000",
          "-XX:Tier4BackEdgeThreshold=800000");

  private final Plan plan;

  Launcher(Plan plan) {
    this.plan = plan;
  }

  /// The JVM's options.
  ///
  /// @param app the folder of jars and libraries, as the launcher writes it
  List<String> options(String app) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                // What the JVM has to say must not stand among the results.
                "-Xlog:disable",
                "-Xlog:all=warning:stderr",
                // It warns of adapters whose hashes collide, which only costs their reuse.
                "-Xlog:aot*=error:stderr"));
    options.addAll(LATE_OPTIMIZING);
    options.addAll(new Natives(plan.target()).options(app));
    options.add("-Dmillrace.spark.lib=" + app + "/" + PackSpark.FOLDER);
    options.add("-Dmillrace.image=" + app);
    options.add("-Dmillrace.version=" + plan.version().build());
    return options;
  }

  /// Writes the script.
  void write(Path file) throws IOException {
    String options =
        options("$app").stream().map(o -> "  \"" + o + "\" \\\n").collect(Collectors.joining());
    Files.writeString(
        file,
        """
        #!/bin/sh
        # Millrace: starts the console or a command, on the runtime beside it.
        self=$(readlink -f "$0")
        image=${self%/bin/*}
        app=$image/lib/app
        crashes=${MILLRACE_HOME:-${HOME:-/tmp}/.millrace}/crashes
        # In a locale of plain ASCII no path with another letter can be told to Java.
        [ "$(locale charmap 2>/dev/null)" = UTF-8 ] || export LC_ALL=C.UTF-8
        aot=
        # A cache that is damaged is told at each start. For another form of the heap than it was made
        # with it is no fault that it does not serve, so it is not named.
        case "${MILLRACE_JAVA_OPTIONS:-} ${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-}" in
          *UseZGC* | *UseEpsilonGC* | *UseCompressed* | *ObjectAlignment* | *-Xshare* | *AOT*) ;;
          *) [ -f "$app/millrace.aot" ] && aot=-XX:AOTCache=$app/millrace.aot ;;
        esac
        # No $aot is no argument; $MILLRACE_JAVA_OPTIONS is as many as it has words.
        exec "$image/lib/runtime/bin/java" \\
        @OPTIONS@  ${aot:+"$aot"} \\
          "-XX:ErrorFile=$crashes/java-%p.txt" "-Dmillrace.crashes=$crashes" \\
          ${MILLRACE_JAVA_OPTIONS:-} \\
          -cp "$app/@MAIN@" @MAIN_CLASS@ "$@"
        """
            .replace("@OPTIONS@", options)
            .replace("@MAIN@", GatherJars.MAIN)
            .replace("@MAIN_CLASS@", GatherJars.MAIN_CLASS));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
