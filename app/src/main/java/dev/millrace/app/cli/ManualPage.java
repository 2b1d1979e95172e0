package dev.millrace.app.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The manual page of a command and all below it, as source for `man` (roff).
final class ManualPage {

  private final CommandSpec root;
  private final StringBuilder page = new StringBuilder();

  ManualPage(CommandSpec root) {
    this.root = root;
  }

  String text() {
    macro("TH", root.name().toUpperCase(Locale.ROOT), "1", "", version(), "Millrace manual");
    macro("SH", "NAME");
    line(root.name() + " - " + String.join(" ", root.usageMessage().description()));
    macro("SH", "SYNOPSIS");
    synopsis(root, root.name());
    macro("SH", "DESCRIPTION");
    description(root);
    line("Without a command the console opens.");
    macro("SH", "OPTIONS");
    line("These work with every command.");
    options(root);
    macro("SH", "COMMANDS");
    root.subcommands().values().forEach(each -> command(each.getCommandSpec(), root.name()));
    macro("SH", "EXIT STATUS");
    tagged("0", List.of("done"));
    tagged("1", List.of("failed; stderr says what happened, what was kept safe and what to do"));
    tagged("2", List.of("wrong usage"));
    macro("SH", "ENVIRONMENT");
    tagged("MILLRACE_HOME", List.of("folder of all data, where --home does not say another"));
    tagged("MILLRACE_JAVA_OPTIONS", List.of("further options of the Java virtual machine"));
    macro("SH", "FILES");
    tagged("~/.millrace", List.of("all data: tables, services, settings, logs, crash reports"));
    tagged("~/.millrace/logs/millrace.log", List.of("the log"));
    tagged("~/.millrace/settings.yaml", List.of("settings"));
    return page.toString();
  }

  private String version() {
    return root.version().length == 0 ? "" : root.version()[0];
  }

  private void command(CommandSpec spec, String above) {
    if (spec.usageMessage().hidden()) {
      return;
    }
    String name = above + " " + spec.name();
    macro("SS", name);
    synopsis(spec, name);
    macro("PP");
    description(spec);
    options(spec);
    spec.subcommands().values().forEach(each -> command(each.getCommandSpec(), name));
  }

  private void synopsis(CommandSpec spec, String name) {
    String arguments =
        Stream.concat(
                Stream.of(own(spec).isEmpty() ? "" : "[options]"),
                Stream.concat(
                    spec.positionalParameters().stream()
                        .filter(p -> !p.hidden())
                        .map(p -> p.required() ? p.paramLabel() : "[" + p.paramLabel() + "]"),
                    Stream.of(spec.subcommands().isEmpty() ? "" : "[command]")))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" "));
    page.append("\\fB").append(escape(name)).append("\\fR ").append(escape(arguments)).append('\n');
  }

  private void description(CommandSpec spec) {
    for (String text : spec.usageMessage().description()) {
      line(plain(text));
    }
  }

  private void options(CommandSpec spec) {
    for (PositionalParamSpec each : spec.positionalParameters()) {
      if (!each.hidden()) {
        tagged(each.paramLabel(), texts(each));
      }
    }
    for (OptionSpec each : own(spec)) {
      tagged(
          String.join(", ", each.names()) + (each.arity().max() > 0 ? " " + each.paramLabel() : ""),
          texts(each));
    }
  }

  /// Those a command does not have from the one above it.
  private List<OptionSpec> own(CommandSpec spec) {
    return spec.options().stream()
        .filter(option -> !option.hidden())
        .filter(
            option ->
                spec.equals(root)
                    || (!option.inherited() && !option.usageHelp() && !option.versionHelp()))
        .toList();
  }

  private static List<String> texts(ArgSpec argument) {
    String fallback = String.valueOf(argument.defaultValueString());
    return Stream.of(argument.description())
        .map(text -> plain(text).replace("${DEFAULT-VALUE}", fallback))
        .toList();
  }

  private static String plain(String text) {
    return Ansi.OFF.string(text).replace("%n", " ").replace("%%", "%");
  }

  private void tagged(String tag, List<String> texts) {
    macro("TP");
    page.append("\\fB").append(escape(tag)).append("\\fR\n");
    texts.forEach(this::line);
  }

  private void macro(String name, String... arguments) {
    page.append('.').append(name);
    for (String argument : arguments) {
      page.append(" \"").append(escape(argument).replace("\"", "\\(dq")).append('"');
    }
    page.append('\n');
  }

  private void line(String text) {
    if (!text.isBlank()) {
      // A dot or a quote at the beginning would be taken for a request.
      page.append(text.startsWith(".") || text.startsWith("'") ? "\\&" : "")
          .append(escape(text.strip()))
          .append('\n');
    }
  }

  private static String escape(String text) {
    return text.replace("\\", "\\e")
        .replace("-", "\\-")
        .replace("~", "\\(ti")
        .replace("^", "\\(ha");
  }
}
