package dev.millrace.views.settings;

import dev.millrace.views.theme.Density;
import dev.millrace.views.theme.Theme;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/// How the console looks; whoever changes a property changes the console. FX thread only.
///
/// @param theme dark or light
/// @param density how much room rows and controls take
public record Looks(
    ObjectProperty<@Nullable Theme> theme, ObjectProperty<@Nullable Density> density) {

  public Looks(Theme theme, Density density) {
    this(new SimpleObjectProperty<>(theme), new SimpleObjectProperty<>(density));
  }
}
