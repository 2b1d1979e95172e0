package dev.millrace.views.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import javafx.application.Application;

/// Look of the whole console. FX thread only.
public enum Theme {
  DARK(new PrimerDark()),
  LIGHT(new PrimerLight());

  /// Style class the console's root carries, so that stylesheets can tell the themes apart.
  private static final String PREFIX = "theme-";

  @SuppressWarnings("ImmutableEnumChecker") // AtlantaFX themes hold two strings and no more
  private final atlantafx.base.theme.Theme sheet;

  Theme(atlantafx.base.theme.Theme sheet) {
    this.sheet = sheet;
  }

  public Theme other() {
    return this == DARK ? LIGHT : DARK;
  }

  public String styleClass() {
    return PREFIX + name().toLowerCase(java.util.Locale.ROOT);
  }

  /// Makes every window of this toolkit look so.
  public void apply() {
    Application.setUserAgentStylesheet(sheet.getUserAgentStylesheet());
  }
}
