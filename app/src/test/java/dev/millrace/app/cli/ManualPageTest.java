package dev.millrace.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;

class ManualPageTest {

  private final CommandSpec root = Millrace.line().getCommandSpec();

  @Test
  void everyCommandIsInThePage() {
    String page = new ManualPage(root).text();
    assertNamed(page, root, "millrace");
    assertThat(page.lines().filter(line -> line.startsWith(".")))
        .allMatch(line -> line.matches("\\.(TH|SH|SS|TP|PP)( \".*\")*"));
    assertThat(page).doesNotContain("${").doesNotContain("@|");
  }

  @Test
  void everyCommandIsInTheCompletion() {
    assertThat(AutoComplete.bash("millrace", root.commandLine()))
        .contains(root.subcommands().keySet());
  }

  private static void assertNamed(String page, CommandSpec spec, String name) {
    spec.subcommands()
        .forEach(
            (word, command) -> {
              String path = name + " " + word;
              assertThat(page).contains(".SS \"" + path.replace("-", "\\-") + "\"");
              assertNamed(page, command.getCommandSpec(), path);
            });
  }
}
