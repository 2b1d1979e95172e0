package dev.millrace.views;

import dev.millrace.views.controls.PieceByPiece;
import dev.millrace.views.desk.RoomModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Locale;
import java.util.Optional;
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
  private Optional<PieceByPiece> pieces = Optional.empty();

  /// @param controller made when the room is opened first; `LakeView.fxml` and `lake.css` lie
  ///   beside a `LakeController`
  RoomPlace(RoomModel model, Supplier<?> controller) {
    this.model = model;
    this.controller = controller;
  }

  RoomModel model() {
    return model;
  }

  /// The view, all of it.
  ///
  /// @param dresses hears of the view's stylesheet when the view is made
  Parent view(Consumer<URL> dresses) {
    Parent made = made(dresses);
    pieces.ifPresent(PieceByPiece::finish);
    pieces = Optional.empty();
    return made;
  }

  /// The view without most of what is in it, which {@link #step()} brings; as it is if it was made
  /// before.
  Parent begun(Consumer<URL> dresses) {
    if (view == null) {
      pieces = Optional.of(PieceByPiece.of(made(dresses)));
    }
    return made(dresses);
  }

  /// Puts a piece more into the view.
  ///
  /// @return whether there are more
  boolean step() {
    pieces.ifPresent(PieceByPiece::step);
    pieces = pieces.filter(p -> !p.whole());
    return pieces.isPresent();
  }

  private Parent made(Consumer<URL> dresses) {
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
