package dev.millrace.views.flow;

import dev.millrace.views.charts.Bars;
import dev.millrace.views.charts.Ring;
import dev.millrace.views.charts.Sparkline;
import dev.millrace.views.controls.Hint;
import dev.millrace.views.controls.Repeater;
import dev.millrace.views.flow.FlowPicture.Fact;
import dev.millrace.views.flow.FlowPicture.Node;
import dev.millrace.views.flow.FlowPicture.Share;
import dev.millrace.views.theme.Tone;
import java.util.ArrayList;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// One part of the flow as a card; a click, Enter or Space chooses it, and a double click opens its
/// room.
final class NodeCard extends VBox {

  private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

  private static final String WHAT_THE_RING_SAYS =
      "How far the stream is on the way to its next commit: the time since the last one, as a share"
          + " of the feed's trigger. What it has read by then is the open batch.";

  private static final String WHAT_DEAD_LETTERS_COUNT =
      "All dead letters ever kept, those that were replayed or discarded too; their room lists the"
          + " new ones first and counts these apart.";

  private final Part part;
  private final VBox facts = new VBox(5);
  private final VBox shares = new VBox(9);
  private final Repeater<Fact, FactLine> factLines =
      new Repeater<>(facts, FactLine::new, FactLine::show);
  private final Repeater<Share, ShareLine> shareLines =
      new Repeater<>(shares, ShareLine::new, ShareLine::show);
  private final Label headline = new Label();
  private final Label remark = new Label();
  private final Ring ring = new Ring();
  private final Sparkline line = new Sparkline();
  private final Bars bars = new Bars();

