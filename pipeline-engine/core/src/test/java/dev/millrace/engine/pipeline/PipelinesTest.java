package dev.millrace.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.ErrorCode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.ProblemsException;
import dev.millrace.engine.model.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelinesTest {

  @TempDir Path root;

  @Test
  void aNewHomeHasTheShippedOnes() {
    Pipelines pipelines = new Pipelines(new Home(root));

    assertThat(pipelines.names()).contains("building-sensors");
    assertThat(pipelines.listed("building-sensors").origin()).isEqualTo(Pipelines.Origin.SHIPPED);
  }

  @Test
  void theIndexNamesEveryShippedFolder() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("src/main/resources/pipelines"))) {
      List<String> names =
          folders.filter(Files::isDirectory).map(f -> f.getFileName().toString()).sorted().toList();
      assertThat(Pipelines.shippedNames()).containsExactlyElementsOf(names);
    }
  }

  @Test
  void everyShippedPipelineIsSound() {
    Pipelines pipelines = new Pipelines(new Home(root));

    assertThat(pipelines.names())
        .allSatisfy(name -> assertThat(pipelines.find(name).tables()).isNotEmpty());
  }

  @Test
  void aUsersFolderWinsAndAFaultyOneHidesNoOther() {
    Home home = new Home(root);
    TillReceipts.write(home.pipelines());
    TillReceipts.file(home.pipelines().resolve("broken"), "pipeline.yaml", "name: [");
    TillReceipts.file(home.pipelines().resolve("building-sensors"), "pipeline.yaml", "name: x");
    TillReceipts.file(home.pipelines().resolve("notes"), "readme.txt", "no pipeline");
    Pipelines pipelines = new Pipelines(home);

    assertThat(pipelines.names()).containsExactly("broken", "building-sensors", "till-receipts");
    assertThat(pipelines.find("till-receipts").title()).isEqualTo("Till receipts");
    assertThat(pipelines.listed("till-receipts").origin()).isEqualTo(Pipelines.Origin.OWN);
    assertThat(pipelines.listed("building-sensors").origin())
        .isEqualTo(Pipelines.Origin.OWN_FOR_SHIPPED);
    assertThat(pipelines.listed("building-sensors").origin().words()).contains("instead of");
    assertThatThrownBy(() -> pipelines.find("broken")).isInstanceOf(ProblemsException.class);
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNearest() {
    assertThatThrownBy(() -> new Pipelines(new Home(root)).find("building-sensor"))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.USAGE);
              assertThat(e.remedy()).isEqualTo("did you mean building-sensors?");
            });
  }
}
