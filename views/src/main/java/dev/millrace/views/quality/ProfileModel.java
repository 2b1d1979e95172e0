package dev.millrace.views.quality;

import dev.millrace.engine.api.QualityAnswer;
import dev.millrace.engine.api.QualityOrder;
import dev.millrace.engine.model.TableName;
import dev.millrace.engine.quality.ExpectationConfig;
import dev.millrace.engine.quality.Slice;
import dev.millrace.engine.quality.profile.Profile;
import dev.millrace.engine.quality.profile.Profile.ColumnProfile;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// What the chosen table looks like, and the expectations that suggests. FX thread only.
final class ProfileModel {

  private final Inquiries inquiries;
  private final SuiteModel suite;
  private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<Optional<Profile>> profile =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ObservableList<ProposalRow> proposals = FXCollections.observableArrayList();
  private final ReadOnlyIntegerWrapper accepted = new ReadOnlyIntegerWrapper();
  private final ReadOnlyStringWrapper fault = new ReadOnlyStringWrapper("");
  private Optional<TableName> table = Optional.empty();

  ProfileModel(Inquiries inquiries, SuiteModel suite) {
    this.inquiries = inquiries;
    this.suite = suite;
  }

  void show(TableName next) {
    if (!table.equals(Optional.of(next))) {
      inquiries.forget("profile");
      table = Optional.of(next);
      running.set(false);
      profile.set(Optional.empty());
      proposals.clear();
      accepted.set(0);
      fault.set("");
    }
  }

  void run() {
    if (table.isEmpty() || running.get()) {
      return;
    }
    running.set(true);
    fault.set("");
    inquiries.ask(
        "profile",
        new QualityOrder.ProfileTable(table.get(), Slice.WHOLE),
        this::take,
        why -> {
          running.set(false);
          fault.set(why);
        });
  }

  void cancel() {
    inquiries.cancel("profile");
  }

  private void take(QualityAnswer answer) {
    running.set(false);
    if (answer instanceof QualityAnswer.Profiled found) {
      Set<String> known =
          suite.expectations().stream().map(ExpectationConfig::title).collect(Collectors.toSet());
      List<ProposalRow> rows =
          found.profile().proposals().stream()
              .map(p -> new ProposalRow(p, known.contains(p.expectation().title())))
              .toList();
      rows.forEach(row -> row.accepted().addListener((_, _, _) -> count()));
      profile.set(Optional.of(found.profile()));
      proposals.setAll(rows);
      count();
    }
  }

  private void count() {
    accepted.set((int) proposals.stream().filter(p -> p.accepted().get()).count());
  }

  /// Takes all that the suite does not have yet, or none.
  void acceptAll(boolean all) {
    proposals.forEach(p -> p.accepted().set(all && !p.known()));
  }

  /// Adds what was taken to the suite's draft.
  void intoSuite() {
    suite.add(
        proposals.stream()
            .filter(p -> p.accepted().get())
            .map(p -> p.proposal().expectation())
            .toList());
    acceptAll(false);
  }

  Optional<ColumnProfile> column(String name) {
    return profile.get().stream()
        .flatMap(p -> p.columns().stream())
        .filter(c -> c.name().equals(name))
        .findFirst();
  }

  ReadOnlyBooleanProperty running() {
    return running.getReadOnlyProperty();
  }

  ReadOnlyObjectProperty<Optional<Profile>> profile() {
    return profile.getReadOnlyProperty();
  }

  ObservableList<ProposalRow> proposals() {
    return proposals;
  }

  ReadOnlyIntegerProperty accepted() {
    return accepted.getReadOnlyProperty();
  }

  ObservableValue<String> fault() {
    return fault.getReadOnlyProperty();
  }
}