  NodeCard(Part part, Runnable choose, Runnable open) {
    this.part = part;
    FontIcon icon = new FontIcon(part.icon());
    icon.getStyleClass().add("node-icon");
    Label title = new Label(part.title(), icon);
    title.getStyleClass().add("node-title");
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    Region dot = new Region();
    dot.getStyleClass().add("node-dot");
    HBox head = new HBox(title, gap, dot);
    head.setAlignment(Pos.CENTER_LEFT);
    getChildren().add(head);
    switch (part) {
      case SIMULATOR -> getChildren().addAll(facts, chart(line));
      case KAFKA -> getChildren().addAll(remark, shares, spring(), facts);
      case STREAM -> getChildren().addAll(gauge(), facts, chart(line));
      case BRONZE, SILVER, GOLD, WAREHOUSE -> getChildren().addAll(facts, chart(bars));
      case DEAD_LETTERS, QUALITY -> {
        HBox words = new HBox(8, headline, remark);
        words.setAlignment(Pos.BASELINE_LEFT);
        if (part == Part.DEAD_LETTERS) {
          Hint.on(words, WHAT_DEAD_LETTERS_COUNT);
        }
        getChildren().addAll(words, facts);
      }
    }
    headline.getStyleClass().add("node-headline");
    remark.getStyleClass().add("node-remark");
    getStyleClass()
        .addAll("node", "node-" + part.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
    setId("node-" + part.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
    setSpacing(part == Part.DEAD_LETTERS || part == Part.QUALITY ? 2 : 7);
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.BUTTON);
    setOnMouseClicked(
        e -> {
          requestFocus();
          choose.run();
          if (e.getClickCount() == 2) {
            open.run();
          }
        });
    setOnKeyPressed(
        e -> {
          switch (e.getCode()) {
            case ENTER, SPACE -> {
              choose.run();
              e.consume();
            }
            default -> {}
          }
        });
  }

  private static Region spring() {
    Region spring = new Region();
    VBox.setVgrow(spring, Priority.ALWAYS);
    return spring;
  }

  private static Region chart(Region chart) {
    VBox.setVgrow(chart, Priority.ALWAYS);
    chart.setPrefHeight(30);
    return chart;
  }

  private HBox gauge() {
    ring.setMinSize(46, 46);
    ring.setPrefSize(46, 46);
    ring.setMaxSize(46, 46);
    Hint.on(ring, WHAT_THE_RING_SAYS);
    VBox words = new VBox(headline, remark);
    words.setAlignment(Pos.CENTER_LEFT);
    HBox gauge = new HBox(8, ring, words);
    gauge.setAlignment(Pos.CENTER_LEFT);
    return gauge;
  }

  Part part() {
    return part;
  }

  void chosen(boolean chosen) {
    pseudoClassStateChanged(CHOSEN, chosen);
  }

  void show(Node node) {
    node.tone().dress(this);
    headline.setText(node.headline());
    remark.setText(node.remark());
    if (part == Part.KAFKA) {
      remark.setManaged(!node.remark().isEmpty());
    }
    if (node.gauge() >= 0) {
      ring.show(node.gauge(), Tone.ACCENT, Math.round(node.gauge()) + "%");
    }
    factLines.show(node.facts());
    shareLines.show(node.shares());
    if (part == Part.SIMULATOR || part == Part.STREAM) {
      line.show(node.course(), node.tone() == Tone.MUTED ? Tone.MUTED : Tone.ACCENT);
    } else if (part == Part.WAREHOUSE) {
      bars.show(node.course(), Tone.ACCENT, Tone.ACCENT);
    } else {
      bars.show(padded(node.course()), Tone.ACCENT, Tone.ACCENT);
    }
    setAccessibleText(words(node));
  }

  /// Room for later builds, so that the bars keep their width as they come.
  private static double[] padded(double[] values) {
    int slots = 18;
    if (values.length >= slots) {
      return values;
    }
    double[] padded = new double[slots];
    System.arraycopy(values, 0, padded, slots - values.length, values.length);
    return padded;
  }

  private String words(Node node) {
    StringBuilder words = new StringBuilder(part.title());
    if (!node.headline().isEmpty()) {
      words.append(", ").append(node.headline()).append(' ').append(node.remark());
    }
    for (Fact fact : node.facts()) {
      words.append(", ").append(fact.name()).append(' ').append(fact.value());
    }
    return words.toString();
  }

  /// Heights at which the partitions' lanes meet this card, in its parent's coordinates.
  List<Double> laneHeights() {
    List<Double> heights = new ArrayList<>();
    for (javafx.scene.Node share : shares.getChildren()) {
      heights.add(
          getLayoutY()
              + shares.getLayoutY()
              + share.getLayoutY()
              + share.getLayoutBounds().getHeight() / 2);
    }
    return heights;
  }

  private static final class FactLine extends HBox {
    private final Label name = new Label();
    private final Label value = new Label();

    FactLine() {
      Region gap = new Region();
      HBox.setHgrow(gap, Priority.ALWAYS);
      name.getStyleClass().add("fact-name");
      value.getStyleClass().add("fact-value");
      value.setMinWidth(Region.USE_PREF_SIZE);
      getChildren().addAll(name, gap, value);
      setAlignment(Pos.CENTER_LEFT);
    }

    void show(Fact fact) {
      name.setText(fact.name());
      value.setText(fact.value());
      fact.tone().dress(value);
    }
  }

  private static final class ShareLine extends HBox {
    private final Label name = new Label();
    private final ProgressBar bar = new ProgressBar(0);
    private final Label value = new Label();

    ShareLine() {
      super(7);
      name.getStyleClass().add("fact-name");
      name.setMinWidth(Region.USE_PREF_SIZE);
      value.getStyleClass().add("fact-value");
      value.setMinWidth(34);
      value.setAlignment(Pos.CENTER_RIGHT);
      bar.setMaxWidth(Double.MAX_VALUE);
      bar.setMinWidth(20);
      bar.setPrefWidth(30);
      // A progress bar swallows clicks; they are meant for the card.
      bar.setMouseTransparent(true);
      bar.getStyleClass().add("share-bar");
      HBox.setHgrow(bar, Priority.ALWAYS);
      getChildren().addAll(name, bar, value);
      setAlignment(Pos.CENTER_LEFT);
    }

    void show(Share share) {
      name.setText(share.name());
      value.setText(share.value());
      double within = Math.clamp(share.share(), 0, 1);
      if (bar.getProgress() != within) {
        bar.setProgress(within);
      }
      share.tone().dress(bar);
    }
  }
}
