package dev.millrace.views.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import javafx.application.Application;

/// Look of the whole console. FX thread only.
public enum Theme {
  DARK(new PrimerDark().getUserAgentStylesheet()),
  LIGHT(new PrimerLight().getUserAgentStylesheet());

  /// Style class the console's root carries, so that stylesheets can tell the themes apart.
  private static final String PREFIX = "theme-";

  private final String sheet;

  Theme(String sheet) {
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
    Application.setUserAgentStylesheet(sheet);
  }
}
