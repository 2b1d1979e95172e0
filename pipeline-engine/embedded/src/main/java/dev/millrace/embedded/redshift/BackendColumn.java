package dev.millrace.embedded.redshift;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A column of a table that a COPY fills.
///
/// @param type as PostgreSQL writes it
record BackendColumn(String name, String type, boolean required) {

  private static final Pattern LENGTH = Pattern.compile("\\((\\d+)\\)");

  /// The type's name without its length.
  String base() {
    return LENGTH.matcher(type).replaceFirst("");
  }

  /// Bytes a text of it may have.
  int length() {
    Matcher matcher = LENGTH.matcher(type);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 65_535;
  }
}
