package dev.millrace.views.controls;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.collections.ListChangeListener.Change;
import javafx.collections.ObservableList;
import javafx.collections.transformation.TransformationList;

/// The first items of a list, as many as there is room for. FX thread only.
public final class FirstOf<T> extends TransformationList<T, T> {

  private final IntegerProperty most = new SimpleIntegerProperty(Integer.MAX_VALUE);
  private List<T> shown;

  public FirstOf(ObservableList<T> source) {
    super(source);
    shown = first();
    most.addListener(_ -> renew());
  }

  /// At most this many.
  public IntegerProperty most() {
    return most;
  }

  @Override
  protected void sourceChanged(Change<? extends T> change) {
    renew();
  }

  private void renew() {
    List<T> next = first();
    if (next.equals(shown)) {
      return;
    }
    List<T> before = shown;
    beginChange();
    shown = next;
    nextReplace(0, next.size(), before);
    endChange();
  }

  private List<T> first() {
    return new ArrayList<>(getSource().subList(0, Math.min(most.get(), getSource().size())));
  }

  @Override
  public int getSourceIndex(int index) {
    return index;
  }

  @Override
  public int getViewIndex(int index) {
    return index < shown.size() ? index : -1;
  }

  @Override
  public T get(int index) {
    return shown.get(index);
  }

  @Override
  public int size() {
    return shown.size();
  }
}
