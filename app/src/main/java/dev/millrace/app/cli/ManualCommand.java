package dev.millrace.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `millrace manual`: the manual page.
@Command(
    name = "manual",
    description = {
      "Print the manual page, made from the same definitions as --help.",
      "To read it: millrace manual > millrace.1 && man -l millrace.1. The installer's package"
          + " brings it along."
    })
final class ManualCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    System.out.print(new ManualPage(spec.root()).text());
    return 0;
  }
}
