package dev.millrace.views.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.api.Answer.SettingValue;
import dev.millrace.engine.api.Question.Connection;
import dev.millrace.views.sample.Desk;
import dev.millrace.views.sample.SampleEngine.Case;
import dev.millrace.views.theme.Tone;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsViewModelTest {

  private static final SettingValue PORT =
      new SettingValue("Metrics", "metrics port", "9404", "--metrics-port", "Where to scrape.");

  @Test
  void settingsTellWhereTheyComeFrom() {
    SettingsViewModel model = shown();
    assertThat(model.values()).first().isEqualTo(PORT);
    assertThat(model.values())
        .extracting(SettingValue::origin)
        .contains("settings.yaml", "default", "pipeline", "services");
    assertThat(model.subtitle().getValue()).contains("2 from settings.yaml");
  }

  @Test
  void wordsFilterTheSettings() {
    SettingsViewModel model = shown();
    model.filter().set("lake.");
    assertThat(model.values()).hasSize(8).allMatch(v -> v.group().equals("Lake"));
  }

  @Test
  void aConnectionIsTestedAndSaysWhatToDo() {
    SettingsViewModel model = shown();
    assertThat(model.connections().get())
        .extracting(ConnectionState::tone)
        .containsOnly(Tone.MUTED);
    model.testAll();
    assertThat(state(model, Connection.KAFKA).tone()).isEqualTo(Tone.GOOD);
    assertThat(state(model, Connection.KAFKA).place()).isEqualTo("127.0.0.1:34567");
    assertThat(state(model, Connection.SPARK).tone()).isEqualTo(Tone.MUTED);
    assertThat(state(model, Connection.SPARK).words()).contains("no Spark is set up");
    model.test(Connection.SPARK);
    assertThat(state(model, Connection.SPARK).tone()).isEqualTo(Tone.BAD);
    assertThat(state(model, Connection.SPARK).remedy()).contains("duckdb");
  }

  private static ConnectionState state(SettingsViewModel model, Connection which) {
    return model.connections().get().stream()
        .filter(s -> s.which() == which)
        .findFirst()
        .orElseThrow();
  }

  private static SettingsViewModel shown() {
    Desk desk = Desk.of(Case.NORMAL);
    SettingsViewModel model = new SettingsViewModel(desk.desk(), List.of(PORT));
    model.show(desk.moment());
    return model;
  }
}
