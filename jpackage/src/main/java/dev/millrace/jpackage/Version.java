package dev.millrace.jpackage;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A version of the build, as the packagers want it.
///
/// @param build as Maven has it, for example `0.1.0-SNAPSHOT`
record Version(String build) {

  private static final Pattern FORM = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?(?:-(.+))?");

  Version {
    if (!FORM.matcher(build).matches()) {
      throw new IllegalArgumentException(
          "'" + build + "' is no version: it is written 1.2.3 or 1.2.3-NAME");
    }
  }

  /// For Debian: what comes before a release is older than it, for example `0.1.0~snapshot`.
  String debian() {
    Matcher parts = parts();
    String name = parts.group(4);
    return numbers(parts, 0)
        + (name == null
            ? ""
            : "~" + name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9.]", "."));
  }

  /// Three numbers, as jpackage wants it; macOS refuses a first number of zero, which becomes one.
  String plain(Target.Os os) {
    return numbers(parts(), os == Target.Os.MACOS ? 1 : 0);
  }

  private Matcher parts() {
    Matcher parts = FORM.matcher(build);
    if (!parts.matches()) {
      throw new IllegalStateException(build);
    }
    return parts;
  }

  private static String numbers(Matcher parts, int leastMajor) {
    return Math.max(leastMajor, Integer.parseInt(parts.group(1)))
        + "."
        + parts.group(2)
        + "."
        + (parts.group(3) == null ? "0" : parts.group(3));
  }
}
