package dev.millrace.app.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `millrace completion`: a script that teaches a shell the commands and options.
@Command(
    name = "completion",
    description = {
      "Print a completion script for bash and zsh, made from the same definitions as --help.",
      "For this shell: source <(millrace completion). The installer's package brings it along."
    })
final class CompletionCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    System.out.print(AutoComplete.bash("millrace", spec.root().commandLine()));
    return 0;
  }
}
