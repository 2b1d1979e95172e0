package dev.millrace.views;

import dev.millrace.views.desk.RoomModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.fxml.FXMLLoader;
import javafx.scene.Parent;
import org.jspecify.annotations.Nullable;

/// A room as the console knows it: its view model, and its view once it was opened. FX thread only.
final class RoomPlace {

  private final RoomModel model;
  private final Supplier<?> controller;
  private @Nullable Parent view;

  /// @param controller made when the room is opened first; `LakeView.fxml` and `lake.css` lie
  ///   beside a `LakeController`
  RoomPlace(RoomModel model, Supplier<?> controller) {
    this.model = model;
    this.controller = controller;
  }

  RoomModel model() {
    return model;
  }

  /// @param dresses hears of the view's stylesheet when the view is made
  Parent view(Consumer<URL> dresses) {
    Parent made = view;
    if (made == null) {
      Object binds = controller.get();
      String name = binds.getClass().getSimpleName().replace("Controller", "");
      URL sheet = binds.getClass().getResource(name.toLowerCase(Locale.ROOT) + ".css");
      if (sheet != null) {
        dresses.accept(sheet);
      }
      made = load(binds.getClass().getResource(name + "View.fxml"), binds);
      view = made;
    }
    return made;
  }

  static Parent load(@Nullable URL fxml, Object controller) {
    FXMLLoader loader = new FXMLLoader(fxml);
    loader.setController(controller);
    try {
      return loader.load();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
