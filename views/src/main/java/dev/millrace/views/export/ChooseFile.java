package dev.millrace.views.export;

import dev.millrace.views.Preferences;
import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// The system's own dialog, which begins in the folder chosen last.
public final class ChooseFile implements SavePlace {

  private static final String FOLDER = "export.folder";

  private final Supplier<@Nullable Window> window;
  private final Preferences preferences;

  public ChooseFile(Supplier<@Nullable Window> window, Preferences preferences) {
    this.window = window;
    this.preferences = preferences;
  }

  @Override
  public Optional<Path> choose(String name, String what) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Export " + what);
    chooser.setInitialFileName(name);
    String ending = name.substring(name.lastIndexOf('.'));
    chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(what, "*" + ending));
    preferences
        .value(FOLDER)
        .map(File::new)
        .filter(File::isDirectory)
        .ifPresent(chooser::setInitialDirectory);
    File chosen = chooser.showSaveDialog(window.get());
    if (chosen == null) {
      return Optional.empty();
    }
    if (chosen.getParent() != null) {
      preferences.keep(FOLDER, chosen.getParent());
    }
    return Optional.of(chosen.toPath());
  }
}
