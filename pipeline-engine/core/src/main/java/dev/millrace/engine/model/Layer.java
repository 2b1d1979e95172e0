package dev.millrace.engine.model;

import java.util.Locale;

/// Layer of the lake; its name is the folder and the SQL schema its tables live in.
public enum Layer {
  BRONZE,
  SILVER,
  GOLD,
  DEAD_LETTERS,
  QUARANTINE;

  public String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
