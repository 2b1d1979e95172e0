package dev.millrace.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The arrows of the house: who may use whom.
class ArchitectureTest {

  private static final String ENGINE = "dev.millrace.engine.";
  private static final String WHOLE_ENGINE = "dev.millrace.engine..";
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.millrace");

  /// Packages of the engine; each may use those before it.
  private static final List<String> ORDER =
      List.of(
          "model",
          "error",
          "metric",
          "pipeline",
          "settings",
          "event",
          "lake",
          "ingest",
          "transform",
          "deadletter",
          "care",
          "quality",
          "warehouse",
          "live",
          "history",
          "flow",
          "control",
          "api",
          "assembly");

  /// Adapters and the vendors that only they may name.
  private static final List<Adapter> ADAPTERS =
      List.of(
          new Adapter("lake.delta", "io.delta.."),
          new Adapter("lake.parquet", "org.apache.parquet.."),
          new Adapter("lake.store.s3", "software.amazon.."),
          new Adapter("ingest.kafka", "org.apache.kafka.."),
          new Adapter("transform.duckdb", "org.duckdb.."),
          new Adapter("transform.spark", "org.apache.spark.."),
          new Adapter("warehouse.postgres", "org.postgresql.."),
          new Adapter("quality.pdf", "org.openpdf.."),
          new Adapter("warehouse.redshift", "com.amazon.redshift.."),
          new Adapter("control", "org.flywaydb.."));

  /// Packages that call AWS themselves, beside the one for its buckets.
  private static final String AWS_LOGINS = ENGINE + "warehouse.redshift..";

  record Adapter(String home, String vendor) {}

  @Test
  void eachEnginePackageUsesOnlyThoseBeforeIt() {
    for (int i = 0; i < ORDER.size(); i++) {
      String[] later =
          ORDER.subList(i + 1, ORDER.size()).stream()
              .map(p -> ENGINE + p + "..")
              .toArray(String[]::new);
      if (later.length > 0) {
        noClasses()
            .that()
            .resideInAPackage(ENGINE + ORDER.get(i) + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(later)
            .because("data moves one way, so a package knows only those before it in DESIGN")
            .allowEmptyShould(true)
            .check(ALL);
      }
    }
  }

  @Test
  void onlyAnAdapterNamesItsVendor() {
    for (Adapter adapter : ADAPTERS) {
      noClasses()
          .that()
          .resideInAPackage(WHOLE_ENGINE)
          .and(
              not(
                  resideInAnyPackage(
                      ENGINE + adapter.home() + "..",
                      ENGINE + "assembly..",
                      ENGINE + "lake.store..",
                      adapter.vendor().equals("software.amazon..")
                          ? AWS_LOGINS
                          : ENGINE + adapter.home() + "..")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(adapter.vendor())
          .because("the core knows no vendor; " + adapter.home() + " is the place for it")
          .allowEmptyShould(true)
          .check(ALL);
    }
  }

  @Test
  void onlyTheAssemblySeesAdapters() {
    for (Adapter adapter : ADAPTERS) {
      if (adapter.home().contains(".")) {
        noClasses()
            .that()
            .resideInAPackage(WHOLE_ENGINE)
            .and(
                not(
                    resideInAnyPackage(
                        ENGINE + adapter.home() + "..",
                        ENGINE + "assembly..",
                        ENGINE + "lake.store..")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ENGINE + adapter.home() + "..")
            .because("adapters never see each other; one package wires them")
            .allowEmptyShould(true)
            .check(ALL);
      }
    }
  }

  @Test
  void modelIsPure() {
    classes()
        .that()
        .resideInAPackage(ENGINE + "model..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(ENGINE + "model..", "java..", "org.jspecify..")
        .because("the model is shared by every module and drags nothing behind it")
        .check(ALL);
  }

  @Test
  void viewsSeeTheApi() {
    noClasses()
        .that()
        .resideInAPackage("dev.millrace.views..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(WHOLE_ENGINE)
                .and(
                    not(
                        resideInAnyPackage(
                            ENGINE + "api..",
                            ENGINE + "model..",
                            ENGINE + "error..",
                            ENGINE + "deadletter",
                            ENGINE + "care",
                            ENGINE + "live",
                            ENGINE + "history",
                            ENGINE + "flow",
                            ENGINE + "quality",
                            ENGINE + "quality.history",
                            ENGINE + "quality.profile",
                            ENGINE + "quality.quarantine",
                            ENGINE + "quality.report",
                            ENGINE + "warehouse",
                            ENGINE + "pipeline"))))
        .because("a view reads snapshots and sends commands, and never reaches into the engine")
        .check(ALL);
  }

  @Test
  void engineKnowsNobodyAbove() {
    noClasses()
        .that()
        .resideInAPackage(WHOLE_ENGINE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.millrace.views..",
            "dev.millrace.app..",
            "dev.millrace.simulator..",
            "dev.millrace.embedded..",
            "javafx..")
        .because("the engine also runs without a window, and against real services")
        .check(ALL);
  }

  @Test
  void simulatorIsADevice() {
    noClasses()
        .that()
        .resideInAPackage("dev.millrace.simulator..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("dev.millrace.views..", "dev.millrace.app..", "javafx..")
                .or(
                    resideInAPackage(WHOLE_ENGINE)
                        .and(
                            not(
                                resideInAnyPackage(
                                    ENGINE + "model..",
                                    ENGINE + "error..",
                                    ENGINE + "pipeline..",
                                    ENGINE + "event..")))))
        .because("a simulated device knows what an event is, and nothing of what becomes of it")
        .check(ALL);
  }

  @Test
  void oneDoorToTheFxThread() {
    noClasses()
        .that()
        .resideInAPackage("dev.millrace.views..")
        .and()
        .haveSimpleNameNotEndingWith("FxThread")
        .should()
        .callMethod(javafx.application.Platform.class, "runLater", Runnable.class)
        .allowEmptyShould(true)
        .because("one class holds the only Platform.runLater")
        .check(ALL);
  }
}
