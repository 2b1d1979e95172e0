package dev.millrace.jpackage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The Debian package: the image under `/opt/millrace`, and in `/usr` the command, the menu entry,
/// the icons, the manual page and the completion.
///
/// It has no scripts. Everything it puts on a machine is a file that dpkg knows, so that an upgrade
/// replaces and a removal removes it; menus, icons and manual pages are taken up by the triggers of
/// their own packages. A user's home is never in it.
final class PackDeb {

  /// Where the image lies on a machine.
  static final String PREFIX = "opt/millrace";

  private final Plan plan;
  private final Logo logo;
  private final BuildImage times;

  PackDeb(Plan plan, Logo logo, BuildImage times) {
    this.plan = plan;
    this.logo = logo;
    this.times = times;
  }

  /// Why no package can be made on this machine, or empty.
  static Optional<String> obstacle() {
    return Screen.onPath("dpkg-deb").isEmpty()
        ? Optional.of("dpkg-deb is not here; install the package 'dpkg'")
        : Optional.empty();
  }

  /// The package.
  Path file() {
    return plan.out()
        .resolve(
            "millrace_%s_%s.deb".formatted(plan.version().debian(), plan.target().debianCpu()));
  }

  void run() throws IOException {
    DebTree tree = new DebTree(plan, "millrace");
    tree.folder(plan.image(), PREFIX);
    tree.link("usr/bin/millrace", "/" + PREFIX + "/bin/millrace");
    tree.text("usr/share/applications/millrace.desktop", desktopEntry());
    for (int size : Logo.SIZES) {
      tree.bytes(
          "usr/share/icons/hicolor/%dx%d/apps/millrace.png".formatted(size, size), logo.png(size));
    }
    tree.packed("usr/share/man/man1/millrace.1.gz", printed("manual"));
    tree.bytes(
        "usr/share/bash-completion/completions/millrace",
        withoutInterpreter(printed("completion")));
    tree.papers(
        """
        Parts of other people are in the package. /opt/millrace/lib/app/THIRD-PARTY.txt
        names each with its licence; notices of the Java runtime stand in
        /opt/millrace/lib/runtime/legal, those of the libraries in their jars.
        """);
    tree.pack(
        plan.target().debianCpu(),
        """
        Depends: libc6 (>= 2.28), libstdc++6, libgcc-s1, zlib1g
        Recommends: libgtk-3-0 | libgtk-3-0t64, libgl1, libxtst6, libxxf86vm1, libfreetype6, fontconfig
        Suggests: millrace-spark
        """,
        Words.SHORT.toLowerCase(Locale.ROOT),
        Words.LONG,
        times,
        file());
  }

  /// What the program in the image prints.
  private byte[] printed(String command) throws IOException {
    Path log = plan.out().resolve(command + ".txt");
    Path home = plan.out().resolve("no-home");
    Tool.run(
        List.of(plan.launcher().toString(), command, "--home", home.toString()),
        Map.of(),
        log,
        Duration.ofMinutes(1));
    TrainAotCache.delete(home);
    return Files.readAllBytes(log);
  }

  /// A script that is read by a shell and not run names no interpreter.
  private static byte[] withoutInterpreter(byte[] script) {
    String text = new String(script, StandardCharsets.UTF_8);
    return (text.startsWith("#!") ? text.substring(text.indexOf('\n') + 1) : text)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String desktopEntry() {
    return """
    [Desktop Entry]
    Type=Application
    Version=1.1
    Name=Millrace
    GenericName=Pipeline console
    Comment=%s
    Exec=/usr/bin/millrace
    TryExec=/opt/millrace/bin/millrace
    Icon=millrace
    Terminal=false
    StartupWMClass=dev.millrace.app.console.ConsoleApp
    Categories=Development;Database;
    Keywords=kafka;delta;stream;events;sensors;warehouse;
    Actions=demo;

    [Desktop Action demo]
    Name=Open with demo data
    Exec=/usr/bin/millrace demo
    """
        .formatted(Words.SHORT);
  }
}
