package dev.millrace.engine.pipeline;

import java.util.regex.Pattern;

/// Forms of the names a definition gives.
final class Names {

  static final Pattern PIPELINE = Pattern.compile("(?=.{1,50}$)[a-z][a-z0-9]*(-[a-z0-9]+)*");
  static final String PIPELINE_RULE =
      "lower-case words joined by hyphens, at most 50 letters, such as building-sensors";

  static final Pattern FEED = Pattern.compile("(?=.{1,60}$)[a-z][a-z0-9]*([-_][a-z0-9]+)*");
  static final String FEED_RULE =
      "lower-case words joined by - or _, at most 60 letters, such as sensor-events";

  static final Pattern COLUMN = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  static final String COLUMN_RULE =
      "a lower-case letter, then letters, digits and _, at most 63, such as sensor_id";

  static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");
  static final String TOPIC_RULE = "letters, digits, '.', '_' and '-', at most 249";

  static final Pattern VERSION = Pattern.compile("[\\w.+-]{1,40}");
  static final String VERSION_RULE = "a version such as 1.0.0";

  private Names() {}
}
